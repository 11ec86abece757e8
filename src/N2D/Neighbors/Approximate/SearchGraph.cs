using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Neighbors;

/// <summary>
/// A sparse graph of rows, along which walks reach the neighbors of any query in a few steps, and the entry rows at which walks start. All
/// rows are reachable from these.
/// </summary>
/// <remarks>
/// The edges of a row are those of its nearest neighbors that are nearer to it than to any neighbor kept before (the relative neighborhood
/// graph of Toussaint, 1980, as in Fu et al., 2019, HNSW and pynndescent), plus the reverse edges, unless a row has too many.
/// </remarks>
/// <param name="Starts">The index in <paramref name="Targets"/> of each row's first edge, and the number of all edges.</param>
/// <param name="Targets">The target row of each edge.</param>
/// <param name="Entries">The entry rows.</param>
internal sealed record SearchGraph(int[] Starts, int[] Targets, int[] Entries)
{
    /// <summary>The largest number of edges of a row: each walk through the row computes as many distances.</summary>
    private const int MostEdges = 32;

    /// <summary>The number of entries, relative to the root of the number of rows.</summary>
    private const double EntriesPerRoot = 2;

    /// <summary>
    /// The largest number of entries, relative to the number of rows. A graph that needs more has many components, for example because of
    /// duplicates, and is no faster than exact search.
    /// </summary>
    private const int FewestRowsPerEntry = 16;

    private const int RowsPerBlock = 256;

    /// <summary>The number of rows.</summary>
    public int RowCount => Starts.Length - 1;

    /// <summary>The targets of a row's edges.</summary>
    public ReadOnlySpan<int> EdgesOf(int row) => Targets.AsSpan(Starts[row], Starts[row + 1] - Starts[row]);

    /// <summary>Writes the graph to a model file.</summary>
    public void Write(ModelPartWriter part)
    {
        part.Add<int>("index.starts", Starts, Starts.Length);
        part.Add<int>("index.targets", Targets, Targets.Length);
        part.Add<int>("index.entries", Entries, Entries.Length);
    }

    /// <summary>Reads the graph from a model file; null if it has none.</summary>
    /// <param name="part">The model file.</param>
    /// <param name="rowCount">The number of rows.</param>
    public static SearchGraph? Read(ModelPartReader part, int rowCount)
    {
        if (!part.Has("index.starts"))
        {
            return null;
        }

        var targets = part.GetIndices("index.targets", rowCount, part.SizeOf("index.targets", rank: 1));
        var starts = part.GetIndices("index.starts", targets.Length + 1, rowCount + 1L);
        var entries = part.GetIndices("index.entries", rowCount, part.SizeOf("index.entries", rank: 1));
        for (var row = 0; row < rowCount; row++)
        {
            if (starts[row] > starts[row + 1])
            {
                throw part.Corrupt($"the edges of row {row} end before they begin");
            }
        }

        return entries.Length > 0 && starts[0] == 0 && starts[^1] == targets.Length
            ? new SearchGraph(starts, targets, entries)
            : throw part.Corrupt("the graph of its rows has no beginning or no end");
    }

    /// <summary>Builds a graph.</summary>
    /// <param name="kernel">The metric.</param>
    /// <param name="rows">n x d, prepared for the metric.</param>
    /// <param name="neighbors">The nearest other rows of each row.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The graph; null if it has too many components.</returns>
    /// <typeparam name="TKernel">The kind of metric.</typeparam>
    public static SearchGraph? Build<TKernel>(TKernel kernel, Matrix rows, NeighborGraph neighbors, Execution execution)
        where TKernel : struct, IDistanceKernel
    {
        var kept = new int[rows.RowCount][];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                kept[row] = Diverse(kernel, rows, row, neighbors.Neighbors(row));
            }

            execution.Report("graph of the rows", (double)end / rows.RowCount);
        });
        var edges = WithReverse(kernel, rows, kept, execution);
        var starts = new int[rows.RowCount + 1];
        for (var row = 0; row < edges.Length; row++)
        {
            starts[row + 1] = starts[row] + edges[row].Length;
        }

        var targets = new int[starts[^1]];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                edges[row].CopyTo(targets, starts[row]);
            }
        });
        var graph = new SearchGraph(starts, targets, []);
        return graph.EntriesToAll() is { } entries ? graph with { Entries = entries } : null;
    }

    /// <summary>Selects the neighbors of a row, nearest first, that are nearer to it than to any selected before.</summary>
    private static int[] Diverse<TKernel>(TKernel kernel, Matrix rows, int row, ReadOnlySpan<int> neighbors)
        where TKernel : struct, IDistanceKernel
    {
        Span<int> kept = stackalloc int[MostEdges];
        var count = 0;
        foreach (var neighbor in neighbors)
        {
            var rank = PairDistance.Rank(kernel, rows.Row(row), rows.Row(neighbor));
            var isShadowed = false;
            for (var place = 0; place < count && !isShadowed; place++)
            {
                isShadowed = PairDistance.Rank(kernel, rows.Row(kept[place]), rows.Row(neighbor)) < rank;
            }

            if (!isShadowed && count < MostEdges)
            {
                kept[count++] = neighbor;
            }
        }

        return kept[..count].ToArray();
    }

    /// <summary>Adds the reverse edges of each row: only the nearest if there are too many.</summary>
    private static int[][] WithReverse<TKernel>(TKernel kernel, Matrix rows, int[][] kept, Execution execution)
        where TKernel : struct, IDistanceKernel
    {
        var reverse = new List<int>?[kept.Length];
        for (var row = 0; row < kept.Length; row++)
        {
            foreach (var neighbor in kept[row])
            {
                if (!kept[neighbor].AsSpan().Contains(row))
                {
                    (reverse[neighbor] ??= []).Add(row);
                }
            }
        }

        var edges = new int[kept.Length][];
        ParallelRows.For(kept.Length, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var others = reverse[row] is { } all ? NearestOf(kernel, rows, row, all, MostEdges - kept[row].Length) : [];
                edges[row] = [.. kept[row], .. others];
            }
        });
        return edges;
    }

    private static IEnumerable<int> NearestOf<TKernel>(TKernel kernel, Matrix rows, int row, List<int> others, int most)
        where TKernel : struct, IDistanceKernel => others.Count <= most
            ? others
            : others.Select(other => (Rank: PairDistance.Rank(kernel, rows.Row(row), rows.Row(other)), Row: other))
                .Order()
                .Take(most)
                .Select(other => other.Row);

    /// <summary>Random rows, plus as many as are needed to reach all rows; null if these are too many.</summary>
    private int[]? EntriesToAll()
    {
        var count = (int)Math.Min(RowCount, Math.Ceiling(EntriesPerRoot * Math.Sqrt(RowCount)));
        var entries = new List<int>(count);
        var isReached = new bool[RowCount];
        var waiting = new Stack<int>();
        for (var place = 0; place < count; place++)
        {
            var (first, next) = ((long)RowCount * place / count, (long)RowCount * (place + 1) / count);
            var entry =
                (int)first + new RandomSequence(0, RandomPurpose.Neighbors, place, SequenceOfEntries).NextInt32((int)(next - first));
            entries.Add(entry);
            Reach(entry);
        }

        for (var row = 0; row < RowCount; row++)
        {
            if (!isReached[row])
            {
                entries.Add(row);
                Reach(row);
                if (entries.Count - count > RowCount / FewestRowsPerEntry)
                {
                    return null;
                }
            }
        }

        return [.. entries];

        void Reach(int from)
        {
            if (isReached[from])
            {
                return;
            }

            isReached[from] = true;
            waiting.Push(from);
            while (waiting.TryPop(out var row))
            {
                foreach (var target in EdgesOf(row))
                {
                    if (!isReached[target])
                    {
                        isReached[target] = true;
                        waiting.Push(target);
                    }
                }
            }
        }
    }

    /// <summary>A key that differs from those of NN-descent's trees and iterations.</summary>
    private const long SequenceOfEntries = long.MinValue;
}
