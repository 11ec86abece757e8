using System.Globalization;
using System.Runtime.InteropServices;
using N2D.Data;
using N2D.Metrics;
using N2D.Numerics;

namespace N2D.Bench;

/// <summary>
/// Compares clusterings of the same rows by N2D and scikit-learn, in alternation, each in its own process: seconds, peak memory and
/// agreement.
/// </summary>
internal static class ClusterComparison
{
    /// <summary>The name of generated rows: ten Gaussians in ten dimensions with 10 % noise.</summary>
    private const string Drawn = "Mixture";

    private static readonly Peer[] Peers = [Peer.Self("N2D", "cluster"), Peer.Python("scikit-learn", "cluster_peer.py")];

    /// <summary>Runs the comparison.</summary>
    /// <param name="method">The name of the method in cluster_peer.py.</param>
    /// <param name="data">A data set's name in the catalog, or Mixture.</param>
    /// <param name="folder">The folder of the data set; for Mixture, the number of rows.</param>
    /// <param name="components">The number of principal components to keep; null for the published rows.</param>
    /// <param name="count">The number of clusters; for hdbscan, the minimum cluster size.</param>
    /// <param name="rounds">The number of runs of each, with the next seed each time.</param>
    public static int Run(string method, string data, string folder, int? components, int count, int rounds)
    {
        var rows = data == Drawn
            ? NoisyMixture.Draw(int.Parse(folder, CultureInfo.InvariantCulture))
            : (DatasetCatalog.Find(data) ?? throw new ArgumentException($"There is no data set '{data}'.")).Read(folder.Length == 0
                ? null
                : folder).GetRows();
        rows = components is { } dimension ? PrincipalComponents.Project(rows, dimension, Execution.Default) : rows;
        var work = Directory.CreateTempSubdirectory("n2d-bench-");
        try
        {
            var rowsPath = Path.Combine(work.FullName, "rows.f32");
            MatrixFile.Write(rowsPath, rows);
            var peers = Peers.Where(peer => peer.IsInstalled).ToArray();
            var runs = peers.ToDictionary(peer => peer, _ => new List<Dictionary<string, string>>());
            var agreements = new List<double>();
            for (var seed = 0; seed < rounds; seed++)
            {
                var labels = peers.Select(peer =>
                {
                    var path = Path.Combine(work.FullName, $"{peer.Name}-{seed}.i32");
                    if (peer.Run(method, rowsPath, Text(rows.RowCount), Text(rows.ColumnCount), Text(count), path, Text(seed)) is { } run)
                    {
                        runs[peer].Add(run);
                        Console.Error.WriteLine(
                            $"{peer.Name}, seed {seed}: {string.Join(' ', run.Select(figure => $"{figure.Key}={figure.Value}"))}");
                    }

                    return File.Exists(path) ? MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(path)).ToArray() : null;
                }).ToArray();
                if (labels is [{ } own, { } other])
                {
                    agreements.Add(AdjustedRandIndex.Compute(other, own));
                }
            }

            Print($"{method}, {data}, {rows.RowCount} x {rows.ColumnCount}, {count}, {rounds} rounds, {Environment.ProcessorCount} "
                + "processors", runs, agreements);
            return 0;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static void Print(string title, Dictionary<Peer, List<Dictionary<string, string>>> runs, List<double> agreements)
    {
        Console.WriteLine($"{title}; medians, seconds and MiB");
        Console.WriteLine();
        Console.WriteLine("| | seconds | warm-up | peak | seconds / N2D | scores |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | --- |");
        var own = Peer.Median(runs.First().Value, "total");
        foreach (var (peer, ownRuns) in runs)
        {
            var version = ownRuns.Select(run => run["version"]).FirstOrDefault("not run");
            var seconds = Peer.Median(ownRuns, "total");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {peer.Name} {version} | {seconds:F2} | {WarmUpOf(ownRuns)} | {Peer.Median(ownRuns, "peak"):F0} | {seconds / own:F1} | "
                    + $"{string.Join(' ', ownRuns.Select(run => run["score"]))} |"));
        }

        Console.WriteLine();
        Console.WriteLine(
            "adjusted Rand index of both: "
                + $"{string.Join(' ', agreements.Select(value => value.ToString("F4", CultureInfo.InvariantCulture)))}");
    }

    /// <summary>The compilation time; empty for a peer without compilation.</summary>
    private static string WarmUpOf(List<Dictionary<string, string>> runs) =>
        runs.Any(run => run.ContainsKey("warmup")) ? Peer.Median(runs, "warmup").ToString("F2", CultureInfo.InvariantCulture) : "";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
