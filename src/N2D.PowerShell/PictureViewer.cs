using System.ComponentModel;
using System.Diagnostics;
using N2D.Plotting;

namespace N2D.PowerShell;

/// <summary>The system's own viewer of pictures.</summary>
internal static class PictureViewer
{
    /// <summary>Opens a plot. The file stays, since nobody tells when the viewer has read it; the system clears its folder.</summary>
    /// <param name="picture">The plot.</param>
    /// <param name="width">Pixels, or null for the default.</param>
    /// <param name="height">Pixels, or null for the default.</param>
    /// <param name="theme">The ground that it is drawn on.</param>
    /// <exception cref="N2DException">Nothing here opens pictures (<c>NoPictureViewer</c>).</exception>
    public static void Open(PlotPicture picture, int? width, int? height, PlotTheme theme)
    {
        var path = Path.Combine(Path.GetTempPath(), $"n2d-plot-{Guid.NewGuid():N}.png");
        picture.Save(path, width, height, theme);
        try
        {
            using var viewer = Process.Start(new ProcessStartInfo(path) { UseShellExecute = true });
        }
        catch (Exception error) when (error is Win32Exception or PlatformNotSupportedException)
        {
            File.Delete(path);
            throw new N2DException(
                "NoPictureViewer",
                ErrorKind.Unavailable,
                $"Nothing here opens pictures: {error.Message} Write the plot to a file (Export-N2DPlot), or draw it in the terminal (without -Window).",
                path,
                error);
        }
    }
}
