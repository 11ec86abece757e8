using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using N2D.Clustering;

namespace N2D.Bench;

/// <summary>
/// Measures how long a mixture takes to choose among 1 to 20 clusters, for rows of ten Gaussians with 10 % noise: the first run in this
/// process, including compilation, and later runs.
/// </summary>
internal static class CountChoice
{
    /// <summary>Runs the measurement.</summary>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="dimension">The number of columns.</param>
    /// <param name="rounds">The number of runs after the first.</param>
    public static int Run(int rowCount, int dimension, int rounds)
    {
        var rows = NoisyMixture.Draw(rowCount, dimension);
        var options = new GaussianMixtureOptions(new ClusterCountRange(1, ClusterCountRange.DefaultMost));
        var seconds = new List<double>();
        GaussianMixture? mixture = null;
        for (var round = 0; round <= rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            mixture = GaussianMixture.Fit(rows, options, Execution.Default);
            seconds.Add(clock.Elapsed.TotalSeconds);
        }

        var later = seconds.Skip(1).Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rowCount} x {dimension}, {Environment.ProcessorCount} processors: first {seconds[0]:F2} s, then "
                + $"{later[later.Length / 2]:F2} s; {mixture!.ClusterCount} clusters, digest {Digest(mixture)}"));
        return 0;
    }

    /// <summary>A digest of the result, to compare it with that of another version.</summary>
    private static string Digest(GaussianMixture mixture)
    {
        var values = new List<double>(mixture.GetWeights());
        values.AddRange(mixture.GetStarts().SelectMany(start => new[] { start.LogLikelihood, start.Iterations }));
        values.AddRange(mixture.GetClusterCountCurve().Select(point => point.Score));
        for (var cluster = 0; cluster < mixture.ClusterCount; cluster++)
        {
            values.AddRange(mixture.GetMean(cluster));
            values.AddRange(mixture.GetCovariance(cluster));
        }

        return Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values))).AsSpan(0, 8));
    }
}
