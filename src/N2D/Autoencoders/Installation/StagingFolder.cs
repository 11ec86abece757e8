using N2D.Files;

namespace N2D.Autoencoders;

/// <summary>
/// A temporary folder beside the installed ones. An installation is complete there before it is renamed. Only one process at a time has
/// such a folder. Those that killed processes left are deleted, after the installations that were replaced in them are put back.
/// </summary>
internal sealed class StagingFolder : IDisposable
{
    private const string LockName = ".n2d.lock";
    private const string ReplacedName = "replaced";
    private const string RemovedName = "removed";
    private const int MaxAttempts = 10;

    private readonly string _root;
    private readonly string _folder;
    private readonly FileStream _lock;

    private StagingFolder(string root, FileStream locked)
    {
        (_root, _lock) = (root, locked);
        foreach (var left in Directory.EnumerateDirectories(root, TemporaryName.Pattern).Where(TemporaryName.Is))
        {
            TryRestoreReplaced(left);
            DeleteUnlessNeeded(left);
        }

        _folder = TemporaryName.NewPath(root);
        (New, Downloads) = (Path.Combine(_folder, "new"), Path.Combine(_folder, "downloads"));
        foreach (var folder in new[] { New, Downloads, Path.Combine(_folder, ReplacedName), Path.Combine(_folder, RemovedName) })
        {
            Directory.CreateDirectory(folder);
        }
    }

    /// <summary>The folder for the new files.</summary>
    public string New { get; }

    /// <summary>The folder for downloads.</summary>
    public string Downloads { get; }

    /// <summary>Creates the folder.</summary>
    /// <param name="root">Full path of the folder of all installations. It is created if necessary.</param>
    /// <exception cref="N2DException">
    /// Another process installs or uninstalls (<c>InstallationRunning</c>), or the folder is not writable (<c>FolderNotWritable</c>).
    /// </exception>
    public static StagingFolder Create(string root)
    {
        try
        {
            return CreateLocked(root);
        }
        catch (IOException error) when (LockedFile.IsCauseOf(error))
        {
            throw new N2DException(
                "InstallationRunning",
                ErrorKind.Unavailable,
                $"Another process is changing the libtorch in '{root}'. Try again when it is finished.",
                root,
                error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new N2DException(
                "FolderNotWritable", ErrorKind.AccessDenied, $"No folder can be created in '{root}': {error.Message}", root, error);
        }
    }

    /// <summary>Renames the new files to an installation. An installation of this name is removed if that succeeds.</summary>
    /// <param name="target">Full path of the installation.</param>
    /// <exception cref="N2DException">
    /// The existing installation is in use (<c>LibtorchInUse</c>), or the folder cannot be renamed (<c>InstallationFailed</c>). Then the
    /// existing installation is put back; if this fails as well, it is kept, and the next staging folder puts it back.
    /// </exception>
    public void MoveTo(string target)
    {
        MoveAside(target, ReplacedName);
        try
        {
            // Virus scanners open new files, usually for less than a second.
            FileReplacement.Retry(() => Directory.Move(New, target));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotRenamed(target, error, TryRestoreReplaced(_folder));
        }

        TryRestoreReplaced(_folder);
    }

    /// <summary>Removes an installation if there is one.</summary>
    /// <param name="target">Full path of the installation.</param>
    /// <exception cref="N2DException">It is in use (<c>LibtorchInUse</c>).</exception>
    public void Remove(string target) => MoveAside(target, RemovedName);

    private void MoveAside(string target, string name)
    {
        if (!Directory.Exists(target))
        {
            return;
        }

        try
        {
            FileReplacement.Retry(() => Directory.Move(target, Path.Combine(_folder, name, Path.GetFileName(target))));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new N2DException(
                "LibtorchInUse",
                ErrorKind.Unavailable,
                $"'{target}' cannot be replaced or removed: {error.Message.TrimEnd('.')}. End the processes that use it, and try again.",
                target,
                error);
        }
    }

    /// <summary>Deletes the folder, and the folders of the installations if they are empty.</summary>
    public void Dispose()
    {
        DeleteUnlessNeeded(_folder);
        _lock.Dispose();
        try
        {
            Directory.Delete(_root);
            Directory.Delete(Path.GetDirectoryName(_root)!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // There are other installations, or other programs use the folder.
        }
    }

    /// <summary>Locks the folder of all installations, which is created if necessary, and creates a folder in it.</summary>
    private static StagingFolder CreateLocked(string root)
    {
        for (var attempt = 1; ; attempt++)
        {
            FileStream? locked = null;
            try
            {
                Directory.CreateDirectory(root);
                locked = LockedFile.Take(Path.Combine(root, LockName));
                return new StagingFolder(root, locked);
            }
            catch (Exception error) when (attempt < MaxAttempts
                && (error is IOException or UnauthorizedAccessException) && !LockedFile.IsCauseOf(error))
            {
                // Another process may have ended, and deleted the empty folder since it was created here. The error depends on what a
                // third process does at the same time.
                locked?.Dispose();
            }
            catch
            {
                locked?.Dispose();
                throw;
            }
        }
    }

    private N2DException NotRenamed(string target, Exception error, Exception? restoring) => new(
        "InstallationFailed",
        ErrorKind.AccessDenied,
        $"'{New}' cannot be renamed to '{target}': {error.Message.TrimEnd('.')}."
            + (restoring is null
                ? ""
                : $" The former libtorch cannot be put back either: {restoring.Message.TrimEnd('.')}. It is in "
                    + $"'{Path.Combine(_folder, ReplacedName)}'. The next installation puts it back."),
        target,
        error);

    /// <summary>Puts back what an incomplete installation replaced. What a complete one replaced is no longer needed.</summary>
    /// <returns>Why this failed; null if it succeeded.</returns>
    private Exception? TryRestoreReplaced(string folder)
    {
        try
        {
            foreach (var old in ReplacedIn(folder))
            {
                var (name, removed) = (Path.GetFileName(old), Path.Combine(folder, RemovedName));
                var target = Path.Combine(_root, name);
                Directory.CreateDirectory(removed);
                FileReplacement.Retry(() => Directory.Move(old, Directory.Exists(target) ? Path.Combine(removed, name) : target));
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error;
        }
    }

    private static string[] ReplacedIn(string folder)
    {
        var replaced = Path.Combine(folder, ReplacedName);
        return Directory.Exists(replaced) ? Directory.GetDirectories(replaced) : [];
    }

    /// <summary>Deletes a folder, unless it has the only copy of an installation.</summary>
    private static void DeleteUnlessNeeded(string folder)
    {
        try
        {
            if (ReplacedIn(folder).Length == 0)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // On Windows, a process may still have a library open. The next installation deletes the folder.
        }
    }
}
