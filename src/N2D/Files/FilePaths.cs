namespace N2D.Files;

/// <summary>Compares paths as the file systems of this system do by default.</summary>
public static class FilePaths
{
    /// <summary>Whether names that differ only in case are different files: not on Windows and macOS.</summary>
    public static bool HaveCase => !OperatingSystem.IsWindows() && !OperatingSystem.IsMacOS();

    /// <summary>The comparison of paths.</summary>
    public static StringComparer Comparer => HaveCase ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
}
