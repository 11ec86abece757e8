using System.Diagnostics;
using System.Globalization;
using N2D.Devices;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Bench;

/// <summary>
/// Measures the layout of UMAP on a device beside the processor, from the same graph and start: a first one, which starts the device, a
/// later one, and the placement of new rows. Compares the bytes.
/// </summary>
internal static class DeviceLayout
{
    private const int NeighborCount = 20;

    /// <summary>Prints a row for each shape.</summary>
    /// <param name="device">The device.</param>
    /// <param name="shapes">Shapes such as <c>70000x10</c>: rows, and columns of both the rows and the layout.</param>
    /// <param name="epochs">The number of epochs; null for UMAP's default.</param>
    /// <param name="newRowCount">The number of new rows.</param>
    public static int Run(ComputeDevice device, IEnumerable<string> shapes, int? epochs, int newRowCount)
    {
        Console.WriteLine(
            "| rows | columns | device | processor, s | first, s | later, s | same bytes | new rows | processor, s | device, s "
                + "| same bytes |");
        Console.WriteLine("| ---: | ---: | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | --- |");
        var isSame = true;
        foreach (var shape in shapes)
        {
            var sizes = Array.ConvertAll(shape.Split('x'), size => int.Parse(size, CultureInfo.InvariantCulture));
            var options = new UmapOptions { NeighborCount = NeighborCount, Dimension = sizes[1], Epochs = epochs };
            var rows = NoisyMixture.Draw(sizes[0] + newRowCount, sizes[1]);
            isSame &= Measure(
                device,
                rows.Select([.. Enumerable.Range(0, sizes[0])]),
                rows.Select([.. Enumerable.Range(sizes[0], newRowCount)]),
                options);
        }

        return isSame ? 0 : 1;
    }

    private static bool Measure(ComputeDevice device, Matrix rows, Matrix added, UmapOptions options)
    {
        var onDevice = options with { Device = device };
        var neighbors = NeighborSearch.Find(rows, NeighborCount - 1, options.Distance, Execution.Default);
        var graph = FuzzySimplicialSet.Build(neighbors, options, Execution.Default);
        var initial = LayoutInitialization.Random(rows.RowCount, options.Dimension, options.Seed);
        var curve = MembershipCurve.Fit(options.Spread, options.MinimumDistance);
        var (processor, expected) = Timed(() => GraphLayout.Optimize(neighbors, graph, initial, curve, options, Execution.Default));
        var (first, _) = Timed(() => GraphLayout.Optimize(neighbors, graph, initial, curve, onDevice, Execution.Default));
        var (later, found) = Timed(() => GraphLayout.Optimize(neighbors, graph, initial, curve, onDevice, Execution.Default));
        var isSame = expected.Layout.Values.SequenceEqual(found.Layout.Values);

        var among = NeighborSearch.FindAmong(added, rows, NeighborCount, options.Distance, Execution.Default);
        var places = new UmapPlaces(options, expected.Layout, curve);
        var (placedOnProcessor, expectedPlaces) = Timed(() => places.On(ComputeDevice.Cpu, added, among, Execution.Default));
        var (placedOnDevice, foundPlaces) = Timed(() => places.On(device, added, among, Execution.Default));
        var isSamePlace = expectedPlaces.Values.SequenceEqual(foundPlaces.Values);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {rows.RowCount} | {rows.ColumnCount} | {found.Device} | {processor:F2} | {first:F2} | {later:F2} | {isSame} | "
                + $"{added.RowCount} | {placedOnProcessor:F2} | {placedOnDevice:F2} | {isSamePlace} |"));
        return isSame && isSamePlace;
    }

    private static (double Seconds, TResult Result) Timed<TResult>(Func<TResult> work)
    {
        var clock = Stopwatch.StartNew();
        var result = work();
        return (clock.Elapsed.TotalSeconds, result);
    }
}
