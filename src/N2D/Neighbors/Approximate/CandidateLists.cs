using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// The candidates of each row in an iteration of NN-descent: a random sample of its neighbors and of the rows whose neighbor it is,
/// separated into new ones (found in the last iteration) and old ones.
/// </summary>
internal sealed class CandidateLists
{
    private const int RowsPerBlock = 256;

    private readonly int[] _new;
    private readonly int[] _old;
    private readonly int[] _newCounts;
    private readonly int[] _oldCounts;

    private CandidateLists(int rowCount, int capacity)
    {
        Capacity = capacity;
        _new = new int[ArraySize.Of(rowCount, capacity)];
        _old = new int[ArraySize.Of(rowCount, capacity)];
        _newCounts = new int[rowCount];
        _oldCounts = new int[rowCount];
    }

    /// <summary>The largest number of new candidates of a row, and of old ones.</summary>
    public int Capacity { get; }

    public ReadOnlySpan<int> New(int row) => _new.AsSpan(row * Capacity, _newCounts[row]);

    public ReadOnlySpan<int> Old(int row) => _old.AsSpan(row * Capacity, _oldCounts[row]);

    /// <summary>Draws the candidates of all rows, and marks as old the neighbors that are drawn for their own row.</summary>
    public static CandidateLists Build(NeighborLists lists, int capacity, int seed, int iteration, Execution execution)
    {
        var candidates = new CandidateLists(lists.RowCount, capacity);
        var reverse = ReverseEntries(lists);
        ParallelRows.For(lists.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var pool = new Pool([], []);
            for (var row = start; row < end; row++)
            {
                candidates._newCounts[row] =
                    Draw(lists, reverse, row, wantNew: true, candidates._new.AsSpan(row * capacity, capacity), pool, seed, iteration);
                candidates._oldCounts[row] =
                    Draw(lists, reverse, row, wantNew: false, candidates._old.AsSpan(row * capacity, capacity), pool, seed, iteration);
            }
        });

        // Mark entries only after all rows have read the marks.
        ParallelRows.For(lists.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                foreach (ref var entry in lists.Entries(row))
                {
                    if (NeighborLists.IsNew(entry) && candidates.New(row).Contains(NeighborLists.IndexOf(entry)))
                    {
                        NeighborLists.MarkOld(ref entry);
                    }
                }
            }
        });
        return candidates;
    }

    private static int Draw(
        NeighborLists lists,
        (int[] Starts, int[] Entries) reverse,
        int row,
        bool wantNew,
        Span<int> drawn,
        Pool pool,
        int seed,
        int iteration)
    {
        pool.Priorities.Clear();
        pool.Rows.Clear();
        var entries = lists.Entries(row);
        AddToPool(entries, row, wantNew, pool, seed, iteration);
        AddToPool(reverse.Entries.AsSpan(reverse.Starts[row]..reverse.Starts[row + 1]), row, wantNew, pool, seed, iteration);
        var others = CollectionsMarshal.AsSpan(pool.Rows);
        CollectionsMarshal.AsSpan(pool.Priorities).Sort(others);
        var count = 0;
        for (var place = 0; place < others.Length && count < drawn.Length; place++)
        {
            // Mutual neighbors are in the pool twice, with the same priority, and therefore next to each other.
            if (count == 0 || drawn[count - 1] != others[place])
            {
                drawn[count++] = others[place];
            }
        }

        return count;
    }

    private static void AddToPool(ReadOnlySpan<int> entries, int row, bool wantNew, Pool pool, int seed, int iteration)
    {
        foreach (var entry in entries)
        {
            if (!NeighborLists.IsVacant(entry) && NeighborLists.IsNew(entry) == wantNew)
            {
                var other = NeighborLists.IndexOf(entry);
                var pair = ((long)Math.Min(row, other) << 32) | (uint)Math.Max(row, other);
                pool.Priorities.Add(new RandomSequence(seed, RandomPurpose.Neighbors, pair, -1 - iteration).NextUInt64());
                pool.Rows.Add(other);
            }
        }
    }

    /// <summary>The reverse neighbors of each row: the rows whose list it is in, with its mark there.</summary>
    private static (int[] Starts, int[] Entries) ReverseEntries(NeighborLists lists)
    {
        var starts = new int[lists.RowCount + 1];
        for (var row = 0; row < lists.RowCount; row++)
        {
            foreach (var entry in lists.Entries(row))
            {
                if (!NeighborLists.IsVacant(entry))
                {
                    starts[NeighborLists.IndexOf(entry) + 1]++;
                }
            }
        }

        for (var row = 0; row < lists.RowCount; row++)
        {
            starts[row + 1] += starts[row];
        }

        var places = starts.ToArray();
        var reverse = new int[starts[^1]];
        for (var row = 0; row < lists.RowCount; row++)
        {
            foreach (var entry in lists.Entries(row))
            {
                if (!NeighborLists.IsVacant(entry))
                {
                    reverse[places[NeighborLists.IndexOf(entry)]++] = NeighborLists.IsNew(entry) ? NeighborLists.AsNew(row) : row;
                }
            }
        }

        return (starts, reverse);
    }

    /// <summary>The rows that may become candidates of a row, and the random numbers whose least are drawn.</summary>
    private readonly record struct Pool(List<ulong> Priorities, List<int> Rows);
}
