using System.Management.Automation;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>
/// What all cmdlets share: long work off the pipeline thread with progress and Ctrl+C, and the science's errors as error records.
/// </summary>
public abstract class N2DCmdlet : PSCmdlet, ISessionWriter, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>
    /// Refuses parameters that no input could go with. All cmdlets of a pipeline do so before the first one begins to work, so that
    /// nobody trains for an hour to learn of a typing error.
    /// </summary>
    protected virtual void CheckParameters()
    {
    }

    /// <summary>Runs <see cref="CheckParameters"/>; an error in it ends the pipeline.</summary>
    protected override void BeginProcessing() => EndingAll(CheckParameters);

    /// <summary>Does work without which there is nothing to go on with: what it throws ends the pipeline.</summary>
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

    /// <summary>Does the cmdlet's work on one pipeline object; what it throws becomes an error record.</summary>
    protected abstract void ProcessObject();

    /// <summary>Does what is left to do when the last object has come; what it throws becomes an error record.</summary>
    protected virtual void ProcessEnd()
    {
    }

    /// <summary>Runs <see cref="ProcessObject"/>; an object that cannot be processed does not end the pipeline for the next one.</summary>
    protected sealed override void ProcessRecord() => WithErrorRecords(ProcessObject);

    /// <summary>Runs <see cref="ProcessEnd"/>.</summary>
    protected sealed override void EndProcessing() => WithErrorRecords(ProcessEnd);

    /// <summary>Ctrl+C: every loop of the running work looks at the token that this sets.</summary>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>Canceled by Ctrl+C.</summary>
    private protected CancellationToken Stopped => _stopping.Token;

    // All that a cmdlet says goes through these: no message has a control character in it, whatever the labels, cells and file names are that it quotes.

    /// <summary>Writes a warning.</summary>
    /// <param name="text">The warning.</param>
    protected new void WriteWarning(string text) => base.WriteWarning(Quotation.Printable(text));

    /// <summary>Writes a line for -Verbose.</summary>
    /// <param name="text">The line.</param>
    protected new void WriteVerbose(string text) => base.WriteVerbose(Quotation.Printable(text));

    /// <summary>Asks for leave to do something to a target, or says that it would be done.</summary>
    /// <param name="target">The target.</param>
    /// <param name="action">What is done to it.</param>
    internal new bool ShouldProcess(string target, string action) => base.ShouldProcess(Quotation.Printable(target), action);

    /// <summary>Writes an error that does not end the pipeline.</summary>
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
    /// Runs long work on another thread; meanwhile its progress, explanations and warnings are written from the pipeline's own
    /// thread, the only one that may.
    /// </summary>
    /// <param name="activity">What the progress bar is headed with, such as <c>Training the autoencoder</c>.</param>
    /// <param name="threadCount">Threads to use; 0 for all processors.</param>
    /// <param name="work">The work, given how to run.</param>
    /// <typeparam name="TResult">What it returns.</typeparam>
    protected TResult RunLong<TResult>(string activity, int threadCount, Func<Execution, TResult> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return RunLong(activity, threadCount, (execution, _) => work(execution));
    }

    /// <summary>As the other, of work that puts out objects as it goes: they are written from the pipeline's thread, in order, while the work goes on.</summary>
    /// <param name="activity">What the progress bar is headed with.</param>
    /// <param name="threadCount">Threads to use; 0 for all processors.</param>
    /// <param name="work">The work, given how to run and what takes an object to put out.</param>
    /// <typeparam name="TResult">What it returns.</typeparam>
    protected TResult RunLong<TResult>(string activity, int threadCount, Func<Execution, Action<object>, TResult> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new BackgroundWork(this, activity, _stopping).Run(threadCount, work);
    }

    /// <summary>Ends the pipeline where what came is no data set: of a thousand objects, once.</summary>
    /// <param name="input">What came, as <see cref="TakesAttribute"/> left it.</param>
    /// <param name="arguments">What else is typed after the cmdlet's name, where it cannot do without.</param>
    protected void ThrowIfNoDataset(Embedding? input, string arguments = "")
    {
        if (input is null)
        {
            var name = MyInvocation.MyCommand.Name + arguments;
            EndingAll(() => throw new N2DException(
                "NotADataset",
                ErrorKind.InvalidArgument,
                $"{MyInvocation.MyCommand.Name} takes a data set, or what a stage made of one, and what came is neither. Of a file, or a published set's name, make a data set first: Import-N2DDataset Digits | {name}. Of objects: ... | ConvertTo-N2DDataset | {name}. {(arguments.Length > 0 ? "" : $"Of a clustering: $result.GetEmbedding() | {name}. ")}"
                    + StageInput.LeftBehind));
        }
    }

    /// <summary>Whether the user gave a parameter.</summary>
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

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the cmdlet holds.</summary>
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
