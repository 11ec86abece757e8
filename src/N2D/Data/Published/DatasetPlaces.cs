namespace N2D.Data;

/// <summary>Lists the places to search for the files of a named data set.</summary>
internal static class DatasetPlaces
{
    /// <summary>The environment variable for the folder that contains a folder for each data set.</summary>
    public const string Variable = "N2D_DATA";

    /// <summary>The number of folder levels to search: the folder of a data set can contain the folder from its archive.</summary>
    private const int Depth = 2;

    private static readonly EnumerationOptions Visible = new() { IgnoreInaccessible = true };

    /// <summary>The user's folder that contains a folder for each data set; empty if the system has none.</summary>
    public static string UserFolder =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } folder
            ? Path.Combine(folder, "N2D")
            : "";

    /// <summary>Returns the places that a user gave.</summary>
    /// <param name="paths">The full paths of folders, archives and files.</param>
    /// <param name="names">The possible names of a folder or an archive of the data set.</param>
    public static IEnumerable<FilePlace> Given(IReadOnlyList<string> paths, IReadOnlyList<string> names)
    {
        var archives = paths.Where(path => File.Exists(path) && IsArchive(path)).ToList();
        var files = paths.Where(path => File.Exists(path) && !archives.Contains(path)).ToList();
        return [
            .. files.Count > 0 ? [new GivenFiles(files)] : Array.Empty<FilePlace>(),
            .. archives.Select(path => new ArchivePlace(new FileLocation(path))),
            .. paths.Where(path => !File.Exists(path)).SelectMany(path => Under(path, names, Depth).Prepend(new FolderPlace(path)))];

        static bool IsArchive(string path) =>
            ArchiveFile.HasArchiveExtension(path)
                || ArchiveFile.IsArchive(InputFile.ReadHead(new FileLocation(path), ArchiveFile.MagicLength));
    }

    /// <summary>
    /// Returns the default places: in the folder that <see cref="Variable"/> names, in the folder of a system package, and in
    /// <see cref="UserFolder"/>. Only folders and archives with a name of the data set count, because data sets can have files with equal
    /// names.
    /// </summary>
    /// <param name="names">The possible names of a folder or an archive of the data set. Errors name the first one.</param>
    /// <param name="systemFolder">The folder of a system package with the files; null if there is none.</param>
    public static IEnumerable<FilePlace> Default(IReadOnlyList<string> names, string? systemFolder) =>
    [
        .. UnderOrMissing(Environment.GetEnvironmentVariable(Variable), names),
        .. systemFolder is null ? Array.Empty<FilePlace>() : [new FolderPlace(systemFolder)],
        .. UnderOrMissing(UserFolder, names)];

    private static List<FilePlace> UnderOrMissing(string? parent, IReadOnlyList<string> names)
    {
        if (string.IsNullOrEmpty(parent))
        {
            return [];
        }

        var places = Under(parent, names, Depth).ToList();
        return places.Count > 0 ? places : [new FolderPlace(Path.Combine(parent, names[0]))];
    }

    private static IEnumerable<FilePlace> Under(string parent, IReadOnlyList<string> names, int depth)
    {
        if (depth == 0 || !Directory.Exists(parent))
        {
            yield break;
        }

        var folders = Directory.EnumerateDirectories(parent, "*", Visible).Order(StringComparer.Ordinal);
        foreach (var folder in folders.Where(folder => names.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase)))
        {
            yield return new FolderPlace(folder);
            foreach (var place in Under(folder, names, depth - 1))
            {
                yield return place;
            }
        }

        var files = Directory.EnumerateFiles(parent, "*", Visible).Order(StringComparer.Ordinal);
        foreach (var file in files.Where(ArchiveFile.HasArchiveExtension))
        {
            if (names.Contains(Path.GetFileNameWithoutExtension(file), StringComparer.OrdinalIgnoreCase))
            {
                yield return new ArchivePlace(new FileLocation(file));
            }
        }
    }
}
