using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed class ParallelRowsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AsManyRowsAsThereCanBe_AreCutIntoWholeBlocks(int threadCount)
    {
        const int RowCount = int.MaxValue - 3;
        var seen = 0L;
        ParallelRows.For(RowCount, 1 << 20, new Execution { ThreadCount = threadCount }, (start, end) =>
        {
            Assert.InRange(end, start + 1, RowCount);
            Interlocked.Add(ref seen, end - start);
        });
        Assert.Equal(RowCount, seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void WhatGoesWrongInABlock_IsToldAsItIs(int threadCount)
    {
        var execution = new Execution { ThreadCount = threadCount };
        Assert.Equal("row 0", Assert.Throws<InvalidDataException>(() => ParallelRows.For(100, 10, execution, (start, _) =>
        {
            if (start == 0)
            {
                throw new InvalidDataException("row 0");
            }
        })).Message);
    }
}
