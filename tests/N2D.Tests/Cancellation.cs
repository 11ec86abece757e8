using System.Diagnostics;

namespace N2D.Tests;

/// <summary>Ctrl+C, as the cmdlets pass it on: from another thread, while the work runs on a thread of its own.</summary>
internal static class Cancellation
{
    /// <summary>A second is what users are promised; three leave room for the test assemblies that run beside this one.</summary>
    private const double MostSeconds = 3;

    /// <summary>Cancels work at its first report of progress.</summary>
    public static async Task AssertEndsWithinASecond(Action<Execution> work)
    {
        using var cancellation = new CancellationTokenSource();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var execution = new Execution { CancellationToken = cancellation.Token, Progress = new FirstReport(started) };
        var ended = 0L;
        void Work()
        {
            try
            {
                work(execution);
            }
            finally
            {
                ended = Stopwatch.GetTimestamp();
            }
        }

        // The clock is read where the work ends: this method goes on only when the test runner has a thread for it, which may take half a minute.
        var running = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAny(started.Task, running).ConfigureAwait(false);
        var cancelled = Stopwatch.GetTimestamp();
        await cancellation.CancelAsync().ConfigureAwait(false);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).ConfigureAwait(false);
        Assert.InRange(Stopwatch.GetElapsedTime(cancelled, ended).TotalSeconds, 0, MostSeconds);
    }

    private sealed class FirstReport(TaskCompletionSource started) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => started.TrySetResult();
    }
}
