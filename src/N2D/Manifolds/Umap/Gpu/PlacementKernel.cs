using ILGPU;
using N2D.Devices;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The kernel that moves new rows in a fitted layout, each by one thread, with the bytes of <see cref="OutOfSamplePlacement"/>.
/// </summary>
internal static class PlacementKernel
{
    /// <summary>The lanes of the vectors in which the processor sums squares.</summary>
    private const int LaneCount = 8;

    /// <summary>Moves a row for some epochs.</summary>
    /// <param name="index">The index of the row.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="forces">The forces.</param>
    /// <param name="range">The epochs.</param>
    public static void Move(Index1D index, PlacementViews rows, ForceFormulas forces, EpochRange range)
    {
        var random = rows.Random[index];
        for (var epoch = range.First; epoch < range.End; epoch++)
        {
            var learningRate = KernelMath.Multiply(range.LearningRate, 1 - ((float)epoch / range.Count));
            for (var edge = 0; edge < rows.EdgeCounts[index]; edge++)
            {
                var place = ((long)edge * rows.RowCount) + index.X;
                if (LayoutDraws.IsDrawn(epoch, rows.Rates[place]))
                {
                    Attract(index, rows, forces, rows.Tails[place]);
                    for (var sample = 0; sample < range.SampleCount; sample++)
                    {
                        Repel(index, rows, forces, random.NextInt32(range.FittedCount));
                    }

                    for (var column = 0; column < rows.Dimension; column++)
                    {
                        var own = ((long)column * rows.RowCount) + index.X;
                        rows.Positions[own] = KernelMath.MultiplyAdd(learningRate, rows.Forces[own], rows.Positions[own]);
                    }
                }
            }
        }

        rows.Random[index] = random;
    }

    private static void Attract(int index, PlacementViews rows, ForceFormulas forces, int tail)
    {
        var coefficient = forces.Attraction<KernelArithmetic, float>(SquaredDistance(index, rows, tail));
        for (var column = 0; column < rows.Dimension; column++)
        {
            rows.Forces[((long)column * rows.RowCount) + index] = ForceFormulas.ClippedForce<KernelArithmetic, float>(
                Difference(index, rows, tail, column), coefficient);
        }
    }

    private static void Repel(int index, PlacementViews rows, ForceFormulas forces, int other)
    {
        var coefficient = forces.Repulsion<KernelArithmetic, float>(SquaredDistance(index, rows, other));
        for (var column = 0; column < rows.Dimension; column++)
        {
            rows.Forces[((long)column * rows.RowCount) + index] += ForceFormulas.ClippedForce<KernelArithmetic, float>(
                Difference(index, rows, other, column), coefficient);
        }
    }

    /// <summary>The sum of squares in the order of <see cref="AlignedRows.SquaredDistance"/>.</summary>
    private static float SquaredDistance(int index, PlacementViews rows, int other) =>
        ((LaneSum(index, rows, other, 0) + LaneSum(index, rows, other, 1))
            + (LaneSum(index, rows, other, 2) + LaneSum(index, rows, other, 3)))
        + ((LaneSum(index, rows, other, 4) + LaneSum(index, rows, other, 5))
            + (LaneSum(index, rows, other, 6) + LaneSum(index, rows, other, 7)));

    private static float LaneSum(int index, PlacementViews rows, int other, int lane)
    {
        var sum = 0f;
        for (var column = lane; column < rows.Dimension; column += LaneCount)
        {
            var difference = Difference(index, rows, other, column);
            sum = KernelMath.MultiplyAdd(difference, difference, sum);
        }

        return sum;
    }

    private static float Difference(int index, PlacementViews rows, int other, int column) =>
        rows.Positions[((long)column * rows.RowCount) + index] - rows.Fitted[((long)other * rows.Dimension) + column];
}

/// <summary>New rows in the memory of a GPU, by column.</summary>
/// <param name="fitted">The layout of the fit, n x c, by row.</param>
/// <param name="dimension">c.</param>
/// <param name="positions">The coordinates of the new rows.</param>
/// <param name="forces">The force on each of them.</param>
/// <param name="rowCount">The number of new rows for which there is space.</param>
/// <param name="edgeCounts">The number of edges of each new row.</param>
/// <param name="tails">The rows of the fit at the other ends of the edges.</param>
/// <param name="rates">The rates of the edges.</param>
/// <param name="random">The random numbers of each new row.</param>
internal readonly struct PlacementViews(
    ArrayView<float> fitted,
    int dimension,
    ArrayView<float> positions,
    ArrayView<float> forces,
    int rowCount,
    ArrayView<int> edgeCounts,
    ArrayView<int> tails,
    ArrayView<float> rates,
    ArrayView<RandomSequence> random)
{
    public readonly ArrayView<float> Fitted = fitted;

    public readonly int Dimension = dimension;

    public readonly ArrayView<float> Positions = positions;

    public readonly ArrayView<float> Forces = forces;

    public readonly int RowCount = rowCount;

    public readonly ArrayView<int> EdgeCounts = edgeCounts;

    public readonly ArrayView<int> Tails = tails;

    public readonly ArrayView<float> Rates = rates;

    public readonly ArrayView<RandomSequence> Random = random;
}

/// <summary>The epochs of a launch.</summary>
/// <param name="first">The first epoch.</param>
/// <param name="end">The epoch after the last.</param>
/// <param name="count">The number of all epochs.</param>
/// <param name="learningRate">The learning rate of the first of all epochs.</param>
/// <param name="sampleCount">The number of negative samples for each drawn edge.</param>
/// <param name="fittedCount">The number of rows of the fit.</param>
internal readonly struct EpochRange(int first, int end, int count, float learningRate, int sampleCount, int fittedCount)
{
    public readonly int First = first;

    public readonly int End = end;

    public readonly int Count = count;

    public readonly float LearningRate = learningRate;

    public readonly int SampleCount = sampleCount;

    public readonly int FittedCount = fittedCount;
}
