using N2D.Devices;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The optimization of a layout on a GPU, with the bytes of <see cref="LayoutOptimizer"/>: the same rounds, in each of which a thread moves
/// one row, and then a thread applies all updates of one row in the processor's order. The positions stay on the GPU in all epochs.
/// </summary>
internal sealed class GpuLayout
{
    private readonly LayoutBlocks _blocks;
    private readonly LayoutSchedule _schedule;
    private readonly LayoutRounds _rounds;
    private readonly float[] _positions;
    private readonly ForceFormulas _forces;
    private readonly UmapOptions _options;
    private readonly int _epochCount;
    private readonly bool _poolsSamples;

    /// <summary>Prepares an optimization.</summary>
    /// <param name="graph">The fuzzy graph, n x n, symmetric.</param>
    /// <param name="blocks">The rows in blocks of nearby ones.</param>
    /// <param name="initial">n x c initial coordinates.</param>
    /// <param name="curve">a and b.</param>
    /// <param name="options">The options. The density term has no kernel.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="pooledFrom">The number of rows from which those of a round share their negative samples.</param>
    public GpuLayout(
        SparseMatrix graph,
        LayoutBlocks blocks,
        float[] initial,
        MembershipCurve curve,
        UmapOptions options,
        Execution execution,
        int pooledFrom = PooledSamples.FewestLayoutRows)
    {
        (_blocks, _options) = (blocks, options);
        _epochCount = options.EpochsFor(graph.RowCount);
        _schedule = new LayoutSchedule(graph, blocks, _epochCount);
        _rounds = new LayoutRounds(blocks, _schedule, execution);
        _forces = new ForceFormulas(curve, options.RepulsionStrength);
        _poolsSamples = graph.RowCount >= pooledFrom;
        _positions = new float[initial.Length];
        for (var slot = 0; slot < blocks.Rows.Length; slot++)
        {
            initial.AsSpan(blocks.Rows[slot] * options.Dimension, options.Dimension)
                .CopyTo(_positions.AsSpan(slot * options.Dimension));
        }
    }

    /// <summary>Runs all epochs.</summary>
    /// <param name="session">The GPU.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>n x c coordinates.</returns>
    /// <exception cref="N2DException">The layout does not fit into the memory of the GPU (<c>OutOfDeviceMemory</c>).</exception>
    public float[] Run(GpuSession session, Execution execution)
    {
        execution.Explain?.Invoke($"Layout: {Quantity.Of(_epochCount, "epoch")} on {session.Device}.");
        using var memory = new GpuMemory(session.Accelerator);
        var regions = Enumerable.Range(0, _blocks.RegionCount).Select(Region).ToArray();
        ThrowIfTooLarge(session, regions);
        var launches = new LayoutLaunches(
            session.Accelerator, Graph(memory), Draws(memory, regions), Samples(memory, regions), Rounds(memory), Moves(memory));
        var ranges = _rounds.Ranges();
        for (var epoch = 0; epoch < _epochCount; epoch++)
        {
            execution.Report($"layout, epoch {epoch + 1} of {_epochCount} on {session.Device}", (double)epoch / _epochCount);
            var learningRate = _options.LearningRate * (1 - ((float)epoch / _epochCount));
            foreach (var region in regions)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                var part = region.Number * _blocks.CountInRegion * _blocks.RoundCount;
                var ofRegion = new EpochOfRegion(epoch, _options.Seed, _schedule.RowCount, region.FirstSlot, region.FirstEdge, part);
                launches.Draw(region.RowCount, _blocks.CountInRegion * _blocks.RoundCount, _poolsSamples, ofRegion);
                foreach (var (range, targetCount) in ranges.AsSpan(region.Number * _blocks.RoundCount, _blocks.RoundCount))
                {
                    launches.Move(range, targetCount, _forces, ofRegion, learningRate);
                }

                session.Accelerator.Synchronize();
            }
        }

        var positions = launches.ReadPositions();
        var layout = new float[positions.Length];
        for (var slot = 0; slot < _blocks.Rows.Length; slot++)
        {
            positions.AsSpan(slot * _options.Dimension, _options.Dimension)
                .CopyTo(layout.AsSpan(_blocks.Rows[slot] * _options.Dimension));
        }

        return layout;
    }

    private LayoutRegion Region(int number)
    {
        var parts = _blocks.CountInRegion * _blocks.RoundCount;
        var (first, end) = (_blocks.PartStarts[number * parts], _blocks.PartStarts[(number + 1) * parts]);
        return new LayoutRegion(number, first, end - first, _schedule.Starts[first], _schedule.Starts[end] - _schedule.Starts[first]);
    }

    private GraphViews Graph(GpuMemory memory)
    {
        var parts = new int[_schedule.RowCount];
        for (var part = 0; part + 1 < _blocks.PartStarts.Length; part++)
        {
            parts.AsSpan(_blocks.PartStarts[part]..Math.Max(_blocks.PartStarts[part], _blocks.PartStarts[part + 1])).Fill(part);
        }

        return new GraphViews(
            memory.Copy(_schedule.Starts),
            memory.Copy(_schedule.Tails),
            memory.Copy(_schedule.Rates),
            memory.Copy<int>(parts),
            memory.Copy(_blocks.PartStarts));
    }

    private static DrawViews Draws(GpuMemory memory, LayoutRegion[] regions)
    {
        var (rows, edges) = (regions.Max(region => region.RowCount), regions.Max(region => region.EdgeCount));
        return new DrawViews(
            memory.Allocate<int>(edges), memory.Allocate<int>(rows), memory.Allocate<int>(rows), memory.Allocate<int>(rows));
    }

    private SampleViews Samples(GpuMemory memory, LayoutRegion[] regions)
    {
        var poolSize = PooledSamples.SizeFor(_blocks.MostRows);
        var pools = _poolsSamples ? (long)_blocks.CountInRegion * _blocks.RoundCount : 0;
        return new SampleViews(
            memory.Allocate<int>((long)regions.Max(region => region.EdgeCount) * _options.NegativeSampleRate),
            _options.NegativeSampleRate,
            memory.Allocate<int>(pools * poolSize),
            poolSize,
            memory.Allocate<RandomLane>(pools * LayoutDraws.GroupSize));
    }

    private RoundViews Rounds(GpuMemory memory) => new(
        memory.Copy<int>(_rounds.Slots),
        memory.Copy<int>(_rounds.Edges),
        memory.Copy<int>(_rounds.TargetSlots),
        memory.Copy<int>(_rounds.TargetHeads),
        memory.Copy<int>(_rounds.TargetStarts),
        memory.Copy<int>(_rounds.Incoming));

    private MoveViews Moves(GpuMemory memory)
    {
        var lanes = (long)_rounds.MostRows * _options.Dimension;
        return new MoveViews(
            memory.Copy<float>(_positions),
            _options.Dimension,
            memory.Allocate<float>(lanes),
            memory.Allocate<float>(lanes),
            memory.Allocate<float>((long)_rounds.MostEdges * _options.Dimension),
            memory.Allocate<long>(_rounds.MostEdges));
    }

    private void ThrowIfTooLarge(GpuSession session, LayoutRegion[] regions)
    {
        var (edges, rows) = (regions.Max(region => (long)region.EdgeCount), regions.Max(region => (long)region.RowCount));
        var pools = _poolsSamples ? _blocks.CountInRegion * _blocks.RoundCount : 0L;
        var integers = _schedule.Starts.Length + (2L * _schedule.Tails.Length) + _schedule.RowCount + _blocks.PartStarts.Length
            + edges + (3 * rows) + (edges * _options.NegativeSampleRate)
            + (pools * (PooledSamples.SizeFor(_blocks.MostRows) + (4 * LayoutDraws.GroupSize)))
            + _rounds.Slots.Length + _rounds.Edges.Length + (3L * _rounds.TargetSlots.Length) + 1 + _rounds.Incoming.Length
            + _positions.Length + (2L * _rounds.MostRows * _options.Dimension) + ((long)_rounds.MostEdges * (_options.Dimension + 2));
        var (needed, free) = (integers * sizeof(int), session.FreeBytes);
        if (needed > free)
        {
            throw GpuFailure.TooLarge(
                session.Device,
                $"The layout of {Quantity.Of(_schedule.RowCount, "row")} and {Quantity.Of(_schedule.Tails.Length / 2, "edge")}",
                needed,
                free,
                (long)((double)_schedule.RowCount * free / needed));
        }
    }

    private sealed record LayoutRegion(int Number, int FirstSlot, int RowCount, int FirstEdge, int EdgeCount);
}
