using System.Text.RegularExpressions;

namespace N2D.Tests;

/// <summary>Checks where canceled work ends, independently of the clock. How soon it ends is measured by bench/stops.ps1.</summary>
internal static partial class Cancellation
{
    private const int ThreadCount = 2;

    /// <summary>
    /// Cancels work from within a report of progress, and checks that it ends before the loop that reported goes on. A report of each kind
    /// may still come: from the other thread, or as an inner loop begins.
    /// </summary>
    /// <param name="kind">A part of the report that cancels the work.</param>
    /// <param name="work">The work, which is long enough for many more reports.</param>
    public static void AssertEndsAt(string kind, Action<Execution> work)
    {
        using var cancellation = new CancellationTokenSource();
        var reports = new CancelingReports(kind, cancellation);
        var execution = new Execution { ThreadCount = ThreadCount, CancellationToken = cancellation.Token, Progress = reports };

        Assert.ThrowsAny<OperationCanceledException>(() => work(execution));

        Assert.True(reports.IsCanceled);
        Assert.All(reports.Later.GroupBy(KindOf), later => Assert.InRange(later.Count(), 1, ThreadCount - 1));
    }

    /// <summary>Cancels work without reports from another thread, and checks that it ends.</summary>
    /// <param name="work">The work.</param>
    /// <param name="measure">Returns how far the work is, from 0.</param>
    /// <returns>How far the work was when it had been canceled, and when it ended.</returns>
    public static (double Canceled, double Ended) CancelOnceBegun(Action<CancellationToken> work, Func<double> measure)
    {
        using var cancellation = new CancellationTokenSource();
        Exception? end = null;
        var worker = new Thread(() => end = Record.Exception(() => work(cancellation.Token)));
        worker.Start();
        SpinWait.SpinUntil(() => measure() > 0 || !worker.IsAlive);
        cancellation.Cancel();
        var canceled = measure();
        worker.Join();

        Assert.IsAssignableFrom<OperationCanceledException>(end);
        return (canceled, measure());
    }

    private static string KindOf(string status) => Numbers().Replace(status, "#");

    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers();

    private sealed class CancelingReports(string kind, CancellationTokenSource cancellation) : IProgress<StageProgress>
    {
        private readonly Lock _lock = new();

        public bool IsCanceled { get; private set; }

        public List<string> Later { get; } = [];

        public void Report(StageProgress value)
        {
            lock (_lock)
            {
                if (IsCanceled)
                {
                    Later.Add(value.Status);
                }
                else if (value.Status.Contains(kind, StringComparison.Ordinal))
                {
                    IsCanceled = true;
                    cancellation.Cancel();
                }
            }
        }
    }
}
