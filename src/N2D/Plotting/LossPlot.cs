using System.Globalization;
using N2D.Autoencoders;
using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>A plot of the loss over the epochs of one or more trainings.</summary>
public sealed class LossPlot : PlotPicture
{
    /// <summary>
    /// The maximum ratio of the largest to the smallest loss for a linear scale. Above it, a linear scale shows only the first epochs.
    /// </summary>
    private const double MaxLinearRatio = 5;

    private const float LineWidth = 2.2f;

    /// <summary>Wide enough to distinguish dashed from solid lines.</summary>
    private const float LegendLineWidth = 36;

    private readonly IReadOnlyList<Curve> _curves;
    private readonly string _title;
    private readonly bool _isLogarithmic;

    private LossPlot(IReadOnlyList<Curve> curves, string title)
    {
        _curves = curves;
        _title = title;
        var losses = curves.SelectMany(curve => curve.Losses).ToArray();
        _isLogarithmic = losses.Min() > 0 && losses.Max() / losses.Min() > MaxLinearRatio;
    }

    /// <inheritdoc/>
    public override int DefaultHeight => 560;

    /// <summary>Creates the plot of trainings.</summary>
    /// <param name="epochs">The epochs. A new training begins where the number of the epoch does not increase.</param>
    /// <param name="title">The title; null for the final loss.</param>
    /// <exception cref="N2DException">There are no epochs (<c>NothingToPlot</c>).</exception>
    public static LossPlot Of(IReadOnlyList<TrainingEpoch> epochs, string? title)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        var trainings = TrainingsOf(epochs);
        if (trainings.Count == 0)
        {
            throw new N2DException(
                "NothingToPlot",
                ErrorKind.InvalidArgument,
                "There are no epochs to plot. Weights that were loaded from a file have no training history.",
                epochs);
        }

        var curves = new List<Curve>();
        for (var number = 0; number < trainings.Count; number++)
        {
            var training = trainings[number];
            var suffix = trainings.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {number + 1}");
            curves.Add(
                new Curve(
                    $"training{suffix}",
                    number,
                    false,
                    [.. training.Select(epoch => (double)epoch.Epoch)],
                    [.. training.Select(epoch => epoch.Loss)]));
            var validated = training.Where(epoch => epoch.ValidationLoss is not null).ToArray();
            if (validated.Length > 0)
            {
                curves.Add(new Curve(
                    $"validation{suffix}", number, true, [.. validated.Select(epoch => (double)epoch.Epoch)],
                    [.. validated.Select(epoch => epoch.ValidationLoss!.Value)]));
            }
        }

        var last = trainings[^1][^1];
        return new LossPlot(
            curves,
            title ?? string.Create(
                CultureInfo.InvariantCulture, $"Loss after {Quantity.Of(last.Epoch, "epoch")}: {last.Loss:G4}{ValidationOf(last)}"));
    }

    /// <inheritdoc/>
    private protected override void Draw(SKCanvas canvas, SKSizeI size, DrawingStyle style)
    {
        using var panel = new PlotPanel(style, size, _title);
        var plot = panel.Plot;
        foreach (var curve in _curves)
        {
            Add(plot, curve, style);
        }

        panel.NameAxes("epoch", "mean squared error");
        plot.Axes.Bottom.TickGenerator = RoundTicks.Whole();
        plot.Axes.Margins(0.02, 0.06);
        plot.Axes.AutoScale();
        var limits = plot.Axes.GetLimits();
        plot.Axes.Left.TickGenerator = _isLogarithmic
            ? RoundTicks.Logarithmic(limits.Bottom, limits.Top, panel.DataHeight)
            : RoundTicks.Numbers();
        if (_curves.Count > 1)
        {
            panel.AddLegend([.. _curves.Select(curve => LegendEntry(curve, style))], LegendLineWidth);
        }

        panel.Draw(canvas);
    }

    private static List<List<TrainingEpoch>> TrainingsOf(IReadOnlyList<TrainingEpoch> epochs)
    {
        var trainings = new List<List<TrainingEpoch>>();
        foreach (var epoch in epochs)
        {
            if (trainings.Count == 0 || epoch.Epoch <= trainings[^1][^1].Epoch)
            {
                trainings.Add([]);
            }

            trainings[^1].Add(epoch);
        }

        return trainings;
    }

    private static string ValidationOf(TrainingEpoch epoch) =>
        epoch.ValidationLoss is { } loss ? string.Create(CultureInfo.InvariantCulture, $", validation {loss:G4}") : "";

    private void Add(Plot plot, Curve curve, DrawingStyle style)
    {
        var line = plot.Add.Scatter(curve.Epochs, _isLogarithmic ? [.. curve.Losses.Select(Math.Log10)] : curve.Losses);
        line.Color = CategoryStyle.Of(curve.Style, style.Colors).Color;
        line.LineWidth = Math.Max(LineWidth, style.MinMarkSize);
        line.LinePattern = curve.Pattern;

        // A single epoch gives no line, so draw a marker.
        line.MarkerSize = curve.Epochs.Length == 1 ? 8 : 0;
    }

    private static LegendItem LegendEntry(Curve curve, DrawingStyle style) => new()
    {
        LabelText = curve.Name,
        LineColor = CategoryStyle.Of(curve.Style, style.Colors).Color,
        LineWidth = LineWidth,
        LinePattern = curve.Pattern,
    };

    private sealed record Curve(string Name, int Style, bool IsDashed, double[] Epochs, double[] Losses)
    {
        public LinePattern Pattern => IsDashed ? LinePattern.Dashed : LinePattern.Solid;
    }
}
