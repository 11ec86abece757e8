using System.Text;

namespace N2D.Studies;

/// <summary>What the end of a log says about a process that is gone.</summary>
internal static class LogEnd
{
    private const int ByteCount = 4096;

    private static readonly (string Text, string Reason)[] Failures =
    [
        ("DUE TO TIME LIMIT", "The time limit was reached."),
        ("exceeded memory limit", "The task needed more memory than it had."),
        ("oom-kill", "The task needed more memory than it had."),
        ("oom_kill", "The task needed more memory than it had."),
        ("Out of memory", "The task needed more memory than it had."),
    ];

    /// <summary>Returns why the process of a log failed; null if the log names no cause that would occur again.</summary>
    public static string? FailureIn(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = Files.SharedFile.Open(path);
        var bytes = new byte[Math.Min(ByteCount, file.Length)];
        file.Seek(-bytes.Length, SeekOrigin.End);
        var end = Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        return Failures.FirstOrDefault(failure => end.Contains(failure.Text, StringComparison.OrdinalIgnoreCase)).Reason;
    }
}
