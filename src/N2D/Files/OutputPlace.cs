namespace N2D.Files;

/// <summary>The place of an output file, with symbolic links resolved. Devices and pipes are rejected.</summary>
internal sealed class OutputPlace
{
    /// <summary>The limit of Linux.</summary>
    private const int MaxLinks = 40;
    private const uint Root = 0;

    private readonly string _given;

    private OutputPlace(string given, string path, FileStatus? status)
    {
        _given = given;
        Path = path;
        Folder = System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".";
        Status = status;
    }

    /// <summary>The full path of the file itself, which is not a symbolic link.</summary>
    public string Path { get; }

    /// <summary>The folder of <see cref="Path"/>.</summary>
    public string Folder { get; }

    /// <summary>The status of the existing file; null if there is none, and on Windows.</summary>
    public FileStatus? Status { get; }

    /// <summary>Resolves the path of an output file, and rejects paths that cannot be a file.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">
    /// The name is a wildcard (<c>WildcardInFileName</c>) or too long for the file system (<c>NameTooLong</c>), or the path is a folder
    /// (<c>FolderGiven</c>) or not a regular file (<c>NotAFile</c>), or its folder does not exist (<c>FolderNotFound</c>) or is not
    /// accessible (<c>FolderNotWritable</c>).
    /// </exception>
    public static OutputPlace Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // Some systems allow these characters, but such files are hard to delete.
        if (System.IO.Path.GetFileName(path).AsSpan().ContainsAny('*', '?'))
        {
            throw new N2DException(
                "WildcardInFileName",
                ErrorKind.InvalidArgument,
                $"'{path}' is a wildcard, but the output is one file. Use a name without * and ?.",
                path);
        }

        if (Directory.Exists(path) || System.IO.Path.EndsInDirectorySeparator(path))
        {
            throw new N2DException("FolderGiven", ErrorKind.InvalidArgument, $"'{path}' is a folder. Use the path of a file in it.", path);
        }

        var status = FileStatus.Of(path);
        if (status is { Type: not FileType.Regular } || path.StartsWith(@"\\.\", StringComparison.Ordinal))
        {
            throw new N2DException(
                "NotAFile",
                ErrorKind.InvalidArgument,
                $"'{path}' is {NameOf(status?.Type)}, not a file. Use the path of a new or existing file.",
                path);
        }

        ThrowIfNotReachable(path, path);
        var links = 0;
        var target = new FileInfo(path).LinkTarget is null ? path : ResolveLinks(path, path, ref links);
        ThrowIfNotReachable(path, target);
        return new OutputPlace(path, target, status);
    }

    /// <summary>Rejects a place with a file that must not be replaced.</summary>
    /// <param name="options">Whether to replace existing files. Null for a caller without these options.</param>
    /// <exception cref="N2DException">
    /// The file exists (<c>FileExists</c>), is read-only (<c>FileReadOnly</c>), has several hard links (<c>HardLinked</c>), or is a mount
    /// point or, on Windows, open in a program that does not permit its deletion (<c>FileNotReplaceable</c>).
    /// </exception>
    public void ThrowIfProtected(OutputOptions? options)
    {
        var file = new FileInfo(Path);
        if (!file.Exists)
        {
            return;
        }

        if (options is { NoClobber: true })
        {
            throw new N2DException(
                "FileExists",
                ErrorKind.InvalidArgument,
                $"'{_given}' already exists. Use another name, or omit {nameof(OutputOptions.NoClobber)}.",
                _given)
            {
                Options = [nameof(OutputOptions.NoClobber)],
            };
        }

        if (file.IsReadOnly && options is not { Force: true })
        {
            var remedy = options is null ? "make it writable" : $"use {nameof(OutputOptions.Force)} to replace it";
            throw NotForced("FileReadOnly", ErrorKind.AccessDenied, $"'{_given}' is read-only. Use another name, or {remedy}.", options);
        }

        if (Status is { LinkCount: > 1 } && options is not { Force: true })
        {
            var remedy = options is null
                ? "Use another name, or delete this one first."
                : $"Use another name, delete this one first, or use {nameof(OutputOptions.Force)} to replace this name only.";
            throw NotForced(
                "HardLinked",
                ErrorKind.InvalidArgument,
                $"'{_given}' has {Status.LinkCount} hard links, and replacing it would leave the old content under the other names. "
                    + remedy,
                options);
        }

        if (Status is { IsMounted: true })
        {
            throw NotReplaceable("it is a mount point. Mount its folder instead");
        }

        if (!FileReplacement.IsPossible(Path))
        {
            throw NotReplaceable("another program has it open and does not permit this. Close it there, or use another name");
        }
    }

    /// <summary>
    /// Rejects a file of another user in a folder with the sticky bit, such as /tmp. Only the owner of the file or of the folder can
    /// replace it.
    /// </summary>
    /// <param name="user">The id of the user; null if it is unknown.</param>
    /// <exception cref="N2DException">The file cannot be replaced (<c>FileNotReplaceable</c>).</exception>
    public void ThrowIfOwnedByOther(uint? user)
    {
        if (!OperatingSystem.IsWindows()
            && Status is { } status
            && user is { } own and not Root
            && own != status.Owner
            && own != FileStatus.Of(Folder)?.Owner
            && File.GetUnixFileMode(Folder).HasFlag(UnixFileMode.StickyBit))
        {
            throw NotReplaceable("it belongs to another user, and only owners can replace files in its folder. Use another folder");
        }
    }

    /// <summary>Rejects a file that is larger than the free space.</summary>
    /// <param name="byteCount">The length of the file in bytes. An existing file is kept until the new one is complete.</param>
    /// <exception cref="N2DException">There is not enough free space (<c>NotEnoughSpace</c>).</exception>
    public void ThrowIfNoSpace(long byteCount) => ThrowIfNoSpace(_given, Folder, byteCount);

    /// <summary>Rejects an output that is larger than the free space.</summary>
    /// <param name="given">The path of the output, for the message.</param>
    /// <param name="folder">The folder, which exists.</param>
    /// <param name="byteCount">The length of the output in bytes.</param>
    /// <exception cref="N2DException">There is not enough free space (<c>NotEnoughSpace</c>).</exception>
    public static void ThrowIfNoSpace(string given, string folder, long byteCount)
    {
        long free;
        try
        {
            free = byteCount > 0 ? new DriveInfo(System.IO.Path.GetFullPath(folder)).AvailableFreeSpace : long.MaxValue;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Some network shares do not report the free space.
            return;
        }

        if (free < byteCount)
        {
            throw new N2DException(
                "NotEnoughSpace",
                ErrorKind.OutOfResources,
                $"'{given}' needs {MachineMemory.TextOf(byteCount)}, but its file system has only {MachineMemory.TextOf(free)} free. "
                    + "Free some space, or use another folder.",
                given);
        }
    }

    /// <summary>Creates the error for a folder in which no file can be created.</summary>
    /// <param name="error">The exception of the system.</param>
    public N2DException FolderNotWritable(Exception error) => new(
        "FolderNotWritable",
        ErrorKind.AccessDenied,
        $"No file can be created in '{Folder}': {error.Message.TrimEnd('.')}. Use another folder, or change its permissions.",
        _given,
        error);

    /// <summary>Creates the error for a path that is too long.</summary>
    private static N2DException NameTooLong(string path, Exception error) => new(
        "NameTooLong", ErrorKind.InvalidArgument, $"'{path}' is longer than the file system allows. Use a shorter name.", path, error);

    /// <summary>
    /// Rejects paths that the system cannot access. The attributes are also queried if the file does not exist, to find the reason.
    /// </summary>
    private static void ThrowIfNotReachable(string given, string path)
    {
        try
        {
            _ = File.GetAttributes(path);
        }
        catch (PathTooLongException error)
        {
            throw NameTooLong(given, error);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
            {
                throw new N2DException(
                    "FolderNotFound",
                    ErrorKind.NotFound,
                    given == path
                        ? $"There is no folder '{folder}'. Create it first."
                        : $"'{given}' is a symbolic link to the folder '{folder}', which does not exist. Create it first.",
                    folder);
            }
        }
        catch (UnauthorizedAccessException error)
        {
            throw new N2DException(
                "FolderNotWritable",
                ErrorKind.AccessDenied,
                $"'{given}' is not accessible: {error.Message.TrimEnd('.')}. Use another folder, or change its permissions.",
                given,
                error);
        }
        catch (IOException error)
        {
            throw new N2DException(
                "FileNotWritten",
                ErrorKind.InvalidArgument,
                $"'{given}' cannot be written: {error.Message.TrimEnd('.')}. Use another path.",
                given,
                error);
        }
    }

    /// <summary>
    /// Resolves symbolic links. A relative link starts at the actual folder of the link, so links in the folder's path are resolved first.
    /// </summary>
    private static string ResolveLinks(string given, string path, ref int links)
    {
        if (System.IO.Path.GetDirectoryName(path) is not { Length: > 0 } folder)
        {
            return path;
        }

        folder = ResolveLinks(given, folder, ref links);
        var place = System.IO.Path.Combine(folder, System.IO.Path.GetFileName(path));
        if (new FileInfo(place).LinkTarget is not { } target)
        {
            return place;
        }

        if (++links > MaxLinks)
        {
            throw new N2DException(
                "NotAFile",
                ErrorKind.InvalidArgument,
                $"'{given}' is a symbolic link that leads back to itself. Delete it, or use another path.",
                given);
        }

        return ResolveLinks(given, System.IO.Path.GetFullPath(target, folder), ref links);
    }

    private static string NameOf(FileType? type) => type switch
    {
        FileType.Pipe => "a pipe",
        FileType.Socket => "a socket",
        _ => "a device",
    };

    private N2DException NotForced(string id, ErrorKind kind, string message, OutputOptions? options) =>
        new(id, kind, message, _given) { Options = options is null ? [] : [nameof(OutputOptions.Force)] };

    private N2DException NotReplaceable(string reason) =>
        new("FileNotReplaceable", ErrorKind.AccessDenied, $"'{_given}' cannot be replaced: {reason}.", _given);
}
