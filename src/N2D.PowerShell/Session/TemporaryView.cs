using System.ComponentModel;
using System.Diagnostics;

namespace N2D.PowerShell;

/// <summary>Opens files in the system's default programs.</summary>
internal static class TemporaryView
{
    /// <summary>
    /// Writes a file to the folder for temporary files and opens it. The file is kept, because the program does not signal when it has read
    /// it. The system cleans its folder.
    /// </summary>
    /// <param name="name">What the file contains, for its name, such as <c>plot</c>.</param>
    /// <param name="extension">The extension, such as <c>.png</c>.</param>
    /// <param name="save">Writes the file to a full path.</param>
    /// <param name="noProgram">Returns the error if no program opens the file, from its path, the reason and the cause.</param>
    /// <exception cref="N2DException">No program opens the file.</exception>
    public static void Open(
        string name, string extension, Action<string> save, Func<string, string, Exception?, N2DException> noProgram)
    {
        var path = Path.Combine(Path.GetTempPath(), $"n2d-{name}-{Guid.NewGuid():N}{extension}");
        if (OperatingSystem.IsLinux() && !HasGraphicalSession())
        {
            throw noProgram(path, "there is no graphical session.", null);
        }

        save(path);
        try
        {
            using var program = Process.Start(StartOf(path));

            // On Linux, xdg-open exits with an error if no program opens the file. It does not exit while some programs run, so the wait is
            // limited.
            if (OperatingSystem.IsLinux() && program is not null && program.WaitForExit(TimeSpan.FromSeconds(1)) && program.ExitCode != 0)
            {
                File.Delete(path);
                throw noProgram(path, $"xdg-open found no program for {extension} files.", null);
            }
        }
        catch (Exception error) when (error is Win32Exception or PlatformNotSupportedException)
        {
            File.Delete(path);
            throw noProgram(path, error.Message, error);
        }
    }

    private static bool HasGraphicalSession() =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY"))
            || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY"));

    // On Linux, hides the output of xdg-open and the program from the terminal.
    private static ProcessStartInfo StartOf(string path) => OperatingSystem.IsLinux()
        ? new ProcessStartInfo("/bin/sh", ["-c", "exec xdg-open \"$1\" >/dev/null 2>&1", "sh", path])
        : new ProcessStartInfo(path) { UseShellExecute = true };
}
