using System.Globalization;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>A published data set that is available by name.</summary>
public sealed class NamedDataset
{
    private const string PathOption = "Path";

    private readonly Func<PublishedFiles, Execution, Dataset> _read;

    /// <summary>Describes a data set.</summary>
    /// <param name="name">The name.</param>
    /// <param name="title">A short description.</param>
    /// <param name="shape">The published numbers of rows, columns and classes.</param>
    /// <param name="read">Reads the data set from its files.</param>
    internal NamedDataset(
        string name, string title, (int Rows, int Columns, int Classes) shape, Func<PublishedFiles, Execution, Dataset> read)
    {
        Name = name;
        Title = title;
        (RowCount, Dimension, ClassCount) = shape;
        _read = read;
        FolderNames = [name];
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>A short description.</summary>
    public string Title { get; }

    /// <summary>The number of rows, as published.</summary>
    public int RowCount { get; }

    /// <summary>The number of columns, as published.</summary>
    public int Dimension { get; }

    /// <summary>The number of classes, as published.</summary>
    public int ClassCount { get; }

    /// <summary>The source to get the files from; null if the data set is part of this library.</summary>
    public string? Origin { get; internal init; }

    /// <summary>The files of each published form, in order of preference; empty if the data set is part of this library.</summary>
    internal IReadOnlyList<PublishedFile[]> Forms { get; init; } = [];

    /// <summary>The possible names of a folder or an archive of the data set, in any case. Default: <see cref="Name"/>.</summary>
    internal IReadOnlyList<string> FolderNames { get; init; }

    /// <summary>The folder of a system package with the files; null if there is none.</summary>
    internal string? SystemFolder { get; init; }

    /// <summary>
    /// The name of the groups of the rows, such as the persons who were measured; null if the data set has none. They are read on request.
    /// </summary>
    public string? GroupColumn { get; internal init; }

    /// <summary>The files with the groups.</summary>
    internal IReadOnlyList<PublishedFile> GroupFiles { get; init; } = [];

    /// <summary>Reads the group of each row from <see cref="GroupFiles"/>.</summary>
    internal Func<IReadOnlyList<FileLocation>, Execution, string[]>? ReadGroups { get; init; }

    /// <summary>Reads the data set.</summary>
    /// <param name="path">
    /// The full path of its folder or of its published archive; null to search the folder that the environment variable <c>N2D_DATA</c>
    /// names, the folder of a system package, and the user's data folder. A data set that is part of this library needs no path.
    /// </param>
    /// <param name="execution">Progress and cancellation, and a warning if a file differs from the published one; null for none.</param>
    /// <exception cref="N2DException">A file is missing (<c>DatasetFileNotFound</c>) or damaged.</exception>
    public Dataset Read(string? path = null, Execution? execution = null) => ReadFrom(path is null ? [] : [path], execution);

    /// <summary>Reads the data set.</summary>
    /// <param name="paths">The full path of its folder, of its archive, or of each file; empty to search the default places.</param>
    /// <param name="execution">Progress and cancellation, and a warning if a file differs from the published one; null for none.</param>
    /// <param name="groupColumn">The name of the groups to read as well, in any case, or a wildcard; null for none.</param>
    /// <exception cref="N2DException">
    /// A file is missing (<c>DatasetFileNotFound</c>) or damaged, or the data set has no such groups (<c>GroupColumnNotFound</c>), or has
    /// another number of groups than rows (<c>GroupCountMismatch</c>).
    /// </exception>
    public Dataset ReadFrom(IReadOnlyList<string> paths, Execution? execution = null, string? groupColumn = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        execution ??= Execution.Default;
        ThrowIfOtherGroups(groupColumn);
        var files = Forms.Count == 0 ? PublishedFiles.None : FindFiles(paths);
        var groups = groupColumn is null ? null : ReadGroups!(FindGroupFiles(files, execution), execution);
        WarnIfNotPublished(files, execution);
        var dataset = _read(files, execution);
        return groups is null ? dataset
            : groups.Length == dataset.RowCount ? dataset.WithGroups(GroupColumn!, groups)
            : throw new N2DException(
                "GroupCountMismatch",
                ErrorKind.InvalidData,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Name} has {dataset.RowCount} rows, but its {ListOf([.. GroupFiles.Select(file => file.Name)])} have "
                        + $"{groups.Length}. The files do not belong together, or one is truncated."),
                files.Source);
    }

    /// <summary>Returns the name, the description and the size.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Name}: {Title}, {RowCount} rows x {Dimension}, {ClassCount} classes");

    private void ThrowIfOtherGroups(string? groupColumn)
    {
        if (groupColumn is not null && !(GroupColumn is { } own && Wildcard.PatternOf(groupColumn).IsMatch(own)))
        {
            const string Group = nameof(TableOptions.GroupColumn);
            throw new N2DException(
                "GroupColumnNotFound",
                ErrorKind.InvalidArgument,
                GroupColumn is null
                    ? $"{Name} has no groups to scale by. Remove {Group}."
                    : $"{Name} has no column {Quotation.Of(groupColumn)} to scale by. Its {Group} can be {GroupColumn}.",
                groupColumn)
            { Options = [Group] };
        }
    }

    private FileLocation[] FindGroupFiles(PublishedFiles files, Execution execution)
    {
        string[] missing = [.. GroupFiles.Select(file => file.Name).Where(name => files.FindOptional(name) is null)];
        if (missing.Length > 0)
        {
            throw new N2DException(
                "DatasetFileNotFound",
                ErrorKind.NotFound,
                $"The {GroupColumn} of each row of {Name} is in {ListOf(missing)}, which '{files.Source}' lacks. Get it from {Origin}.",
                files.Source);
        }

        FileLocation[] found = [.. GroupFiles.Select(file => files.FindOptional(file.Name)!)];
        for (var place = 0; place < found.Length; place++)
        {
            WarnIfNotPublished(GroupFiles[place], found[place], execution);
        }

        return found;
    }

    private PublishedFiles FindFiles(IReadOnlyList<string> paths)
    {
        FilePlace[] places =
            [.. paths.Count > 0 ? DatasetPlaces.Given(paths, FolderNames) : DatasetPlaces.Default(FolderNames, SystemFolder)];
        return PublishedFiles.Find(places, Forms) ?? throw NotFound(places);
    }

    private void WarnIfNotPublished(PublishedFiles files, Execution execution)
    {
        foreach (var file in Forms.SelectMany(form => form).Where(file => files.Contains(file.Name)))
        {
            WarnIfNotPublished(file, files[file.Name], execution);
        }
    }

    private void WarnIfNotPublished(PublishedFile file, FileLocation location, Execution execution)
    {
        execution.CancellationToken.ThrowIfCancellationRequested();
        if (execution.Warn is { } warn && file.Compare(location) is { } difference)
        {
            warn($"{difference} It is read anyway. Get the published files from {Origin}.");
        }
    }

    private N2DException NotFound(FilePlace[] places)
    {
        var (missing, others) = places.Length == 0
            ? ([.. Forms[0].Select(file => file.Name)], [.. Forms.Skip(1)])
            : PublishedFiles.Missing(places, Forms);
        var instead = string.Concat(others.Select(form => $", or instead {ListOf([.. form.Select(file => file.Name)])}"));
        var searched = places.Length == 0
            ? "nowhere, because no folder is given"
            : string.Join(" and ", places.Select(place => place.ToString()));
        var user = DatasetPlaces.UserFolder.Length > 0 ? $"of '{DatasetPlaces.UserFolder}' or " : "";
        return new N2DException(
            "DatasetFileNotFound",
            ErrorKind.NotFound,
            $"{Name} needs {ListOf(missing)}{instead}. Searched: {searched}. Get them from {Origin}. "
                + $"Give their folder, their archive or the files as {PathOption}, or put them into the folder {Name} {user}of the folder "
                + $"that the environment variable {DatasetPlaces.Variable} names.",
            places.Length > 0 ? places[0].ToString().Trim('\'') : Name)
        {
            Options = [PathOption],
        };
    }

    private static string ListOf(string[] names) =>
        $"the file{(names.Length > 1 ? "s" : "")} {string.Join(", ", names.Select(name => $"'{name}'"))} (or .gz)";
}
