using N2D.Clustering;
using N2D.Models;
using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>The images nearest the center of each cluster: a row of them a cluster, the nearest first.</summary>
public sealed class ExemplarPlot : PlotPicture
{
    /// <summary>The number of images of a cluster, unless the user says otherwise.</summary>
    public const int DefaultCount = 10;

    /// <summary>The most images of a cluster that can be asked for.</summary>
    public const int MostCount = 100;

    /// <summary>Of more clusters, only the first are shown: those are the largest.</summary>
    private const int MostClusters = 60;

    /// <summary>What an image takes by default, and what surrounds all, in pixels.</summary>
    private const int CellSide = 58, HorizontalSurroundings = 190, VerticalSurroundings = 110;

    private readonly ExemplarImages _images;
    private readonly string _title;

    private ExemplarPlot(ExemplarImages images, string title) => (_images, _title) = (images, title);

    /// <inheritdoc/>
    public override int DefaultWidth => Math.Max(500, HorizontalSurroundings + (CellSide * _images.ColumnCount));

    /// <inheritdoc/>
    public override int DefaultHeight => VerticalSurroundings + (CellSide * _images.RowNames.Count);

    /// <inheritdoc/>
    internal override int LeastLines => Math.Min(7 + (5 * _images.RowNames.Count), 160);

    /// <summary>Shows the images that stand for the clusters best.</summary>
    /// <param name="result">A clustering of rows that are images, whatever space they were clustered in.</param>
    /// <param name="count">The number of images of a cluster, 1 to 100.</param>
    /// <param name="title">What stands above; null for data set, stages and scores.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <exception cref="N2DException">The rows are no images (<c>NoImages</c>), or the number is out of range (<c>ExemplarCountOutOfRange</c>).</exception>
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
            $"An Exemplar plot shows images, and nothing says that the rows of '{result.Dataset}' are any. "
                + "Image data are those read from IDX files, from pictures in gray, or by the name of an image data set; pictures in color are not drawn.",
            result);

        var shown = Math.Min(result.ClusterCount, MostClusters);
        var rows = Exemplars.Find(embedding.GetRows(execution), result.GetAssignments(), result.ClusterCount, count, execution)[..shown];
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
            ShortNames.Of(_images.RowNames).Select((name, row) => (-(double)row, name)), panel.DataHeight / rowCount, PlotPanel.TextSize + 3);
        plot.Axes.Bottom.TickGenerator = RoundTicks.None();
        plot.Grid.IsVisible = false;
        plot.Axes.Frame(false);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        panel.NameAxes("from the nearest to the center on", "cluster");
        panel.Draw(canvas);
    }

    /// <summary>The images, each in its cell as large as it fits.</summary>
    private sealed class ImageGrid(ExemplarImages images, DrawingStyle style) : IPlottable
    {
        /// <summary>The share of a cell that its image takes.</summary>
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
                    rp.Canvas.DrawImage(image, new SKRect(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight), new SKSamplingOptions(SKFilterMode.Nearest));
                }
            }
        }
    }
}
