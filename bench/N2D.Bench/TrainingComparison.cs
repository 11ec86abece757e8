using System.Globalization;
using N2D.Autoencoders;
using N2D.Data;

namespace N2D.Bench;

/// <summary>Compares the rows per second of training the autoencoder: N2D, libtorch, PyTorch, and only the steps' products.</summary>
internal static class TrainingComparison
{
    private static readonly Peer[] All =
    [
        Peer.Self("N2D", "fit-autoencoder"),
        Peer.Self("libtorch through TorchSharp", "fit-libtorch"),
        Peer.Self("libtorch's products alone", "products"),
        Peer.Python("numpy's products alone", "products_peer.py"),
        Peer.Python("PyTorch", "torch_peer.py"),
    ];

    public static int Run(string name, string folder, int epochs, int rounds)
    {
        var rows = (DatasetCatalog.Find(name) ?? throw new ArgumentException($"There is no data set '{name}'.")).Read(folder.Length == 0
            ? null
            : folder).GetRows();
        var latentDimension = new AutoencoderOptions().LatentDimension;
        var work = Directory.CreateTempSubdirectory("n2d-bench-");
        try
        {
            var rowsPath = Path.Combine(work.FullName, "rows.f32");
            MatrixFile.Write(rowsPath, rows);
            string[] what = [
                rowsPath,
                .. new[] { rows.RowCount, rows.ColumnCount, latentDimension, epochs }.Select(number =>
                    number.ToString(CultureInfo.InvariantCulture))
            ];
            var runs = All.Where(peer => peer.IsInstalled).ToDictionary(peer => peer, _ => new List<Dictionary<string, string>>());
            for (var round = 0; round < rounds; round++)
            {
                foreach (var (peer, own) in runs)
                {
                    if (peer.Run(what) is { } run)
                    {
                        own.Add(run);
                        Console.Error.WriteLine($"{peer.Name}: {string.Join(' ', run.Select(figure => $"{figure.Key}={figure.Value}"))}");
                    }
                }
            }

            Console.WriteLine(
                $"{name}, {rows.RowCount} x {rows.ColumnCount}, {epochs} epochs, medians of {rounds} rounds; {Machine.Description}");
            Console.WriteLine();
            Console.WriteLine("| | rows/s | N2D / it | loss | peak MiB |");
            Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
            var best = Peer.Median(runs[All[0]], "rate");
            foreach (var (peer, own) in runs.Where(entry => entry.Value.Count > 0))
            {
                var (rate, loss, peak) = (Peer.Median(own, "rate"), Peer.Median(own, "loss"), Peer.Median(own, "peak"));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {peer.Name} {own.FirstOrDefault()?["version"]} | {rate:F0} | {best / rate:F2} | "
                        + $"{(double.IsNaN(loss) ? "" : $"{loss:F5}")} | {peak:F0} |"));
            }

            return 0;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }
}
