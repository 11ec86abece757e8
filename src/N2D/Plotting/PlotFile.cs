using N2D.Files;

namespace N2D.Plotting;

/// <summary>Checks the files and the sizes of plots.</summary>
public static class PlotFile
{
    // Below the minimum, titles and legends fill the plot.
    internal const int MinSide = 200;
    internal const int MaxSide = 20_000;

    /// <summary>Whether the format of a file is SVG (vectors), not PNG (pixels).</summary>
    internal static bool IsVector(string path) => Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase);

    /// <summary>Rejects what <see cref="PlotPicture.Save"/> would reject, before the plot is drawn.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="width">The width, in pixels; null for the default.</param>
    /// <param name="height">The height, in pixels; null for the default.</param>
    /// <exception cref="N2DException">
    /// The path cannot be a file (see <see cref="OutputFile.ThrowIfNotWritable"/>), its extension is neither .png nor .svg
    /// (<c>UnknownPlotFormat</c>), or a side is out of range (<c>PlotSizeOutOfRange</c>).
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
                $"The extension of '{path}' is neither .png nor .svg. Use one of these.",
                path);
        }

        CheckSize(width, height);
    }

    /// <summary>Rejects a size in pixels that is out of range.</summary>
    /// <param name="width">The width, in pixels; null for the default.</param>
    /// <param name="height">The height, in pixels; null for the default.</param>
    /// <exception cref="N2DException">A side is out of range (<c>PlotSizeOutOfRange</c>).</exception>
    public static void CheckSize(int? width, int? height)
    {
        foreach (var side in new[] { width, height })
        {
            if (side is < MinSide or > MaxSide)
            {
                throw new N2DException(
                    "PlotSizeOutOfRange",
                    ErrorKind.InvalidArgument,
                    $"The size of the plot is {side} pixels; width and height must be {MinSide} to {MaxSide}.",
                    side);
            }
        }
    }
}
