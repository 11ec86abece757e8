using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>Where the rows are that have their turn, eight side by side, and the forces that move them.</summary>
internal sealed class LayoutKernel
{
    /// <summary>Samples whose pushes are found side by side: the number that push by default.</summary>
    private const int SamplesAtOnce = 5;

    private readonly LayoutForces _forces;
    private readonly AlignedRows _positions;
    private readonly int _laneCount;
    private readonly InterleavedRows _own;
    private readonly InterleavedRows _others;
    private readonly InterleavedRows _pulls;
    private readonly InterleavedRows _samples;
    private readonly int _sampleCount;

    /// <summary>Makes room for rows.</summary>
    /// <param name="groupCount">Groups of eight rows.</param>
    /// <param name="forces">The forces.</param>
    /// <param name="positions">Where all rows are, by place.</param>
    /// <param name="dimension">c.</param>
    /// <param name="sampleCount">The number of rows that push at a row at a time.</param>
    public LayoutKernel(int groupCount, LayoutForces forces, AlignedRows positions, int dimension, int sampleCount)
    {
        _forces = forces;
        _positions = positions;
        _laneCount = dimension * InterleavedRows.GroupSize;
        _own = new InterleavedRows(groupCount, dimension);
        _others = new InterleavedRows(1, dimension);
        _pulls = new InterleavedRows(1, dimension);
        _samples = new InterleavedRows(sampleCount, dimension);
        _sampleCount = sampleCount;
    }

    /// <summary>A group begins where its rows are.</summary>
    /// <param name="group">The group.</param>
    /// <param name="places">The places of its eight rows.</param>
    public void Begin(int group, ReadOnlySpan<int> places) => _own.Gather(group, _positions, places);

    /// <summary>The rows go where their group took them.</summary>
    /// <param name="group">The group.</param>
    /// <param name="places">The places of its first rows.</param>
    public void Settle(int group, ReadOnlySpan<int> places) => _own.Scatter(group, _positions, places);

    /// <summary>Looks at the rows that are to pull at a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="others">The places of eight rows, each for a lane.</param>
    /// <returns>Their squared distances.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Vector256<float> Approach(int group, ReadOnlySpan<int> others)
    {
        _others.Gather(0, _positions, others);
        ref var own = ref _own.Start(group);
        ref var other = ref _others.Start(0);
        var sum = Vector256<float>.Zero;
        for (nuint lane = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize)
        {
            var difference = Vector256.LoadUnsafe(ref own, lane) - Vector256.LoadUnsafe(ref other, lane);
            sum = AddSquare(sum, difference);
        }

        return sum;
    }

    /// <summary>Finds the steps of a group toward the rows that it approached last; it does not take them yet.</summary>
    /// <param name="group">The group.</param>
    /// <param name="squares">The squared distances.</param>
    /// <param name="learningRates">The size of a step; 0 for lanes that stay.</param>
    /// <param name="thinning">A coefficient that comes beside the pull's, for the sake of densities; 0 where there is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pull(int group, Vector256<float> squares, Vector256<float> learningRates, Vector256<float> thinning)
    {
        var coefficients = _forces.Pull(squares);
        var thins = thinning != Vector256<float>.Zero;
        ref var own = ref _own.Start(group);
        ref var other = ref _others.Start(0);
        ref var pull = ref _pulls.Start(0);
        for (nuint lane = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize)
        {
            var difference = Vector256.LoadUnsafe(ref own, lane) - Vector256.LoadUnsafe(ref other, lane);
            var step = learningRates * LayoutForces.Along(difference, coefficients);
            if (thins)
            {
                step += learningRates * LayoutForces.Along(difference, thinning);
            }

            step.StoreUnsafe(ref pull, lane);
        }
    }

    /// <summary>Copies the steps that were found last.</summary>
    /// <param name="rows">Takes them.</param>
    /// <param name="numbers">The row for each of the first lanes.</param>
    public void CopyPulls(AlignedRows rows, ReadOnlySpan<int> numbers) => _pulls.Scatter(0, rows, numbers);

    /// <summary>Takes the rows that are to push at a group, for as many steps as they stay.</summary>
    /// <param name="samples">The places of the rows that push, eight for each time: one a lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sample(ReadOnlySpan<int> samples)
    {
        for (var sample = 0; samples.Length > 0; sample++, samples = samples[InterleavedRows.GroupSize..])
        {
            _samples.Gather(sample, _positions, samples);
        }
    }

    /// <summary>Moves a group by the pulls that were found last, and by the pushes of its samples, all as they are where it stood.</summary>
    /// <param name="group">The group.</param>
    /// <param name="learningRates">The size of a step; 0 for lanes that stay.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Move(int group, Vector256<float> learningRates)
    {
        ref var own = ref _own.Start(group);
        ref var step = ref _pulls.Start(0);
        var sample = 0;
        for (; sample <= _sampleCount - SamplesAtOnce; sample += SamplesAtOnce)
        {
            PushFive(ref own, ref step, sample, learningRates);
        }

        for (; sample < _sampleCount; sample++)
        {
            Push(ref own, ref step, ref _samples.Start(sample), learningRates);
        }

        for (nuint lane = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize)
        {
            (Vector256.LoadUnsafe(ref own, lane) + Vector256.LoadUnsafe(ref step, lane)).StoreUnsafe(ref own, lane);
        }
    }

    /// <summary>
    /// Adds the pushes of five samples to the steps, in their order, as <see cref="Push"/> does one by one: side by side their long chains of operations
    /// overlap, and what they share is read once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PushFive(ref float own, ref float step, int firstSample, Vector256<float> learningRates)
    {
        ref var a = ref _samples.Start(firstSample);
        ref var b = ref _samples.Start(firstSample + 1);
        ref var c = ref _samples.Start(firstSample + 2);
        ref var d = ref _samples.Start(firstSample + 3);
        ref var e = ref _samples.Start(firstSample + 4);
        var squaresA = Vector256<float>.Zero;
        var squaresB = Vector256<float>.Zero;
        var squaresC = Vector256<float>.Zero;
        var squaresD = Vector256<float>.Zero;
        var squaresE = Vector256<float>.Zero;
        for (nuint lane = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize)
        {
            var place = Vector256.LoadUnsafe(ref own, lane);
            squaresA = AddSquare(squaresA, place - Vector256.LoadUnsafe(ref a, lane));
            squaresB = AddSquare(squaresB, place - Vector256.LoadUnsafe(ref b, lane));
            squaresC = AddSquare(squaresC, place - Vector256.LoadUnsafe(ref c, lane));
            squaresD = AddSquare(squaresD, place - Vector256.LoadUnsafe(ref d, lane));
            squaresE = AddSquare(squaresE, place - Vector256.LoadUnsafe(ref e, lane));
        }

        var pushesA = _forces.Push(squaresA);
        var pushesB = _forces.Push(squaresB);
        var pushesC = _forces.Push(squaresC);
        var pushesD = _forces.Push(squaresD);
        var pushesE = _forces.Push(squaresE);
        if (LayoutForces.MayBeClipped(squaresA, pushesA)
            || LayoutForces.MayBeClipped(squaresB, pushesB)
            || LayoutForces.MayBeClipped(squaresC, pushesC)
            || LayoutForces.MayBeClipped(squaresD, pushesD)
            || LayoutForces.MayBeClipped(squaresE, pushesE))
        {
            for (nuint lane = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize)
            {
                var place = Vector256.LoadUnsafe(ref own, lane);
                var sum = Vector256.LoadUnsafe(ref step, lane);
                sum = Vector256.FusedMultiplyAdd(learningRates, LayoutForces.Along(place - Vector256.LoadUnsafe(ref a, lane), pushesA), sum);
                sum = Vector256.FusedMultiplyAdd(learningRates, LayoutForces.Along(place - Vector256.LoadUnsafe(ref b, lane), pushesB), sum);
                sum = Vector256.FusedMultiplyAdd(learningRates, LayoutForces.Along(place - Vector256.LoadUnsafe(ref c, lane), pushesC), sum);
                sum = Vector256.FusedMultiplyAdd(learningRates, LayoutForces.Along(place - Vector256.LoadUnsafe(ref d, lane), pushesD), sum);
                sum = Vector256.FusedMultiplyAdd(learningRates, LayoutForces.Along(place - Vector256.LoadUnsafe(ref e, lane), pushesE), sum);
                sum.StoreUnsafe(ref step, lane);
            }

            return;
        }

        pushesA *= learningRates;
        pushesB *= learningRates;
        pushesC *= learningRates;
        pushesD *= learningRates;
        pushesE *= learningRates;
        for (nuint lane = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize)
        {
            var place = Vector256.LoadUnsafe(ref own, lane);
            var sum = Vector256.LoadUnsafe(ref step, lane);
            sum = Vector256.FusedMultiplyAdd(pushesA, place - Vector256.LoadUnsafe(ref a, lane), sum);
            sum = Vector256.FusedMultiplyAdd(pushesB, place - Vector256.LoadUnsafe(ref b, lane), sum);
            sum = Vector256.FusedMultiplyAdd(pushesC, place - Vector256.LoadUnsafe(ref c, lane), sum);
            sum = Vector256.FusedMultiplyAdd(pushesD, place - Vector256.LoadUnsafe(ref d, lane), sum);
            sum = Vector256.FusedMultiplyAdd(pushesE, place - Vector256.LoadUnsafe(ref e, lane), sum);
            sum.StoreUnsafe(ref step, lane);
        }
    }

    /// <summary>Adds the push of a sample each to the steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Push(ref float own, ref float step, ref float other, Vector256<float> learningRates)
    {
        var squares = Vector256<float>.Zero;
        for (nuint lane = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize)
        {
            squares = AddSquare(squares, Vector256.LoadUnsafe(ref own, lane) - Vector256.LoadUnsafe(ref other, lane));
        }

        var pushes = _forces.Push(squares);

        // Only the push of a row that is very near is so strong.
        if (LayoutForces.MayBeClipped(squares, pushes))
        {
            for (nuint lane = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize)
            {
                var force = LayoutForces.Along(Vector256.LoadUnsafe(ref own, lane) - Vector256.LoadUnsafe(ref other, lane), pushes);
                Vector256.FusedMultiplyAdd(learningRates, force, Vector256.LoadUnsafe(ref step, lane)).StoreUnsafe(ref step, lane);
            }

            return;
        }

        var weights = learningRates * pushes;
        for (nuint lane = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize)
        {
            var difference = Vector256.LoadUnsafe(ref own, lane) - Vector256.LoadUnsafe(ref other, lane);
            Vector256.FusedMultiplyAdd(weights, difference, Vector256.LoadUnsafe(ref step, lane)).StoreUnsafe(ref step, lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> AddSquare(Vector256<float> sum, Vector256<float> difference) =>
        Vector256.FusedMultiplyAdd(difference, difference, sum);
}
