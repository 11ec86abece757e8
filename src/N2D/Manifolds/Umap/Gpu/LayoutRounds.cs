using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The rows that move in each round of a layout, and for each row that a round may change the edges whose updates reach it. They are the
/// same in all epochs, so a GPU needs no list of updates: the thread that owns a row collects them.
/// </summary>
internal sealed class LayoutRounds
{
    private readonly RoundOfRows[] _rounds;

    /// <summary>Lists the rows and edges of all rounds.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="schedule">The edges.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public LayoutRounds(LayoutBlocks blocks, LayoutSchedule schedule, Execution execution)
    {
        _rounds = new RoundOfRows[blocks.RegionCount * blocks.RoundCount];
        ParallelRows.For(_rounds.Length, 1, execution, (start, end) =>
        {
            for (var round = start; round < end; round++)
            {
                _rounds[round] = RoundOfRows.Of(blocks, schedule, round / blocks.RoundCount, round % blocks.RoundCount);
            }
        });
        Slots = Join(round => round.Slots);
        Edges = Join(round => round.Edges);
        TargetSlots = Join(round => round.TargetSlots);
        TargetHeads = Join(round => round.TargetHeads);
        Incoming = Join(round => round.Incoming);
        TargetStarts = new int[TargetSlots.Length + 1];
        var target = 0;
        foreach (var round in _rounds)
        {
            foreach (var count in round.TargetCounts)
            {
                TargetStarts[target + 1] = TargetStarts[target] + count;
                target++;
            }
        }

        MostRows = _rounds.Max(round => round.Slots.Length);
        MostEdges = _rounds.Max(round => round.Incoming.Length);
    }

    /// <summary>The slots of the rows of all rounds.</summary>
    public int[] Slots { get; }

    /// <summary>The index in the round of the first edge of each of these.</summary>
    public int[] Edges { get; }

    /// <summary>The slots of the rows that each round may change.</summary>
    public int[] TargetSlots { get; }

    /// <summary>The index of each of these among the rows of the round; -1 if it does not move itself.</summary>
    public int[] TargetHeads { get; }

    /// <summary>The first incoming edge of each, and the number of edges.</summary>
    public int[] TargetStarts { get; }

    /// <summary>The index in the round of each incoming edge, by ascending slot of its head.</summary>
    public int[] Incoming { get; }

    /// <summary>The largest number of rows of a round.</summary>
    public int MostRows { get; }

    /// <summary>The largest number of edges of a round.</summary>
    public int MostEdges { get; }

    /// <summary>The place of each round, by region, then by round; and the number of rows that it may change.</summary>
    public (RoundRange Range, int TargetCount)[] Ranges()
    {
        var ranges = new (RoundRange, int)[_rounds.Length];
        var (row, target) = (0, 0);
        for (var round = 0; round < ranges.Length; round++)
        {
            ranges[round] = (new RoundRange(row, _rounds[round].Slots.Length, target), _rounds[round].TargetSlots.Length);
            row += _rounds[round].Slots.Length;
            target += _rounds[round].TargetSlots.Length;
        }

        return ranges;
    }

    private int[] Join(Func<RoundOfRows, int[]> part)
    {
        var joined = new int[_rounds.Sum(round => part(round).Length)];
        var length = 0;
        foreach (var round in _rounds)
        {
            part(round).CopyTo(joined, length);
            length += part(round).Length;
        }

        return joined;
    }

    private sealed record RoundOfRows(
        int[] Slots, int[] Edges, int[] TargetSlots, int[] TargetHeads, int[] TargetCounts, int[] Incoming)
    {
        public static RoundOfRows Of(LayoutBlocks blocks, LayoutSchedule schedule, int region, int round)
        {
            var (slots, edges, incoming) = (new List<int>(), new List<int>(), new List<long>());
            for (var block = 0; block < blocks.CountInRegion; block++)
            {
                var (start, end) = blocks.RowsOf(region, block, round);
                for (var slot = start; slot < end; slot++)
                {
                    slots.Add(slot);
                    edges.Add(incoming.Count);
                    for (var edge = schedule.Starts[slot]; edge < schedule.Starts[slot + 1]; edge++)
                    {
                        incoming.Add(((long)schedule.Tails[edge] << 32) | (uint)incoming.Count);
                    }
                }
            }

            incoming.Sort();
            return new RoundOfRows([.. slots], [.. edges], [], [], [], [.. incoming.Select(edge => (int)edge)]).WithTargets(incoming);
        }

        /// <summary>Merges the round's rows, whose slots ascend, with the tails of the edges.</summary>
        private RoundOfRows WithTargets(List<long> incoming)
        {
            var (targets, heads, counts) = (new List<int>(), new List<int>(), new List<int>());
            var (row, edge) = (0, 0);
            while (row < Slots.Length || edge < incoming.Count)
            {
                var slot = row < Slots.Length ? Slots[row] : int.MaxValue;
                slot = edge < incoming.Count ? Math.Min(slot, TailOf(incoming[edge])) : slot;
                var first = edge;
                while (edge < incoming.Count && TailOf(incoming[edge]) == slot)
                {
                    edge++;
                }

                targets.Add(slot);
                heads.Add(row < Slots.Length && Slots[row] == slot ? row++ : -1);
                counts.Add(edge - first);
            }

            return this with { TargetSlots = [.. targets], TargetHeads = [.. heads], TargetCounts = [.. counts] };
        }

        private static int TailOf(long incoming) => (int)(incoming >> 32);
    }
}
