using System.Globalization;

namespace N2D.Bench;

/// <summary>Measures how seconds and memory grow with the number of rows: 10 Gaussians in 10 dimensions, with 10 % uniform noise.</summary>
internal static class Growth
{
    private static readonly int[] RowCounts = [10_000, 30_000, 100_000, 300_000, 1_000_000];

    /// <summary>Prints a row for each number of rows, with the peers' seconds and memory beside it.</summary>
    /// <param name="largest">The largest number of rows.</param>
    /// <param name="peerNames">The peers to run.</param>
    public static int Run(int largest, IReadOnlyCollection<string> peerNames)
    {
        var peers = Comparison.All[1..].Where(peer => peerNames.Contains(peer.Name) && peer.IsInstalled).ToArray();
        var work = Directory.CreateTempSubdirectory("n2d-bench-");
        try
        {
            Console.WriteLine(
                "| rows | neighbors | graph | start | layout | total | peak MiB | slope |"
                    + string.Concat(peers.Select(peer => $" {peer.Name} | / N2D | peak MiB |")));
            Console.WriteLine("|" + string.Concat(Enumerable.Repeat(" ---: |", 8 + (3 * peers.Length))));
            (int Rows, double Seconds)? last = null;
            foreach (var rowCount in RowCounts.Where(count => count <= largest))
            {
                var rowsPath = Path.Combine(work.FullName, "rows.f32");
                MatrixFile.Write(rowsPath, NoisyMixture.Draw(rowCount));
                var text = rowCount.ToString(CultureInfo.InvariantCulture);
                string[] task = [rowsPath, text, "10", "20", "10", Path.Combine(work.FullName, "layout.f32"), "0"];
                if (Comparison.All[0].Run(task) is not { } fit)
                {
                    return 1;
                }

                var seconds = double.Parse(fit["total"], CultureInfo.InvariantCulture);
                var slope = last is { } before ? Math.Log(seconds / before.Seconds) / Math.Log((double)rowCount / before.Rows) : double.NaN;
                Console.Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {rowCount} | {fit["neighbors"]} | {fit["graph"]} | {fit["start"]} | {fit["layout"]} | {seconds:F1} | "
                        + $"{fit["peak"]} | {slope:F2} |"));
                foreach (var other in peers.Select(peer => peer.Run(task)))
                {
                    var total = other is null ? double.NaN : double.Parse(other["total"], CultureInfo.InvariantCulture);
                    Console.Write(string.Create(CultureInfo.InvariantCulture, $" {total:F1} | {total / seconds:F1} | {other?["peak"]} |"));
                }

                Console.WriteLine();
                last = (rowCount, seconds);
            }

            return 0;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }
}
