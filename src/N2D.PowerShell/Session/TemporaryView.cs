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
    /// <param name="program">
    /// On Linux, the program that the user prefers, which needs no graphical session: in remote sessions it opens the file on the user's
    /// machine. Null or empty for the default program.
    /// </param>
    /// <exception cref="N2DException">No program opens the file.</exception>
    public static void Open(
        string name,
        string extension,
        Action<string> save,
        Func<string, string, Exception?, N2DException> noProgram,
        string? program = null)
    {
        var path = Path.Combine(Path.GetTempPath(), $"n2d-{name}-{Guid.NewGuid():N}{extension}");
        if (OperatingSystem.IsLinux() && string.IsNullOrEmpty(program) && !HasGraphicalSession())
        {
            throw noProgram(path, "there is no graphical session.", null);
        }

        save(path);
        try
        {
            using var opened = Process.Start(StartOf(path, string.IsNullOrEmpty(program) ? "xdg-open" : program));

            // On Linux, xdg-open exits with an error if no program opens the file. It does not exit while some programs run, so the wait is
            // limited.
            if (OperatingSystem.IsLinux() && opened is not null && opened.WaitForExit(TimeSpan.FromSeconds(1)) && opened.ExitCode != 0)
            {
                File.Delete(path);
                throw noProgram(path, $"{(string.IsNullOrEmpty(program) ? "xdg-open" : program)} cannot open {extension} files.", null);
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

    // On Linux, hides the output of the programs from the terminal.
    private static ProcessStartInfo StartOf(string path, string opener) => OperatingSystem.IsLinux()
        ? new ProcessStartInfo("/bin/sh", ["-c", "exec \"$2\" \"$1\" >/dev/null 2>&1", "sh", path, opener])
        : new ProcessStartInfo(path) { UseShellExecute = true };
}
