namespace N2D.Files;

/// <summary>Files that only one process can open.</summary>
internal static class LockedFile
{
    private const int MaxAttempts = 10;

    /// <summary>EAGAIN of Linux and macOS, and ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows.</summary>
    private static readonly int[] Codes = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    /// <summary>Opens a file, locks it exclusively, and deletes it when it is closed.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="mode">Whether the file must exist.</param>
    /// <exception cref="IOException">Another process has the file open (see <see cref="IsCauseOf"/>), or it cannot be opened.</exception>
    public static FileStream Open(string path, FileMode mode) => new(
        path,
        new FileStreamOptions
        { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose });

    /// <summary>Creates a file if necessary, and locks it until it is closed, which deletes it.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="IOException">Another process has the lock (see <see cref="IsCauseOf"/>), or it cannot be created.</exception>
    public static FileStream Take(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            var file = Open(path, FileMode.OpenOrCreate);
            if (FileStatus.Of(file.SafeFileHandle) is not { LinkCount: 0 } || attempt == MaxAttempts)
            {
                return file;
            }

            // The last owner deleted the file after it was opened here and before it was locked. Closing it would delete the file that
            // has this name now, the lock of another process, so its handle is given up without closing it.
            file.SafeFileHandle.SetHandleAsInvalid();
        }
    }

    /// <summary>Whether an error means a locked file.</summary>
    /// <param name="error">The error.</param>
    public static bool IsCauseOf(Exception error) => error is IOException && Codes.Contains(error.HResult);
}
