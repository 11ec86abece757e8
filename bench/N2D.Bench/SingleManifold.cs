using System.Diagnostics;
using System.Globalization;
using N2D.Manifolds;

namespace N2D.Bench;

/// <summary>
/// Runs one fit of a manifold learner in its own process, to measure its peak memory. Prints a line like the peer's script.
/// </summary>
internal static class SingleManifold
{
    public static int Run(string learner, string rowsPath, int columnCount, int neighborCount, int dimension, string layoutPath, int seed)
    {
        var rows = MatrixFile.Read(rowsPath, columnCount);
        var options = OptionsOf(learner, neighborCount, dimension, seed);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var manifold = options.Fit(rows, new Execution { Explain = Console.Error.WriteLine, Warn = Console.Error.WriteLine });
        var seconds = clock.Elapsed.TotalSeconds;
        process.Refresh();
        var processor = process.TotalProcessorTime - before;
        MatrixFile.Write(layoutPath, manifold.Layout);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"total={seconds:F3} processor={processor.TotalSeconds:F3} merit={MeritOf(manifold):G10} "
                + $"peak={process.PeakWorkingSet64 / 1048576.0:F0} version={typeof(Umap).Assembly.GetName().Version?.ToString(3)}"));
        return 0;
    }

    private static ManifoldOptions OptionsOf(string learner, int neighborCount, int dimension, int seed) => learner switch
    {
        "Pca" => new PcaOptions { Dimension = dimension },
        "Tsne" => new TsneOptions { Perplexity = neighborCount, Dimension = dimension, Seed = seed },
        "Isomap" => new IsomapOptions { NeighborCount = neighborCount, Dimension = dimension, Seed = seed },
        "LocallyLinearEmbedding" or "ModifiedLocallyLinearEmbedding" => new LocallyLinearEmbeddingOptions
        {
            NeighborCount = neighborCount,
            Dimension = dimension,
            Variant = learner.StartsWith("Modified", StringComparison.Ordinal)
                ? LocallyLinearVariant.Modified
                : LocallyLinearVariant.Standard,
            Seed = seed,
        },
        _ => throw new ArgumentException($"There is no learner '{learner}'."),
    };

    private static double MeritOf(FittedManifold manifold) => manifold switch
    {
        Pca pca => pca.GetVarianceShares().Sum(),
        Tsne tsne => tsne.Divergence,
        Isomap isomap => isomap.ResidualVariance,
        LocallyLinearEmbedding embedding => embedding.ReconstructionError,
        _ => double.NaN,
    };
}
