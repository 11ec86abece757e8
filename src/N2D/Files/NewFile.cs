namespace N2D.Files;

/// <summary>Creates files in temporary folders.</summary>
internal static class NewFile
{
    /// <summary>Creates a file and keeps other programs from opening it until it is closed.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="IOException">The file exists, or cannot be created.</exception>
    public static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
}
