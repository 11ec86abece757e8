using System.Runtime.Versioning;

namespace N2D.Files;

/// <summary>A file that takes an output until it is complete. Its name is short, so that the output's own can be as long as the file system allows.</summary>
/// <remarks>
/// It is locked until it has its new name. A process that is killed leaves the file and loses the lock: the next writer in the folder deletes what is no longer locked. On Linux and
/// macOS the lock is one that readers share, as who opens the file by its new name must not be in the way, nor find it in his; who deletes locks it for himself alone meanwhile.
/// </remarks>
internal sealed class TemporaryFile : IDisposable
{
    private const string Pattern = ".n2d-????????.tmp";

    /// <summary>A name is lost to another process that takes the file for a dead one's between its creation and its lock: once is rare, twice is none.</summary>
    private const int MostAttempts = 10;

    /// <summary>Windows renames no file that is open like this: it is closed, and so not locked, from there to its new name. That takes no such time.</summary>
    private static readonly TimeSpan ShortestLife = OperatingSystem.IsWindows() ? TimeSpan.FromMinutes(10) : TimeSpan.Zero;

    /// <summary>Where the file system has no locks, only the time says that nobody writes any more.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    private readonly string _path;

    private TemporaryFile(string path, FileStream stream)
    {
        _path = path;
        Stream = stream;
    }

    /// <summary>Takes the output.</summary>
    public FileStream Stream { get; }

    /// <summary>The id of the user that the file system takes this process for; null where it does not report it.</summary>
    public uint? Owner => FileStatus.Of(Stream.SafeFileHandle)?.Owner;

    /// <summary>Creates a file, and deletes those that killed processes left in the folder.</summary>
    /// <param name="place">Where the output goes.</param>
    /// <exception cref="N2DException">The folder takes no new file (<c>FolderNotWritable</c>).</exception>
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
            // It gets the mode of the one that it replaces; until then it is nobody else's.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        for (var attempt = 1; ; attempt++)
        {
            var path = Path.Combine(place.Folder, Pattern.Replace("????????", Path.GetRandomFileName()[..8], StringComparison.Ordinal));
            try
            {
                var stream = new FileStream(path, options);
                if (File.Exists(path) || attempt == MostAttempts)
                {
                    DeleteLeftOvers(place.Folder, IsLocked(path) ? ShortestLife : LongestPause);
                    return new TemporaryFile(path, stream);
                }

                stream.Dispose();
            }
            catch (IOException error) when (attempt < MostAttempts && LockedFile.IsMeantBy(error))
            {
                // Another process has just locked the file, and deletes it.
            }
            catch (Exception error) when (error is UnauthorizedAccessException or IOException)
            {
                throw place.FolderNotWritable(error);
            }
        }
    }

    /// <summary>Puts the file in its place, with the mode and, where the system permits it, the owner of the one that it replaces.</summary>
    /// <param name="place">Its place.</param>
    public void MoveTo(OutputPlace place)
    {
        Stream.Flush(flushToDisk: true);
        if (!OperatingSystem.IsWindows())
        {
            TakeOver(place.Path);
        }

        if (OperatingSystem.IsWindows())
        {
            Stream.Dispose();
        }

        File.Move(_path, place.Path, overwrite: true);
    }

    /// <summary>Deletes the file, unless it was put in its place.</summary>
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // What could not be written before cannot be written now; that error is reported already.
        }

        TryDelete(_path);
    }

    private static void DeleteLeftOvers(string folder, TimeSpan age)
    {
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, Pattern))
            {
                // On Windows a question mark stands for no character as well.
                if (Path.GetFileName(path.AsSpan()).Length == Pattern.Length && FileStatus.Of(path) is null or { Type: FileType.Regular }
                    && (age == TimeSpan.Zero || DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > age))
                {
                    DeleteUnlessLocked(path);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that may be written but not listed.
        }
    }

    /// <summary>Whether a process has the file open, or it cannot be told.</summary>
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

    /// <summary>Deletes a file that no process has open. It has it locked meanwhile: what another process locks after that has no name any more, which that process finds out.</summary>
    private static void DeleteUnlessLocked(string path)
    {
        try
        {
            using var stream = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is locked, or not ours to delete.
        }
    }

    /// <summary>Deletes a file if it can; the error that led here is the one to report.</summary>
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
    private void TakeOver(string existing)
    {
        if (!File.Exists(existing))
        {
            return;
        }

        try
        {
            var mode = File.GetUnixFileMode(existing);
            if (FileStatus.Of(existing) is { } status && FileStatus.Of(Stream.SafeFileHandle) is { } own && (own.Owner, own.Group) != (status.Owner, status.Group)
                && !FileStatus.TryChangeOwner(_path, status.Owner, status.Group)
                && !FileStatus.TryChangeOwner(_path, null, status.Group))
            {
                // What the old group was allowed to do must not go to another group.
                const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;
                mode &= ~Group | (UnixFileMode)(((int)mode & 7) << 3);
            }

            File.SetUnixFileMode(_path, mode & (UnixFileMode)511);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A file system without modes.
        }
    }
}
