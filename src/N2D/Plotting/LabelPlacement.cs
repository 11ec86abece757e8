using SkiaSharp;

namespace N2D.Plotting;

/// <summary>
/// Places labels near their anchors: where they hide few rows and no other label. Each label in turn takes the best free place; then each
/// may move again, now that the others have their places.
/// </summary>
/// <param name="area">The area that labels must lie in, in pixels.</param>
/// <param name="coveredBy">Returns the number of small cells with rows that a box covers.</param>
/// <param name="grid">The size of the cells that labels are aligned to, in pixels; empty for none.</param>
internal sealed class LabelPlacement(SKRect area, Func<SKRect, int> coveredBy, SKSize grid)
{
    /// <summary>The minimum distance between two labels, in pixels, where they are not aligned to cells.</summary>
    private const float Gap = 3;

    /// <summary>The distance, in pixels, that a label moves to uncover one cell of rows.</summary>
    private const float CoverCost = 3;

    /// <summary>The costs, in pixels, of a leader line that crosses a label, and of one that crosses another line.</summary>
    private const float CrossedLabelCost = 400, CrossedLineCost = 150;

    /// <summary>The distance of the positions that are tried, in pixels, and their maximum distance, as a share of the diagonal.</summary>
    private const float Step = 6, MaxShare = 0.4f;

    /// <summary>The maximum distance of a label from its anchor in a terminal, in lines. Such labels have no leader lines.</summary>
    private const float MaxLines = 2;

    /// <summary>The number of rounds in which labels move.</summary>
    private const int RoundCount = 4;

    private bool HasGrid => grid.Width > 0;

    /// <summary>Returns the box of each label; null where there is no space.</summary>
    /// <param name="sizes">The sizes of the labels, the most important first.</param>
    /// <param name="anchors">The anchor of each label.</param>
    public SKRect?[] Place(IReadOnlyList<SKSize> sizes, IReadOnlyList<SKPoint> anchors)
    {
        var boxes = new SKRect?[sizes.Count];
        for (var round = 0; round < RoundCount; round++)
        {
            for (var label = 0; label < boxes.Length; label++)
            {
                boxes[label] = null;
                boxes[label] = Best(label, sizes[label], anchors, boxes);
            }
        }

        return boxes;
    }

    /// <summary>Returns the point of a box that is nearest to its anchor, where the leader line starts.</summary>
    /// <param name="box">The box.</param>
    /// <param name="anchor">The anchor.</param>
    public static SKPoint StartOf(SKRect box, SKPoint anchor) =>
        new(Math.Clamp(anchor.X, box.Left, box.Right), Math.Clamp(anchor.Y, box.Top, box.Bottom));

    private SKRect? Best(int label, SKSize size, IReadOnlyList<SKPoint> anchors, SKRect?[] boxes)
    {
        SKRect? best = null;
        var least = float.PositiveInfinity;
        var (across, down) = HasGrid ? (grid.Width, grid.Height) : (Step, Step);
        foreach (var y in Outwards(size.Height / 2, down))
        {
            // Positions farther away cost more than the best one by their distance alone. Aligned positions may be a cell nearer.
            if (DistanceOf(y, size.Height, down) >= least)
            {
                break;
            }

            foreach (var x in Outwards(size.Width / 2, across).TakeWhile(x => DistanceOf(x, size.Width, across) < least))
            {
                var box = BoxAt(new SKPoint(anchors[label].X + x, anchors[label].Y + y), size);
                var cost = (anchors[label] - StartOf(box, anchors[label])).Length;
                if (cost < least && IsFree(box, boxes))
                {
                    cost += (CoverCost * coveredBy(box)) + (HasGrid ? 0 : CrossingCost(label, box, anchors, boxes));
                    if (cost < least)
                    {
                        (best, least) = (box, cost);
                    }
                }
            }
        }

        return best;
    }

    /// <summary>
    /// Returns the positions that are tried on one axis, from the anchor outwards. Positive ones come first: of equally good places, a
    /// reader looks to the right.
    /// </summary>
    private IEnumerable<float> Outwards(float half, float step)
    {
        var diagonal = new SKPoint(area.Width, area.Height).Length;
        var most = half + (HasGrid ? MaxLines * grid.Height : MaxShare * diagonal);
        yield return 0;
        for (var position = step; position <= most; position += step)
        {
            yield return position;
            yield return -position;
        }
    }

    private float DistanceOf(float position, float length, float step) => MathF.Abs(position) - (length / 2) - (HasGrid ? step : 0);

    private SKRect BoxAt(SKPoint middle, SKSize size)
    {
        var (left, top) = (middle.X - (size.Width / 2), middle.Y - (size.Height / 2));
        return HasGrid
            ? SKRect.Create(AlignedTo(grid.Width, left), AlignedTo(grid.Height, top), size.Width, size.Height)
            : SKRect.Create(left, top, size.Width, size.Height);

        static float AlignedTo(float cell, float position) => cell * MathF.Round(position / cell);
    }

    private bool IsFree(SKRect box, SKRect?[] boxes)
    {
        if (!area.Contains(box))
        {
            return false;
        }

        var wide = SKRect.Inflate(box, HasGrid ? grid.Width / 2 : Gap, HasGrid ? 0 : Gap);
        return boxes.All(other => other is null || !wide.IntersectsWith(other.Value));
    }

    private static float CrossingCost(int label, SKRect box, IReadOnlyList<SKPoint> anchors, SKRect?[] boxes)
    {
        var (from, to) = (StartOf(box, anchors[label]), anchors[label]);
        var cost = 0f;
        for (var other = 0; other < boxes.Length; other++)
        {
            if (other != label && box.Contains(anchors[other]))
            {
                cost += CrossedLineCost;
            }

            if (boxes[other] is { } taken)
            {
                cost += Crosses(from, to, taken) || Crosses(StartOf(taken, anchors[other]), anchors[other], box) ? CrossedLabelCost : 0;
                cost += Cross(from, to, StartOf(taken, anchors[other]), anchors[other]) ? CrossedLineCost : 0;
            }
        }

        return cost;
    }

    private static bool Crosses(SKPoint from, SKPoint to, SKRect box) =>
        box.Contains(to)
            || Cross(from, to, new SKPoint(box.Left, box.Top), new SKPoint(box.Right, box.Bottom))
            || Cross(from, to, new SKPoint(box.Left, box.Bottom), new SKPoint(box.Right, box.Top));

    private static bool Cross(SKPoint from, SKPoint to, SKPoint start, SKPoint end) =>
        Side(from, to, start) * Side(from, to, end) < 0 && Side(start, end, from) * Side(start, end, to) < 0;

    private static float Side(SKPoint from, SKPoint to, SKPoint point) =>
        ((to.X - from.X) * (point.Y - from.Y)) - ((to.Y - from.Y) * (point.X - from.X));
}
