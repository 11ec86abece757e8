using N2D.Devices;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Tests.Manifolds;

/// <summary>The layout of UMAP on a GPU, which is emulated on the processor.</summary>
public sealed class GpuLayoutTests
{
    private const int AnyRegion = int.MaxValue;

    private static readonly UmapOptions Options = new() { NeighborCount = 6, Dimension = 3, Epochs = 4, Seed = 3 };

    /// <summary>
    /// One region and several, samples of all rows and from pools, few and many rows, and any number of samples and dimensions. Rows that
    /// start near each other have clipped forces.
    /// </summary>
    [Theory]
    [InlineData(7, 3, 5, AnyRegion, false, 10f)]
    [InlineData(400, 3, 5, AnyRegion, false, 0.01f)]
    [InlineData(400, 3, 5, AnyRegion, true, 0.01f)]
    [InlineData(1100, 10, 5, AnyRegion, true, 10f)]
    [InlineData(2500, 2, 1, 1100, true, 1f)]
    [InlineData(300, 9, 7, AnyRegion, false, 1f)]
    [InlineData(300, 1, 0, AnyRegion, false, 1f)]
    public void TheLayout_HasTheBytesOfTheProcessors(
        int rowCount, int dimension, int sampleCount, int mostRegionRows, bool isPooled, float scale)
    {
        using var gpu = EmulatedGpu.Start();
        var options = Options with { Dimension = dimension, NegativeSampleRate = sampleCount };
        var (graph, initial) = Graph(rowCount, options, scale);
        var blocks = new LayoutBlocks(Matrix.Own(initial, dimension), options.Seed, Execution.Default, mostRegionRows);
        var pooledFrom = isPooled ? 0 : int.MaxValue;
        var curve = MembershipCurve.Fit(options.Spread, options.MinimumDistance);
        var expected = new LayoutOptimizer(graph, blocks, initial, curve, options, pooledFrom: pooledFrom).Run(Execution.Default);
        var layout = new GpuLayout(graph, blocks, initial, curve, options, Execution.Default, pooledFrom)
            .Run(gpu.Session, Execution.Default);
        Assert.NotEqual(initial, layout);
        Assert.Equal(expected, layout);
    }

    private static (SparseMatrix Graph, float[] Initial) Graph(int rowCount, UmapOptions options, float scale)
    {
        var rows = RandomRows.Uniform(rowCount, 4);
        var neighbors = NeighborSearch.Find(rows, Math.Min(options.NeighborCount - 1, rowCount - 1), options.Distance, Execution.Default);
        var graph = FuzzySimplicialSet.Build(neighbors, options, Execution.Default);
        var initial = RandomRows.Uniform(rowCount, options.Dimension).Values.ToArray();
        return (graph, Array.ConvertAll(initial, value => scale * value));
    }
}
