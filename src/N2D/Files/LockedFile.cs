namespace N2D.Files;

/// <summary>Recognizes the errors of files that another process has locked.</summary>
internal static class LockedFile
{
    /// <summary>EAGAIN of Linux and macOS, and ERROR_SHARING_VIOLATION of Windows.</summary>
    private static readonly int[] Codes = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Whether an error means a locked file.</summary>
    /// <param name="error">The error.</param>
    public static bool IsCauseOf(IOException error) => Codes.Contains(error.HResult);
}
