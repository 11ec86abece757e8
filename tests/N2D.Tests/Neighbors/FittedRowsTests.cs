using N2D.Neighbors;

namespace N2D.Tests.Neighbors;

public sealed class FittedRowsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task WhoWaitsForAnothersIndex_CanBeStopped_AndTheIndexIsFinishedAllTheSame()
    {
        // A search along a graph, which is built with somebody to hold it up.
        var rows = new FittedRows(RandomRows.Uniform(300, 4), new RowDistance(), 10, exactLimit: 0);
        var queries = RandomRows.Uniform(3, 4, seed: 1);
        using var begun = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var first = Task.Run(() => rows.Find(queries, 5, Execution.Default with
        {
            Explain = _ =>
            {
                begun.Set();
                goOn.Wait(Patience);
            },
        }));
        Assert.True(begun.Wait(Patience));

        using var stopping = new CancellationTokenSource();
        var second = Task.Run(() => rows.Find(queries, 5, Execution.Default with { CancellationToken = stopping.Token }));
        await Task.Delay(50);
        Assert.False(second.IsCompleted);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Patience));
        Assert.False(first.IsCompleted);

        goOn.Set();
        var found = await first.WaitAsync(Patience);
        Assert.Equal(rows.Find(queries, 5, Execution.Default).Neighbors(2).ToArray(), found.Neighbors(2).ToArray());
    }
}
