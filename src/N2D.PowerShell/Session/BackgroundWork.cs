using System.Collections.Concurrent;
using System.Diagnostics;
using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>
/// Runs long work on another thread. Only the pipeline's own thread may write to the session, so it writes the work's progress,
/// explanations, warnings and outputs while the work runs.
/// </summary>
/// <param name="session">Writes to the session.</param>
/// <param name="activity">The heading of the progress bar, such as <c>Training the autoencoder</c>.</param>
/// <param name="pace">Limits the progress records of the session.</param>
/// <param name="stopping">Canceled by Ctrl+C.</param>
internal sealed class BackgroundWork(ISessionWriter session, string activity, ProgressPace pace, CancellationTokenSource stopping)
{
    private static int s_lastActivityId;

    private readonly int _activityId = Interlocked.Increment(ref s_lastActivityId);

    /// <summary>Runs the work.</summary>
    /// <param name="threadCount">The number of threads; 0 for all processors.</param>
    /// <param name="work">The work. It receives the execution and a function that writes an output object.</param>
    /// <typeparam name="TResult">The type of the work's result.</typeparam>
    public TResult Run<TResult>(int threadCount, Func<Execution, Action<object>, TResult> work)
    {
        using var tracked = Termination.Track();
        using var termination = Termination.Requested.Register(stopping.Cancel);
        using var messages = new BlockingCollection<object>();
        var execution = new Execution
        {
            ThreadCount = threadCount > 0 ? threadCount : Processors.Count,
            CancellationToken = stopping.Token,
            Progress = new MessageProgress(messages),
            Explain = messages.Add,
            Warn = warning => messages.Add(new Warning(warning)),
            NameOptions = (message, options) => OptionParameters.Name(message, options, session.GetType()),
        };

        // A thread of its own: on the thread pool, work of many short parallel loops would starve everything else there.
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
            Write(messages);
        }
        catch
        {
            // -WarningAction Stop and Select-Object -First, for example, end the pipeline early. The work must end before its messages are
            // disposed.
            stopping.Cancel();
            Task.WaitAny(running);
            throw;
        }

        return running.GetAwaiter().GetResult();
    }

    private void Write(BlockingCollection<object> messages)
    {
        var clock = Stopwatch.StartNew();
        var isShown = false;
        StageProgress? latest = null;
        while (messages.TryTake(out var message, latest is null ? Timeout.InfiniteTimeSpan : pace.TimeToNext) || !messages.IsCompleted)
        {
            if (stopping.IsCancellationRequested)
            {
                latest = null;
                continue;
            }

            if (message is string explanation)
            {
                session.WriteVerbose(explanation);
            }
            else if (message is Warning warning)
            {
                session.WriteWarning(warning.Text);
            }
            else if (message is Output output)
            {
                session.WriteObject(output.Item);
            }
            else if (message is StageProgress progress)
            {
                latest = progress;
            }

            // The latest report is shown as soon as it may be, even if no other follows for minutes.
            if (latest is { } report && pace.TryTakeTurn())
            {
                isShown = true;
                session.WriteProgress(RecordOf(report, clock.Elapsed));
                latest = null;
            }
        }

        if (isShown && !stopping.IsCancellationRequested)
        {
            session.WriteProgress(new ProgressRecord(_activityId, Quotation.Printable(activity), "done")
            { RecordType = ProgressRecordType.Completed });
        }
    }

    private ProgressRecord RecordOf(StageProgress progress, TimeSpan elapsed)
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

    /// <summary>Passes reports on in order; <see cref="Progress{T}"/> would post them to the thread pool, out of order.</summary>
    private sealed class MessageProgress(BlockingCollection<object> messages) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => messages.Add(value);
    }
}
