using N2D.Files;

namespace N2D.Autoencoders;

/// <summary>
/// A temporary folder beside the installed ones. An installation is complete there before it is renamed. Only one process at a time has
/// such a folder; those that killed processes left are deleted.
/// </summary>
internal sealed class StagingFolder : IDisposable
{
    private const string Pattern = ".n2d-????????.tmp";
    private const string LockName = ".n2d.lock";

    private readonly string _root;
    private readonly string _folder;
    private readonly FileStream _lock;

    private StagingFolder(string root, FileStream locked)
    {
        (_root, _lock) = (root, locked);
        foreach (var left in Directory.EnumerateDirectories(root, Pattern))
        {
            TryDelete(left);
        }

        _folder = Path.Combine(root, Pattern.Replace("????????", Path.GetRandomFileName()[..8], StringComparison.Ordinal));
        (New, Old, Downloads) = (Path.Combine(_folder, "new"), Path.Combine(_folder, "old"), Path.Combine(_folder, "downloads"));
        Directory.CreateDirectory(New);
        Directory.CreateDirectory(Downloads);
    }

    /// <summary>The folder for the new files.</summary>
    public string New { get; }

    /// <summary>The folder for downloads.</summary>
    public string Downloads { get; }

    private string Old { get; }

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
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                Options = FileOptions.DeleteOnClose,
            };
            return new StagingFolder(root, new FileStream(Path.Combine(root, LockName), options));
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
    /// <exception cref="N2DException">The existing installation is in use (<c>LibtorchInUse</c>).</exception>
    public void MoveTo(string target)
    {
        Remove(target);
        try
        {
            Directory.Move(New, target);
        }
        catch
        {
            if (Directory.Exists(Old))
            {
                Directory.Move(Old, target);
            }

            throw;
        }
    }

    /// <summary>Removes an installation if there is one.</summary>
    /// <param name="target">Full path of the installation.</param>
    /// <exception cref="N2DException">It is in use (<c>LibtorchInUse</c>).</exception>
    public void Remove(string target)
    {
        if (!Directory.Exists(target))
        {
            return;
        }

        try
        {
            Directory.Move(target, Old);
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
        catch (IOException)
        {
            // There are other installations.
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
