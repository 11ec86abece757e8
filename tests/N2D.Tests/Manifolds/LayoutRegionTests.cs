using N2D.Manifolds;
using N2D.Metrics;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Tests.Manifolds;

public sealed class LayoutRegionTests
{
    private const int RowCount = 3000;

    private static readonly UmapOptions Options = new() { Dimension = 5, Epochs = 60, Seed = 3 };

    [Theory]
    [InlineData(1, 100, 1)]
    [InlineData(5000, 5000, 1)]
    [InlineData(5000, 4999, 2)]
    [InlineData(5000, 1100, 5)]
    [InlineData(4097, 300, 14)]
    public void EachSlot_IsInOnePart_OfItsRegion(int rowCount, int mostRegionRows, int regionCount)
    {
        var blocks = new LayoutBlocks(RandomRows.Uniform(rowCount, 2), seed: 0, Execution.Default, mostRegionRows);
        Assert.Equal(regionCount, blocks.RegionCount);
        Assert.Equal(Enumerable.Range(0, rowCount), blocks.Rows.ToArray().Order());
        var next = 0;
        for (var region = 0; region < blocks.RegionCount; region++)
        {
            for (var part = 0; part < blocks.CountInRegion * blocks.RoundCount; part++)
            {
                var (block, round) = Math.DivRem(part, blocks.RoundCount);
                var (start, end) = blocks.RowsOf(region, block, round);
                Assert.Equal(next, start);
                Assert.InRange(end - start, 0, blocks.MostRows);
                for (next = start; next < end; next++)
                {
                    Assert.Equal(block, blocks.TargetOf(next, region));
                    Assert.Equal(region, blocks.TargetOf(next, region == 0 ? 1 : 0) - blocks.CountInRegion);
                }
            }
        }

        Assert.Equal(rowCount, next);
    }

    [Fact]
    public void LayoutsInRegions_AreTheSameBytes_ForAnyThreadCount_AndAsGood()
    {
        var (rows, _) = RandomRows.Blobs(RowCount, 8, 4, scale: 6);
        var neighbors = NeighborSearch.Find(rows, Options.NeighborCount - 1, Options.Distance, Execution.Default);
        var graph = FuzzySimplicialSet.Build(neighbors, Options, Execution.Default);
        var initial = LayoutInitialization.Random(RowCount, Options.Dimension, seed: 3);
        var layouts = new[] { 1, 2, 5 }.Select(threads => Layout(mostRegionRows: 700, threads)).ToArray();

        Assert.Equal(layouts[0], layouts[1]);
        Assert.Equal(layouts[0], layouts[2]);
        var whole = Layout(mostRegionRows: RowCount, threads: 1);
        Assert.NotEqual(layouts[0], whole);

        // Other bytes, but a layout of the same quality. Both have some noise, as layouts of two seeds do.
        Assert.Equal(TrustworthinessOf(whole), TrustworthinessOf(layouts[0]), 0.004);

        float[] Layout(int mostRegionRows, int threads)
        {
            var execution = new Execution { ThreadCount = threads };
            var blocks = new LayoutBlocks(Matrix.Own(initial, Options.Dimension), Options.Seed, execution, mostRegionRows);
            var curve = MembershipCurve.Fit(Options.Spread, Options.MinimumDistance);
            return new LayoutOptimizer(graph, blocks, initial, curve, Options).Run(execution);
        }

        double TrustworthinessOf(float[] layout) =>
            Trustworthiness.Compute(rows, Matrix.Own(layout, Options.Dimension), 10, Execution.Default);
    }
}
