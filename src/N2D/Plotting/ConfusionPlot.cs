using System.Globalization;
using N2D.Models;
using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>
/// A table of the number of rows of each class in each cluster, and their share of the class. Rows are classes; columns are clusters in the
/// order of the classes that they are matched with, so correct rows are on the diagonal.
/// </summary>
public sealed class ConfusionPlot : PlotPicture
{
    /// <summary>The default size of a cell, and the size of the margins, in pixels.</summary>
    private const int CellWidth = 68, CellHeight = 56, Margins = 230;

    /// <summary>The most characters of the number and the name of a cluster.</summary>
    private const int LongestName = 16;

    private readonly ConfusionCells _cells;
    private readonly string _title;

    private ConfusionPlot(ConfusionCells cells, string title) => (_cells, _title) = (cells, title);

    /// <inheritdoc/>
    public override int DefaultWidth => Math.Clamp(
        Margins + (Math.Max(CellWidth, (int)(WidthOf(ShortNames.Of(_cells.ColumnNames, LongestName)) / 0.75) + 1) * _cells.Clusters.Count),
        700,
        2600);

    /// <inheritdoc/>
    public override int DefaultHeight => Math.Clamp(Margins + (CellHeight * _cells.RowNames.Count), 500, 2400);

    /// <inheritdoc/>
    internal override int MinLines => Math.Clamp(8 + (3 * _cells.RowNames.Count), base.MinLines, 60);

    /// <summary>Creates the plot of a clustering.</summary>
    /// <param name="result">A clustering of labeled rows. Rows with an unknown label do not count.</param>
    /// <param name="title">The title; null for data set, stages and scores.</param>
    /// <exception cref="N2DException">No label is known (<c>NoLabels</c>).</exception>
    public static ConfusionPlot Of(ClusterResult result, string? title)
    {
        _ = ComparisonPlot.LabelsOf(result, PlotKind.Confusion);
        return new ConfusionPlot(ConfusionCells.Of(result), title ?? ClusterLegend.TitleOf(result));
    }

    /// <inheritdoc/>
    private protected override void Draw(SKCanvas canvas, SKSizeI size, DrawingStyle style)
    {
        const double Gap = 17;
        using var panel = new PlotPanel(style, size, _title);
        var plot = panel.Plot;
        var (rowCount, columnCount) = (_cells.RowNames.Count, _cells.ColumnNames.Count);
        plot.Add.Plottable(new CellGrid(_cells, style));
        plot.Axes.SetLimits(-0.5, columnCount - 0.5, 0.5 - rowCount, 0.5);
        plot.Axes.Left.TickGenerator = RoundTicks.Named(
            ShortNames.Of(_cells.RowNames).Select((name, row) => (-(double)row, name)), panel.DataHeight / rowCount, Gap);

        // With space for the longest name, no names overlap. Numbers stand alone where names have no space.
        var space = 0.75 * size.Width / columnCount;
        string[] names = ShortNames.Of(_cells.ColumnNames, LongestName);
        names = WidthOf(names) <= space ? names : [.. _cells.Clusters.Select(ConfusionCells.NumberOf)];
        plot.Axes.Bottom.TickGenerator = RoundTicks.Named(
            names.Select((name, column) => ((double)column, name)), space, WidthOf(names));
        plot.Grid.IsVisible = false;
        panel.NameAxes("cluster, in the order of the classes matched (shade: share of the class)", "true label");
        panel.Draw(canvas);
    }

    private static double WidthOf(IEnumerable<string> names) => names.Max(name => name.Length) * 0.7 * PlotPanel.TextSize;

    /// <summary>The cells of the table, shaded by share, with count and share as text if they fit. Empty cells are blank.</summary>
    private sealed class CellGrid(ConfusionCells cells, DrawingStyle style) : IPlottable
    {
        private const float LargestText = 14, SmallestText = 7.5f;

        public bool IsVisible { get; set; } = true;

        public IAxes Axes { get; set; } = new Axes();

        public IEnumerable<LegendItem> LegendItems => LegendItem.None;

        public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

        public void Render(RenderPack rp)
        {
            var (width, height) = (Axes.GetPixelX(1) - Axes.GetPixelX(0), Axes.GetPixelY(0) - Axes.GetPixelY(1));
            using var font = FontFor(width, height);
            for (var row = 0; row < cells.RowNames.Count; row++)
            {
                for (var column = 0; column < cells.ColumnNames.Count; column++)
                {
                    if (cells.Counts[row, column] > 0)
                    {
                        var (x, y) = (Axes.GetPixelX(column), Axes.GetPixelY(-row));
                        DrawCell(
                            rp.Canvas, new SKRect(x - (width / 2), y - (height / 2), x + (width / 2), y + (height / 2)), row, column, font);
                    }
                }
            }
        }

        private void DrawCell(SKCanvas canvas, SKRect area, int row, int column, SKFont? font)
        {
            // Correct and wrong cells have different hues, so that small shares are still distinguishable.
            const double MinShade = 0.12;
            var count = cells.Counts[row, column];
            var share = (double)count / cells.RowSizes[row];
            var color = CategoryStyle.Of(cells.IsMatched[row, column] ? 0 : 1, style.Colors).Color;
            var shade = CategoryStyle.Mix(style.Colors.Background, color, MinShade + ((1 - MinShade) * share));
            using var paint = new SKPaint { Color = shade.ToSKColor(), Style = SKPaintStyle.Fill };
            canvas.DrawRect(SKRect.Inflate(area, -0.5f, -0.5f), paint);
            if (font is null)
            {
                return;
            }

            using var ink = new SKPaint { Color = style.Ink(ThemeColors.LegibleOn(shade)).ToSKColor(), IsAntialias = true };
            var baseline = area.MidY + (0.36f * font.Size);
            var lineHeight = style.LineHeight(1.25f * font.Size);
            if (area.Height < 2.1f * lineHeight)
            {
                canvas.DrawText(count.ToString(CultureInfo.InvariantCulture), area.MidX, baseline, SKTextAlign.Center, font, ink);
                return;
            }

            canvas.DrawText(
                count.ToString(CultureInfo.InvariantCulture), area.MidX, baseline - (lineHeight / 2), SKTextAlign.Center, font, ink);
            canvas.DrawText(ShareText(share), area.MidX, baseline + (lineHeight / 2), SKTextAlign.Center, font, ink);
        }

        private static string ShareText(double share) => share is > 0 and < 0.01
            ? "<1 %"
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Min(100 * share, share < 1 ? 99 : 100):F0} %");

        /// <summary>Returns a font that fits the cells; null if it would be too small to read.</summary>
        private SKFont? FontFor(float width, float height)
        {
            var digits = Math.Max(4, cells.Counts.Cast<int>().Max().ToString(CultureInfo.InvariantCulture).Length);
            var size = Math.Min(LargestText, Math.Min(0.85f * width / (0.64f * digits), 0.7f * height));
            return size < SmallestText ? null : PlotFont.OfSize(size);
        }
    }
}
