using System.Runtime.Intrinsics;
using N2D.Manifolds;
using N2D.Numerics;

namespace N2D.Tests.Manifolds;

public sealed class LayoutKernelTests
{
    private const int Dimension = 10;
    private const float LearningRate = 0.7f;

    private static readonly MembershipCurve Curve = MembershipCurve.Fit(spread: 1, minimumDistance: 0);

    /// <summary>
    /// For any number of samples, with and without clipped repulsion (rows that are far closer than 1 repel so strongly).
    /// </summary>
    [Theory]
    [InlineData(1, 3f)]
    [InlineData(4, 3f)]
    [InlineData(5, 3f)]
    [InlineData(5, 0.1f)]
    [InlineData(7, 0.1f)]
    [InlineData(10, 3f)]
    public void RowsMoveByTheirAttractionAndTheSumOfTheirRepulsions(int sampleCount, float scale)
    {
        var positions = new AlignedRows(8 * (2 + sampleCount), Dimension);
        var random = new Random(7);
        for (var row = 0; row < positions.RowCount; row++)
        {
            for (var column = 0; column < Dimension; column++)
            {
                positions[row][column] = scale * (random.NextSingle() - 0.5f);
            }
        }

        int[] Slots(int block) => [.. Enumerable.Range(8 * block, 8)];
        var before = Enumerable.Range(0, positions.RowCount).Select(row => positions[row][..Dimension].ToArray()).ToArray();
        var kernel = new LayoutKernel(1, new LayoutForces(Curve, repulsionStrength: 1), positions, Dimension, sampleCount);
        var rates = Vector256.Create(LearningRate);
        kernel.Load(0, Slots(0));
        kernel.LoadSamples([.. Enumerable.Range(2, sampleCount).SelectMany(Slots)]);
        kernel.ComputeAttraction(0, kernel.SquaredDistances(0, Slots(1)), rates, Vector256<float>.Zero);
        kernel.Move(0, rates);
        kernel.Store(0, Slots(0));

        for (var row = 0; row < 8; row++)
        {
            var expected = before[row].Select(value => (double)value).ToArray();
            Add(expected, before[row], before[8 + row], Attraction);
            for (var sample = 0; sample < sampleCount; sample++)
            {
                Add(expected, before[row], before[(8 * (2 + sample)) + row], Repulsion);
            }

            for (var column = 0; column < Dimension; column++)
            {
                Assert.Equal(expected[column], positions[row][column], 1e-4 * Math.Max(1, Math.Abs(expected[column])));
            }
        }
    }

    private static double Attraction(double square)
    {
        var power = Math.Pow(square, Curve.B);
        return -2 * Curve.A * Curve.B * power / (square * (1 + (Curve.A * power)));
    }

    private static double Repulsion(double square) => 2 * Curve.B / ((0.001 + square) * (1 + (Curve.A * Math.Pow(square, Curve.B))));

    private static void Add(double[] sums, float[] own, float[] other, Func<double, double> coefficient)
    {
        var square = own.Zip(other, (x, y) => ((double)x - y) * ((double)x - y)).Sum();
        for (var column = 0; column < sums.Length; column++)
        {
            sums[column] += LearningRate * Math.Clamp(coefficient(square) * ((double)own[column] - other[column]), -4, 4);
        }
    }
}
