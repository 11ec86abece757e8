using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed class RandomSequenceTests
{
    [Fact]
    public void SameKey_SameNumbers()
    {
        var first = new RandomSequence(7, RandomPurpose.Shuffle, 3, 5);
        var second = new RandomSequence(7, RandomPurpose.Shuffle, 3, 5);
        for (var draw = 0; draw < 100; draw++)
        {
            Assert.Equal(first.NextUInt64(), second.NextUInt64());
        }
    }

    [Fact]
    public void AnyPartOfTheKey_ChangesTheNumbers()
    {
        var firsts = new[]
        {
            new RandomSequence(0, RandomPurpose.Shuffle).NextUInt64(),
            new RandomSequence(1, RandomPurpose.Shuffle).NextUInt64(),
            new RandomSequence(0, RandomPurpose.Weights).NextUInt64(),
            new RandomSequence(0, RandomPurpose.Shuffle, 1).NextUInt64(),
            new RandomSequence(0, RandomPurpose.Shuffle, 0, 1).NextUInt64(),
        };
        Assert.Equal(firsts.Length, firsts.Distinct().Count());
    }

    [Fact]
    public void Gaussian_HasMeanZeroAndVarianceOne()
    {
        const int Draws = 200_000;
        var sequence = new RandomSequence(0, RandomPurpose.Sampling);
        var (sum, squares) = (0.0, 0.0);
        for (var draw = 0; draw < Draws; draw++)
        {
            var value = sequence.NextGaussian();
            sum += value;
            squares += value * value;
        }

        // Five standard errors of each estimate.
        Assert.InRange(sum / Draws, -5 / Math.Sqrt(Draws), 5 / Math.Sqrt(Draws));
        Assert.InRange(squares / Draws, 1 - (5 * Math.Sqrt(2.0 / Draws)), 1 + (5 * Math.Sqrt(2.0 / Draws)));
    }

    [Fact]
    public void Integers_AreUniform()
    {
        var counts = new int[10];
        var sequence = new RandomSequence(0, RandomPurpose.Sampling);
        for (var draw = 0; draw < 100_000; draw++)
        {
            counts[sequence.NextInt32(10)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
    }
}
