namespace N2D.Files;

/// <summary>Tells a file that another process has locked from one that cannot be opened for another reason.</summary>
internal static class LockedFile
{
    /// <summary>EAGAIN of Linux and of macOS, ERROR_SHARING_VIOLATION.</summary>
    private static readonly int[] Codes = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Whether an error says so.</summary>
    /// <param name="error">The error.</param>
    public static bool IsMeantBy(IOException error) => Codes.Contains(error.HResult);
}
