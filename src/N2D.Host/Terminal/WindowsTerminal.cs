using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace N2D.Host.Terminal;

/// <summary>Windows consoles interpret escape sequences only where a program asks for it.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsTerminal
{
    private const int StandardOutput = -11;
    private const int StandardError = -12;
    private const uint InterpretSequences = 0x0004;

    /// <summary>Turns sequences on for the output and error streams; false where a console is too old for them.</summary>
    public static bool EnableSequences() => Enable(StandardOutput) & Enable(StandardError);

    private static bool Enable(int stream)
    {
        var handle = GetStdHandle(stream);

        // A stream that is no console has no mode, and gets no sequences anyway.
        return !GetConsoleMode(handle, out var mode) || SetConsoleMode(handle, mode | InterpretSequences);
    }

    [LibraryImport("kernel32.dll")]
    private static partial nint GetStdHandle(int stream);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint handle, out uint mode);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(nint handle, uint mode);
}
