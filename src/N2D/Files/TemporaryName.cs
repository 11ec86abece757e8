namespace N2D.Files;

/// <summary>
/// The names of temporary files and folders. They are short, so that the name of an output can be as long as the system allows.
/// </summary>
internal static class TemporaryName
{
    private const string Random = "????????";

    /// <summary>The pattern of the names, for a search in a folder.</summary>
    public const string Pattern = $".n2d-{Random}.tmp";

    /// <summary>Returns a new path in a folder. The name is random; a collision is very unlikely.</summary>
    /// <param name="folder">Full path of the folder.</param>
    public static string NewPath(string folder) =>
        Path.Combine(folder, Pattern.Replace(Random, Path.GetRandomFileName()[..Random.Length], StringComparison.Ordinal));

    /// <summary>
    /// Whether a path has such a name. A search alone finds shorter names, too: on Windows, a question mark also matches nothing.
    /// </summary>
    /// <param name="path">The path.</param>
    public static bool Is(string path) => Path.GetFileName(path.AsSpan()).Length == Pattern.Length;
}
