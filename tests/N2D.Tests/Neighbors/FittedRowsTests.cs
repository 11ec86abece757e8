using N2D.Neighbors;

namespace N2D.Tests.Neighbors;

public sealed class FittedRowsTests
{
    [Fact]
    public async Task AThreadThatWaitsForAnothersIndex_CanBeCanceled_AndTheIndexIsFinished()
    {
        // The graph search explains how it was built, which pauses it here.
        var rows = new FittedRows(RandomRows.Uniform(300, 4), new RowDistance(), 10, exactLimit: 0);
        var queries = RandomRows.Uniform(3, 4, seed: 1);
        using var begun = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();

        // A thread of its own: those of the pool may all be busy with other tests, for seconds.
        var first = Task.Factory.StartNew(
            () => rows.Find(queries, 5, Execution.Default with
            {
                Explain = _ =>
                {
                    begun.Set();
                    goOn.Wait();
                },
            }),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        begun.Wait();

        using var stopping = new CancellationTokenSource();
        Exception? end = null;
        var second = new Thread(() => end = Record.Exception(
            () => rows.Find(queries, 5, Execution.Default with { CancellationToken = stopping.Token })));
        second.Start();
        SpinWait.SpinUntil(() => second.ThreadState.HasFlag(ThreadState.WaitSleepJoin) || !second.IsAlive);
        await stopping.CancelAsync();
        second.Join();
        Assert.IsAssignableFrom<OperationCanceledException>(end);
        Assert.False(first.IsCompleted);

        goOn.Set();
        var found = await first;
        Assert.Equal(rows.Find(queries, 5, Execution.Default).Neighbors(2).ToArray(), found.Neighbors(2).ToArray());
    }
}
