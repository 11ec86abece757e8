using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>One block of a layout's places: the turns that its rows take, and the room that they need for it.</summary>
/// <remarks>
/// The rows of a turn do not see each other move, so that they go side by side: the first drawn edge of all of them, then the second of those that have
/// one, and so on. The forces of so many edges fill whole registers, and no edge waits for another's.
/// </remarks>
internal sealed class LayoutBlock
{
    /// <summary>Largest step of one coordinate before the learning rate.</summary>
    private const float ClipLimit = 4;

    private readonly int _number;
    private readonly LayoutBlocks _blocks;
    private readonly LayoutSchedule _schedule;
    private readonly LayoutForces _forces;
    private readonly AlignedRows _positions;
    private readonly int _sampleCount;
    private readonly int _seed;

    /// <summary>Where those will be that have their turn.</summary>
    private readonly AlignedRows _moved;

    private readonly PullOutbox _outbox;
    private readonly RandomSequence[] _randoms;
    private readonly int[] _drawn;
    private readonly int[] _drawnEnds;
    private readonly int[] _active;
    private readonly int[] _samples;
    private readonly float[] _pulls;
    private readonly float[] _pushes;

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
        _forces = forces;
        _positions = positions;
        _sampleCount = options.NegativeSampleRate;
        _seed = options.Seed;

        var turnCount = blocks.MostTurns;
        _moved = new AlignedRows(turnCount, options.Dimension);
        _outbox = new PullOutbox(blocks.Count, positions.Stride);
        _randoms = new RandomSequence[turnCount];
        _drawn = new int[schedule.MostEdges(blocks, number)];
        _drawnEnds = new int[turnCount + 1];
        _active = new int[turnCount];
        _samples = new int[turnCount * _sampleCount];
        _pulls = new float[LayoutForces.Padded(turnCount)];
        _pushes = new float[LayoutForces.Padded(turnCount * _sampleCount)];
    }

    /// <summary>The pulls that the block's rows gave in the last round.</summary>
    public PullOutbox Outbox => _outbox;

    /// <summary>Those rows whose turn it is are pulled along the edges that are drawn, and pushed by random rows.</summary>
    /// <param name="round">The round.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="learningRate">The step size.</param>
    /// <param name="density">What keeps the densities, in epochs in which they count.</param>
    public void TakeTurns(int round, int epoch, float learningRate, DensityTerm? density)
    {
        _outbox.Clear();
        var activeCount = Begin(round, epoch);
        for (var edge = 0; activeCount > 0; edge++)
        {
            activeCount = KeepThoseWith(edge, activeCount);

            var active = _active.AsSpan(0, activeCount);
            Sample(active, round, edge);
            Measure(active, edge);
            _forces.Pulls(_pulls.AsSpan(0, LayoutForces.Padded(activeCount)));
            _forces.Pushes(_pushes.AsSpan(0, LayoutForces.Padded(activeCount * _sampleCount)));
            for (var index = 0; index < active.Length; index++)
            {
                Move(active[index], index, round, edge, learningRate, density);
            }
        }
    }

    /// <summary>The rows go where their turns took them, and those that were pulled at go the other way.</summary>
    /// <param name="round">The round.</param>
    /// <param name="all">All blocks; their rows left pulls for this one's.</param>
    public void Settle(int round, LayoutBlock[] all)
    {
        var (start, end) = _blocks.Turns(_number, round);
        for (var place = start; place < end; place++)
        {
            _moved[place - start].CopyTo(_positions[place]);
        }

        foreach (var block in all)
        {
            var outbox = block.Outbox;
            for (var entry = outbox.First(_number); entry >= 0; entry = outbox.Next(entry))
            {
                ref var position = ref _positions.Start(outbox.Place(entry));
                ref var pull = ref outbox.Pull(entry);
                for (nuint lane = 0; lane < (nuint)_positions.Stride; lane += (nuint)Vector256<float>.Count)
                {
                    (Vector256.LoadUnsafe(ref position, lane) - Vector256.LoadUnsafe(ref pull, lane)).StoreUnsafe(ref position, lane);
                }
            }
        }
    }

    /// <summary>Sets the rows whose turn it is aside, and draws their edges.</summary>
    /// <returns>How many they are.</returns>
    private int Begin(int round, int epoch)
    {
        var (start, end) = _blocks.Turns(_number, round);
        for (var turn = 0; turn < end - start; turn++)
        {
            var place = start + turn;
            _positions[place].CopyTo(_moved[turn]);
            _randoms[turn] = new RandomSequence(_seed, RandomPurpose.NegativeSampling, place, epoch);
            _drawnEnds[turn + 1] = _drawnEnds[turn] + _schedule.Draw(place, epoch, _drawn.AsSpan(_drawnEnds[turn]));
            _active[turn] = turn;
        }

        return end - start;
    }

    /// <summary>Leaves those active that have so many edges.</summary>
    private int KeepThoseWith(int edge, int activeCount)
    {
        var kept = 0;
        for (var index = 0; index < activeCount; index++)
        {
            var turn = _active[index];
            _active[kept] = turn;
            kept += _drawnEnds[turn] + edge < _drawnEnds[turn + 1] ? 1 : 0;
        }

        return kept;
    }

    /// <summary>Draws the rows that push, and calls them and those that pull from memory.</summary>
    private void Sample(ReadOnlySpan<int> active, int round, int edge)
    {
        var (start, _) = _blocks.Turns(_number, round);
        var next = 0;
        foreach (var turn in active)
        {
            _positions.Prefetch(_schedule.Other(_drawn[_drawnEnds[turn] + edge]));
            var place = start + turn;
            ref var random = ref _randoms[turn];
            for (var sample = 0; sample < _sampleCount; sample++)
            {
                // Any row but the one that has its turn.
                var other = random.NextInt32(_positions.RowCount - 1);
                other += other >= place ? 1 : 0;
                _positions.Prefetch(other);
                _samples[next++] = other;
            }
        }
    }

    /// <summary>Finds the squared distances to the rows that pull and to those that push.</summary>
    private void Measure(ReadOnlySpan<int> active, int edge)
    {
        var next = 0;
        for (var index = 0; index < active.Length; index++)
        {
            var turn = active[index];
            ref var own = ref _moved.Start(turn);
            _pulls[index] = SquaredDistance(ref own, _schedule.Other(_drawn[_drawnEnds[turn] + edge]));
            for (var sample = 0; sample < _sampleCount; sample++, next++)
            {
                _pushes[next] = SquaredDistance(ref own, _samples[next]);
            }
        }
    }

    /// <summary>Moves a row by the pull of its edge and the pushes of the samples, all as they are where it stands, and notes the pull.</summary>
    private void Move(int turn, int index, int round, int edge, float learningRate, DensityTerm? density)
    {
        var drawn = _drawn[_drawnEnds[turn] + edge];
        var other = _schedule.Other(drawn);
        var samples = _samples.AsSpan(index * _sampleCount, _sampleCount);
        var pushes = _pushes.AsSpan(index * _sampleCount, _sampleCount);
        ref var own = ref _moved.Start(turn);
        ref var noted = ref _outbox.Add(_blocks.BlockOf(other), other);
        var thinning = density?.Coefficient(_blocks.Turns(_number, round).Start + turn, drawn, SquaredDistance(ref own, other)) ?? 0;
        for (nuint lane = 0; lane < (nuint)_positions.Stride; lane += (nuint)Vector256<float>.Count)
        {
            var position = Vector256.LoadUnsafe(ref own, lane);
            var step = learningRate * Force(position, other, lane, _pulls[index]);
            if (thinning != 0)
            {
                step += learningRate * Force(position, other, lane, thinning);
            }

            step.StoreUnsafe(ref noted, lane);
            for (var sample = 0; sample < samples.Length; sample++)
            {
                step = Vector256.FusedMultiplyAdd(Vector256.Create(learningRate), Force(position, samples[sample], lane, pushes[sample]), step);
            }

            (position + step).StoreUnsafe(ref own, lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float SquaredDistance(ref float own, int other)
    {
        ref var theirs = ref _positions.Start(other);
        var sum = Vector256<float>.Zero;
        for (nuint lane = 0; lane < (nuint)_positions.Stride; lane += (nuint)Vector256<float>.Count)
        {
            var difference = Vector256.LoadUnsafe(ref own, lane) - Vector256.LoadUnsafe(ref theirs, lane);
            sum = Vector256.FusedMultiplyAdd(difference, difference, sum);
        }

        return Vector256.Sum(sum);
    }

    /// <summary>Along the difference from another row: towards it if the coefficient is negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Force(Vector256<float> position, int other, nuint lane, float coefficient)
    {
        var force = coefficient * (position - Vector256.LoadUnsafe(ref _positions.Start(other), lane));
        return Vector256.Min(Vector256.Max(force, Vector256.Create(-ClipLimit)), Vector256.Create(ClipLimit));
    }
}
