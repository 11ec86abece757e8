using N2D.Clustering;
using N2D.Models;
using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>A plot of the images nearest to the center of each cluster: one row for each cluster, the nearest image first.</summary>
public sealed class ExemplarPlot : PlotPicture
{
    /// <summary>The default number of images of a cluster.</summary>
    public const int DefaultCount = 10;

    /// <summary>The maximum number of images of a cluster.</summary>
    public const int MaxCount = 100;

    /// <summary>The maximum number of clusters. The first ones are shown, which are the largest.</summary>
    private const int MaxClusters = 60;

    /// <summary>The default size of an image's cell, and the size of the margins, in pixels.</summary>
    private const int CellSide = 58, HorizontalMargins = 190, VerticalMargins = 110;

    private readonly ExemplarImages _images;
    private readonly string _title;

    private ExemplarPlot(ExemplarImages images, string title) => (_images, _title) = (images, title);

    /// <inheritdoc/>
    public override int DefaultWidth => Math.Max(500, HorizontalMargins + (CellSide * _images.ColumnCount));

    /// <inheritdoc/>
    public override int DefaultHeight => VerticalMargins + (CellSide * _images.RowNames.Count);

    /// <inheritdoc/>
    internal override int MinLines => Math.Min(7 + (5 * _images.RowNames.Count), 160);

    /// <summary>Creates the plot of a clustering.</summary>
    /// <param name="result">A clustering of images, in any space.</param>
    /// <param name="count">The number of images of a cluster, 1 to 100.</param>
    /// <param name="title">The title; null for data set, stages and scores.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <exception cref="N2DException">
    /// The rows are not images (<c>NoImages</c>), or the number is out of range (<c>ExemplarCountOutOfRange</c>).
    /// </exception>
    public static ExemplarPlot Of(ClusterResult result, int count, string? title, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(execution);
        PlotOptions.Check(count, nameof(PlotOptions.ExemplarCount));
        var embedding = result.GetEmbedding();
        var dataset = embedding.GetDataset();
        var shape = dataset.ImageShape ?? throw new N2DException(
            "NoImages",
            ErrorKind.InvalidArgument,
            $"An Exemplar plot shows images, but the rows of '{result.Dataset}' are not known to be images. "
                + "Import them from IDX files, grayscale image files or an image data set. Color images are not supported.",
            result);

        var shown = Math.Min(result.ClusterCount, MaxClusters);
        var rows = Exemplars.Find(embedding.GetRows(execution), result.Assignments, result.ClusterCount, count, execution)[..shown];
        var heading = title ?? ClusterLegend.TitleOf(result);
        return new ExemplarPlot(
            ExemplarImages.Read(dataset, shape, rows, [.. new ClusterLegend(result).Names.Take(shown)]),
            shown == result.ClusterCount ? heading : $"{heading}\nthe {shown} largest of {result.ClusterCount} clusters");
    }

    /// <inheritdoc/>
    private protected override void Draw(SKCanvas canvas, SKSizeI size, DrawingStyle style)
    {
        using var panel = new PlotPanel(style, size, _title);
        var plot = panel.Plot;
        var rowCount = _images.RowNames.Count;
        plot.Add.Plottable(new ImageGrid(_images, style));
        plot.Axes.SetLimits(-0.5, _images.ColumnCount - 0.5, 0.5 - rowCount, 0.5);
        plot.Axes.Left.TickGenerator = RoundTicks.Named(
            ShortNames.Of(_images.RowNames).Select((name, row) => (-(double)row, name)), panel.DataHeight / rowCount,
            PlotPanel.TextSize + 3);
        plot.Axes.Bottom.TickGenerator = RoundTicks.None();
        plot.Grid.IsVisible = false;
        plot.Axes.Frame(false);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        panel.NameAxes("from the nearest to the center on", "cluster");
        panel.Draw(canvas);
    }

    /// <summary>The images, each scaled to its cell.</summary>
    private sealed class ImageGrid(ExemplarImages images, DrawingStyle style) : IPlottable
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
            var scale = Share * Math.Min(width / images.Shape.Width, height / images.Shape.Height);
            var (halfWidth, halfHeight) = (scale * images.Shape.Width / 2, scale * images.Shape.Height / 2);
            for (var row = 0; row < images.RowNames.Count; row++)
            {
                for (var column = 0; column < images.CountOf(row); column++)
                {
                    var (x, y) = (Axes.GetPixelX(column), Axes.GetPixelY(-row));
                    using var image = images.ToImage(row, column, style.Colors);
                    rp.Canvas.DrawImage(
                        image,
                        new SKRect(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight),
                        new SKSamplingOptions(SKFilterMode.Nearest));
                }
            }
        }
    }
}
