using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>The edges of the graph by the slot of their head, and the epochs in which each is drawn.</summary>
/// <remarks>
/// The rate r of an edge is its weight divided by the largest. The edge is drawn r times per epoch on average: whenever the multiples of r
/// pass a whole number.
/// </remarks>
internal sealed class LayoutSchedule
{
    /// <summary>The length of the list of drawn edges beyond their number.</summary>
    public const int Spare = SetBits.MaskLength;

    private const int LaneCount = 8;

    private readonly int[] _starts;
    private readonly int[] _tails;
    private readonly float[] _rates;

    /// <summary>Schedules the edges of a graph.</summary>
    /// <param name="graph">n x n, symmetric.</param>
    /// <param name="blocks">The slots of the rows.</param>
    /// <param name="epochCount">The number of epochs. Edges that are too weak to be drawn once in all of them are removed.</param>
    public LayoutSchedule(SparseMatrix graph, LayoutBlocks blocks, int epochCount)
    {
        var largest = 0f;
        foreach (var weight in graph.Values)
        {
            largest = MathF.Max(largest, weight);
        }

        var slots = blocks.Slots();
        var kept = graph.Values.Count(weight => weight / largest * epochCount >= 1);
        _starts = new int[graph.RowCount + 1];
        _tails = new int[kept];

        // Rates are loaded a vector at a time, which may extend beyond the last edge.
        _rates = new float[kept + LaneCount];
        var edge = 0;
        for (var slot = 0; slot < graph.RowCount; slot++)
        {
            var row = blocks.Rows[slot];
            for (var entry = graph.RowStarts[row]; entry < graph.RowStarts[row + 1]; entry++)
            {
                var rate = graph.Values[entry] / largest;
                if (rate * epochCount >= 1)
                {
                    _tails[edge] = slots[graph.Columns[entry]];
                    _rates[edge++] = rate;
                }
            }

            _starts[slot + 1] = edge;
        }
    }

    /// <summary>The number of rows, n.</summary>
    public int RowCount => _starts.Length - 1;

    /// <summary>The first edge of each slot, and the number of edges.</summary>
    public ReadOnlySpan<int> Starts => _starts;

    /// <summary>The slot at the other end of each edge.</summary>
    public ReadOnlySpan<int> Tails => _tails;

    /// <summary>The rate of each edge.</summary>
    public ReadOnlySpan<float> Rates => _rates.AsSpan(0, _tails.Length);

    /// <summary>The largest number of edges of a block's rows in a round, and of one row, in any region.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="block">The index of the block in its region.</param>
    public (int InRound, int OfRow) MostEdges(LayoutBlocks blocks, int block)
    {
        var (inRound, ofRow) = (0, 0);
        for (var part = 0; part < blocks.RegionCount * blocks.RoundCount; part++)
        {
            var (start, end) = blocks.RowsOf(part / blocks.RoundCount, block, part % blocks.RoundCount);
            inRound = Math.Max(inRound, _starts[end] - _starts[start]);
            for (var slot = start; slot < end; slot++)
            {
                ofRow = Math.Max(ofRow, _starts[slot + 1] - _starts[slot]);
            }
        }

        return (inRound, ofRow);
    }

    /// <summary>The edges of a row: the first, and the one after the last.</summary>
    /// <param name="slot">The slot of the row.</param>
    public (int Start, int End) Edges(int slot) => (_starts[slot], _starts[slot + 1]);

    /// <summary>The slot of the row at the other end of an edge.</summary>
    /// <param name="edge">The edge.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Tail(int edge) => _tails[edge];

    /// <summary>
    /// The average number of times that an edge is drawn per epoch, above 0 and up to 1: its weight divided by the largest.
    /// </summary>
    /// <param name="edge">The edge.</param>
    public float Rate(int edge) => _rates[edge];

    /// <summary>Lists the edges of a row that are drawn in an epoch.</summary>
    /// <param name="slot">The slot of the row.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="drawn">The destination, <see cref="Spare"/> longer than the number of edges of the row.</param>
    /// <returns>The number of drawn edges.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Draw(int slot, int epoch, Span<int> drawn)
    {
        var (start, end) = (_starts[slot], _starts[slot + 1]);
        return Draw(_rates, start, end, epoch, drawn);
    }

    /// <summary>Lists the edges of a range that are drawn in an epoch.</summary>
    /// <param name="rates">
    /// The rates of the edges. A whole vector can be loaded at every eighth edge of the range; padding has no effect.
    /// </param>
    /// <param name="start">The first edge.</param>
    /// <param name="end">The edge after the last.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="drawn">
    /// The destination, <see cref="Spare"/> longer than the number of edges. Values after those of the drawn edges are overwritten.
    /// </param>
    /// <returns>The number of drawn edges.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Draw(ReadOnlySpan<float> rates, int start, int end, int epoch, Span<int> drawn)
    {
        Debug.Assert(
            start >= 0 && start + ((end - start + LaneCount - 1) / LaneCount * LaneCount) <= rates.Length,
            "The rates must be readable in whole vectors.");
        Debug.Assert(drawn.Length >= end - start + Spare, "All edges may be drawn.");
        ref var first = ref MemoryMarshal.GetReference(rates);
        ref var destination = ref MemoryMarshal.GetReference(drawn);
        var count = 0;
        var before = Vector256.Create((float)epoch);
        var after = Vector256.Create((float)(epoch + 1));
        for (var edge = start; edge < end; edge += LaneCount)
        {
            var rate = Vector256.LoadUnsafe(ref first, (nuint)edge);
            var passed = ~Vector256.Equals(Vector256.Floor(before * rate), Vector256.Floor(after * rate));
            var mask = passed.ExtractMostSignificantBits() & (uint)((1UL << Math.Min(LaneCount, end - edge)) - 1);
            count += SetBits.Store(mask, edge, ref Unsafe.Add(ref destination, count));
        }

        return count;
    }
}
