using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// The candidates of each row in an iteration of NN-descent: a random sample of its neighbors and of the rows whose neighbor it is,
/// separated into new ones (found in the last iteration) and old ones. All iterations use the same memory.
/// </summary>
internal sealed class CandidateLists : IDisposable
{
    private const int RowsPerBlock = 256;

    private readonly NeighborLists _lists;
    private readonly int _seed;
    private readonly NativeArray<int> _new;
    private readonly NativeArray<int> _old;
    private readonly int[] _newCounts;
    private readonly int[] _oldCounts;

    /// <summary>The reverse neighbors of each row: the rows whose list it is in, with its mark there.</summary>
    private readonly NativeArray<int> _reverse;
    private readonly int[] _reverseStarts;
    private readonly int[] _nextReverse;

    /// <summary>Allocates memory for candidates.</summary>
    /// <param name="lists">The neighbors.</param>
    /// <param name="capacity">The largest number of new candidates of a row, and of old ones.</param>
    /// <param name="seed">The seed of the samples.</param>
    public CandidateLists(NeighborLists lists, int capacity, int seed)
    {
        (_lists, Capacity, _seed) = (lists, capacity, seed);
        _new = new NativeArray<int>(ArraySize.Of(lists.RowCount, capacity));
        _old = new NativeArray<int>(ArraySize.Of(lists.RowCount, capacity));
        _newCounts = new int[lists.RowCount];
        _oldCounts = new int[lists.RowCount];
        _reverse = new NativeArray<int>(ArraySize.Of(lists.RowCount, lists.NeighborCount));
        _reverseStarts = new int[lists.RowCount + 1];
        _nextReverse = new int[lists.RowCount];
    }

    /// <summary>The largest number of new candidates of a row, and of old ones.</summary>
    public int Capacity { get; }

    public ReadOnlySpan<int> New(int row) => _new.Span.Slice(row * Capacity, _newCounts[row]);

    public ReadOnlySpan<int> Old(int row) => _old.Span.Slice(row * Capacity, _oldCounts[row]);

    /// <summary>Draws the candidates of all rows, and marks as old the neighbors that are drawn for their own row.</summary>
    /// <param name="iteration">The iteration, which keys the samples.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public void Draw(int iteration, Execution execution)
    {
        FindReverse();
        ParallelRows.For(_lists.RowCount, RowsPerBlock, execution, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (start, end) =>
        {
            var pool = new Pool([], []);
            for (var row = start; row < end; row++)
            {
                _newCounts[row] = Draw(row, wantNew: true, _new.Span.Slice(row * Capacity, Capacity), pool, iteration);
                _oldCounts[row] = Draw(row, wantNew: false, _old.Span.Slice(row * Capacity, Capacity), pool, iteration);
            }
        });

        // Mark entries only after all rows have read the marks.
        ParallelRows.For(_lists.RowCount, RowsPerBlock, execution, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                foreach (ref var entry in _lists.Entries(row))
                {
                    if (NeighborLists.IsNew(entry) && New(row).Contains(NeighborLists.IndexOf(entry)))
                    {
                        NeighborLists.MarkOld(ref entry);
                    }
                }
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _new.Dispose();
        _old.Dispose();
        _reverse.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Draw(int row, bool wantNew, Span<int> drawn, Pool pool, int iteration)
    {
        pool.Priorities.Clear();
        pool.Rows.Clear();
        AddToPool(_lists.Entries(row), row, wantNew, pool, iteration);
        AddToPool(_reverse.Span[_reverseStarts[row].._reverseStarts[row + 1]], row, wantNew, pool, iteration);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddToPool(ReadOnlySpan<int> entries, int row, bool wantNew, Pool pool, int iteration)
    {
        foreach (var entry in entries)
        {
            if (!NeighborLists.IsVacant(entry) && NeighborLists.IsNew(entry) == wantNew)
            {
                var other = NeighborLists.IndexOf(entry);
                var pair = ((long)Math.Min(row, other) << 32) | (uint)Math.Max(row, other);
                pool.Priorities.Add(new RandomSequence(_seed, RandomPurpose.Neighbors, pair, -1 - iteration).NextUInt64());
                pool.Rows.Add(other);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindReverse()
    {
        var starts = _reverseStarts;
        starts.AsSpan().Clear();
        for (var row = 0; row < _lists.RowCount; row++)
        {
            foreach (var entry in _lists.Entries(row))
            {
                if (!NeighborLists.IsVacant(entry))
                {
                    starts[NeighborLists.IndexOf(entry) + 1]++;
                }
            }
        }

        for (var row = 0; row < _lists.RowCount; row++)
        {
            starts[row + 1] += starts[row];
        }

        starts.AsSpan(0, _lists.RowCount).CopyTo(_nextReverse);
        var reverse = _reverse.Span;
        for (var row = 0; row < _lists.RowCount; row++)
        {
            foreach (var entry in _lists.Entries(row))
            {
                if (!NeighborLists.IsVacant(entry))
                {
                    reverse[_nextReverse[NeighborLists.IndexOf(entry)]++] = NeighborLists.IsNew(entry) ? NeighborLists.AsNew(row) : row;
                }
            }
        }
    }

    /// <summary>The rows that may become candidates of a row, and the random numbers whose least are drawn.</summary>
    private readonly record struct Pool(List<ulong> Priorities, List<int> Rows);
}
