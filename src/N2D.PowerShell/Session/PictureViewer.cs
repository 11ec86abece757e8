using System.ComponentModel;
using System.Diagnostics;
using N2D.Plotting;

namespace N2D.PowerShell;

/// <summary>Opens plots in the system's image viewer.</summary>
internal static class PictureViewer
{
    /// <summary>
    /// Opens a plot. The file is kept, because the viewer does not signal when it has read it. The system cleans its folder.
    /// </summary>
    /// <param name="picture">The plot.</param>
    /// <param name="width">Pixels, or null for the default.</param>
    /// <param name="height">Pixels, or null for the default.</param>
    /// <param name="theme">The color theme.</param>
    /// <exception cref="N2DException">There is no image viewer (<c>NoPictureViewer</c>).</exception>
    public static void Open(PlotPicture picture, int? width, int? height, PlotTheme theme)
    {
        var path = Path.Combine(Path.GetTempPath(), $"n2d-plot-{Guid.NewGuid():N}.png");
        picture.Save(path, width, height, theme);
        try
        {
            using var viewer = Process.Start(StartOf(path));

            // On Linux, xdg-open exits with an error if no viewer opens the file. It does not exit while some viewers run, so the wait is
            // limited.
            if (OperatingSystem.IsLinux() && viewer is not null && viewer.WaitForExit(TimeSpan.FromSeconds(1)) && viewer.ExitCode != 0)
            {
                throw NoViewer(path, "xdg-open found no viewer for PNG files.", null);
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

        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY"))
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY")))
        {
            throw NoViewer(path, "there is no graphical session.", null);
        }

        // Hides the output of xdg-open and the viewer from the terminal.
        return new ProcessStartInfo("/bin/sh", ["-c", "exec xdg-open \"$1\" >/dev/null 2>&1", "sh", path]);
    }

    private static N2DException NoViewer(string path, string reason, Exception? cause)
    {
        File.Delete(path);
        return new N2DException(
            "NoPictureViewer",
            ErrorKind.Unavailable,
            $"No image viewer: {reason} Write the plot to a file with Export-N2DPlot, or remove -Window to draw it in the terminal.",
            path,
            cause);
    }
}
