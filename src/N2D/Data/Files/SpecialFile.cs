using System.Formats.Tar;

namespace N2D.Data;

/// <summary>Detects pipes, devices and sockets before they are opened: opening a pipe waits for a writer, and a device may have no end.</summary>
internal static class SpecialFile
{
    /// <summary>Where the type of an entry stands in a ustar header (POSIX.1-1988).</summary>
    private const int TypeOffset = 156;

    /// <summary>Refuses what is not a regular file.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">It is a pipe, a device or a socket (<c>NotAFile</c>).</exception>
    public static void ThrowIfSpecial(string path)
    {
        // Windows keeps pipes and devices out of its folders. Elsewhere, all of them have the length 0.
        if (OperatingSystem.IsWindows() || !File.Exists(path))
        {
            return;
        }

        var file = new FileInfo(path);
        var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        if (target is not { Exists: true } || (target.Length == 0 && !IsRegular(target.FullName)))
        {
            throw new N2DException("NotAFile", ErrorKind.InvalidArgument, $"'{path}' is a pipe, a device or a socket. Write its content to a file, and give that file.", path);
        }
    }

    /// <summary>.NET has no property for the type of a file. Its tar writer asks the system for the type, and opens regular files alone.</summary>
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
            // The caller's own attempt to open it reports this.
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
