using System.Runtime.CompilerServices;
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
        var kernel = new LayoutKernel(1, new LayoutForces(Curve, repulsionStrength: 1), positions, Dimension);
        var rates = Vector256.Create(LearningRate);
        kernel.Load(0, Slots(0));
        kernel.ComputeAttraction(0, kernel.SquaredDistances(0, Slots(1)), rates, Vector256<float>.Zero);
        kernel.Move(0, new GivenSamples(positions, sampleCount, sample => Slots(2 + sample)), sampleCount, rates);
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

    /// <summary>Any other row is sampled equally often for each row, from a pool as without.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AllOtherRowsAreSampledEquallyOften(bool isPooled)
    {
        const int RowCount = 40;
        const int Rounds = 2000;
        var positions = new AlignedRows(RowCount, 1);
        for (var row = 0; row < RowCount; row++)
        {
            positions[row][0] = row;
        }

        NegativeSamples samples = isPooled ? new PooledSamples(positions, 1, 5, 8) : new OwnSamples(positions, 1, 5, 3);
        var counts = new int[8 * RowCount];
        for (var round = 0; round < Rounds; round++)
        {
            var random = new RandomLanes(new RandomSequence(0, RandomPurpose.NegativeSampling, round));
            int[] slots = [0, 1, 2, 3, 4, 5, 6, 7];
            samples.Draw(random, slots, [3, 3, 3, 3, 2, 2, 1, 1]);
            for (var step = 0; step < 3; step++)
            {
                samples.Next(slots);
                for (var place = 0; place < 5 * 8; place++)
                {
                    counts[(place % 8 * RowCount) + (int)Unsafe.Add(ref samples.Start(place / 8), place % 8)]++;
                }
            }
        }

        // 769 of each other row for each lane, with a standard deviation of 27. A pool repeats samples, which widens it a little.
        const int Expected = Rounds * 3 * 5 / (RowCount - 1);
        for (var place = 0; place < counts.Length; place++)
        {
            var isOwn = place / RowCount == place % RowCount;
            Assert.InRange(counts[place], isOwn ? 0 : Expected - 170, isOwn ? 0 : Expected + 170);
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

    private sealed class GivenSamples : NegativeSamples
    {
        private readonly InterleavedRows _samples;

        public GivenSamples(AlignedRows positions, int sampleCount, Func<int, int[]> slots)
        {
            _samples = new InterleavedRows(sampleCount, Dimension);
            for (var sample = 0; sample < sampleCount; sample++)
            {
                _samples.Gather(sample, positions, slots(sample));
            }
        }

        public override nuint ColumnStride => InterleavedRows.GroupSize;

        public override void Draw(RandomLanes random, ReadOnlySpan<int> slots, ReadOnlySpan<int> stepCounts) =>
            throw new NotSupportedException();

        public override void Next(ReadOnlySpan<int> slots) => throw new NotSupportedException();

        public override ref float Start(int sample) => ref _samples.Start(sample);
    }
}
