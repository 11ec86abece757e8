using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>
/// Base class of all cmdlets: runs long work off the pipeline thread, with progress and Ctrl+C, and writes the library's errors as error
/// records.
/// </summary>
public abstract class N2DCmdlet : PSCmdlet, ISessionWriter, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ProgressPace _pace = new();

    /// <summary>
    /// Checks the parameters that are wrong for any input. All cmdlets of a pipeline do so before the first one starts to work, so a typing
    /// error is reported at once, not after an hour of training.
    /// </summary>
    protected virtual void CheckParameters()
    {
    }

    /// <summary>Runs <see cref="CheckParameters"/>. An error terminates the pipeline.</summary>
    protected override void BeginProcessing() => EndingAll(CheckParameters);

    /// <summary>Runs work that everything else needs: an error terminates the pipeline.</summary>
    /// <param name="work">The work.</param>
    protected void EndingAll(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            work();
        }
        catch (N2DException error)
        {
            ThrowTerminatingError(error.ToErrorRecord(this));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Processes one pipeline object. An exception becomes an error record.</summary>
    protected abstract void ProcessObject();

    /// <summary>Runs after the last pipeline object. An exception becomes an error record.</summary>
    protected virtual void ProcessEnd()
    {
    }

    /// <summary>
    /// Runs <see cref="ProcessObject"/>. After an error, the pipeline continues with the next object, except that an object of a wrong type
    /// terminates the pipeline: the others would cause the same error.
    /// </summary>
    protected sealed override void ProcessRecord() => WithErrorRecords(() =>
    {
        EndingAll(() => RowlessCopy.ThrowIf(MyInvocation.BoundParameters.GetValueOrDefault("InputObject")));
        ProcessObject();
    });

    /// <summary>Runs <see cref="ProcessEnd"/>.</summary>
    protected sealed override void EndProcessing() => WithErrorRecords(ProcessEnd);

    /// <summary>Handles Ctrl+C: cancels the token that every loop of the running work checks.</summary>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>Canceled by Ctrl+C.</summary>
    private protected CancellationToken Stopped => _stopping.Token;

    // All messages go through these methods, which replace control characters: labels, cells and file names can contain them.

    /// <summary>Writes a warning.</summary>
    /// <param name="text">The warning.</param>
    protected new void WriteWarning(string text) => base.WriteWarning(Quotation.Printable(text));

    /// <summary>Writes a line for -Verbose.</summary>
    /// <param name="text">The line.</param>
    protected new void WriteVerbose(string text) => base.WriteVerbose(Quotation.Printable(text));

    /// <summary>Asks for confirmation of an action on a target, or reports what would be done (-WhatIf).</summary>
    /// <param name="target">The target.</param>
    /// <param name="action">The action.</param>
    internal new bool ShouldProcess(string target, string action) => base.ShouldProcess(Quotation.Printable(target), action);

    /// <summary>Writes a non-terminating error.</summary>
    /// <param name="error">The error.</param>
    protected void Report(N2DException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        WriteError(error.ToErrorRecord(this));
    }

    private void WithErrorRecords(Action work)
    {
        try
        {
            work();
        }
        catch (N2DException error) when (error.Kind == ErrorKind.InvalidType)
        {
            ThrowTerminatingError(error.ToErrorRecord(this));
        }
        catch (N2DException error)
        {
            Report(error);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>
    /// Runs long work on another thread. The pipeline's own thread, the only one that can write to the session, writes its progress,
    /// explanations and warnings meanwhile.
    /// </summary>
    /// <param name="activity">The heading of the progress bar, such as <c>Training the autoencoder</c>.</param>
    /// <param name="threadCount">The number of threads; 0 for all processors.</param>
    /// <param name="work">The work. It takes the execution.</param>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    protected TResult RunLong<TResult>(string activity, int threadCount, Func<Execution, TResult> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return RunLong(activity, threadCount, (execution, _) => work(execution));
    }

    /// <summary>Runs long work that returns objects while it runs. The pipeline's thread writes them in order, as they come.</summary>
    /// <param name="activity">The heading of the progress bar.</param>
    /// <param name="threadCount">The number of threads; 0 for all processors.</param>
    /// <param name="work">The work. It takes the execution and a function that writes an output object.</param>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    protected TResult RunLong<TResult>(string activity, int threadCount, Func<Execution, Action<object>, TResult> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new BackgroundWork(this, activity, _pace, _stopping).Run(threadCount, work);
    }

    /// <summary>Terminates the pipeline if the input is not a data set, so that a thousand objects cause one error.</summary>
    /// <param name="input">The input, converted by <see cref="TakesAttribute"/>.</param>
    /// <param name="arguments">The mandatory arguments of the cmdlet, for the message.</param>
    protected void ThrowIfNoDataset(Embedding? input, string arguments = "")
    {
        if (input is null)
        {
            var name = MyInvocation.MyCommand.Name + arguments;
            EndingAll(() => throw new N2DException(
                "NotADataset",
                ErrorKind.InvalidType,
                $"{MyInvocation.MyCommand.Name} takes a data set{(arguments.Length > 0 ? "" : " or an embedding")}, and the input is "
                    + "null or of another type. For a file or a published data set, use "
                    + $"Import-N2DDataset Digits | {name}. For objects, use ... | ConvertTo-N2DDataset | {name}. "
                    + (arguments.Length > 0 ? "" : $"For a clustering, use $result.GetEmbedding() | {name}. ")
                    + StageInput.RemotingAdvice));
        }
    }

    /// <summary>Whether the user set a parameter.</summary>
    /// <param name="parameter">Its name.</param>
    protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Reads a model, with progress.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="threadCount">Threads to use; 0 for all processors.</param>
    private protected FittedPipeline ReadModel(string path, int threadCount) =>
        RunLong($"Reading {Path.GetFileName(path)}", threadCount, execution => FittedPipeline.Load(path, execution));

    /// <inheritdoc cref="SessionPaths.ResolveFilePath"/>
    protected string ResolveFilePath(string path) => SessionState.ResolveFilePath(path);

    /// <inheritdoc cref="SessionPaths.ResolveFilePaths"/>
    protected IReadOnlyList<string> ResolveFilePaths(string path) => SessionState.ResolveFilePaths(path);

    // The same for classes that work for a cmdlet.

    /// <inheritdoc cref="SessionPaths.ResolveFilePath"/>
    internal string FullPathOf(string path) => ResolveFilePath(path);

    /// <inheritdoc cref="SessionPaths.ResolveFilePaths"/>
    internal IReadOnlyList<string> FullPathsOf(string path) => ResolveFilePaths(path);

    /// <summary>Runs long work, as <see cref="RunLong{TResult}(string, int, Func{Execution, TResult})"/>.</summary>
    internal TResult RunFor<TResult>(string activity, Func<Execution, TResult> work) => RunLong(activity, 0, work);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the cmdlet's resources.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stopping.Dispose();
        }
    }

    void ISessionWriter.WriteObject(object item) => WriteObject(item);

    void ISessionWriter.WriteVerbose(string text) => WriteVerbose(text);

    void ISessionWriter.WriteWarning(string text) => WriteWarning(text);

    void ISessionWriter.WriteProgress(ProgressRecord record) => WriteProgress(record);
}
