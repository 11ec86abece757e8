using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Moves rows by the forces of a layout, eight rows at a time: a group's rows are the lanes of a vector. For each step of a group, call
/// <see cref="SquaredDistances"/>, <see cref="ComputeAttraction"/> and <see cref="Move"/>.
/// </summary>
internal sealed class LayoutKernel
{
    /// <summary>The number of samples whose repulsion is computed together: UMAP's default negative sample rate.</summary>
    private const int SamplesAtOnce = 5;

    private readonly LayoutForces _forces;
    private readonly AlignedRows _positions;
    private readonly int _laneCount;
    private readonly InterleavedRows _heads;
    private readonly InterleavedRows _tails;
    private readonly InterleavedRows _steps;

    /// <summary>Allocates memory for groups of rows.</summary>
    /// <param name="groupCount">The number of groups of eight rows.</param>
    /// <param name="forces">The forces.</param>
    /// <param name="positions">The coordinates of all rows, by slot.</param>
    /// <param name="dimension">c.</param>
    public LayoutKernel(int groupCount, LayoutForces forces, AlignedRows positions, int dimension)
    {
        _forces = forces;
        _positions = positions;
        _laneCount = dimension * InterleavedRows.GroupSize;
        _heads = new InterleavedRows(groupCount, dimension);
        _tails = new InterleavedRows(1, dimension);
        _steps = new InterleavedRows(1, dimension);
    }

    /// <summary>Loads the coordinates of a group's rows.</summary>
    /// <param name="group">The group.</param>
    /// <param name="slots">The slots of its eight rows.</param>
    public void Load(int group, ReadOnlySpan<int> slots) => _heads.Gather(group, _positions, slots);

    /// <summary>Stores the coordinates of a group's first rows.</summary>
    /// <param name="group">The group.</param>
    /// <param name="slots">The slots of its first rows.</param>
    public void Store(int group, ReadOnlySpan<int> slots) => _heads.Scatter(group, _positions, slots);

    /// <summary>Loads the tails of the edges of a group's rows, and computes the lengths of the edges.</summary>
    /// <param name="group">The group.</param>
    /// <param name="tails">The slots of eight rows, one for each lane.</param>
    /// <returns>The squared distances of the group's rows from their tails.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Vector256<float> SquaredDistances(int group, ReadOnlySpan<int> tails)
    {
        Debug.Assert(tails.Length == InterleavedRows.GroupSize, "Each lane must have a tail.");
        _tails.Gather(0, _positions, tails);
        ref var head = ref _heads.Start(group);
        ref var tail = ref _tails.Start(0);
        var sum = Vector256<float>.Zero;
        for (nuint lane = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize)
        {
            var difference = Vector256.LoadUnsafe(ref head, lane) - Vector256.LoadUnsafe(ref tail, lane);
            sum = AddSquare(sum, difference);
        }

        return sum;
    }

    /// <summary>Computes the attraction of a group's rows to the tails that were loaded last. It does not move the rows.</summary>
    /// <param name="group">The group.</param>
    /// <param name="squares">The squared distances from the tails.</param>
    /// <param name="learningRates">The step size of each lane; 0 for lanes that do not move.</param>
    /// <param name="densities">The coefficients of the density term; 0 without it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ComputeAttraction(int group, Vector256<float> squares, Vector256<float> learningRates, Vector256<float> densities)
    {
        var coefficients = _forces.Attraction(squares);
        var hasDensities = densities != Vector256<float>.Zero;
        ref var head = ref _heads.Start(group);
        ref var tail = ref _tails.Start(0);
        ref var steps = ref _steps.Start(0);
        for (nuint lane = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize)
        {
            var difference = Vector256.LoadUnsafe(ref head, lane) - Vector256.LoadUnsafe(ref tail, lane);
            var step = learningRates * LayoutForces.ClippedForce(difference, coefficients);
            if (hasDensities)
            {
                step += learningRates * LayoutForces.ClippedForce(difference, densities);
            }

            step.StoreUnsafe(ref steps, lane);
        }
    }

    /// <summary>Copies the attraction that was computed last, before <see cref="Move"/> adds the repulsion.</summary>
    /// <param name="rows">The destination.</param>
    /// <param name="indices">The destination row of each of the first lanes.</param>
    public void CopyAttraction(AlignedRows rows, ReadOnlySpan<int> indices) => _steps.Scatter(0, rows, indices);

    /// <summary>
    /// Moves a group by the attraction that was computed last and the repulsion of the samples, both computed at the positions before the
    /// move.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="samples">The samples of the step.</param>
    /// <param name="sampleCount">The number of samples for each row.</param>
    /// <param name="learningRates">The step size of each lane; 0 for lanes that do not move.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Move(int group, NegativeSamples samples, int sampleCount, Vector256<float> learningRates)
    {
        ref var head = ref _heads.Start(group);
        ref var step = ref _steps.Start(0);
        var sample = 0;
        for (; sample <= sampleCount - SamplesAtOnce; sample += SamplesAtOnce)
        {
            AddFiveRepulsions(ref head, ref step, samples, sample, learningRates);
        }

        for (; sample < sampleCount; sample++)
        {
            AddRepulsion(ref head, ref step, ref samples.Start(sample), samples.ColumnStride, learningRates);
        }

        for (nuint lane = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize)
        {
            (Vector256.LoadUnsafe(ref head, lane) + Vector256.LoadUnsafe(ref step, lane)).StoreUnsafe(ref head, lane);
        }
    }

    /// <summary>
    /// Adds the repulsion of five samples to the steps, in the same order and with the same bits as <see cref="AddRepulsion"/> one by one.
    /// Together, the long dependency chains of the five overlap, and shared values are read once.
    /// </summary>
    /// <param name="head">The group's rows, _laneCount values.</param>
    /// <param name="step">Their steps, _laneCount values.</param>
    /// <param name="samples">The samples of the step.</param>
    /// <param name="firstSample">The first of the five samples.</param>
    /// <param name="learningRates">The step size of each lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddFiveRepulsions(
        ref float head, ref float step, NegativeSamples samples, int firstSample, Vector256<float> learningRates)
    {
        var stride = samples.ColumnStride;
        ref var a = ref samples.Start(firstSample);
        ref var b = ref samples.Start(firstSample + 1);
        ref var c = ref samples.Start(firstSample + 2);
        ref var d = ref samples.Start(firstSample + 3);
        ref var e = ref samples.Start(firstSample + 4);
        var squaresA = Vector256<float>.Zero;
        var squaresB = Vector256<float>.Zero;
        var squaresC = Vector256<float>.Zero;
        var squaresD = Vector256<float>.Zero;
        var squaresE = Vector256<float>.Zero;
        for (nuint lane = 0, place = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize, place += stride)
        {
            var position = Vector256.LoadUnsafe(ref head, lane);
            squaresA = AddSquare(squaresA, position - Vector256.LoadUnsafe(ref a, place));
            squaresB = AddSquare(squaresB, position - Vector256.LoadUnsafe(ref b, place));
            squaresC = AddSquare(squaresC, position - Vector256.LoadUnsafe(ref c, place));
            squaresD = AddSquare(squaresD, position - Vector256.LoadUnsafe(ref d, place));
            squaresE = AddSquare(squaresE, position - Vector256.LoadUnsafe(ref e, place));
        }

        var repulsionsA = _forces.Repulsion(squaresA);
        var repulsionsB = _forces.Repulsion(squaresB);
        var repulsionsC = _forces.Repulsion(squaresC);
        var repulsionsD = _forces.Repulsion(squaresD);
        var repulsionsE = _forces.Repulsion(squaresE);
        if (LayoutForces.MayBeClipped(squaresA, repulsionsA)
            || LayoutForces.MayBeClipped(squaresB, repulsionsB)
            || LayoutForces.MayBeClipped(squaresC, repulsionsC)
            || LayoutForces.MayBeClipped(squaresD, repulsionsD)
            || LayoutForces.MayBeClipped(squaresE, repulsionsE))
        {
            for (nuint lane = 0, place = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize, place += stride)
            {
                var position = Vector256.LoadUnsafe(ref head, lane);
                var sum = Vector256.LoadUnsafe(ref step, lane);
                sum = LayoutForces.AddForce(
                    sum, learningRates, position - Vector256.LoadUnsafe(ref a, place), squaresA, repulsionsA);
                sum = LayoutForces.AddForce(
                    sum, learningRates, position - Vector256.LoadUnsafe(ref b, place), squaresB, repulsionsB);
                sum = LayoutForces.AddForce(
                    sum, learningRates, position - Vector256.LoadUnsafe(ref c, place), squaresC, repulsionsC);
                sum = LayoutForces.AddForce(
                    sum, learningRates, position - Vector256.LoadUnsafe(ref d, place), squaresD, repulsionsD);
                sum = LayoutForces.AddForce(
                    sum, learningRates, position - Vector256.LoadUnsafe(ref e, place), squaresE, repulsionsE);
                sum.StoreUnsafe(ref step, lane);
            }

            return;
        }

        repulsionsA *= learningRates;
        repulsionsB *= learningRates;
        repulsionsC *= learningRates;
        repulsionsD *= learningRates;
        repulsionsE *= learningRates;
        for (nuint lane = 0, place = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize, place += stride)
        {
            var position = Vector256.LoadUnsafe(ref head, lane);
            var sum = Vector256.LoadUnsafe(ref step, lane);
            sum = Vector256.MultiplyAddEstimate(repulsionsA, position - Vector256.LoadUnsafe(ref a, place), sum);
            sum = Vector256.MultiplyAddEstimate(repulsionsB, position - Vector256.LoadUnsafe(ref b, place), sum);
            sum = Vector256.MultiplyAddEstimate(repulsionsC, position - Vector256.LoadUnsafe(ref c, place), sum);
            sum = Vector256.MultiplyAddEstimate(repulsionsD, position - Vector256.LoadUnsafe(ref d, place), sum);
            sum = Vector256.MultiplyAddEstimate(repulsionsE, position - Vector256.LoadUnsafe(ref e, place), sum);
            sum.StoreUnsafe(ref step, lane);
        }
    }

    /// <summary>Adds the repulsion of one sample of each row to the steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRepulsion(ref float head, ref float step, ref float tail, nuint stride, Vector256<float> learningRates)
    {
        var squares = Vector256<float>.Zero;
        for (nuint lane = 0, place = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize, place += stride)
        {
            squares = AddSquare(squares, Vector256.LoadUnsafe(ref head, lane) - Vector256.LoadUnsafe(ref tail, place));
        }

        var repulsions = _forces.Repulsion(squares);

        // Only a very near row repels so strongly, so this is usually skipped.
        if (LayoutForces.MayBeClipped(squares, repulsions))
        {
            for (nuint lane = 0, place = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize, place += stride)
            {
                var difference = Vector256.LoadUnsafe(ref head, lane) - Vector256.LoadUnsafe(ref tail, place);
                LayoutForces.AddForce(Vector256.LoadUnsafe(ref step, lane), learningRates, difference, squares, repulsions)
                    .StoreUnsafe(ref step, lane);
            }

            return;
        }

        var weights = learningRates * repulsions;
        for (nuint lane = 0, place = 0; lane < (nuint)_laneCount; lane += InterleavedRows.GroupSize, place += stride)
        {
            var difference = Vector256.LoadUnsafe(ref head, lane) - Vector256.LoadUnsafe(ref tail, place);
            Vector256.MultiplyAddEstimate(weights, difference, Vector256.LoadUnsafe(ref step, lane)).StoreUnsafe(ref step, lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> AddSquare(Vector256<float> sum, Vector256<float> difference) =>
        Vector256.MultiplyAddEstimate(difference, difference, sum);
}
