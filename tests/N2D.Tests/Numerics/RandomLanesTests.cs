using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed class RandomLanesTests
{
    private const int LaneCount = 8;

    [Fact]
    public void SameStart_SameNumbers()
    {
        var (first, second) = (Lanes(row: 3), Lanes(row: 3));
        for (var draw = 0; draw < 100; draw++)
        {
            Assert.Equal(first.NextInt32(1000), second.NextInt32(1000));
        }
    }

    [Fact]
    public void LanesAndStarts_DrawTheirOwnNumbers()
    {
        var (first, second) = (Lanes(row: 0), Lanes(row: 1));
        var seen = new HashSet<int>();
        for (var draw = 0; draw < 10; draw++)
        {
            Add(first.NextInt32(int.MaxValue));
            Add(second.NextInt32(int.MaxValue));
        }

        Assert.Equal(2 * 10 * LaneCount, seen.Count);

        void Add(Vector256<int> drawn)
        {
            for (var lane = 0; lane < LaneCount; lane++)
            {
                seen.Add(drawn[lane]);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void Numbers_AreUniformBelowTheBound(int bound)
    {
        const int Draws = 100_000;
        var random = Lanes(row: 0);
        var counts = new int[LaneCount, bound];
        for (var draw = 0; draw < Draws; draw++)
        {
            var drawn = random.NextInt32(bound);
            for (var lane = 0; lane < LaneCount; lane++)
            {
                counts[lane, drawn[lane]]++;
            }
        }

        // Six standard deviations of a count.
        var expected = (double)Draws / bound;
        foreach (var count in counts)
        {
            Assert.InRange(count, expected - (6 * Math.Sqrt(expected)), expected + (6 * Math.Sqrt(expected)));
        }
    }

    private static RandomLanes Lanes(int row) => new(new RandomSequence(0, RandomPurpose.NegativeSampling, row));
}
