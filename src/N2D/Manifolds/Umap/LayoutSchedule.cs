using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>The edges of the graph by place, and in which epochs each is drawn.</summary>
/// <remarks>
/// An edge of rate r, its weight by the largest, is drawn r times an epoch on the average: whenever the multiples of r pass a whole number.
/// </remarks>
internal sealed class LayoutSchedule
{
    private const int LaneCount = 8;

    private readonly int[] _starts;
    private readonly int[] _others;
    private readonly float[] _rates;

    /// <summary>Schedules the edges of a graph.</summary>
    /// <param name="graph">n x n, symmetric.</param>
    /// <param name="blocks">The rows' places.</param>
    /// <param name="epochCount">Edges too weak to be drawn once in so many epochs are left out.</param>
    public LayoutSchedule(SparseMatrix graph, LayoutBlocks blocks, int epochCount)
    {
        var largest = 0f;
        foreach (var weight in graph.Values)
        {
            largest = MathF.Max(largest, weight);
        }

        var places = blocks.Places();
        var kept = graph.Values.Count(weight => weight / largest * epochCount >= 1);
        _starts = new int[graph.RowCount + 1];
        _others = new int[kept];

        // Rates are looked at a register at a time, beyond the end as well.
        _rates = new float[kept + LaneCount];
        var edge = 0;
        for (var place = 0; place < graph.RowCount; place++)
        {
            var row = blocks.Rows[place];
            for (var entry = graph.RowStarts[row]; entry < graph.RowStarts[row + 1]; entry++)
            {
                var rate = graph.Values[entry] / largest;
                if (rate * epochCount >= 1)
                {
                    _others[edge] = places[graph.Columns[entry]];
                    _rates[edge++] = rate;
                }
            }

            _starts[place + 1] = edge;
        }
    }

    /// <summary>The number of rows, n.</summary>
    public int RowCount => _starts.Length - 1;

    /// <summary>The most edges that the rows of a block have in a round, and that one of them has.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="block">The block's number.</param>
    public (int InRound, int OfOne) MostEdges(LayoutBlocks blocks, int block)
    {
        var (inRound, ofOne) = (0, 0);
        for (var round = 0; round < blocks.RoundCount; round++)
        {
            var (start, end) = blocks.Turns(block, round);
            inRound = Math.Max(inRound, _starts[end] - _starts[start]);
            for (var place = start; place < end; place++)
            {
                ofOne = Math.Max(ofOne, _starts[place + 1] - _starts[place]);
            }
        }

        return (inRound, ofOne);
    }

    /// <summary>The edges of a place: the first, and the one after the last.</summary>
    public (int Start, int End) Edges(int place) => (_starts[place], _starts[place + 1]);

    /// <summary>The place at the other end of an edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Other(int edge) => _others[edge];

    /// <summary>How often an edge is drawn in an epoch, above 0 up to 1: its weight by the largest.</summary>
    public float Rate(int edge) => _rates[edge];

    /// <summary>Lists those edges of a place that are drawn in an epoch.</summary>
    /// <param name="place">The place.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="drawn">Takes them; long enough for all edges of the place.</param>
    /// <returns>How many there are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Draw(int place, int epoch, Span<int> drawn)
    {
        var (start, end) = (_starts[place], _starts[place + 1]);
        return Draw(_rates, start, end, epoch, drawn);
    }

    /// <summary>Lists those of some edges that are drawn in an epoch.</summary>
    /// <param name="rates">Their rates, in whole registers; what follows the last edge's is not looked at.</param>
    /// <param name="start">The first edge.</param>
    /// <param name="end">The one after the last.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="drawn">Takes those drawn; long enough for all.</param>
    /// <returns>How many there are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Draw(ReadOnlySpan<float> rates, int start, int end, int epoch, Span<int> drawn)
    {
        ref var first = ref MemoryMarshal.GetReference(rates);
        var count = 0;
        var before = Vector256.Create((float)epoch);
        var after = Vector256.Create((float)(epoch + 1));
        for (var edge = start; edge < end; edge += LaneCount)
        {
            var rate = Vector256.LoadUnsafe(ref first, (nuint)edge);
            var passed = ~Vector256.Equals(Vector256.Floor(before * rate), Vector256.Floor(after * rate));
            var mask = passed.ExtractMostSignificantBits() & (uint)((1UL << Math.Min(LaneCount, end - edge)) - 1);
            for (; mask != 0; mask &= mask - 1)
            {
                drawn[count++] = edge + BitOperations.TrailingZeroCount(mask);
            }
        }

        return count;
    }
}
