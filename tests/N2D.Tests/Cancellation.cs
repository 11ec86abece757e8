using System.Diagnostics;
using N2D.Testing;

namespace N2D.Tests;

/// <summary>Ctrl+C, as the cmdlets pass it on: from another thread, while the work runs on a thread of its own.</summary>
internal static class Cancellation
{
    /// <summary>Cancels work at its first report of progress.</summary>
    public static void AssertEndsWithinASecond(Action<Execution> work) => Promptness.AssertStopsWithinASecond(() => SecondsToEnd(work));

    private static double SecondsToEnd(Action<Execution> work)
    {
        using var cancellation = new CancellationTokenSource();
        using var started = new ManualResetEventSlim();
        var execution = new Execution { CancellationToken = cancellation.Token, Progress = new FirstReport(started) };
        Exception? end = null;
        var ended = 0L;
        var worker = new Thread(() =>
        {
            end = Record.Exception(() => work(execution));
            ended = Stopwatch.GetTimestamp();
            started.Set();
        });
        worker.Start();
        started.Wait();
        var canceled = Stopwatch.GetTimestamp();
        cancellation.Cancel();
        worker.Join();
        Assert.IsAssignableFrom<OperationCanceledException>(end);
        return Stopwatch.GetElapsedTime(canceled, ended).TotalSeconds;
    }

    private sealed class FirstReport(ManualResetEventSlim started) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => started.Set();
    }
}
