using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>One block of a layout's places: the turns that its rows take, and the room that they need for it.</summary>
/// <remarks>
/// The rows of a turn do not see each other move, so that eight go side by side: the first drawn edge of all of them, then the second of those that have
/// one, and so on. Rows that have drawn as many edges go together, so that few lanes stay idle.
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

    /// <summary>Where those will be that have their turn.</summary>
    private readonly LayoutKernel _lanes;

    /// <summary>The drawn edges by turn, and where each turn's begin.</summary>
    private readonly int[] _drawn;
    private readonly int[] _drawnStarts;

    /// <summary>By lane, those that have drawn most first: its place, its first drawn edge and how many there are. What fills up the last group has none.</summary>
    private readonly int[] _places;
    private readonly int[] _firsts;
    private readonly int[] _counts;

    /// <summary>The rows that push, by group and step.</summary>
    private readonly int[] _samples;

    /// <summary>Lanes by the edges that they have drawn.</summary>
    private readonly int[] _starts;

    private int _turnCount;

    /// <summary>Makes room for a block.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <param name="blocks">All blocks.</param>
    /// <param name="schedule">The edges.</param>
    /// <param name="forces">The forces.</param>
    /// <param name="positions">Where the rows are, by place.</param>
    /// <param name="options">The layout's options.</param>
    public LayoutBlock(
        int number, LayoutBlocks blocks, LayoutSchedule schedule, LayoutForces forces, AlignedRows positions, UmapOptions options)
    {
        _number = number;
        _blocks = blocks;
        _schedule = schedule;
        _positions = positions;
        _sampleCount = options.NegativeSampleRate;
        _seed = options.Seed;

        var groupCount = InterleavedRows.GroupsOf(blocks.MostTurns);
        var (mostDrawn, mostOfOne) = schedule.MostEdges(blocks, number);
        _lanes = new LayoutKernel(groupCount, forces, positions, options.Dimension, _sampleCount);
        Outbox = new DeferredUpdates(blocks.Count, mostDrawn, options.Dimension);
        _drawn = new int[mostDrawn];
        _drawnStarts = new int[blocks.MostTurns + 1];
        _places = new int[groupCount * GroupSize];
        _firsts = new int[groupCount * GroupSize];
        _counts = new int[groupCount * GroupSize];

        // In each step of a group one of its rows takes a drawn edge at least, so that there are no more steps than drawn edges.
        _samples = new int[mostDrawn * _sampleCount * GroupSize];
        _starts = new int[mostOfOne + 1];
    }

    /// <summary>The pulls that the block's rows gave in the last round.</summary>
    public DeferredUpdates Outbox { get; }

    /// <summary>Those rows whose turn it is are pulled along the edges that are drawn, and pushed by random rows.</summary>
    /// <param name="round">The round.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="learningRate">The step size.</param>
    /// <param name="density">What keeps the densities, in epochs in which they count.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TakeTurns(int round, int epoch, float learningRate, DensityTerm? density)
    {
        Outbox.Clear();
        Draw(round, epoch);
        Arrange(round);
        Sample(round, epoch);
        var samples = _samples.AsSpan();
        for (var group = 0; group < InterleavedRows.GroupsOf(_turnCount); group++)
        {
            var lanes = Lanes(group);
            _lanes.Begin(group, _places.AsSpan(lanes));
            for (var step = 0; step < _counts[lanes.Start]; step++)
            {
                _lanes.Sample(samples[..(_sampleCount * GroupSize)]);
                samples = samples[(_sampleCount * GroupSize)..];
                Take(step, group, learningRate, density);
            }
        }
    }

    /// <summary>The rows go where their turns took them, and those that were pulled at go the other way.</summary>
    /// <param name="all">All blocks; their rows left pulls for this one's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Settle(LayoutBlock[] all)
    {
        for (var group = 0; group < InterleavedRows.GroupsOf(_turnCount); group++)
        {
            _lanes.Settle(group, _places.AsSpan(group * GroupSize, Math.Min(GroupSize, _turnCount - (group * GroupSize))));
        }

        foreach (var block in all)
        {
            var outbox = block.Outbox;
            for (var entry = outbox.First(_number); entry >= 0; entry = outbox.Next(entry))
            {
                ref var position = ref _positions.Start(outbox.Place(entry));
                ref var pull = ref outbox.Pulls.Start(entry);
                for (nuint lane = 0; lane < (nuint)_positions.Stride; lane += (nuint)Vector256<float>.Count)
                {
                    (Vector256.LoadUnsafe(ref position, lane) - Vector256.LoadUnsafe(ref pull, lane)).StoreUnsafe(ref position, lane);
                }
            }
        }
    }

    private static Range Lanes(int group) => (group * GroupSize)..((group + 1) * GroupSize);

    /// <summary>Draws the edges of the rows whose turn it is, and calls the other ends from memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Draw(int round, int epoch)
    {
        var (start, end) = _blocks.Turns(_number, round);
        _turnCount = end - start;
        for (var turn = 0; turn < _turnCount; turn++)
        {
            var first = _drawnStarts[turn];
            var count = _schedule.Draw(start + turn, epoch, _drawn.AsSpan(first));
            _drawnStarts[turn + 1] = first + count;
            foreach (var edge in _drawn.AsSpan(first, count))
            {
                _positions.Prefetch(_schedule.Other(edge));
            }
        }
    }

    /// <summary>Gives each row a lane, those that have drawn most first: counting sort.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Arrange(int round)
    {
        var most = 0;
        for (var turn = 0; turn < _turnCount; turn++)
        {
            most = Math.Max(most, Count(turn));
        }

        var starts = _starts.AsSpan(0, most + 1);
        starts.Clear();
        for (var turn = 0; turn < _turnCount; turn++)
        {
            starts[most - Count(turn)]++;
        }

        var lanes = 0;
        foreach (ref var start in starts)
        {
            (start, lanes) = (lanes, lanes + start);
        }

        var (first, _) = _blocks.Turns(_number, round);
        for (var turn = 0; turn < _turnCount; turn++)
        {
            var lane = starts[most - Count(turn)]++;
            _places[lane] = first + turn;
            _firsts[lane] = _drawnStarts[turn];
            _counts[lane] = Count(turn);
        }

        for (var lane = _turnCount; lane % GroupSize != 0; lane++)
        {
            _places[lane] = _places[_turnCount - 1];
            _counts[lane] = 0;
        }

        int Count(int turn) => _drawnStarts[turn + 1] - _drawnStarts[turn];
    }

    /// <summary>Draws the rows that push, and calls them from memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sample(int round, int epoch)
    {
        var (start, _) = _blocks.Turns(_number, round);
        var random = new RandomLanes(new RandomSequence(_seed, RandomPurpose.NegativeSampling, start, epoch));
        var next = 0;
        for (var lane = 0; lane < _turnCount; lane += GroupSize)
        {
            var places = Vector256.Create(_places, lane);
            for (var draws = _counts[lane] * _sampleCount; draws > 0; draws--, next += GroupSize)
            {
                // Any row but the one that has its turn.
                var others = random.NextInt32(_positions.RowCount - 1);
                others -= Vector256.GreaterThanOrEqual(others, places);
                others.CopyTo(_samples, next);
                foreach (var other in _samples.AsSpan(next, GroupSize))
                {
                    _positions.Prefetch(other);
                }
            }
        }
    }

    /// <summary>Moves a group of rows along an edge of each that has drawn so many, and notes the pulls.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(int step, int group, float learningRate, DensityTerm? density)
    {
        var places = _places.AsSpan(Lanes(group));
        var counts = _counts.AsSpan(Lanes(group));
        Span<int> others = stackalloc int[GroupSize];
        Span<int> entries = stackalloc int[GroupSize];
        var active = 0;
        for (; active < GroupSize && step < counts[active]; active++)
        {
            others[active] = _schedule.Other(Edge(active));
            entries[active] = Outbox.Add(_blocks.BlockOf(others[active]), others[active]);
        }

        places[active..].CopyTo(others[active..]);
        var learningRates = Vector256.ConditionalSelect(
            Vector256.GreaterThan(Vector256.Create(counts), Vector256.Create(step)).AsSingle(), Vector256.Create(learningRate), Vector256<float>.Zero);
        var squares = _lanes.Approach(group, others);
        var thinning = Vector256<float>.Zero;
        for (var lane = 0; lane < active && density is not null; lane++)
        {
            thinning = thinning.WithElement(lane, density.Coefficient(places[lane], Edge(lane), squares[lane]));
        }

        _lanes.Pull(group, squares, learningRates, thinning);
        _lanes.CopyPulls(Outbox.Pulls, entries[..active]);
        _lanes.Move(group, learningRates);

        int Edge(int lane) => _drawn[_firsts[(group * GroupSize) + lane] + step];
    }
}
