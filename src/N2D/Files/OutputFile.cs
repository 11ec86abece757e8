namespace N2D.Files;

/// <summary>Writes output files atomically: a file is complete, or does not exist.</summary>
/// <remarks>
/// The output is written to a temporary file in the same folder, which is renamed when it is complete. A symbolic link is kept, and its
/// target is replaced. An existing file keeps its mode and, if the system permits it, its owner; access control lists and extended
/// attributes are those of a new file. A rename would separate hard links, so <see cref="ThrowIfNotWritable"/> rejects a file that has
/// several. Writing through them would expose incomplete content, and leave it if the process is killed.
/// </remarks>
public static class OutputFile
{
    /// <summary>
    /// Checks whether a file can be written, before any work is done for it. Creates a temporary file in its folder and deletes it.
    /// </summary>
    /// <param name="path">Full path.</param>
    /// <param name="options">
    /// Whether to replace existing files. Null for a caller without these options: regular files are replaced, but not read-only or
    /// hard-linked ones.
    /// </param>
    /// <param name="byteCount">The length of the file in bytes, if known.</param>
    /// <exception cref="N2DException">
    /// The path cannot be a file: <c>WildcardInFileName</c>, <c>NameTooLong</c>, <c>FolderGiven</c>, <c>NotAFile</c> (a device, a pipe, a
    /// socket), <c>FolderNotFound</c>, <c>FolderNotWritable</c>. The existing file must not be replaced: <c>FileExists</c>,
    /// <c>FileReadOnly</c>, <c>HardLinked</c>, <c>FileNotReplaceable</c>. The file system has not enough free space: <c>NotEnoughSpace</c>.
    /// </exception>
    public static void ThrowIfNotWritable(string path, OutputOptions? options = null, long byteCount = 0)
    {
        var place = OutputPlace.Of(path);
        place.ThrowIfProtected(options);
        using var temporary = TemporaryFile.Create(place);
        place.ThrowIfOwnedByOther(temporary.Owner);
        place.ThrowIfNoSpace(byteCount);
    }

    /// <summary>Writes a temporary file and renames it when it is complete. An existing file is replaced.</summary>
    /// <param name="path">Full path. If it is a symbolic link, its target is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="byteCount">The length of the file in bytes, if known.</param>
    /// <exception cref="N2DException">
    /// The file cannot be written (<c>FileNotWritten</c>, <c>NotEnoughSpace</c>), or the path cannot be a file (see
    /// <see cref="ThrowIfNotWritable"/>). An existing file is unchanged.
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
                $"'{path}' cannot be written: {error.Message.TrimEnd('.')}. Check the path and the free space, or use another folder.",
                path,
                error);
        }
    }
}
