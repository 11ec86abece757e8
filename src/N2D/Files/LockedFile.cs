namespace N2D.Files;

/// <summary>Files that only one process can open.</summary>
internal static class LockedFile
{
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

    /// <summary>Whether an error means a locked file.</summary>
    /// <param name="error">The error.</param>
    public static bool IsCauseOf(Exception error) => error is IOException && Codes.Contains(error.HResult);
}
