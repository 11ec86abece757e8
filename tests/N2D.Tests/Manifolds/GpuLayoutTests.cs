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
        AssertSameBytes(gpu, rowCount, options, mostRegionRows, isPooled, scale);
    }

    [Fact]
    public void GroupsOfThreadsAsOnGpus_GiveTheLayoutOfTheProcessor()
    {
        using var gpu = EmulatedGpu.Start(hasLargeTiles: true);
        AssertSameBytes(gpu, 150, Options with { Epochs = 1 }, AnyRegion, isPooled: true, scale: 1);
    }

    /// <summary>Few dimensions and more than a vector has lanes, in several blocks of rows; some are rows of the fit.</summary>
    [Theory]
    [InlineData(2, 5, 1 << 30)]
    [InlineData(10, 5, 1 << 30)]
    [InlineData(19, 3, 14_000)]
    [InlineData(8, 0, 1 << 30)]
    public void NewRows_HaveTheBytesOfTheProcessors(int dimension, int sampleCount, long freeBytes)
    {
        using var gpu = EmulatedGpu.Start(freeBytes: freeBytes);
        var options = Options with { Dimension = dimension, NegativeSampleRate = sampleCount, Epochs = 30 };
        var rows = RandomRows.Uniform(100, 4);
        var umap = options.Fit(rows, Execution.Default);
        var added = Matrix.Own([.. RandomRows.Uniform(64, 4, seed: 1).Values, .. rows.Row(7)], 4);
        var expected = umap.Transform(added, Execution.Default);
        var reports = new List<StageProgress>();
        var neighbors = NeighborSearch.FindAmong(added, rows, options.NeighborCount, options.Distance, Execution.Default);
        var placed = new UmapPlaces(options, umap.Layout, new MembershipCurve(umap.A, umap.B))
            .On(ComputeDevice.Cuda, added, neighbors, new Execution { Progress = new Reports(reports) });
        Assert.Equal(expected.Values.ToArray(), placed.Values.ToArray());
        Assert.Equal(umap.Layout.Row(7).ToArray(), placed.Row(64).ToArray());
        Assert.Equal(new StageProgress("layout of 65 of 65 rows on cuda:0", 1), reports[^1]);
    }

    [Fact]
    public void ALayoutThatDoesNotFit_TakesNoNewRows()
    {
        using var gpu = EmulatedGpu.Start(freeBytes: 1000);
        var placement = new GpuPlacement(new AlignedRows(100, 3), MembershipCurve.Fit(1, 0), Options);
        var (indices, distances) = (new int[6], new float[] { 1, 2, 3, 4, 5, 6 });
        var error = Assert.Throws<N2DException>(() => placement.Run(
            gpu.Session, RandomRows.Uniform(1, 4), new NeighborGraph(indices, distances, 6), Execution.Default));
        Assert.Equal("OutOfDeviceMemory", error.Id);
    }

    private static void AssertSameBytes(
        EmulatedGpu gpu, int rowCount, UmapOptions options, int mostRegionRows, bool isPooled, float scale)
    {
        var (graph, initial) = Graph(rowCount, options, scale);
        var blocks = new LayoutBlocks(Matrix.Own(initial, options.Dimension), options.Seed, Execution.Default, mostRegionRows);
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

    private sealed class Reports(List<StageProgress> all) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => all.Add(value);
    }
}
