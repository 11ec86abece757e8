namespace N2D.Files;

/// <summary>Where an output file really goes: behind symbolic links, and never over a device or a pipe.</summary>
internal sealed class OutputPlace
{
    /// <summary>As many as Linux follows.</summary>
    private const int MostLinks = 40;
    private const uint Root = 0;

    private readonly string _given;

    private OutputPlace(string given, string path, FileStatus? status)
    {
        _given = given;
        Path = path;
        Folder = System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".";
        Status = status;
    }

    /// <summary>Full path of the file itself, which is no symbolic link.</summary>
    public string Path { get; }

    /// <summary>The folder of that path.</summary>
    public string Folder { get; }

    /// <summary>The status of the file that is there; null if there is none, and on Windows.</summary>
    public FileStatus? Status { get; }

    /// <summary>Finds the place of a file and refuses paths that cannot be one.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">
    /// The name is a wildcard (<c>WildcardInFileName</c>) or longer than the file system allows (<c>NameTooLong</c>), the path is a folder (<c>FolderGiven</c>) or something
    /// else that is no regular file (<c>NotAFile</c>), or its folder does not exist (<c>FolderNotFound</c>) or may not be entered (<c>FolderNotWritable</c>).
    /// </exception>
    public static OutputPlace Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);

        // Some systems accept them in a name, and the file is then hard to delete.
        if (System.IO.Path.GetFileName(path).AsSpan().ContainsAny('*', '?'))
        {
            throw new N2DException("WildcardInFileName", ErrorKind.InvalidArgument, $"'{path}' is a wildcard, and the output is one file. Give its name, without * and ?.", path);
        }

        if (Directory.Exists(path) || System.IO.Path.EndsInDirectorySeparator(path))
        {
            throw new N2DException("FolderGiven", ErrorKind.InvalidArgument, $"'{path}' is a folder; give the name of a file in it.", path);
        }

        var status = FileStatus.Of(path);
        if (status is { Type: not FileType.Regular } || path.StartsWith(@"\\.\", StringComparison.Ordinal))
        {
            throw new N2DException("NotAFile", ErrorKind.InvalidArgument, $"'{path}' is {NameOf(status?.Type)}, not a file. Give the path of a file, new or existing.", path);
        }

        ThrowIfNotReachable(path, path);
        var links = 0;
        var target = new FileInfo(path).LinkTarget is null ? path : Followed(path, path, ref links);
        ThrowIfNotReachable(path, target);
        return new OutputPlace(path, target, status);
    }

    /// <summary>Refuses to replace a file that must stay.</summary>
    /// <param name="keepExisting">Whether any existing file stays.</param>
    /// <param name="force">Whether a read-only file is replaced, and a file with several hard links under this name alone.</param>
    /// <exception cref="N2DException">
    /// The file exists (<c>FileExists</c>), is read-only (<c>FileReadOnly</c>), has several hard links (<c>HardLinked</c>), or the system does not let it be replaced (<c>FileNotReplaceable</c>).
    /// </exception>
    public void ThrowIfMustStay(bool keepExisting, bool force)
    {
        var file = new FileInfo(Path);
        if (!file.Exists)
        {
            return;
        }

        if (keepExisting)
        {
            throw new N2DException("FileExists", ErrorKind.InvalidArgument, $"'{_given}' already exists, and -NoClobber keeps it. Give another name, or omit -NoClobber.", _given);
        }

        if (file.IsReadOnly && !force)
        {
            throw new N2DException("FileReadOnly", ErrorKind.AccessDenied, $"'{_given}' is read-only. Give another name, or replace it with -Force where the cmdlet has it.", _given);
        }

        if (Status is { LinkCount: > 1 } && !force)
        {
            throw new N2DException(
                "HardLinked",
                ErrorKind.InvalidArgument,
                $"'{_given}' has {Status.LinkCount} hard links, and replacing it would leave the old content under the other names. Give another name, delete this one first, or replace this name alone with -Force where the cmdlet has it.",
                _given);
        }

        if (Status is { IsMounted: true })
        {
            throw NotReplaceable("it is a mount point. Mount its folder instead of the file");
        }
    }

    /// <summary>Refuses a file of another user in a folder with the sticky bit, such as /tmp: there a file is replaced by its owner or the folder's alone.</summary>
    /// <param name="user">The id of the user; null where it is not known.</param>
    /// <exception cref="N2DException">It is one (<c>FileNotReplaceable</c>).</exception>
    public void ThrowIfAnothers(uint? user)
    {
        if (!OperatingSystem.IsWindows() && Status is { } status && user is { } own and not Root && own != status.Owner && own != FileStatus.Of(Folder)?.Owner
            && File.GetUnixFileMode(Folder).HasFlag(UnixFileMode.StickyBit))
        {
            throw NotReplaceable("it belongs to another user, and its folder lets only owners replace files. Give another folder");
        }
    }

    /// <summary>Refuses a file that is larger than the free space.</summary>
    /// <param name="byteCount">The bytes of the file. An existing one is kept until the new one is complete.</param>
    /// <exception cref="N2DException">There is less space (<c>NotEnoughSpace</c>).</exception>
    public void ThrowIfNoSpace(long byteCount)
    {
        long free;
        try
        {
            free = byteCount > 0 ? new DriveInfo(System.IO.Path.GetFullPath(Folder)).AvailableFreeSpace : long.MaxValue;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Some network shares do not report it.
            return;
        }

        if (free < byteCount)
        {
            throw new N2DException(
                "NotEnoughSpace",
                ErrorKind.OutOfResources,
                $"'{_given}' takes {MachineMemory.TextOf(byteCount)}, and its file system has {MachineMemory.TextOf(free)} free. Free some space, or give another folder.",
                _given);
        }
    }

    /// <summary>The error of a folder that takes no new file.</summary>
    /// <param name="error">What the system reports.</param>
    public N2DException FolderNotWritable(Exception error) => new(
        "FolderNotWritable", ErrorKind.AccessDenied, $"No file can be created in '{Folder}': {error.Message.TrimEnd('.')}. Give another folder, or change its permissions.", _given, error);

    /// <summary>The error of a path that the file system refuses.</summary>
    private static N2DException NameTooLong(string path, Exception error) => new(
        "NameTooLong", ErrorKind.InvalidArgument, $"'{path}' is longer than the file system allows. Give a shorter name.", path, error);

    /// <summary>A look at a file that does not exist tells whether it could.</summary>
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
                    given == path ? $"There is no folder '{folder}' to put the file in. Create it first." : $"'{given}' is a symbolic link into the folder '{folder}', which does not exist. Create it first.",
                    folder);
            }
        }
        catch (UnauthorizedAccessException error)
        {
            throw new N2DException(
                "FolderNotWritable", ErrorKind.AccessDenied, $"'{given}' cannot be reached: {error.Message.TrimEnd('.')}. Give another folder, or change its permissions.", given, error);
        }
        catch (IOException error)
        {
            throw new N2DException("FileNotWritten", ErrorKind.InvalidArgument, $"'{given}' cannot be written: {error.Message.TrimEnd('.')}. Give another path.", given, error);
        }
    }

    /// <summary>The path behind symbolic links. A link starts from the folder that it really lies in, so the folder's own links come first.</summary>
    private static string Followed(string given, string path, ref int links)
    {
        if (System.IO.Path.GetDirectoryName(path) is not { Length: > 0 } folder)
        {
            return path;
        }

        folder = Followed(given, folder, ref links);
        var place = System.IO.Path.Combine(folder, System.IO.Path.GetFileName(path));
        if (new FileInfo(place).LinkTarget is not { } target)
        {
            return place;
        }

        if (++links > MostLinks)
        {
            throw new N2DException("NotAFile", ErrorKind.InvalidArgument, $"'{given}' is a symbolic link that leads back to itself. Delete it, or give the path of a file.", given);
        }

        return Followed(given, System.IO.Path.GetFullPath(target, folder), ref links);
    }

    private static string NameOf(FileType? type) => type switch
    {
        FileType.Pipe => "a pipe",
        FileType.Socket => "a socket",
        _ => "a device",
    };

    private N2DException NotReplaceable(string reason) => new("FileNotReplaceable", ErrorKind.AccessDenied, $"'{_given}' cannot be replaced: {reason}.", _given);
}
