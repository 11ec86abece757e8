using System.Diagnostics;
using System.Globalization;
using N2D.Data;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Bench;

/// <summary>Compares exact search and graph search for neighbors among other rows: microseconds for each row, and the recall.</summary>
internal static class IndexSearch
{
    private const int NeighborCount = 20;
    private const int QueryCount = 2000;

    /// <summary>Searches for the test rows of a data set of images, or of a mixture in ten dimensions, among the others.</summary>
    public static int Run(string? name, string? folder)
    {
        if (name is null)
        {
            foreach (var count in new[] { 10_000, 100_000, 1_000_000 })
            {
                Compare($"{count} x 10", NoisyMixture.Draw(count + QueryCount));
            }
        }
        else
        {
            var rows = DatasetCatalog.Find(name)!.Read(folder).GetRows();
            Compare($"{name}, {rows.RowCount - QueryCount} x {rows.ColumnCount}", rows);
        }

        return 0;
    }

    private static void Compare(string what, Matrix all)
    {
        var fitted = Matrix.Own(all.RowRange(0, all.RowCount - QueryCount).ToArray(), all.ColumnCount);
        var queries = Matrix.Own(all.RowRange(all.RowCount - QueryCount, QueryCount).ToArray(), all.ColumnCount);
        var (exact, _) = Timed(() => NeighborIndex.Exact(fitted, new RowDistance(), Execution.Default));
        var (truth, exactSeconds) = Timed(() => exact.Find(queries, NeighborCount, Execution.Default));
        NeighborSearch.Find(fitted, NeighborCount - 1, new RowDistance(), Execution.Default);
        var (walked, buildSeconds) =
            Timed(() => NeighborIndex.Build(fitted, new RowDistance(), NeighborCount - 1, Execution.Default, exactLimit: 0));
        walked.Find(Matrix.Own(queries.RowRange(0, 100).ToArray(), queries.ColumnCount), NeighborCount, Execution.Default);
        var (found, walkSeconds) = Timed(() => walked.Find(queries, NeighborCount, Execution.Default));
        var edges = walked.Graph is { } graph ? (double)graph.Targets.Length / graph.RowCount : 0;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: exact {1e6 * exactSeconds / QueryCount:F1} us a row, walks {1e6 * walkSeconds / QueryCount:F1}, recall "
                + $"{found.RecallOf(truth):F4}; graph of {edges:F1} edges a row and {walked.Graph?.Entries.Length} entries in "
                + $"{buildSeconds:F1} s"));
    }

    private static (T Result, double Seconds) Timed<T>(Func<T> work)
    {
        var clock = Stopwatch.StartNew();
        return (work(), clock.Elapsed.TotalSeconds);
    }
}
