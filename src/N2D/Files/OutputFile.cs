namespace N2D.Files;

/// <summary>A file to write: it is complete or it does not exist.</summary>
/// <remarks>
/// An output is written into a temporary file in the same folder and renamed when it is complete. A symbolic link stays, and its target is replaced. An existing file
/// keeps its mode and, where the system permits it, its owner; access control lists and extended attributes are those of a new file. A rename would separate hard links,
/// so <see cref="ThrowIfNotWritable"/> refuses a file that has several: to write through them would show readers half a file, and leave one if the process is killed.
/// </remarks>
public static class OutputFile
{
    /// <summary>Finds out whether a file can be written, before any work is done for it: creates a temporary file in its folder, and deletes it.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="keepExisting">Whether any existing file stays.</param>
    /// <param name="force">Whether a read-only file is replaced, and a file with several hard links under this name alone.</param>
    /// <param name="byteCount">The bytes of the file, as far as they are known.</param>
    /// <exception cref="N2DException">
    /// The path cannot be a file: <c>WildcardInFileName</c>, <c>NameTooLong</c>, <c>FolderGiven</c>, <c>NotAFile</c> (a device, a pipe, a socket), <c>FolderNotFound</c>,
    /// <c>FolderNotWritable</c>. The existing file must stay: <c>FileExists</c>, <c>FileReadOnly</c>, <c>HardLinked</c>, <c>FileNotReplaceable</c>. Or its file system has no
    /// space left for it: <c>NotEnoughSpace</c>.
    /// </exception>
    public static void ThrowIfNotWritable(string path, bool keepExisting = false, bool force = false, long byteCount = 0)
    {
        var place = OutputPlace.Of(path);
        place.ThrowIfMustStay(keepExisting, force);
        using var temporary = TemporaryFile.Create(place);
        place.ThrowIfAnothers(temporary.Owner);
        place.ThrowIfNoSpace(byteCount);
    }

    /// <summary>Writes a file into a temporary one and renames that when it is complete, over an existing one.</summary>
    /// <param name="path">Full path; of a symbolic link, the target is written.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="byteCount">The bytes of the file, as far as they are known.</param>
    /// <exception cref="N2DException">
    /// The file cannot be written (<c>FileNotWritten</c>, <c>NotEnoughSpace</c>) or the path cannot be a file (see <see cref="ThrowIfNotWritable"/>); an existing file is unchanged.
    /// </exception>
    internal static void Write(string path, Action<Stream> write, long byteCount = 0)
    {
        var place = OutputPlace.Of(path);
        using var temporary = TemporaryFile.Create(place);
        place.ThrowIfNoSpace(byteCount);
        try
        {
            write(temporary.Stream);
            temporary.MoveTo(place);
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
    }
}
