using N2D.Files;

namespace N2D.Autoencoders;

/// <summary>
/// A temporary folder beside the installed ones. An installation is complete there before it is renamed. Only one process at a time has
/// such a folder; those that killed processes left are deleted.
/// </summary>
internal sealed class StagingFolder : IDisposable
{
    private const string LockName = ".n2d.lock";
    private const string ReplacedName = "replaced";
    private const string RemovedName = "removed";

    private readonly string _root;
    private readonly string _folder;
    private readonly FileStream _lock;

    private StagingFolder(string root, FileStream locked)
    {
        (_root, _lock) = (root, locked);
        foreach (var left in Directory.EnumerateDirectories(root, TemporaryName.Pattern).Where(TemporaryName.Is))
        {
            RestoreReplaced(left);
            TryDelete(left);
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
            Directory.CreateDirectory(root);
            var locked = LockedFile.Take(Path.Combine(root, LockName));
            try
            {
                return new StagingFolder(root, locked);
            }
            catch
            {
                locked.Dispose();
                throw;
            }
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
    /// The existing installation is in use (<c>LibtorchInUse</c>), or the folder cannot be renamed (<c>InstallationFailed</c>).
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
            RestoreReplaced(_folder);
            throw new N2DException(
                "InstallationFailed",
                ErrorKind.AccessDenied,
                $"'{New}' cannot be renamed to '{target}': {error.Message}",
                target,
                error);
        }
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
            Directory.Move(target, Path.Combine(_folder, name, Path.GetFileName(target)));
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
        TryDelete(_folder);
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

    /// <summary>Puts back what was replaced by an installation that did not end.</summary>
    private void RestoreReplaced(string folder)
    {
        var replaced = Path.Combine(folder, ReplacedName);
        foreach (var old in Directory.Exists(replaced) ? Directory.GetDirectories(replaced) : [])
        {
            var target = Path.Combine(_root, Path.GetFileName(old));
            if (!Directory.Exists(target))
            {
                Directory.Move(old, target);
            }
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // On Windows, a process may still have a library open. The next installation deletes the folder.
        }
    }
}
