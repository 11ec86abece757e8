using System.Globalization;
using N2D.Clustering;
using N2D.Models;
using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>The curve by which a number of clusters was chosen, with the choice marked.</summary>
public sealed class ClusterCountPlot : PlotPicture
{
    private const float LineWidth = 2.2f, MarkerSize = 7, ChosenMarkerSize = 15;

    private readonly IReadOnlyList<ClusterCountScore> _curve;
    private readonly string _title;

    private ClusterCountPlot(IReadOnlyList<ClusterCountScore> curve, string title) => (_curve, _title) = (curve, title);

    /// <inheritdoc/>
    public override int DefaultHeight => 560;

    /// <summary>Shows how the number of clusters of a clustering was chosen.</summary>
    /// <param name="result">A clustering whose number of clusters was left to the rows.</param>
    /// <param name="title">What stands above; null for the choice.</param>
    /// <exception cref="N2DException">Its number of clusters was given (<c>NoClusterCountCurve</c>).</exception>
    public static ClusterCountPlot Of(ClusterResult result, string? title)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.GetClusterCountCurve() is { Count: > 0 } curve
            ? Of(curve, title ?? $"{result.Dataset}: {result.Stages} > {result.Method}\n{ChoiceOf(curve)}")
            : throw new N2DException(
                "NoClusterCountCurve",
                ErrorKind.InvalidArgument,
                $"The number of clusters of this {result.Method} was not chosen by a curve, so that there is none to draw. "
                    + "Make one with Invoke-N2DCluster Auto, by GaussianMixture or Spectral.",
                result);
    }

    /// <summary>Shows how a number of clusters was chosen.</summary>
    /// <param name="curve">The score of each number that was tried.</param>
    /// <param name="title">What stands above; null for the choice.</param>
    /// <exception cref="N2DException">There are no scores (<c>NothingToPlot</c>), or they are by several criteria or numbers come twice (<c>MixedCurves</c>).</exception>
    public static ClusterCountPlot Of(IReadOnlyList<ClusterCountScore> curve, string? title)
    {
        ArgumentNullException.ThrowIfNull(curve);
        if (curve.Count == 0)
        {
            throw new N2DException("NothingToPlot", ErrorKind.InvalidArgument, "There is no number of clusters to plot the score of.", curve);
        }

        if (curve.DistinctBy(score => score.Criterion).Count() > 1 || curve.DistinctBy(score => score.ClusterCount).Count() < curve.Count)
        {
            throw new N2DException("MixedCurves", ErrorKind.InvalidArgument, "These are the scores of several clusterings; a plot shows those of one. Draw each by itself.", curve);
        }

        return new ClusterCountPlot([.. curve.OrderBy(score => score.ClusterCount)], title ?? ChoiceOf(curve));
    }

    /// <inheritdoc/>
    private protected override void Draw(SKCanvas canvas, SKSizeI size, DrawingStyle style)
    {
        using var panel = new PlotPanel(style, size, _title);
        var plot = panel.Plot;
        var (line, marked) = (CategoryStyle.Of(0, style.Colors).Color, CategoryStyle.Of(1, style.Colors).Color);
        if (_curve.FirstOrDefault(score => score.IsChosen) is { } chosen)
        {
            var upright = plot.Add.VerticalLine(chosen.ClusterCount, Math.Max(1.5f, style.LeastMark / 2), marked, LinePattern.Dashed);
            upright.EnableAutoscale = false;
            var spot = plot.Add.Marker(chosen.ClusterCount, chosen.Score, MarkerShape.FilledDiamond, Math.Max(ChosenMarkerSize, 2 * style.LeastMark), marked);
            AddCurve(plot, line, style);
            plot.MoveToTop(spot);
            panel.AddLegend([PlotPanel.PointEntry("chosen", new CategoryStyle(marked, MarkerShape.FilledDiamond))]);
        }
        else
        {
            AddCurve(plot, line, style);
        }

        panel.NameAxes("number of clusters", $"{NameOf(_curve)} ({ReadingOf(_curve)})");
        plot.Axes.Bottom.TickGenerator = RoundTicks.Whole();
        plot.Axes.Left.TickGenerator = RoundTicks.Numbers();
        plot.Axes.Margins(0.04, 0.08);
        panel.Draw(canvas);
    }

    private void AddCurve(Plot plot, Color color, DrawingStyle style)
    {
        var line = plot.Add.Scatter([.. _curve.Select(score => (double)score.ClusterCount)], _curve.Select(score => score.Score).ToArray());
        line.Color = color;
        line.LineWidth = Math.Max(LineWidth, style.LeastMark);
        line.MarkerSize = Math.Max(MarkerSize, style.LeastMark);
    }

    private static string NameOf(IReadOnlyList<ClusterCountScore> curve) => curve[0].Criterion is "Bic" or "Aic"
        ? curve[0].Criterion.ToUpperInvariant()
        : curve[0].Criterion.ToLowerInvariant();

    private static string ReadingOf(IReadOnlyList<ClusterCountScore> curve) => curve[0].Criterion switch
    {
        "Bic" or "Aic" => "lower is better",
        "Eigengap" => "0.7 or more: groups lie apart",
        _ => "larger is better",
    };

    private static string ChoiceOf(IReadOnlyList<ClusterCountScore> curve)
    {
        var criterion = NameOf(curve);
        var range = string.Create(CultureInfo.InvariantCulture, $"{curve.Min(score => score.ClusterCount)} to {curve.Max(score => score.ClusterCount)}");
        return curve.FirstOrDefault(score => score.IsChosen) is { } chosen
            ? string.Create(CultureInfo.InvariantCulture, $"{Quantity.Of(chosen.ClusterCount, "cluster")} of {range} by {criterion}")
            : $"{range} clusters by {criterion}";
    }
}
