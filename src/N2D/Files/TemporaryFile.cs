using System.Runtime.Versioning;

namespace N2D.Files;

/// <summary>
/// A temporary file for an output that is not complete (see <see cref="TemporaryName"/>).
/// </summary>
/// <remarks>
/// The file is locked until it is renamed. If the process is killed, the file remains, but not its lock: the next writer in the folder
/// deletes files that are not locked. On Linux and macOS the lock is shared, so that a reader can open the file under its new name at once.
/// A writer that deletes a file locks it exclusively.
/// </remarks>
internal sealed class TemporaryFile : IDisposable
{
    /// <summary>
    /// An attempt fails if another process deletes the new file before it is locked. This is rare, and does not happen many times in a row.
    /// </summary>
    private const int MaxAttempts = 10;

    /// <summary>
    /// The minimum age for deleting a file. Windows cannot rename an open file, so it is closed, and not locked, for a short time before
    /// the rename.
    /// </summary>
    private static readonly TimeSpan MinAge = OperatingSystem.IsWindows() ? TimeSpan.FromMinutes(10) : TimeSpan.Zero;

    /// <summary>The minimum age for deleting a file if the file system has no locks.</summary>
    private static readonly TimeSpan MinAgeWithoutLocks = TimeSpan.FromDays(1);

    private readonly string _path;

    private TemporaryFile(string path, FileStream stream)
    {
        _path = path;
        Stream = stream;
    }

    /// <summary>The stream for the output.</summary>
    public FileStream Stream { get; }

    /// <summary>The user id that the file system uses for this process; null if it is unknown.</summary>
    public uint? Owner => FileStatus.Of(Stream.SafeFileHandle)?.Owner;

    /// <summary>Creates a file, and deletes the files that killed processes left in the folder.</summary>
    /// <param name="place">The place of the output.</param>
    /// <exception cref="N2DException">No file can be created in the folder (<c>FolderNotWritable</c>).</exception>
    public static TemporaryFile Create(OutputPlace place)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = OperatingSystem.IsWindows() ? FileShare.None : FileShare.Read,
        };
        if (!OperatingSystem.IsWindows() && File.Exists(place.Path))
        {
            // The file gets the mode of the replaced file when it is complete. Until then only the user can access it.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        for (var attempt = 1; ; attempt++)
        {
            var path = TemporaryName.NewPath(place.Folder);
            try
            {
                var stream = new FileStream(path, options);
                if (File.Exists(path) || attempt == MaxAttempts)
                {
                    DeleteOrphans(place.Folder, IsLocked(path) ? MinAge : MinAgeWithoutLocks);
                    return new TemporaryFile(path, stream);
                }

                stream.Dispose();
            }
            catch (IOException error) when (attempt < MaxAttempts && LockedFile.IsCauseOf(error))
            {
                // Another process has locked the new file to delete it.
            }
            catch (Exception error) when (error is UnauthorizedAccessException or IOException)
            {
                throw place.FolderNotWritable(error);
            }
        }
    }

    /// <summary>
    /// Renames the file to the output. It gets the mode and, if the system permits it, the owner of the file that it replaces.
    /// </summary>
    /// <param name="place">The place of the output.</param>
    public void MoveTo(OutputPlace place)
    {
        Stream.Flush(flushToDisk: true);
        if (!OperatingSystem.IsWindows())
        {
            CopyModeAndOwner(place.Path);
        }

        if (OperatingSystem.IsWindows())
        {
            Stream.Dispose();
        }

        FileReplacement.Replace(_path, place.Path, TemporaryName.NewPath(place.Folder));
    }

    /// <summary>Deletes the file unless it was renamed.</summary>
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // The error of the failed write has been reported.
        }

        TryDelete(_path);
    }

    private static void DeleteOrphans(string folder, TimeSpan age)
    {
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, TemporaryName.Pattern))
            {
                if (TemporaryName.Is(path) && FileStatus.Of(path) is null or { Type: FileType.Regular }
                    && (age == TimeSpan.Zero || DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > age))
                {
                    DeleteUnlessLocked(path);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder is writable but cannot be listed.
        }
    }

    /// <summary>Whether a process has the file open, or this cannot be determined.</summary>
    private static bool IsLocked(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>
    /// Deletes a file that no process has open. It is locked exclusively meanwhile. A process that locks it afterward finds that its name
    /// no longer exists.
    /// </summary>
    private static void DeleteUnlessLocked(string path)
    {
        try
        {
            using var stream = LockedFile.Open(path, FileMode.Open);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The file is locked, or the user may not delete it.
        }
    }

    /// <summary>Tries to delete a file. Errors are ignored, because the caller reports an earlier one.</summary>
    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    [UnsupportedOSPlatform("windows")]
    private void CopyModeAndOwner(string existing)
    {
        if (!File.Exists(existing))
        {
            return;
        }

        try
        {
            var mode = File.GetUnixFileMode(existing);
            if (FileStatus.Of(existing) is { } status
                && FileStatus.Of(Stream.SafeFileHandle) is { } own
                && (own.Owner, own.Group) != (status.Owner, status.Group)
                && !FileStatus.TryChangeOwner(_path, status.Owner, status.Group)
                && !FileStatus.TryChangeOwner(_path, null, status.Group))
            {
                // The permissions of the old group must not apply to another group.
                const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
                mode &= ~Group | (UnixFileMode)(((int)mode & 7) << 3);
            }

            File.SetUnixFileMode(_path, mode & (UnixFileMode)511);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The file system has no modes.
        }
    }
}
