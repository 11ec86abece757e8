using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>One block of a layout's rows, with the memory that a round needs. The blocks of each region use it in turn.</summary>
/// <remarks>
/// The rows of a round do not depend on each other's moves, so eight of them move together: all along their first drawn edge, then those
/// that have one along their second, and so on. Rows are grouped by their number of drawn edges, so that few lanes are idle.
/// </remarks>
internal sealed class LayoutBlock
{
    private const int GroupSize = InterleavedRows.GroupSize;

    private readonly int _number;
    private readonly LayoutBlocks _blocks;
    private readonly LayoutSchedule _schedule;
    private readonly AlignedRows _positions;
    private readonly int _sampleCount;
    private readonly int _seed;

    private readonly LayoutKernel _kernel;
    private readonly NegativeSamples _samples;

    /// <summary>The drawn edges of the round's rows, and the index of each row's first one.</summary>
    private readonly int[] _drawn;
    private readonly int[] _drawnStarts;

    /// <summary>
    /// The slot, the index of the first drawn edge, and the number of drawn edges of each lane, by descending number. Padding lanes of the
    /// last group have none.
    /// </summary>
    private readonly int[] _slots;
    private readonly int[] _firstDrawn;
    private readonly int[] _drawnCounts;

    /// <summary>The first lane by number of drawn edges, for the counting sort.</summary>
    private readonly int[] _starts;

    private int _region;
    private int _start;
    private int _rowCount;

    /// <summary>Allocates the memory of a block.</summary>
    /// <param name="number">The index of the block in a region.</param>
    /// <param name="blocks">All blocks.</param>
    /// <param name="schedule">The edges.</param>
    /// <param name="forces">The forces.</param>
    /// <param name="positions">The coordinates of all rows, by slot.</param>
    /// <param name="options">The layout's options.</param>
    /// <param name="poolsSamples">Whether the rows of a round share their negative samples (<see cref="PooledSamples"/>).</param>
    public LayoutBlock(
        int number,
        LayoutBlocks blocks,
        LayoutSchedule schedule,
        LayoutForces forces,
        AlignedRows positions,
        UmapOptions options,
        bool poolsSamples)
    {
        _number = number;
        _blocks = blocks;
        _schedule = schedule;
        _positions = positions;
        _sampleCount = options.NegativeSampleRate;
        _seed = options.Seed;

        var groupCount = InterleavedRows.GroupsOf(blocks.MostRows);
        var (mostDrawn, mostOfRow) = schedule.MostEdges(blocks, number);
        _kernel = new LayoutKernel(groupCount, forces, positions, options.Dimension);
        Updates = new DeferredUpdates(blocks.TargetCount, mostDrawn, options.Dimension);
        _drawn = new int[mostDrawn + LayoutSchedule.Spare];
        _drawnStarts = new int[blocks.MostRows + 1];
        _slots = new int[groupCount * GroupSize];
        _firstDrawn = new int[groupCount * GroupSize];
        _drawnCounts = new int[groupCount * GroupSize];

        // Each step of a group uses at least one drawn edge, so there are no more steps than drawn edges.
        _samples = poolsSamples
            ? new PooledSamples(positions, options.Dimension, _sampleCount, blocks.MostRows)
            : new OwnSamples(positions, options.Dimension, _sampleCount, mostSteps: mostDrawn);
        _starts = new int[mostOfRow + 1];
    }

    /// <summary>The updates of tails by the block's rows in the last round.</summary>
    public DeferredUpdates Updates { get; }

    /// <summary>
    /// Computes the moves of a round's rows: attraction along the drawn edges, repulsion by negative samples. No row of
    /// the layout moves before <see cref="StoreRows"/>.
    /// </summary>
    /// <param name="region">The region.</param>
    /// <param name="round">The round.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="learningRate">The step size.</param>
    /// <param name="density">The density term; null in epochs without it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ComputeMoves(int region, int round, int epoch, float learningRate, DensityTerm? density)
    {
        var (start, end) = _blocks.RowsOf(region, _number, round);
        (_region, _start, _rowCount) = (region, start, end - start);
        Updates.Clear();
        if (_rowCount == 0)
        {
            return;
        }

        Draw(epoch);
        SortByDrawnEdges();
        Sample(epoch);
        for (var group = 0; group < InterleavedRows.GroupsOf(_rowCount); group++)
        {
            var lanes = Lanes(group);
            _kernel.Load(group, _slots.AsSpan(lanes));
            for (var step = 0; step < _drawnCounts[lanes.Start]; step++)
            {
                _samples.Next(_slots.AsSpan(lanes));
                Step(step, group, learningRate, density);
            }
        }
    }

    /// <summary>Moves the round's rows, which were computed last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void StoreRows()
    {
        for (var group = 0; group < InterleavedRows.GroupsOf(_rowCount); group++)
        {
            _kernel.Store(group, _slots.AsSpan(group * GroupSize, Math.Min(GroupSize, _rowCount - (group * GroupSize))));
        }
    }

    private static Range Lanes(int group) => (group * GroupSize)..((group + 1) * GroupSize);

    /// <summary>Draws the edges of the round's rows, and prefetches their tails.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Draw(int epoch)
    {
        for (var row = 0; row < _rowCount; row++)
        {
            var first = _drawnStarts[row];
            var count = _schedule.Draw(_start + row, epoch, _drawn.AsSpan(first));
            _drawnStarts[row + 1] = first + count;
            foreach (var edge in _drawn.AsSpan(first, count))
            {
                _positions.Prefetch(_schedule.Tail(edge));
            }
        }
    }

    /// <summary>Assigns rows to lanes by descending number of drawn edges (counting sort).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SortByDrawnEdges()
    {
        var most = 0;
        for (var row = 0; row < _rowCount; row++)
        {
            most = Math.Max(most, Count(row));
        }

        var starts = _starts.AsSpan(0, most + 1);
        starts.Clear();
        for (var row = 0; row < _rowCount; row++)
        {
            starts[most - Count(row)]++;
        }

        var lanes = 0;
        foreach (ref var start in starts)
        {
            (start, lanes) = (lanes, lanes + start);
        }

        for (var row = 0; row < _rowCount; row++)
        {
            var lane = starts[most - Count(row)]++;
            _slots[lane] = _start + row;
            _firstDrawn[lane] = _drawnStarts[row];
            _drawnCounts[lane] = Count(row);
        }

        for (var lane = _rowCount; lane % GroupSize != 0; lane++)
        {
            _slots[lane] = _slots[_rowCount - 1];
            _drawnCounts[lane] = 0;
        }

        int Count(int row) => _drawnStarts[row + 1] - _drawnStarts[row];
    }

    private void Sample(int epoch)
    {
        var lanes = InterleavedRows.GroupsOf(_rowCount) * GroupSize;
        _samples.Draw(
            new RandomLanes(new RandomSequence(_seed, RandomPurpose.NegativeSampling, _start, epoch)),
            _slots.AsSpan(0, lanes),
            _drawnCounts.AsSpan(0, lanes));
    }

    /// <summary>Moves a group of rows along one drawn edge of each row that has another, and defers the updates of the tails.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step(int step, int group, float learningRate, DensityTerm? density)
    {
        var slots = _slots.AsSpan(Lanes(group));
        var counts = _drawnCounts.AsSpan(Lanes(group));
        Span<int> tails = stackalloc int[GroupSize];
        Span<int> updates = stackalloc int[GroupSize];
        var active = 0;
        for (; active < GroupSize && step < counts[active]; active++)
        {
            tails[active] = _schedule.Tail(Edge(active));
            updates[active] = Updates.Add(_blocks.TargetOf(tails[active], _region), tails[active]);
        }

        slots[active..].CopyTo(tails[active..]);
        var learningRates = Vector256.ConditionalSelect(
            Vector256.GreaterThan(Vector256.Create(counts), Vector256.Create(step)).AsSingle(),
            Vector256.Create(learningRate),
            Vector256<float>.Zero);
        var squares = _kernel.SquaredDistances(group, tails);
        var densities = Vector256<float>.Zero;
        for (var lane = 0; lane < active && density is not null; lane++)
        {
            densities = densities.WithElement(lane, density.Coefficient(slots[lane], Edge(lane), squares[lane]));
        }

        _kernel.ComputeAttraction(group, squares, learningRates, densities);
        _kernel.CopyAttraction(Updates.Steps, updates[..active]);
        _kernel.Move(group, _samples, _sampleCount, learningRates);

        int Edge(int lane) => _drawn[_firstDrawn[(group * GroupSize) + lane] + step];
    }
}
