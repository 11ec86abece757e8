using N2D.Autoencoders;
using N2D.Models;
using N2D.Plotting;
using SkiaSharp;

namespace N2D.Reports;

/// <summary>A plot in both themes, as SVG.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Description">What the plot shows, for readers who do not see it.</param>
/// <param name="Light">The plot on a light background.</param>
/// <param name="Dark">The plot on a dark background.</param>
internal sealed record ReportPicture(string Title, string Description, byte[] Light, byte[] Dark)
{
    private const int Width = 760, Height = 440;

    /// <summary>Draws the curves of a clustering: the training of each autoencoder, and the scores of the numbers of clusters.</summary>
    /// <param name="result">The clustering.</param>
    public static IReadOnlyList<ReportPicture> CurvesOf(ClusterResult result)
    {
        var pictures = new List<ReportPicture>();
        foreach (var autoencoder in result.GetEmbedding().GetStages().OfType<Autoencoder>())
        {
            if (autoencoder.GetHistory() is { Count: > 0 } epochs)
            {
                var (first, last) = (epochs[0], epochs[^1]);
                pictures.Add(Of(
                    "Training",
                    Text($"The loss of the autoencoder goes from {first.Loss:G3} to {last.Loss:G3} in {last.Epoch} epochs."),
                    LossPlot.Of(epochs, null)));
            }
        }

        if (result.GetClusterCountCurve() is { Count: > 0 } curve)
        {
            pictures.Add(Of(
                "Number of clusters",
                Text($"The score of {curve.Count} numbers of clusters, of which {result.ClusterCount} was chosen."),
                ClusterCountPlot.Of(curve, null)));
        }

        return pictures;
    }

    private static string Text(InvariantText text) => text.ToStringAndClear();

    private static ReportPicture Of(string title, string description, PlotPicture plot) =>
        new(title, description, Draw(plot, PlotTheme.Light), Draw(plot, PlotTheme.Dark));

    private static byte[] Draw(PlotPicture plot, PlotTheme theme)
    {
        using var svg = new MemoryStream();
        plot.WriteSvg(svg, new SKSizeI(Width, Height), new DrawingStyle(ThemeColors.Of(theme)) { IsVector = true });
        return svg.ToArray();
    }
}
