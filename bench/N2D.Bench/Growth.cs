using System.Globalization;

namespace N2D.Bench;

/// <summary>Measures how seconds and memory grow with the number of rows: 10 Gaussians in 10 dimensions, with 10 % uniform noise.</summary>
internal static class Growth
{
    private static readonly int[] RowCounts = [10_000, 30_000, 100_000, 300_000, 1_000_000];

    public static int Run(int largest)
    {
        var work = Directory.CreateTempSubdirectory("n2d-bench-");
        try
        {
            Console.WriteLine("| rows | neighbors | graph | start | layout | total | peak MiB | slope |");
            Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            var self = Peer.Self("N2D", "fit");
            (int Rows, double Seconds)? last = null;
            foreach (var rowCount in RowCounts.Where(count => count <= largest))
            {
                var rowsPath = Path.Combine(work.FullName, "rows.f32");
                MatrixFile.Write(rowsPath, NoisyMixture.Draw(rowCount));
                var text = rowCount.ToString(CultureInfo.InvariantCulture);
                if (self.Run(rowsPath, text, "10", "20", "10", Path.Combine(work.FullName, "layout.f32"), "0") is not { } fit)
                {
                    return 1;
                }

                var seconds = double.Parse(fit["total"], CultureInfo.InvariantCulture);
                var slope = last is { } before ? Math.Log(seconds / before.Seconds) / Math.Log((double)rowCount / before.Rows) : double.NaN;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {rowCount} | {fit["neighbors"]} | {fit["graph"]} | {fit["start"]} | {fit["layout"]} | {seconds:F1} | "
                        + $"{fit["peak"]} | {slope:F2} |"));
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
