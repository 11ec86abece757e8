using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using N2D.Autoencoders;
using N2D.Data;
using N2D.Devices;
using N2D.Numerics;

namespace N2D.Bench;

/// <summary>
/// Compares training and encoding of rows in a file and in memory: how memory and seconds grow with the number of rows. Each run has its
/// own process.
/// </summary>
internal static class Streaming
{
    private const int ClusterCount = 10;
    private static readonly int[] RowCounts = [500_000, 5_000_000];

    public static int Run(string folder, int columnCount)
    {
        Console.WriteLine(
            "| rows | rows lie | import s | training s | rows/s | encoding s | peak MiB of its own | peak MiB of mapped files | loss |");
        Console.WriteLine("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var rowCount in RowCounts)
        {
            var path = Path.Combine(folder, $"n2d-stream-{rowCount}x{columnCount}.npy");
            if (!File.Exists(path))
            {
                Write(path, rowCount, columnCount);
            }

            foreach (var place in new[] { "mapped", "memory" })
            {
                if (Peer.Self("N2D", "fit-stream").Run(path, Path.ChangeExtension(path, "codes.npy"), place) is not { } fit)
                {
                    return 1;
                }

                Console.WriteLine(
                    $"| {rowCount} | {place} | {fit["import"]} | {fit["training"]} | {fit["rate"]} | {fit["encoding"]} | {fit["own"]} | "
                        + $"{fit["files"]} | {fit["loss"]} |");
            }
        }

        return 0;
    }

    /// <summary>Trains a small network for one epoch, and writes the codes to a file; or does all in memory.</summary>
    public static int Fit(string rowsPath, string codesPath, string place)
    {
        var options = new AutoencoderOptions { HiddenUnits = [64, 32], LatentDimension = 10, Epochs = 1, Device = ComputeDevice.Cpu };
        using var peak = new MemoryPeak();
        var clock = Stopwatch.StartNew();
        var rows = new NpyReader(memoryMapped: place == "mapped").Read(rowsPath).GetDataMatrix();
        var import = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var autoencoder = place == "mapped"
            ? Autoencoder.FitToFile(rows, codesPath, options, Execution.Default).Autoencoder
            : Autoencoder.Fit(rows, options, Execution.Default).Autoencoder;
        var whole = clock.Elapsed.TotalSeconds;
        var training = autoencoder.GetHistory()[^1].Seconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"import={import:F1} training={training:F1} rate={rows.RowCount / training:F0} encoding={whole - training:F1} "
                + $"own={peak.Own:F0} files={peak.OfFiles:F0} loss={autoencoder.Loss:R}"));
        return 0;
    }

    /// <summary>Writes a mixture of ten blocks, a thousand rows at a time.</summary>
    public static void Write(string path, int rowCount, int columnCount) => NpyFile.Write(path, rowCount, columnCount, stream =>
    {
        const int RowsPerWrite = 1_000;
        var centers = new float[ClusterCount * columnCount];
        Draw(-1, centers, 1);
        var block = new float[RowsPerWrite * columnCount];
        for (var start = 0; start < rowCount; start += RowsPerWrite)
        {
            var values = block.AsSpan(0, Math.Min(RowsPerWrite, rowCount - start) * columnCount);
            for (var place = 0; place < values.Length; place += columnCount)
            {
                var row = start + (place / columnCount);
                centers.AsSpan(row % ClusterCount * columnCount, columnCount).CopyTo(values[place..]);
                Draw(row, values.Slice(place, columnCount), 0.2f);
            }

            stream.Write(MemoryMarshal.AsBytes(values));
        }
    });

    private static void Draw(int row, Span<float> values, float width)
    {
        var random = new RandomSequence(0, RandomPurpose.Sampling, row);
        foreach (ref var value in values)
        {
            value += width * random.NextSingle();
        }
    }
}
