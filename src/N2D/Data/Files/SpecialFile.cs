using System.Formats.Tar;

namespace N2D.Data;

/// <summary>
/// Detects pipes, devices and sockets before they are opened. Opening a pipe waits for a writer, and a device can be endless.
/// </summary>
internal static class SpecialFile
{
    /// <summary>The position of the entry type in a ustar header (POSIX.1-1988).</summary>
    private const int TypeOffset = 156;

    /// <summary>Rejects a path that is not a regular file.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">The path is a pipe, a device or a socket (<c>NotAFile</c>).</exception>
    public static void ThrowIfSpecial(string path)
    {
        // Windows has no pipes and devices in folders. On other systems, all of them have length 0.
        if (OperatingSystem.IsWindows() || !File.Exists(path))
        {
            return;
        }

        var file = new FileInfo(path);
        var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        if (target is not { Exists: true } || (target.Length == 0 && !IsRegular(target.FullName)))
        {
            throw new N2DException(
                "NotAFile",
                ErrorKind.InvalidArgument,
                $"'{path}' is a pipe, a device or a socket. Write its content to a file, and read that file.",
                path);
        }
    }

    /// <summary>
    /// Whether a path is a regular file. .NET has no property for this, but its tar writer queries the type, and only opens regular files.
    /// </summary>
    private static bool IsRegular(string path)
    {
        try
        {
            using var header = new MemoryStream();
            using (var writer = new TarWriter(header, TarEntryFormat.Ustar))
            {
                writer.WriteEntry(path, "x");
            }

            return header.ToArray() is { Length: > TypeOffset } bytes && (TarEntryType)bytes[TypeOffset] == TarEntryType.RegularFile;
        }
        catch (UnauthorizedAccessException)
        {
            // The caller reports this when it opens the file.
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
