using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// When each edge of the graph is drawn, and in which round: rows take turns in rounds, every so manyth row in each, and the edges of a row are
/// sorted by the round of their other end.
/// </summary>
internal sealed class LayoutSchedule
{
    private readonly int[] _segmentStarts;
    private readonly int[] _columns;
    private readonly float[] _rates;
    private readonly int[] _slotStarts;
    private readonly int[] _mirrorSlots;

    /// <summary>Schedules the edges of a graph.</summary>
    /// <param name="graph">n x n, symmetric.</param>
    /// <param name="roundCount">Rounds an epoch.</param>
    /// <param name="epochCount">Edges too weak to be drawn once in so many epochs are left out.</param>
    public LayoutSchedule(SparseMatrix graph, int roundCount, int epochCount)
    {
        RoundCount = roundCount;
        RowCount = graph.RowCount;
        var largest = 0f;
        foreach (var weight in graph.Values)
        {
            largest = MathF.Max(largest, weight);
        }

        _segmentStarts = new int[(RowCount * roundCount) + 1];
        var kept = 0;
        foreach (var weight in graph.Values)
        {
            kept += weight / largest * epochCount >= 1 ? 1 : 0;
        }

        _columns = new int[kept];
        _rates = new float[kept];
        var place = 0;
        for (var row = 0; row < RowCount; row++)
        {
            for (var round = 0; round < roundCount; round++)
            {
                for (var entry = graph.RowStarts[row]; entry < graph.RowStarts[row + 1]; entry++)
                {
                    var rate = graph.Values[entry] / largest;
                    if (graph.Columns[entry] % roundCount == round && rate * epochCount >= 1)
                    {
                        _columns[place] = graph.Columns[entry];
                        _rates[place++] = rate;
                    }
                }

                _segmentStarts[(row * roundCount) + round + 1] = place;
            }
        }

        (_slotStarts, SlotCount) = NumberSlots();
        _mirrorSlots = FindMirrorSlots();
    }

    /// <summary>The number of rows, n.</summary>
    public int RowCount { get; }

    /// <summary>Rounds an epoch; row r takes its turn in round r modulo this.</summary>
    public int RoundCount { get; }

    /// <summary>The number of edges of the rows of a round, in the round where it is largest: each has a slot of its own.</summary>
    public int SlotCount { get; }

    /// <summary>The number of rows that take their turn in a round.</summary>
    public int RowsIn(int round) => (RowCount - round + RoundCount - 1) / RoundCount;

    /// <summary>The places of all edges of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Start, int End) Edges(int row) => (_segmentStarts[row * RoundCount], _segmentStarts[(row + 1) * RoundCount]);

    /// <summary>The places of those edges of a row whose other ends take their turn in a round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Start, int End) Edges(int row, int round) =>
        (_segmentStarts[(row * RoundCount) + round], _segmentStarts[(row * RoundCount) + round + 1]);

    /// <summary>The other end of an edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Other(int place) => _columns[place];

    /// <summary>How often an edge is drawn in an epoch, above 0 up to 1: its weight by the largest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Rate(int place) => _rates[place];

    /// <summary>The slot of an edge of a row in the round in which that row takes its turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Slot(int row, int place) => _slotStarts[row] + place - _segmentStarts[row * RoundCount];

    /// <summary>The slot of the same edge seen from its other end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int MirrorSlot(int place) => _mirrorSlots[place];

    /// <summary>
    /// Whether an edge is drawn in an epoch: one of rate r, its weight by the largest, is drawn r times an epoch on the average, whenever
    /// the multiples of r pass a whole number.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsDrawn(int place, int epoch) => (int)((epoch + 1) * _rates[place]) != (int)(epoch * _rates[place]);

    private (int[] Starts, int Count) NumberSlots()
    {
        var starts = new int[RowCount];
        var counts = new int[RoundCount];
        for (var row = 0; row < RowCount; row++)
        {
            var (start, end) = Edges(row);
            starts[row] = counts[row % RoundCount];
            counts[row % RoundCount] += end - start;
        }

        return (starts, counts.Max());
    }

    private int[] FindMirrorSlots()
    {
        var slots = new int[_columns.Length];
        for (var row = 0; row < RowCount; row++)
        {
            var (start, end) = Edges(row);
            for (var place = start; place < end; place++)
            {
                // The graph is symmetric, so the edge is there: in the part of the other row that is of this row's round, where columns ascend.
                var other = _columns[place];
                var (first, last) = Edges(other, row % RoundCount);
                slots[place] = Slot(other, Array.BinarySearch(_columns, first, last - first, row));
            }
        }

        return slots;
    }
}
