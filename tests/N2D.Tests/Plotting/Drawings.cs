using System.Xml.Linq;
using N2D.Clustering;
using N2D.Models;
using N2D.Pipeline;
using N2D.Plotting;
using SkiaSharp;

namespace N2D.Tests.Plotting;

/// <summary>Plots to draw, and what is in their drawings.</summary>
internal static class Drawings
{
    private static readonly string[] ClassNames = ["zero", "one", "two"];

    /// <summary>Ninety images of 4 x 4 in three clearly different groups.</summary>
    /// <param name="withLabels">Whether the groups are known.</param>
    /// <param name="areImages">Whether it is known that they are images.</param>
    /// <param name="wrongCount">The number of rows whose label is that of another group.</param>
    public static Dataset Images(bool withLabels = true, bool areImages = true, int wrongCount = 0)
    {
        var (rows, blobs) = RandomRows.Blobs(90, 16, 3, scale: 9);
        for (var row = 0; row < wrongCount; row++)
        {
            blobs[row] = (blobs[row] + 1) % 3;
        }

        return new Dataset(
            "images", rows, withLabels ? new Labels(blobs, ClassNames) : null, imageShape: areImages ? new ImageShape(4, 4) : null);
    }

    /// <summary>Clusters of a data set, with a number chosen from the rows.</summary>
    /// <param name="data">The rows.</param>
    public static ClusterResult ClustersOf(Dataset data) => ClusterResult.Create(
        data,
        GaussianMixture.Fit(
            data.GetRows(),
            new GaussianMixtureOptions(new ClusterCountRange(2, 4)) { CovarianceKind = CovarianceKind.Spherical, StartCount = 2 },
            Execution.Default),
        Execution.Default);

    /// <summary>All text of a plot, in the order of its drawing.</summary>
    /// <param name="picture">The plot.</param>
    public static string[] TextsOf(PlotPicture picture) =>
        [.. SvgOf(picture).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim())];

    /// <summary>The plot as vectors.</summary>
    /// <param name="picture">The plot.</param>
    public static XDocument SvgOf(PlotPicture picture)
    {
        using var stream = new MemoryStream();
        picture.WriteSvg(
            stream,
            new SKSizeI(picture.DefaultWidth, picture.DefaultHeight),
            new DrawingStyle(ThemeColors.Of(PlotTheme.Light)) { IsVector = true });
        stream.Position = 0;
        return XDocument.Load(stream);
    }

    /// <summary>The plot as pixels.</summary>
    /// <param name="picture">The plot.</param>
    /// <param name="theme">The ground that it is drawn on.</param>
    public static SKBitmap PixelsOf(PlotPicture picture, PlotTheme theme = PlotTheme.Light) =>
        picture.ToBitmap(new SKSizeI(picture.DefaultWidth, picture.DefaultHeight), new DrawingStyle(ThemeColors.Of(theme)));
}
