using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Jobs;
using N2D.Clustering;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Bench;

/// <summary>Measures the most expensive parts of a run on random rows: time on one thread, and allocations.</summary>
[SimpleJob(RuntimeMoniker.HostProcess, launchCount: 1, warmupCount: 2, iterationCount: 5)]
[MemoryDiagnoser]
public class Kernels
{
    private static readonly Execution OneThread = new() { ThreadCount = 1 };

    private float[] _values = [];

    /// <summary>The number of rows.</summary>
    [Params(5000, 20_000)]
    public int RowCount { get; set; }

    /// <summary>The number of columns: as after the autoencoder, and before it.</summary>
    [Params(10, 784)]
    public int ColumnCount { get; set; }

    /// <summary>Generates the rows: ten groups.</summary>
    [GlobalSetup]
    public void Draw()
    {
        var values = new float[RowCount * ColumnCount];
        for (var row = 0; row < RowCount; row++)
        {
            var random = new RandomSequence(0, RandomPurpose.Sampling, row);
            for (var column = 0; column < ColumnCount; column++)
            {
                values[(row * ColumnCount) + column] = (row % 10 == column % 10 ? 4 : 0) + random.NextSingle();
            }
        }

        _values = values;
    }

    /// <summary>Twenty neighbors of each row.</summary>
    [Benchmark]
    public NeighborGraph Neighbors() => NeighborSearch.Find(FreshRows(), 20, new RowDistance(), OneThread);

    /// <summary>UMAP with ten epochs: mostly the neighbors, the graph and the initialization.</summary>
    [Benchmark]
    public Umap UmapOfTenEpochs() => new UmapOptions { Epochs = 10 }.Fit(FreshRows(), OneThread);

    /// <summary>One start of a mixture of ten Gaussians, on the first ten columns.</summary>
    [Benchmark]
    public GaussianMixture Mixture() => GaussianMixture.Fit(FirstColumns(10), new GaussianMixtureOptions(10) { StartCount = 1 }, OneThread);

    /// <summary>A matrix without cached neighbors.</summary>
    private Matrix FreshRows() => Matrix.Own(_values, ColumnCount);

    private Matrix FirstColumns(int count)
    {
        var values = new float[RowCount * count];
        for (var row = 0; row < RowCount; row++)
        {
            _values.AsSpan(row * ColumnCount, count).CopyTo(values.AsSpan(row * count));
        }

        return Matrix.Own(values, count);
    }
}
