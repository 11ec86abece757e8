using N2D.Pipeline;

namespace N2D.Data;

/// <summary>A published data set that is known by name.</summary>
public sealed class NamedDataset
{
    private readonly Func<PublishedFiles, Execution, Dataset> _read;

    /// <summary>Describes a data set.</summary>
    /// <param name="name">What the user calls it.</param>
    /// <param name="title">What it holds, in a few words.</param>
    /// <param name="shape">The published numbers of rows, columns and classes.</param>
    /// <param name="read">Reads it from its files.</param>
    internal NamedDataset(string name, string title, (int Rows, int Columns, int Classes) shape, Func<PublishedFiles, Execution, Dataset> read)
    {
        Name = name;
        Title = title;
        (RowCount, Dimension, ClassCount) = shape;
        _read = read;
        FolderNames = [name];
    }

    /// <summary>What the user calls it.</summary>
    public string Name { get; }

    /// <summary>What it holds, in a few words.</summary>
    public string Title { get; }

    /// <summary>The number of rows, as published.</summary>
    public int RowCount { get; }

    /// <summary>The number of columns, as published.</summary>
    public int Dimension { get; }

    /// <summary>The number of classes, as published.</summary>
    public int ClassCount { get; }

    /// <summary>Where to get the files; null if the data set comes with this library.</summary>
    public string? Origin { get; internal init; }

    /// <summary>The files of each form that it is published in, in order of preference; none if it comes with this library.</summary>
    internal IReadOnlyList<PublishedFile[]> Forms { get; init; } = [];

    /// <summary>What a folder or an archive of it may be called under the folder of all data sets, in any case; its name unless told.</summary>
    internal IReadOnlyList<string> FolderNames { get; init; }

    /// <summary>Where a package of the system puts it; null if none does.</summary>
    internal string? SystemFolder { get; init; }

    /// <summary>Reads the data set.</summary>
    /// <param name="path">
    /// Full path of its folder, or of the archive that it is published as; null to look under the folder that the environment variable <c>N2D_DATA</c>
    /// names, where a package of the system puts it, and under the user's data folder. Not needed for a data set that comes with this library.
    /// </param>
    /// <param name="execution">How to run; warned if a file is not the published one.</param>
    /// <exception cref="N2DException">A file is missing (<c>DatasetFileNotFound</c>) or damaged.</exception>
    public Dataset Read(string? path = null, Execution? execution = null) => ReadFrom(path is null ? [] : [path], execution);

    /// <summary>Reads the data set.</summary>
    /// <param name="paths">As above, or full paths of its files; none to look where they usually are.</param>
    /// <param name="execution">How to run; warned if a file is not the published one.</param>
    /// <exception cref="N2DException">A file is missing (<c>DatasetFileNotFound</c>) or damaged.</exception>
    public Dataset ReadFrom(IReadOnlyList<string> paths, Execution? execution = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        execution ??= Execution.Default;
        var files = Forms.Count == 0 ? PublishedFiles.None : FindFiles(paths);
        WarnIfNotPublished(files, execution);
        return _read(files, execution);
    }

    /// <summary>Its name and size.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Title}, {RowCount} rows x {Dimension}, {ClassCount} classes");

    private PublishedFiles FindFiles(IReadOnlyList<string> paths)
    {
        FilePlace[] places = [.. paths.Count > 0 ? DatasetPlaces.Given(paths, FolderNames) : DatasetPlaces.Default(FolderNames, SystemFolder)];
        return PublishedFiles.Find(places, Forms) ?? throw NotFound(places);
    }

    private void WarnIfNotPublished(PublishedFiles files, Execution execution)
    {
        foreach (var file in Forms.SelectMany(form => form).Where(file => files.Contains(file.Name)))
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            if (execution.Warn is { } warn && file.Compare(files[file.Name]) is { } difference)
            {
                warn($"{difference} It is read as it is. If {Name} as published is meant, get it from {Origin}.");
            }
        }
    }

    private N2DException NotFound(FilePlace[] places)
    {
        var (missing, others) = places.Length == 0 ? ([.. Forms[0].Select(file => file.Name)], [.. Forms.Skip(1)]) : PublishedFiles.Missing(places, Forms);
        var instead = string.Concat(others.Select(form => $", or instead {ListOf([.. form.Select(file => file.Name)])}"));
        var looked = places.Length == 0 ? "nowhere, as no folder was given" : string.Join(" and ", places.Select(place => place.ToString()));
        var user = DatasetPlaces.UserFolder.Length > 0 ? $"of '{DatasetPlaces.UserFolder}' or " : "";
        return new N2DException(
            "DatasetFileNotFound",
            ErrorKind.NotFound,
            $"{Name} needs {ListOf(missing)}{instead}, looked for in: {looked}. Get them from {Origin}. Give their folder, the archive or the files as -Path, or put them into the "
                + $"folder {Name} {user}of the folder that the environment variable {DatasetPlaces.Variable} names.",
            places.Length > 0 ? places[0].ToString().Trim('\'') : Name);
    }

    private static string ListOf(string[] names) => $"the file{(names.Length > 1 ? "s" : "")} {string.Join(", ", names.Select(name => $"'{name}'"))} (or .gz)";
}
