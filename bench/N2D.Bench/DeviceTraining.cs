using System.Diagnostics;
using System.Globalization;
using N2D.Autoencoders;
using N2D.Data;
using N2D.Devices;
using N2D.Numerics;
using static TorchSharp.torch;

namespace N2D.Bench;

/// <summary>
/// Measures the training speed of a device by precision and batch size, relative to large matrix products in the same precision.
/// </summary>
internal static class DeviceTraining
{
    private const int ProductSize = 8192;
    private const int ProductCount = 20;

    private const int SmallBatch = 256;

    public static int Run(string name, string folder, ComputeDevice device, int epochs, int together)
    {
        var rows = (DatasetCatalog.Find(name) ?? throw new ArgumentException($"There is no data set '{name}'.")).Read(folder.Length == 0
            ? null
            : folder).GetRows();
        TorchRuntime.EnsureLoaded();
        foreach (var found in ComputeDevices.List(Execution.Default))
        {
            Console.WriteLine($"{found.Name}: {found.Model}, usable: {found.IsUsable} {found.Problem}");
        }

        Console.WriteLine();
        Console.WriteLine(
            $"{name}, {rows.RowCount} x {rows.ColumnCount}, {epochs} epochs on {device}, libtorch of TorchSharp {__version__}");
        Console.WriteLine();
        Console.WriteLine("| precision | batch | rows/s | epochs/s | loss | TFLOP/s | large products' TFLOP/s | share |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var precision in Enum.GetValues<Precision>())
        {
            var limit = LargeProducts(TrainingDevice.Resolve(device).OfLibtorch(), precision);
            foreach (var batchSize in new[] { SmallBatch, 4096 })
            {
                var options = new AutoencoderOptions { Epochs = epochs, Device = device, Precision = precision, BatchSize = batchSize };

                // In the first epoch, the libraries choose their kernels.
                var history = Autoencoder.Fit(rows, options, Execution.Default).Autoencoder.GetHistory();
                var rate = RateOf(history, rows.RowCount);
                var flops = rate * FlopsARow(rows.ColumnCount, options) / 1e12;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {precision} | {batchSize} | {rate:F0} | {rate / rows.RowCount:F2} | {history[^1].Loss:F5} | {flops:F2} | "
                        + $"{limit:F1} | {flops / limit:P0} |"));
            }
        }

        if (together > 1)
        {
            CompareTogether(rows, new AutoencoderOptions { Epochs = epochs, Device = device, BatchSize = SmallBatch }, together);
        }

        return 0;
    }

    /// <summary>Compares the training of one seed with that of several at once.</summary>
    private static void CompareTogether(Matrix rows, AutoencoderOptions options, int seedCount)
    {
        Console.WriteLine();
        Console.WriteLine("| precision | batch | seeds at once | rows/s of all seeds | time, relative to one seed |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var precision in new[] { Precision.Float32, Precision.TensorFloat32 })
        {
            var alone = 0.0;
            foreach (var count in new[] { 1, seedCount })
            {
                // The seconds of each seed are its share, so its rate is that of all.
                var fits = AutoencoderSeeds.FitTogether(
                    rows, options with { Precision = precision }, [.. Enumerable.Range(0, count)], Execution.Default);
                var rate = RateOf(fits[0].Autoencoder!.GetHistory(), rows.RowCount);
                alone = count == 1 ? rate : alone;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {precision} | {options.BatchSize} | {count} | {rate:F0} | {count * alone / rate:F2} |"));
            }
        }
    }

    private static double RateOf(IReadOnlyList<TrainingEpoch> history, int rowCount) =>
        (double)rowCount * (history.Count - 1) / (history[^1].Seconds - history[0].Seconds);

    /// <summary>
    /// The floating-point operations for a row: two for each multiply-add, in the forward pass and for the gradients of the weights and of
    /// the inputs, except in the first layer.
    /// </summary>
    private static double FlopsARow(int dimension, AutoencoderOptions options)
    {
        var shape = new NetworkShape(dimension, options.HiddenUnits, options.LatentDimension);
        var products = Enumerable.Range(0, shape.LayerCount).Sum(layer => (double)shape.Inputs(layer) * shape.Outputs(layer));
        return 2 * ((3 * products) - ((double)shape.Inputs(0) * shape.Outputs(0)));
    }

    private static double LargeProducts(Device device, Precision precision)
    {
        using var scope = NewDisposeScope();
        using var setting = precision.Begin();
        var type = precision == Precision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        var size = device.type == TorchSharp.DeviceType.CPU ? ProductSize / 8 : ProductSize;
        var left = rand([size, size], type, device);
        var right = rand([size, size], type, device);
        matmul(left, right)[0, 0].to(ScalarType.Float32).cpu();
        var clock = Stopwatch.StartNew();
        for (var product = 0; product < ProductCount; product++)
        {
            using var one = matmul(left, right);
            if (product == ProductCount - 1)
            {
                one[0, 0].to(ScalarType.Float32).cpu();
            }
        }

        return 2.0 * size * size * size * ProductCount / clock.Elapsed.TotalSeconds / 1e12;
    }
}
