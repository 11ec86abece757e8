using System.Globalization;
using N2D.Metrics;
using N2D.Models;
using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>A plot of the silhouette of each row (Rousseeuw, 1987), by cluster and in descending order, and their mean.</summary>
public sealed class SilhouettePlot : PlotPicture
{
    /// <summary>The gap between two clusters, as a share of all rows.</summary>
    private const double GapShare = 0.008;

    private const float LineWidth = 2;

    /// <summary>The minimum distance between the names of clusters, in pixels.</summary>
    private const double MinGap = 17;

    private readonly Band[] _bands;
    private readonly double _mean;
    private readonly string _title;

    private SilhouettePlot(Band[] bands, double mean, string title) => (_bands, _mean, _title) = (bands, mean, title);

    /// <inheritdoc/>
    internal override int MinLines => Math.Clamp(8 + (2 * _bands.Length), base.MinLines, 60);

    /// <summary>Creates the plot of a clustering.</summary>
    /// <param name="result">The clustering.</param>
    /// <param name="title">The title; null for data set, stages and the mean.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <exception cref="N2DException">There is only one cluster, or each row is a cluster (<c>SilhouetteUndefined</c>).</exception>
    public static SilhouettePlot Of(ClusterResult result, string? title, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(result);
        var values = result.ComputeSilhouettes(execution)
            ?? throw new N2DException(
                "SilhouetteUndefined",
                ErrorKind.InvalidArgument,
                $"The silhouette is not defined for {Quantity.Of(result.ClusterCount, "cluster")} of "
                    + $"{Quantity.Of(result.RowCount - result.NoiseCount, "row")}. "
                    + "It requires at least two clusters, and fewer clusters than rows.",
                result);
        var heading = title
            ?? $"{ClusterLegend.SubjectOf(result)}\n{ClusterLegend.Score("mean silhouette", values.Mean)}";

        // Mention the sample even if the user sets the title.
        var sampled = values.Values.Count < values.PopulationCount
            ? string.Create(CultureInfo.InvariantCulture, $" (of {values.Values.Count} rows drawn out of {values.PopulationCount})")
            : "";
        return new SilhouettePlot(BandsOf(values, result), values.Mean, heading + sampled);
    }

    /// <inheritdoc/>
    private protected override void Draw(SKCanvas canvas, SKSizeI size, DrawingStyle style)
    {
        using var panel = new PlotPanel(style, size, _title);
        var plot = panel.Plot;
        var length = _bands[^1].Start + _bands[^1].Values.Length;
        var (least, most) = (_bands.Min(band => band.Values[^1]), _bands.Max(band => band.Values[0]));
        plot.Add.Plottable(new Bands(_bands, style));

        // The gaps between the dashes have the color of the background, so that the line is visible on bars of any color.
        var lineWidth = Math.Max(LineWidth, style.MinMarkSize);
        plot.Add.VerticalLine(_mean, lineWidth, style.Colors.Background);
        plot.Add.VerticalLine(_mean, lineWidth, style.Colors.Text, LinePattern.Dashed);
        plot.Axes.SetLimits(
            Math.Min(0, Math.Floor(least * 10) / 10) - 0.02,
            Math.Max(0.1, Math.Ceiling(most * 10) / 10) + 0.02,
            -length * 1.01,
            length * 0.01);
        plot.Axes.SetLimitsY(-length * 1.01, length * 0.01, plot.Axes.Right);

        var pixels = panel.DataHeight / (1.02 * length);
        plot.Axes.Left.TickGenerator = RoundTicks.Named(_bands.Select(band => (band.Middle, band.Name)), pixels, MinGap);
        plot.Axes.Right.TickGenerator = RoundTicks.Named(
            _bands.Select(band => (band.Middle, band.Values.Average().ToString("F3", CultureInfo.InvariantCulture))), pixels, MinGap);
        plot.Axes.Bottom.TickGenerator = RoundTicks.Numbers();
        plot.Grid.YAxisStyle.IsVisible = false;
        panel.NameAxes("silhouette (dashed: the mean of all rows)", "cluster");
        panel.NameRight("mean of the cluster");
        panel.WidenLeft(_bands.Select(band => band.Name));
        panel.Draw(canvas);
    }

    private static Band[] BandsOf(SilhouetteValues values, ClusterResult result)
    {
        var legend = new ClusterLegend(result);
        var sizes = result.Assignments.ToArray().CountBy(cluster => cluster).ToDictionary();
        var gap = GapShare * values.Values.Count;
        var start = 0.0;
        var bands = new List<Band>();
        foreach (var cluster in Enumerable.Range(0, values.Values.Count)
            .GroupBy(place => values.Clusters[place])
            .OrderBy(group => group.Key))
        {
            double[] falling = [.. cluster.Select(place => values.Values[place]).OrderDescending()];
            var name = ScatterPanel.TextOf(legend.Names[cluster.Key], sizes[cluster.Key]);
            bands.Add(new Band(name, legend.Styles[cluster.Key], start, falling));
            start += falling.Length + gap;
        }

        return [.. bands];
    }

    /// <summary>The rows of a cluster.</summary>
    /// <param name="Name">The name of the cluster, and its number of rows.</param>
    /// <param name="Style">The index of the style.</param>
    /// <param name="Start">The position of the first row on the axis, in rows from the top.</param>
    /// <param name="Values">The silhouette of each row, descending.</param>
    private sealed record Band(string Name, int Style, double Start, double[] Values)
    {
        public double Middle => -(Start + (Values.Length / 2.0));
    }

    /// <summary>The bars of all rows, drawn as one outline for each cluster, because there may be more bars than pixels.</summary>
    private sealed class Bands(Band[] bands, DrawingStyle style) : IPlottable
    {
        public bool IsVisible { get; set; } = true;

        public IAxes Axes { get; set; } = new Axes();

        public IEnumerable<LegendItem> LegendItems => LegendItem.None;

        public AxisLimits GetAxisLimits() => AxisLimits.NoLimits;

        public void Render(RenderPack rp)
        {
            using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Fill };
            foreach (var band in bands)
            {
                paint.Color = CategoryStyle.Of(band.Style, style.Colors).Color.ToSKColor();
                using var outline = OutlineOf(band);
                rp.Canvas.DrawPath(outline, paint);
            }
        }

        private SKPath OutlineOf(Band band)
        {
            var (top, bottom) = (Axes.GetPixelY(-band.Start), Axes.GetPixelY(-(band.Start + band.Values.Length)));
            var zero = Axes.GetPixelX(0);
            var path = new SKPath();
            path.MoveTo(zero, top);

            // The values descend, so one value for each half pixel is enough.
            var steps = Math.Min(band.Values.Length, Math.Max(1, (int)Math.Ceiling(2 * (bottom - top))));
            for (var step = 0; step < steps; step++)
            {
                var x = Axes.GetPixelX(band.Values[(int)((step + 0.5) * band.Values.Length / steps)]);
                path.LineTo(x, top + ((bottom - top) * step / steps));
                path.LineTo(x, top + ((bottom - top) * (step + 1) / steps));
            }

            path.LineTo(zero, bottom);
            path.Close();
            return path;
        }
    }
}
