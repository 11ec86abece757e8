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
            using var viewer = Process.Start(StartOf(path));

            // What opens a file on Linux tells by its exit that it could not; a viewer that stays in front is given up waiting for.
            if (OperatingSystem.IsLinux() && viewer is not null && viewer.WaitForExit(TimeSpan.FromSeconds(1)) && viewer.ExitCode != 0)
            {
                throw NoViewer(path, "xdg-open found nothing that shows a PNG file.", null);
            }
        }
        catch (Exception error) when (error is Win32Exception or PlatformNotSupportedException)
        {
            throw NoViewer(path, error.Message, error);
        }
    }

    private static ProcessStartInfo StartOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new ProcessStartInfo(path) { UseShellExecute = true };
        }

        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY")) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY")))
        {
            throw NoViewer(path, "there is no graphical session.", null);
        }

        // What it and the viewer have to say is not for the terminal.
        return new ProcessStartInfo("/bin/sh", ["-c", "exec xdg-open \"$1\" >/dev/null 2>&1", "sh", path]);
    }

    private static N2DException NoViewer(string path, string reason, Exception? cause)
    {
        File.Delete(path);
        return new N2DException(
            "NoPictureViewer",
            ErrorKind.Unavailable,
            $"Nothing here opens pictures: {reason} Write the plot to a file (Export-N2DPlot), or draw it in the terminal (without -Window).",
            path,
            cause);
    }
}
