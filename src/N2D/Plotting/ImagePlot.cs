using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>A plot of images: a row for each cluster.</summary>
public sealed class ImagePlot : PlotPicture
{
    /// <summary>The default number of images of a cluster.</summary>
    internal const int DefaultCount = 10;

    /// <summary>The maximum number of images of a cluster.</summary>
    internal const int MaxCount = 100;

    /// <summary>The maximum number of clusters. The first ones are shown, which are the largest.</summary>
    internal const int MaxClusters = 60;

    /// <summary>The default size of an image's cell, and the size of the margins, in pixels.</summary>
    private const int CellSide = 58, HorizontalMargins = 190, VerticalMargins = 110;

    /// <summary>The size of a caption's text, in pixels.</summary>
    private const float CaptionSize = 11;

    private readonly ImageRows _images;
    private readonly string _title;
    private readonly string _order;

    /// <summary>Creates a plot.</summary>
    /// <param name="images">The images.</param>
    /// <param name="title">The title.</param>
    /// <param name="order">The text of the horizontal axis: the order of the images, and what their captions are.</param>
    internal ImagePlot(ImageRows images, string title, string order) => (_images, _title, _order) = (images, title, order);

    /// <inheritdoc/>
    public override int DefaultWidth => Math.Max(500, HorizontalMargins + (CellSide * _images.ColumnCount));

    /// <inheritdoc/>
    public override int DefaultHeight => VerticalMargins + ((CellSide + CaptionHeight) * _images.RowNames.Count);

    private int CaptionHeight => _images.Captions is null ? 0 : 14;

    /// <summary>The number of lines for each cluster in a terminal.</summary>
    private int LinesOfRow => _images.Captions is null ? 5 : 6;

    /// <inheritdoc/>
    internal override int MinLines => Math.Min(7 + (LinesOfRow * _images.RowNames.Count), 160);

    /// <inheritdoc/>
    private protected override void Draw(SKCanvas canvas, SKSizeI size, DrawingStyle style)
    {
        using var panel = new PlotPanel(style, size, _title);
        var plot = panel.Plot;
        var rowCount = _images.RowNames.Count;

        // In a terminal, a caption has a line of its own, wherever the image begins within a line.
        var captionHeight = _images.Captions is null ? 0 : Math.Max(CaptionHeight, 2 * style.GridHeight);
        plot.Add.Plottable(new ImageGrid(_images, captionHeight, style));
        plot.Axes.SetLimits(-0.5, _images.ColumnCount - 0.5, 0.5 - rowCount, 0.5);
        plot.Axes.Left.TickGenerator = RoundTicks.Named(
            ShortNames.Of(_images.RowNames).Select((name, row) => (-(double)row, name)), panel.DataHeight / rowCount,
            PlotPanel.TextSize + 3);
        plot.Axes.Bottom.TickGenerator = RoundTicks.None();
        plot.Grid.IsVisible = false;
        plot.Axes.Frame(false);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        panel.NameAxes(_order, "cluster");
        panel.WidenLeft(_images.RowNames);
        panel.Draw(canvas);
    }

    /// <summary>The images, each scaled to its cell.</summary>
    private sealed class ImageGrid(ImageRows images, float captionHeight, DrawingStyle style) : IPlottable
    {
        /// <summary>The size of an image, as a share of its cell.</summary>
        private const float Share = 0.92f;

        public bool IsVisible { get; set; } = true;

        public IAxes Axes { get; set; } = new Axes();

        public IEnumerable<LegendItem> LegendItems => LegendItem.None;

        public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

        public void Render(RenderPack rp)
        {
            var (width, height) = (Axes.GetPixelX(1) - Axes.GetPixelX(0), Axes.GetPixelY(0) - Axes.GetPixelY(1));
            var scale = Share * Math.Min(width / images.Shape.Width, (height - captionHeight) / images.Shape.Height);
            using var font = PlotFont.OfSize(CaptionSize);
            using var ink = new SKPaint { Color = style.Ink(style.Colors.Text).ToSKColor(), IsAntialias = true };
            var (halfWidth, halfHeight) = (scale * images.Shape.Width / 2, scale * images.Shape.Height / 2);
            for (var row = 0; row < images.RowNames.Count; row++)
            {
                for (var column = 0; column < images.CountOf(row); column++)
                {
                    var (x, bottom) = (Axes.GetPixelX(column), BottomOf(row, halfHeight));
                    using var image = images.ToImage(row, column, style.Colors);
                    rp.Canvas.DrawImage(
                        image,
                        new SKRect(x - halfWidth, bottom - (2 * halfHeight), x + halfWidth, bottom),
                        new SKSamplingOptions(SKFilterMode.Nearest));
                    if (images.Captions is { } captions)
                    {
                        rp.Canvas.DrawText(captions[row][column], x, bottom + style.LineOr(CaptionSize), SKTextAlign.Center, font, ink);
                    }
                }
            }
        }

        /// <summary>Where an image ends. Captions that are written in cells begin with the next cell.</summary>
        private float BottomOf(int row, float halfHeight)
        {
            var bottom = Axes.GetPixelY(-row) - (captionHeight / 2) + halfHeight;
            return captionHeight > 0 && style.GridHeight > 0 ? MathF.Floor(bottom / style.GridHeight) * style.GridHeight : bottom;
        }
    }
}
