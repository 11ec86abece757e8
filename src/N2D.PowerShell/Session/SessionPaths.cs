using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>Resolves paths as typed to full paths of the file system.</summary>
internal static class SessionPaths
{
    /// <summary>The full path of a file, without wildcards.</summary>
    /// <param name="session">The session, which has a current location and provider drives.</param>
    /// <param name="path">Absolute or relative to the current location; not a wildcard.</param>
    /// <exception cref="N2DException">The path is not in the file system (<c>NotAFilePath</c>).</exception>
    public static string ResolveFilePath(this SessionState session, string path)
    {
        var resolved = session.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == "FileSystem"
            ? resolved
            : throw new N2DException(
                "NotAFilePath", ErrorKind.InvalidArgument, $"'{path}' is a path of the {provider.Name} provider. "
                    + "Give a path in the file system.", path);
    }

    /// <summary>The full paths of the files to read that a path matches.</summary>
    /// <param name="session">The session.</param>
    /// <param name="path">A path or wildcard. The name of an existing file or folder is not a wildcard.</param>
    /// <exception cref="N2DException">
    /// No file matches the wildcard (<c>NoFileMatches</c>), or the path stands for an object (<c>ObjectInPlaceOfPath</c>).
    /// </exception>
    public static IReadOnlyList<string> ResolveFilePaths(this SessionState session, string path)
    {
        TakesPathsAttribute.ThrowIfObject(path);
        var literal = session.ResolveFilePath(path);
        if (!WildcardPattern.ContainsWildcardCharacters(path) || Path.Exists(literal))
        {
            return [literal];
        }

        var files = session.Path.GetResolvedProviderPathFromPSPath(path, out _).Where(File.Exists).ToArray();
        return files.Length > 0
            ? files
            : throw new N2DException("NoFileMatches", ErrorKind.NotFound, $"No file matches '{path}'.", path);
    }
}
