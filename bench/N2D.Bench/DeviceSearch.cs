using System.Diagnostics;
using System.Globalization;
using N2D.Devices;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Bench;

/// <summary>
/// Measures UMAP whose neighbors a device searches: the first search, which starts the device, a later one, and the whole fit. Compares the
/// neighbors of some rows with those that the processor finds.
/// </summary>
internal static class DeviceSearch
{
    private const int CheckedCount = 200;

    /// <summary>Prints a row for each shape.</summary>
    /// <param name="device">The device.</param>
    /// <param name="shapes">Shapes such as <c>70000x10</c>.</param>
    /// <param name="neighborCount">The number of neighbors, without the row itself.</param>
    /// <param name="umapColumns">The most columns for which the whole of UMAP is measured, too.</param>
    public static int Run(ComputeDevice device, IEnumerable<string> shapes, int neighborCount, int umapColumns)
    {
        foreach (var gpu in NvidiaGpus.List(withFreeMemory: true))
        {
            Console.WriteLine($"cuda:{gpu.Index}: {gpu.Name}, {Quantity.OfBytes(gpu.FreeBytes ?? 0)} free");
        }

        Console.WriteLine();
        Console.WriteLine(
            "| rows | columns | device | exact | first search, s | later search, s | 1e9 differences/s | same as processor | UMAP, s |");
        Console.WriteLine("| ---: | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: |");
        var isSame = true;
        foreach (var shape in shapes)
        {
            var sizes = shape.Split('x');
            var (rowCount, columnCount) =
                (int.Parse(sizes[0], CultureInfo.InvariantCulture), int.Parse(sizes[1], CultureInfo.InvariantCulture));
            var rows = NoisyMixture.Draw(rowCount, columnCount);
            var first = Seconds(() => Search(device, rows, neighborCount), out _);
            var again = Matrix.Own(rows.Values.ToArray(), columnCount);
            var later = Seconds(() => Search(device, again, neighborCount), out var found);
            var same = SameCount(found.Graph, rows);
            isSame &= same == Math.Min(CheckedCount, rowCount) || !found.IsExact;
            var umap = columnCount > umapColumns
                ? double.NaN
                : Seconds(
                    () => new UmapOptions { NeighborCount = neighborCount + 1, Device = device }.Fit(
                        Matrix.Own(rows.Values.ToArray(), columnCount), Execution.Default),
                    out _);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {rowCount} | {columnCount} | {found.Device} | {found.IsExact} | {first:F2} | {later:F2} | "
                    + $"{(double)rowCount * rowCount * columnCount / later / 1e9:F0} | {same} of {Math.Min(CheckedCount, rowCount)} | "
                    + $"{umap:F1} |"));
        }

        return isSame ? 0 : 1;
    }

    private static FoundNeighbors Search(ComputeDevice device, Matrix rows, int neighborCount) =>
        NeighborSearch.FindOn(device, rows, neighborCount, new RowDistance(), Execution.Default);

    private static double Seconds<TResult>(Func<TResult> work, out TResult result)
    {
        var clock = Stopwatch.StartNew();
        result = work();
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>The number of rows, among the first, whose neighbors and distances have the same bits as on the processor.</summary>
    private static int SameCount(NeighborGraph graph, Matrix rows)
    {
        var queries = rows.Select([.. Enumerable.Range(0, Math.Min(CheckedCount, rows.RowCount))]);
        var expected = NeighborSearch.FindAmong(queries, rows, graph.NeighborCount + 1, new RowDistance(), Execution.Default);
        return Enumerable.Range(0, queries.RowCount).Count(row =>
            expected.Neighbors(row)[1..].SequenceEqual(graph.Neighbors(row))
                && expected.Distances(row)[1..].SequenceEqual(graph.Distances(row)));
    }
}
