using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using N2D.Clustering;

namespace N2D.Bench;

/// <summary>Runs one clustering in its own process. Prints a line like the peers' scripts.</summary>
internal static class SingleClustering
{
    private const int WarmUpRowCount = 5000;

    /// <summary>The options of a method, by its name in the peers' script.</summary>
    /// <param name="method">Its name.</param>
    /// <param name="count">The number of clusters; for hdbscan, the minimum cluster size.</param>
    /// <param name="seed">The seed.</param>
    public static ClustererOptions OptionsOf(string method, int count, int seed) => method switch
    {
        "kmeans" => new KMeansOptions(count) { Seed = seed },
        "spectral" => new SpectralOptions(count) { Seed = seed },
        "agglomerative" => new AgglomerativeOptions(count),
        "hdbscan" => new HdbscanOptions { MinimumClusterSize = count },
        "mixture-full" => new GaussianMixtureOptions(count) { Seed = seed },
        "mixture-tied" => new GaussianMixtureOptions(count) { Seed = seed, CovarianceKind = CovarianceKind.Tied },
        "mixture-diagonal" => new GaussianMixtureOptions(count) { Seed = seed, CovarianceKind = CovarianceKind.Diagonal },
        "mixture-spherical" => new GaussianMixtureOptions(count) { Seed = seed, CovarianceKind = CovarianceKind.Spherical },
        _ => throw new ArgumentException($"There is no method '{method}'."),
    };

    public static int Run(string method, string rowsPath, int columnCount, int count, string labelsPath, int seed)
    {
        var rows = MatrixFile.Read(rowsPath, columnCount);
        var options = OptionsOf(method, count, seed);
        var clock = Stopwatch.StartNew();
        options.Fit(WarmUp.Rows(Math.Max(WarmUpRowCount, 10 * count), columnCount), Execution.Default);
        var warmUp = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var clusterer = options.Fit(rows, new Execution { Explain = Console.Error.WriteLine });
        var seconds = clock.Elapsed.TotalSeconds;
        var labels = clusterer.Predict(rows, Execution.Default).Assignments;
        using (var stream = File.Create(labelsPath))
        {
            stream.Write(MemoryMarshal.AsBytes(labels));
        }

        var score = clusterer switch
        {
            KMeans means => means.Inertia,
            GaussianMixture mixture => mixture.LogLikelihood,
            _ => double.NaN,
        };
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"total={seconds:F3} score={score:G8} peak={process.PeakWorkingSet64 / 1048576.0:F0} warmup={warmUp:F3} "
                + $"version={typeof(KMeans).Assembly.GetName().Version?.ToString(3)}"));
        return 0;
    }
}
