using System.Globalization;
using N2D.Clustering;
using N2D.Models;
using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>A plot of the scores by which a number of clusters was chosen, with the choice marked.</summary>
public sealed class ClusterCountPlot : PlotPicture
{
    private const float LineWidth = 2.2f, MarkerSize = 7, ChosenMarkerSize = 15;

    private readonly IReadOnlyList<ClusterCountScore> _curve;
    private readonly string _title;

    private ClusterCountPlot(IReadOnlyList<ClusterCountScore> curve, string title) => (_curve, _title) = (curve, title);

    /// <inheritdoc/>
    public override int DefaultHeight => 560;

    /// <summary>Creates the plot of a clustering.</summary>
    /// <param name="result">A clustering whose number of clusters was chosen automatically.</param>
    /// <param name="title">The title; null for the choice.</param>
    /// <exception cref="N2DException">The number of clusters was given (<c>NoClusterCountCurve</c>).</exception>
    public static ClusterCountPlot Of(ClusterResult result, string? title)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.GetClusterCountCurve() is { Count: > 0 } curve
            ? Of(curve, title ?? $"{ClusterLegend.SubjectOf(result)}\n{ChoiceOf(curve)}")
            : throw new N2DException(
                "NoClusterCountCurve",
                ErrorKind.InvalidArgument,
                $"The number of clusters of this {result.Method} clustering was not chosen automatically, so there is no curve to plot. "
                    + "Cluster by a Gaussian mixture or by spectral clustering with a range of numbers.",
                result);
    }

    /// <summary>Creates the plot of scores.</summary>
    /// <param name="curve">The score of each number of clusters that was tried.</param>
    /// <param name="title">The title; null for the choice.</param>
    /// <exception cref="N2DException">
    /// There are no scores (<c>NothingToPlot</c>), or they have several criteria or repeat a number of clusters (<c>MixedCurves</c>).
    /// </exception>
    public static ClusterCountPlot Of(IReadOnlyList<ClusterCountScore> curve, string? title)
    {
        ArgumentNullException.ThrowIfNull(curve);
        if (curve.Count == 0)
        {
            throw new N2DException("NothingToPlot", ErrorKind.InvalidArgument, "There are no scores to plot.", curve);
        }

        if (curve.DistinctBy(score => score.Criterion).Count() > 1 || curve.DistinctBy(score => score.ClusterCount).Count() < curve.Count)
        {
            throw new N2DException(
                "MixedCurves", ErrorKind.InvalidArgument, "The scores belong to several clusterings. Plot each clustering separately.",
                curve);
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
            var upright = plot.Add.VerticalLine(chosen.ClusterCount, Math.Max(1.5f, style.MinMarkSize / 2), marked, LinePattern.Dashed);
            upright.EnableAutoscale = false;
            var markerSize = Math.Max(ChosenMarkerSize, 2 * style.MinMarkSize);
            var spot = plot.Add.Marker(chosen.ClusterCount, chosen.Score, MarkerShape.FilledDiamond, markerSize, marked);
            AddCurve(plot, line, style);
            plot.MoveToTop(spot);
            Name(plot, chosen, style);
        }
        else
        {
            AddCurve(plot, line, style);
        }

        if (LimitOf(_curve) is { } limit)
        {
            plot.Add.HorizontalLine(limit, Math.Max(1, style.MinMarkSize / 2), style.Ink(style.Colors.Text), LinePattern.Dotted);
        }

        panel.NameAxes("number of clusters", $"{NameOf(_curve)} ({ReadingOf(_curve)})");
        plot.Axes.Bottom.TickGenerator = RoundTicks.Whole();
        plot.Axes.Left.TickGenerator = RoundTicks.Numbers();
        plot.Axes.Margins(0.04, 0.08);
        panel.Draw(canvas);
    }

    /// <summary>Writes beside the line what it means, far from the mark and on the side of the longer half of the axis.</summary>
    private void Name(Plot plot, ClusterCountScore chosen, DrawingStyle style)
    {
        var isLeft = 2 * chosen.ClusterCount > _curve[0].ClusterCount + _curve[^1].ClusterCount;
        var (least, most) = (_curve.Min(score => score.Score), _curve.Max(score => score.Score));
        var isHigh = 2 * chosen.Score > least + most;
        var name = plot.Add.Text("chosen", chosen.ClusterCount, isHigh ? least : most);
        name.LabelFontColor = style.Ink(style.Colors.Text);
        name.LabelFontSize = PlotPanel.TextSize;
        name.LabelAlignment = (isLeft, isHigh) switch
        {
            (true, true) => Alignment.LowerRight,
            (true, false) => Alignment.UpperRight,
            (false, true) => Alignment.LowerLeft,
            (false, false) => Alignment.UpperLeft,
        };
        name.OffsetX = (isLeft ? -1 : 1) * Math.Max(ChosenMarkerSize / 2, 2 * style.GridWidth);
    }

    private void AddCurve(Plot plot, Color color, DrawingStyle style)
    {
        var line = plot.Add.Scatter([.. _curve.Select(score => (double)score.ClusterCount)], _curve.Select(score => score.Score).ToArray());
        line.Color = color;
        line.LineWidth = Math.Max(LineWidth, style.MinMarkSize);
        line.MarkerSize = Math.Max(MarkerSize, style.MinMarkSize);
    }

    private static string NameOf(IReadOnlyList<ClusterCountScore> curve) => curve[0].Criterion is "Bic" or "Aic"
        ? curve[0].Criterion.ToUpperInvariant()
        : curve[0].Criterion.ToLowerInvariant();

    /// <summary>The score from which on a number of clusters is good; null if scores can only be compared.</summary>
    private static double? LimitOf(IReadOnlyList<ClusterCountScore> curve) => curve[0].Criterion switch
    {
        nameof(ClusterCountCriterion.Stability) => PredictionStrength.MinStrength,
        nameof(ClusterCountCriterion.Eigengap) => EigengapChoice.ClearGap,
        _ => null,
    };

    private static string ReadingOf(IReadOnlyList<ClusterCountScore> curve) => curve[0].Criterion switch
    {
        nameof(ClusterCountCriterion.Bic) or nameof(ClusterCountCriterion.Aic) => "lower is better",
        nameof(ClusterCountCriterion.Stability) => string.Create(
            CultureInfo.InvariantCulture, $"{LimitOf(curve)} or more: halves of the rows find the same clusters"),
        nameof(ClusterCountCriterion.Eigengap) => string.Create(
            CultureInfo.InvariantCulture, $"{LimitOf(curve)} or more: groups lie apart"),
        _ => "larger is better",
    };

    private static string ChoiceOf(IReadOnlyList<ClusterCountScore> curve)
    {
        var criterion = NameOf(curve);
        var range = string.Create(
            CultureInfo.InvariantCulture, $"{curve.Min(score => score.ClusterCount)} to {curve.Max(score => score.ClusterCount)}");
        return curve.FirstOrDefault(score => score.IsChosen) is { } chosen
            ? string.Create(CultureInfo.InvariantCulture, $"{Quantity.Of(chosen.ClusterCount, "cluster")} of {range} by {criterion}")
            : $"{range} clusters by {criterion}";
    }
}
