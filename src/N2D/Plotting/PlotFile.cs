using N2D.Files;

namespace N2D.Plotting;

/// <summary>The file that a plot goes to.</summary>
public static class PlotFile
{
    // Below it, titles and legends leave nothing to draw in.
    private const int SmallestSide = 200;
    private const int LargestSide = 20_000;

    /// <summary>Whether the file is to hold vectors (SVG) rather than pixels (PNG).</summary>
    internal static bool IsVector(string path) => Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses what <see cref="PlotPicture.Save"/> would refuse, before anything is drawn.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="width">Pixels, or null for the default.</param>
    /// <param name="height">Pixels, or null for the default.</param>
    /// <exception cref="N2DException">
    /// The path cannot be a file (see <see cref="OutputFile.ThrowIfNotWritable"/>), its extension is neither .png nor .svg (<c>UnknownPlotFormat</c>), or a side is out of
    /// range (<c>PlotSizeOutOfRange</c>).
    /// </exception>
    public static void Check(string path, int? width, int? height)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _ = OutputPlace.Of(path);
        if (!IsVector(path) && !Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase))
        {
            throw new N2DException(
                "UnknownPlotFormat",
                ErrorKind.InvalidArgument,
                $"'{path}' ends in neither .png nor .svg, and there are no other plot formats.",
                path);
        }

        CheckSize(width, height);
    }

    /// <summary>Refuses a size in pixels that plots are not drawn in.</summary>
    /// <param name="width">Pixels, or null for the default.</param>
    /// <param name="height">Pixels, or null for the default.</param>
    /// <exception cref="N2DException">A side is out of range (<c>PlotSizeOutOfRange</c>).</exception>
    public static void CheckSize(int? width, int? height)
    {
        foreach (var side in new[] { width, height })
        {
            if (side is < SmallestSide or > LargestSide)
            {
                throw new N2DException(
                    "PlotSizeOutOfRange",
                    ErrorKind.InvalidArgument,
                    $"A plot of {side} pixels: width and height must be {SmallestSide} to {LargestSide}.",
                    side);
            }
        }
    }
}
