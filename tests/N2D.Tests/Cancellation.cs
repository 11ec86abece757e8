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
        var running = Task.Factory.StartNew(() => work(execution), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAny(started.Task, running);
        var watch = Stopwatch.StartNew();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, MostSeconds);
    }

    private sealed class FirstReport(TaskCompletionSource started) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => started.TrySetResult();
    }
}
