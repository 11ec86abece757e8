using N2D.Plotting;
using SkiaSharp;

namespace N2D.Tests.Plotting;

/// <summary>Where the names of clusters are.</summary>
public sealed class LabelPlacementTests
{
    private static readonly SKRect Area = SKRect.Create(10, 10, 600, 500);

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(40)]
    public void Labels_LieInTheArea_AndDoNotOverlap(int count)
    {
        var random = new Random(count);
        SKPoint[] anchors = [.. Enumerable.Range(0, count).Select(_ => new SKPoint(20 + random.Next(580), 20 + random.Next(480)))];
        var boxes = Place(anchors).OfType<SKRect>().ToArray();
        Assert.Equal(count, boxes.Length);
        Assert.All(boxes, box => Assert.True(Area.Contains(box), box.ToString()));
        AssertApart(boxes);
    }

    [Fact]
    public void LabelsOfOneAnchor_AreAllNextToIt()
    {
        var anchor = new SKPoint(300, 250);
        var boxes = Place([.. Enumerable.Repeat(anchor, 8)]).OfType<SKRect>().ToArray();
        Assert.Equal(8, boxes.Length);
        AssertApart(boxes);
        Assert.All(boxes, box => Assert.InRange((anchor - LabelPlacement.StartOf(box, anchor)).Length, 0, 100));
    }

    [Fact]
    public void ALabel_HidesNoRows_IfThereIsSpaceBesideThem()
    {
        var rows = SKRect.Create(200, 150, 120, 120);
        var box = new LabelPlacement(Area, CellsIn, default).Place([new SKSize(100, 18)], [new SKPoint(rows.MidX, rows.MidY)])[0]!.Value;
        Assert.False(box.IntersectsWith(rows), box.ToString());
        Assert.InRange((new SKPoint(rows.MidX, rows.MidY) - LabelPlacement.StartOf(box, new SKPoint(rows.MidX, rows.MidY))).Length, 50, 80);

        int CellsIn(SKRect place)
        {
            var common = SKRect.Intersect(place, rows);
            return common.IsEmpty ? 0 : (int)Math.Ceiling(common.Width * common.Height / 9);
        }
    }

    [Fact]
    public void ALabelWithoutSpace_IsLeftOut()
    {
        var boxes = new LabelPlacement(SKRect.Create(0, 0, 110, 20), _ => 0, default).Place(
            [new SKSize(100, 18), new SKSize(100, 18), new SKSize(200, 18)],
            [new SKPoint(55, 10), new SKPoint(60, 10), new SKPoint(60, 10)]);
        Assert.Equal([true, false, false], boxes.Select(box => box is not null));
    }

    [Fact]
    public void InATerminal_LabelsFillWholeCells()
    {
        var anchors = Enumerable.Range(0, 20).Select(label => new SKPoint(30 + (27 * label), 30 + (23 * label))).ToArray();
        var boxes = new LabelPlacement(SKRect.Create(0, 0, 640, 512), _ => 0, new SKSize(8, 16)).Place(
            [.. anchors.Select(_ => new SKSize(16, 16))], anchors).OfType<SKRect>().ToArray();
        Assert.Equal(20, boxes.Length);
        Assert.All(boxes, box => Assert.Equal((0, 0), (box.Left % 8, box.Top % 16)));
        AssertApart(boxes);
    }

    private static SKRect?[] Place(SKPoint[] anchors) =>
        new LabelPlacement(Area, _ => 0, default).Place([.. anchors.Select((_, label) => new SKSize(60 + (label % 4 * 10), 18))], anchors);

    private static void AssertApart(SKRect[] boxes)
    {
        foreach (var (index, box) in boxes.Index())
        {
            Assert.DoesNotContain(boxes[(index + 1)..], other => other.IntersectsWith(box));
        }
    }
}
