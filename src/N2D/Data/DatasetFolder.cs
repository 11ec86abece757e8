namespace N2D.Data;

/// <summary>The folders in which the published files of a named data set are looked for.</summary>
/// <param name="datasetName">The data set, for errors.</param>
/// <param name="folders">Where to look, in order; they need not exist.</param>
/// <param name="origin">Where to get the files, for errors.</param>
internal sealed class DatasetFolder(string datasetName, IReadOnlyList<string> folders, string origin)
{
    /// <summary>The environment variable of the folder that holds a folder for each data set.</summary>
    public const string Variable = "N2D_DATA";

    /// <summary>Finds the files of a data set, all of them in one folder.</summary>
    /// <param name="names">The published names, without .gz.</param>
    /// <returns>Full paths, in the order of the names.</returns>
    /// <exception cref="N2DException">One is in none of the folders (<c>DatasetFileNotFound</c>).</exception>
    public string[] FindAll(IReadOnlyList<string> names)
    {
        string[]? best = null;
        foreach (var folder in folders)
        {
            var found = names.Select(name => Find(folder, name)).OfType<string>().ToArray();
            if (found.Length == names.Count)
            {
                return found;
            }

            // Report what is missing in the folder that has most: that is the one the user meant.
            if (best is null || found.Length > best.Length)
            {
                best = found;
            }
        }

        throw NotFound(names, best ?? []);
    }

    /// <summary>The folder of a data set under that of all data sets, whatever its case; null if there is none.</summary>
    public static string? FindUnder(string? parent, string datasetName) =>
        Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent).FirstOrDefault(folder => Path.GetFileName(folder).Equals(datasetName, StringComparison.OrdinalIgnoreCase))
            : null;

    private static string? Find(string folder, string name) =>
        SpellingsOf(name).Select(spelling => Path.Combine(folder, spelling)).FirstOrDefault(File.Exists);

    /// <summary>The names that a file has where it is offered: compressed or not, and with a point where some unpackers put it.</summary>
    private static IEnumerable<string> SpellingsOf(string name)
    {
        var pointed = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        return new[] { name, $"{name}.gz", pointed, $"{pointed}.gz" }.Distinct();
    }

    private N2DException NotFound(IReadOnlyList<string> names, string[] found)
    {
        var missing = names.Where(name => !found.Any(path => SpellingsOf(name).Contains(Path.GetFileName(path)))).ToArray();
        var looked = folders.Count == 0 ? "nowhere, as no folder was given" : string.Join(" and ", folders.Select(folder => Directory.Exists(folder) ? $"'{folder}'" : $"'{folder}' (which is not there)"));
        return new N2DException(
            "DatasetFileNotFound",
            ErrorKind.NotFound,
            $"{datasetName} needs the file{(missing.Length > 1 ? "s" : "")} {string.Join(", ", missing.Select(name => $"'{name}'"))} (or .gz), looked for in: {looked}. "
                + $"Get them from {origin}. Put them into one folder and give it as -Path, or into the folder {datasetName} of the folder that the environment variable {Variable} names.",
            folders.Count > 0 ? folders[0] : datasetName);
    }
}
