using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Tests.Models;

/// <summary>The blocks of rows that go through fitted stages.</summary>
public sealed class PipelineRunTests
{
    // From 262,144 columns on, 8192 rows have more values than an int can count.
    [Theory]
    [InlineData(784, 8192)]
    [InlineData(32_768, 8192)]
    [InlineData(32_769, 4096)]
    [InlineData(262_144, 1024)]
    [InlineData(1 << 20, 256)]
    [InlineData(300_000_000, 1)]
    [InlineData(int.MaxValue, 1)]
    public void WideRows_GoThroughInSmallerBlocks(int width, int rowCount)
    {
        Assert.Equal(rowCount, PipelineRun.RowsOfBlock(8192, [3, width, 10]));
        Assert.InRange((long)rowCount * width, 0, int.MaxValue);
        Assert.Equal(Math.Min(7, rowCount), PipelineRun.RowsOfBlock(7, [width]));
    }

    [Fact]
    public void RowsAlone_AreTransformed_ButNotMeasured()
    {
        var stage = new Doubled(2) { Seconds = 0 };
        var data = new Dataset("x", Matrix.Own([1, 2, 3, 4], 2));
        Assert.Equal([2f, 4, 6, 8], PipelineRun.RowsOf(data, [stage], Execution.Default).Values.ToArray());
        Assert.Equal(0, stage.MeasureCount);
        var run = PipelineRun.Of(data, [stage], Execution.Default);
        Assert.Equal([2f, 4, 6, 8], run.Rows.Values.ToArray());
        Assert.Equal([1f, 1], run.Distances[0]!);
        Assert.Equal(1, stage.MeasureCount);
    }
}
