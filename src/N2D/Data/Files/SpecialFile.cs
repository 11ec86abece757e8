using N2D.Files;

namespace N2D.Data;

/// <summary>
/// Detects pipes, devices and sockets before they are opened. Opening a pipe waits for a writer, and a device can be endless.
/// </summary>
internal static class SpecialFile
{
    /// <summary>Rejects a path that is not a regular file. Windows has no pipes and devices in folders.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">The path is a pipe, a device or a socket (<c>NotAFile</c>).</exception>
    public static void ThrowIfSpecial(string path)
    {
        if (FileStatus.Of(path) is { Type: not FileType.Regular and not FileType.Folder })
        {
            throw new N2DException(
                "NotAFile",
                ErrorKind.InvalidArgument,
                $"'{path}' is a pipe, a device or a socket. Write its content to a file, and read that file.",
                path);
        }
    }
}
