using System.Globalization;
using N2D.Autoencoders;
using ScottPlot;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>The course of the loss over the epochs of a training, or of several.</summary>
public sealed class LossPlot : PlotPicture
{
    /// <summary>Past this ratio of the largest loss to the smallest, a linear scale shows only the first epochs.</summary>
    private const double LargestLinearRatio = 5;

    private const float LineWidth = 2.2f;

    /// <summary>Enough to tell dashes from a line.</summary>
    private const float LegendLineWidth = 36;

    private readonly IReadOnlyList<Curve> _curves;
    private readonly string _title;
    private readonly bool _isLogarithmic;

    private LossPlot(IReadOnlyList<Curve> curves, string title)
    {
        _curves = curves;
        _title = title;
        var losses = curves.SelectMany(curve => curve.Losses).ToArray();
        _isLogarithmic = losses.Min() > 0 && losses.Max() / losses.Min() > LargestLinearRatio;
    }

    /// <inheritdoc/>
    public override int DefaultHeight => 560;

    /// <summary>Makes a plot.</summary>
    /// <param name="epochs">The epochs of a training; those of the next begin where the number does not rise.</param>
    /// <param name="title">What stands above; null for the final loss.</param>
    /// <exception cref="N2DException">There are no epochs (<c>NothingToPlot</c>).</exception>
    public static LossPlot Of(IReadOnlyList<TrainingEpoch> epochs, string? title)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        var trainings = TrainingsOf(epochs);
        if (trainings.Count == 0)
        {
            throw new N2DException("NothingToPlot", ErrorKind.InvalidArgument, "There is no epoch to plot: weights that came out of a file were not trained here.", epochs);
        }

        var curves = new List<Curve>();
        for (var number = 0; number < trainings.Count; number++)
        {
            var training = trainings[number];
            var suffix = trainings.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" {number + 1}");
            curves.Add(new Curve($"training{suffix}", number, false, [.. training.Select(epoch => (double)epoch.Epoch)], [.. training.Select(epoch => epoch.Loss)]));
            var validated = training.Where(epoch => epoch.ValidationLoss is not null).ToArray();
            if (validated.Length > 0)
            {
                curves.Add(new Curve(
                    $"validation{suffix}", number, true, [.. validated.Select(epoch => (double)epoch.Epoch)], [.. validated.Select(epoch => epoch.ValidationLoss!.Value)]));
            }
        }

        var last = trainings[^1][^1];
        return new LossPlot(curves, title ?? string.Create(CultureInfo.InvariantCulture, $"Loss after {Quantity.Of(last.Epoch, "epoch")}: {last.Loss:G4}{ValidationOf(last)}"));
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
        plot.Axes.Left.TickGenerator = _isLogarithmic ? RoundTicks.Logarithmic(limits.Bottom, limits.Top, panel.DataHeight) : RoundTicks.Numbers();
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
        line.LineWidth = Math.Max(LineWidth, style.LeastMark);
        line.LinePattern = curve.Pattern;

        // A single epoch is no line.
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
