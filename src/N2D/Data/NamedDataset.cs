namespace N2D.Data;

/// <summary>A published data set that is known by name.</summary>
public sealed class NamedDataset
{
    private readonly string[] _folderNames;
    private readonly string? _systemFolder;
    private readonly Func<DatasetFolder, Execution, Dataset> _read;

    /// <summary>Describes a data set.</summary>
    /// <param name="name">What the user calls it.</param>
    /// <param name="title">What it holds, in a few words.</param>
    /// <param name="shape">The published numbers of rows, columns and classes.</param>
    /// <param name="origin">Where to get the files; null if they are in this assembly.</param>
    /// <param name="read">Reads it from the folders of its files.</param>
    /// <param name="folderNames">The folders under that of all data sets in which it may lie; its name unless given.</param>
    /// <param name="systemFolder">Where a package of the system puts it.</param>
    internal NamedDataset(
        string name,
        string title,
        (int Rows, int Columns, int Classes) shape,
        string? origin,
        Func<DatasetFolder, Execution, Dataset> read,
        string[]? folderNames = null,
        string? systemFolder = null)
    {
        Name = name;
        Title = title;
        (RowCount, Dimension, ClassCount) = shape;
        Origin = origin;
        _read = read;
        _folderNames = folderNames ?? [name];
        _systemFolder = systemFolder;
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
    public string? Origin { get; }

    /// <summary>Reads the data set.</summary>
    /// <param name="folder">
    /// Full path of the folder of its files; null to look into the data set's folder under the one that the environment variable
    /// <c>N2D_DATA</c> names, then where a package of the system puts it. Not needed for a data set that comes with this library.
    /// </param>
    /// <param name="execution">How to run.</param>
    /// <exception cref="N2DException">
    /// A file is missing (<c>DatasetFileNotFound</c>), a file was given instead of a folder (<c>FileGiven</c>), or a file is damaged.
    /// </exception>
    public Dataset Read(string? folder = null, Execution? execution = null)
    {
        if (File.Exists(folder))
        {
            throw new N2DException("FileGiven", ErrorKind.InvalidArgument, $"'{folder}' is a file; for {Name}, give the folder that holds its files.", folder);
        }

        return _read(new DatasetFolder(Name, folder is null ? [.. DefaultFolders()] : [folder], Origin ?? "this library"), execution ?? Execution.Default);
    }

    /// <summary>Its name and size.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Title}, {RowCount} rows x {Dimension}, {ClassCount} classes");

    private IEnumerable<string> DefaultFolders()
    {
        var parent = Environment.GetEnvironmentVariable(DatasetFolder.Variable);
        var own = _folderNames.Select(name => DatasetFolder.FindUnder(parent, name)).OfType<string>().ToList();
        if (own.Count == 0 && !string.IsNullOrEmpty(parent))
        {
            own.Add(Path.Combine(parent, _folderNames[0]));
        }

        return _systemFolder is null ? own : own.Append(_systemFolder);
    }
}
