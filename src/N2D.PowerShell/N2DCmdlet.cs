using System.Collections.Concurrent;
using System.Diagnostics;
using System.Management.Automation;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>
/// What all cmdlets share: long work off the pipeline thread with progress and Ctrl+C, and the science's errors as error records.
/// </summary>
public abstract class N2DCmdlet : PSCmdlet, IDisposable
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);
    private static int s_lastActivityId;

    [ThreadStatic]
    private static N2DCmdlet? s_whole;

    private readonly CancellationTokenSource _stopping = new();
    private readonly int _activityId = Interlocked.Increment(ref s_lastActivityId);

    // The cmdlet that this one is a stage of, in whose name it then speaks; itself, if it is none's.
    private N2DCmdlet _speaker;

    /// <summary>Makes a cmdlet that speaks for itself.</summary>
    protected N2DCmdlet() => _speaker = this;

    /// <summary>
    /// Refuses parameters that no input could go with. All cmdlets of a pipeline do so before the first one begins to work, so that
    /// nobody trains for an hour to learn of a typing error.
    /// </summary>
    protected virtual void CheckParameters()
    {
    }

    /// <summary>Runs <see cref="CheckParameters"/>; what it throws ends the pipeline.</summary>
    protected override void BeginProcessing()
    {
        _speaker = s_whole ?? this;
        EndingAll(CheckParameters);
    }

    /// <summary>
    /// Begins cmdlets that are stages of this one: their errors, warnings, explanations and progress are this one's, so that its -ErrorAction, -ErrorVariable, -Verbose
    /// and the like are for them as well.
    /// </summary>
    /// <param name="begin">Begins them.</param>
    protected void BeginStages(Action begin)
    {
        ArgumentNullException.ThrowIfNull(begin);
        s_whole = this;
        try
        {
            begin();
        }
        finally
        {
            s_whole = null;
        }
    }

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
            _speaker.ThrowTerminatingError(RecordOf(error));
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

    /// <summary>Cancelled by Ctrl+C.</summary>
    private protected CancellationToken Stopped => _stopping.Token;

    /// <summary>Warns of what the user should look at though the work goes on.</summary>
    /// <param name="warning">What it is, and what to do about it.</param>
    protected void Warn(string warning) => _speaker.WriteWarning(_speaker == this ? warning : $"{MyInvocation.MyCommand.Name}: {warning}");

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
        _speaker.WriteError(RecordOf(error));
    }

    private ErrorRecord RecordOf(N2DException error) => (_speaker == this ? error : error.Within(MyInvocation.MyCommand.Name)).ToErrorRecord();

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
        using var messages = new BlockingCollection<object>();
        var execution = new Execution
        {
            ThreadCount = threadCount > 0 ? threadCount : Environment.ProcessorCount,
            CancellationToken = _stopping.Token,
            Progress = new MessageProgress(messages),
            Explain = messages.Add,
            Warn = warning => messages.Add(new Warning(warning)),
            DescribeOptions = OptionParameters.Describe,
        };

        // A thread of its own: on one of the pool's, work of many short parallel loops would leave no turn to the pool's other business.
        var running = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return work(execution, item => messages.Add(new Output(item)));
                }
                finally
                {
                    messages.CompleteAdding();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        try
        {
            WriteMessages(activity, messages);
        }
        catch
        {
            // -WarningAction Stop, for one, or Select-Object -First: nobody wants the result any more, and what the work writes to must outlive it.
            _stopping.Cancel();
            Task.WaitAny(running);
            throw;
        }

        return running.GetAwaiter().GetResult();
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

    /// <summary>Turns a path as the user typed it into a full path of the file system.</summary>
    /// <param name="path">Absolute or relative to the session's current location, with provider drives; not a wildcard.</param>
    /// <exception cref="N2DException">The path is not one of the file system (<c>NotAFilePath</c>).</exception>
    protected string ResolveFilePath(string path)
    {
        var resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == "FileSystem"
            ? resolved
            : throw new N2DException("NotAFilePath", ErrorKind.InvalidArgument, $"'{path}' is a path of the {provider.Name} provider; give one of the file system.", path);
    }

    /// <summary>Turns a path to read from, as the user typed it, into full paths of the files that it matches.</summary>
    /// <param name="path">As for <see cref="ResolveFilePath"/>, or a wildcard; the name of a file or folder that is there is never taken for one.</param>
    /// <exception cref="N2DException">No file matches the wildcard (<c>NoFileMatches</c>).</exception>
    protected IReadOnlyList<string> ResolveFilePaths(string path)
    {
        var literal = ResolveFilePath(path);
        if (!WildcardPattern.ContainsWildcardCharacters(path) || System.IO.Path.Exists(literal))
        {
            return [literal];
        }

        var files = SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _).Where(File.Exists).ToArray();
        return files.Length > 0
            ? files
            : throw new N2DException("NoFileMatches", ErrorKind.NotFound, $"No file matches '{path}'.", path);
    }

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

    private void WriteMessages(string activity, BlockingCollection<object> messages)
    {
        var clock = Stopwatch.StartNew();
        var nextProgress = TimeSpan.Zero;
        var shown = false;
        foreach (var message in messages.GetConsumingEnumerable())
        {
            if (_stopping.IsCancellationRequested)
            {
                continue;
            }

            if (message is string explanation)
            {
                _speaker.WriteVerbose(explanation);
            }
            else if (message is Warning warning)
            {
                Warn(warning.Text);
            }
            else if (message is Output output)
            {
                WriteObject(output.Item);
            }
            else if (message is StageProgress progress && clock.Elapsed >= nextProgress)
            {
                nextProgress = clock.Elapsed + ProgressInterval;
                shown = true;
                _speaker.WriteProgress(ProgressOf(activity, progress, clock.Elapsed));
            }
        }

        if (shown && !_stopping.IsCancellationRequested)
        {
            _speaker.WriteProgress(new ProgressRecord(_activityId, Quotation.Printable(activity), "done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private ProgressRecord ProgressOf(string activity, StageProgress progress, TimeSpan elapsed)
    {
        var fraction = Math.Clamp(progress.Fraction, 0, 1);
        return new ProgressRecord(_activityId, Quotation.Printable(activity), Quotation.Printable(progress.Status))
        {
            PercentComplete = (int)(100 * fraction),
            SecondsRemaining = fraction > 0.01 ? (int)Math.Ceiling(elapsed.TotalSeconds * (1 - fraction) / fraction) : -1,
        };
    }

    private sealed record Warning(string Text);

    private sealed record Output(object Item);

    /// <summary>Hands reports on as they come; <see cref="Progress{T}"/> would post them to the thread pool, out of order.</summary>
    private sealed class MessageProgress(BlockingCollection<object> messages) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => messages.Add(value);
    }
}
