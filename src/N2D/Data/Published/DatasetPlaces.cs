namespace N2D.Data;

/// <summary>Where the files of a named data set are looked for.</summary>
internal static class DatasetPlaces
{
    /// <summary>The environment variable of the folder that holds a folder for each data set.</summary>
    public const string Variable = "N2D_DATA";

    /// <summary>How deep below a folder: a folder of the data set may hold the one that its archive makes.</summary>
    private const int Depth = 2;

    private static readonly EnumerationOptions Visible = new() { IgnoreInaccessible = true };

    /// <summary>The user's own folder that holds a folder for each data set; empty if the system knows none.</summary>
    public static string UserFolder => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } folder ? Path.Combine(folder, "N2D") : "";

    /// <summary>The places that a user gave.</summary>
    /// <param name="paths">Full paths of folders, archives and files.</param>
    /// <param name="names">What folders and archives of the data set are called.</param>
    public static IEnumerable<FilePlace> Given(IReadOnlyList<string> paths, IReadOnlyList<string> names)
    {
        var archives = paths.Where(path => File.Exists(path) && (ArchiveFile.HasArchiveExtension(path) || ArchiveFile.IsArchive(InputFile.ReadHead(new FileLocation(path), ArchiveFile.MagicLength)))).ToList();
        var files = paths.Where(path => File.Exists(path) && !archives.Contains(path)).ToList();
        return [
            .. files.Count > 0 ? [new GivenFiles(files)] : Array.Empty<FilePlace>(),
            .. archives.Select(path => new ArchivePlace(new FileLocation(path))),
            .. paths.Where(path => !File.Exists(path)).SelectMany(path => Under(path, names, Depth).Prepend(new FolderPlace(path)))];
    }

    /// <summary>
    /// The places that are looked into unasked: under the folder that <see cref="Variable"/> names, where a package of the system puts the files, and under
    /// <see cref="UserFolder"/>. Only what is called like the data set counts, as others have files of the same names.
    /// </summary>
    /// <param name="names">What folders and archives of the data set are called; the first is named in errors.</param>
    /// <param name="systemFolder">Where a package of the system puts it; null if none does.</param>
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

        foreach (var folder in Directory.EnumerateDirectories(parent, "*", Visible).Order(StringComparer.Ordinal).Where(folder => names.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase)))
        {
            yield return new FolderPlace(folder);
            foreach (var place in Under(folder, names, depth - 1))
            {
                yield return place;
            }
        }

        foreach (var file in Directory.EnumerateFiles(parent, "*", Visible).Order(StringComparer.Ordinal).Where(ArchiveFile.HasArchiveExtension))
        {
            if (names.Contains(Path.GetFileNameWithoutExtension(file), StringComparer.OrdinalIgnoreCase))
            {
                yield return new ArchivePlace(new FileLocation(file));
            }
        }
    }
}
