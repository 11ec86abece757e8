namespace N2D;

/// <summary>A file to write: it is there as a whole or not at all.</summary>
public static class OutputFile
{
    /// <summary>Refuses a place that no file can be put in, before anything is worked for it.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">
    /// The file's name is a wildcard (<c>WildcardInFileName</c>), the path is that of a folder (<c>FolderGiven</c>), or the file's folder is not there (<c>FolderNotFound</c>).
    /// </exception>
    public static void ThrowIfNoFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // Some systems would take them for characters of the name, and keep a file that is hard to get rid of.
        if (Path.GetFileName(path).AsSpan().ContainsAny('*', '?'))
        {
            throw new N2DException("WildcardInFileName", ErrorKind.InvalidArgument, $"'{path}' is a wildcard, and what is written goes to one file. Give its name, without * and ?.", path);
        }

        if (Directory.Exists(path))
        {
            throw new N2DException("FolderGiven", ErrorKind.InvalidArgument, $"'{path}' is a folder; give the name of a file in it.", path);
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw new N2DException("FolderNotFound", ErrorKind.NotFound, $"There is no folder '{folder}' to put the file in. Make it first.", folder);
        }
    }

    /// <summary>Refuses to replace a file that must stay.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="keepExisting">Whether any file that is there stays.</param>
    /// <param name="replaceReadOnly">Whether even one that is read-only goes.</param>
    /// <exception cref="N2DException">A file is there (<c>FileExists</c>), or is read-only (<c>FileReadOnly</c>).</exception>
    public static void CheckReplaceable(string path, bool keepExisting, bool replaceReadOnly)
    {
        var file = new FileInfo(path);
        if (file.Exists && keepExisting)
        {
            throw new N2DException("FileExists", ErrorKind.InvalidArgument, $"'{path}' is there already, and -NoClobber says to keep it.", path);
        }

        if (file.Exists && file.IsReadOnly && !replaceReadOnly)
        {
            throw new N2DException("FileReadOnly", ErrorKind.AccessDenied, $"'{path}' is read-only. Use -Force to replace it all the same.", path);
        }
    }

    /// <summary>Writes a file beside its place and renames it, over one that is there.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="write">Writes what is to be in it.</param>
    /// <exception cref="N2DException">It cannot be written (<c>FileNotWritten</c>); one that was there is as it was.</exception>
    internal static void Write(string path, Action<Stream> write)
    {
        var aside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(aside, FileMode.CreateNew))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new N2DException(
                "FileNotWritten",
                error is UnauthorizedAccessException ? ErrorKind.AccessDenied : ErrorKind.OutOfResources,
                $"'{path}' cannot be written: {error.Message}",
                path,
                error);
        }
        finally
        {
            File.Delete(aside);
        }
    }
}
