using System.Management.Automation;
using N2D.Data;
using N2D.Models;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Reads a data set: a published one by its name, or your own rows from CSV, TSV, IDX, .npy, .npz, Parquet, libsvm or image files.</para>
/// <para type="description">Digits comes with the module. The files of the other named data sets are taken from -Path, else looked for in the data set's
/// folder under the one that the environment variable N2D_DATA names, where a package of the system puts them, and in the data set's folder under the
/// user's (~/.local/share/N2D, on Windows %LOCALAPPDATA%\N2D). They are read as published: in a folder, in an archive, compressed by gzip or not; a
/// file that is not the published one is a warning. Bad input is refused with its line and column. Labels are used to score, never to train,
/// unless a cmdlet is told to (Invoke-N2DUmap -UseLabel).</para>
/// <para type="description">Image files (PNG, JPEG, WebP, GIF, binary PGM), however many are given, are one data set, a row each: -Path ./scans, -Path ./scans/*.png, or Get-ChildItem. The names of the
/// files are the ids, by which Add-N2DAssignment finds the files again.</para>
/// </summary>
[Cmdlet(VerbsData.Import, "N2DDataset", DefaultParameterSetName = ByName)]
[OutputType(typeof(Dataset), typeof(Embedding))]
public sealed class ImportN2DDatasetCommand : N2DCmdlet
{
    private const string ByName = "ByName";
    private const string ByPath = "ByPath";
    private const string ByLiteralPath = "ByLiteralPath";

    private readonly ImagePaths _images = new();
    private DatasetFile? _file;

    /// <summary>
    /// <para type="description">The published data set: Digits, Pendigits, Mnist, MnistTest, Usps, Fashion or Har, in any case. A path is taken for
    /// -Path.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByName, Position = 0)]
    [ArgumentCompleter(typeof(DatasetNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>
    /// <para type="description">The files to read, a data set each, but images all one; wildcards are welcome, and a folder of images, whose own folders are not looked into. With -Name: the folder of that data set, the archive that it
    /// is published as, or its files.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByName, Position = 1)]
    [Parameter(ParameterSetName = ByPath, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>
    /// <para type="description">The files to read, with nothing in their names taken for a wildcard. Takes what Get-ChildItem puts out.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>
    /// <para type="description">The file of the labels of an IDX or .npy file, itself IDX or .npy: a whole number a row. In .npy, -1 stands for an unknown class.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ValidateNotNullOrEmpty]
    public string? LabelPath { get; set; }

    /// <summary>
    /// <para type="description">The column that holds the classes (of a .npz file, the array): its name, or its position from 1, or from the end by -1. Default: none; every
    /// column that is not left out has to be a number then. Rows whose cell there is empty are of unknown class: scores leave them out.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public string? LabelColumn { get; set; }

    /// <summary>
    /// <para type="description">The column, of text or Parquet, that tells a row from the others: its name, or its position from 1, or from the end by -1. It comes out again with the row, as Id of
    /// Get-N2DAssignment and ConvertFrom-N2DEmbedding, and Add-N2DAssignment finds objects by it. Default: none.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public string? IdColumn { get; set; }

    /// <summary>
    /// <para type="description">The columns to leave out, such as remarks: names, wildcards, or positions from 1, or from the end by -1. They
    /// are neither read as numbers nor checked.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [SupportsWildcards]
    public string[]? ExcludeColumn { get; set; }

    /// <summary>
    /// <para type="description">What separates the cells of a line. Default: looked up in the file.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public char? Delimiter { get; set; }

    /// <summary>
    /// <para type="description">The names of all columns, for a file without a header line. Default: the first line is looked at.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public string[]? Header { get; set; }

    /// <summary>
    /// <para type="description">Leaves the rows in the file (IDX or .npy, not compressed) and reads them where they are looked at, through a memory map:
    /// New-N2DAutoencoder trains on and encodes files larger than the memory. Default: files whose rows would take more than a quarter of the machine's memory, or more
    /// than is free. What needs all rows in memory, such as Invoke-N2DUmap on the data set itself, reads them then. No result depends on it.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter MemoryMapped { get; set; }

    /// <summary>
    /// <para type="description">The width and the height, in pixels, that images are brought to; one number for both. Default: their own, which has to be that of all. Range: each 1 to 4096.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ValidateCount(1, 2)]
    [WholeNumber]
    public int[]? ImageSize { get; set; }

    /// <summary>
    /// <para type="description">Keeps the colours of images: red, green and blue are three columns a pixel. Default: a pixel is its grey value.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter InColor { get; set; }

    /// <summary>
    /// <para type="description">The format of the files. Default: what their first bytes say.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public DatasetFormat Format { get; set; }

    /// <summary>
    /// <para type="description">Brings the columns to a common scale: ZScore to mean 0 and standard deviation 1, MinMax to 0 to 1. Default: None, the published sets scaled as
    /// the N2D study does. It is a stage, so that rows to which a fitted model is applied later are scaled alike.</para>
    /// </summary>
    [Parameter]
    public Standardization Standardize { get; set; }

    /// <inheritdoc/>
    protected override void CheckParameters() => _file = new DatasetFile
    {
        Format = Format,
        Text = new DelimitedTextOptions { Delimiter = Delimiter, ColumnNames = Header, LabelColumn = LabelColumn, IdColumn = IdColumn, ExcludedColumns = ExcludeColumn },
        LabelPath = LabelPath is null ? null : ResolveFilePath(LabelPath),
        MemoryMapped = MemoryMapped,
        Images = new ImageFiles { Size = ImageSize is null ? null : new ImageShape(ImageSize[^1], ImageSize[0]), InColor = InColor },
    };

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        if (Name is not null && DatasetCatalog.Find(Name) is { } named)
        {
            string[] paths = [.. (Path ?? []).SelectMany(ResolveFilePaths)];
            WriteObject(RunLong($"Reading {named.Name}", 0, execution => Standardizer.Apply(named.ReadFrom(paths, execution), Standardize, execution)));
            return;
        }

        foreach (var path in LiteralPath?.Select(ResolveFilePath) ?? GivenPaths().SelectMany(FilesOf))
        {
            WriteRows(path, _file!);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessEnd()
    {
        if (_images.Files(Warn, Report) is { Count: > 0 } files)
        {
            WriteObject(RunLong("Reading images", 0, execution => Standardizer.Apply(_file!.ReadImages(files, execution), Standardize, execution)));
        }
    }

    private void WriteRows(string path, DatasetFile file)
    {
        try
        {
            // Images are rows of one data set, however they come: one by one down the pipeline, or as a folder.
            if (Directory.Exists(path) || file.FormatOf(path) == DatasetFormat.Image)
            {
                _images.Add(path);
                return;
            }

            _images.AddOther(path);
            WriteObject(RunLong($"Reading {System.IO.Path.GetFileName(path)}", 0, execution => Standardizer.Apply(file.Read(path, execution), Standardize, execution)));
        }
        catch (N2DException error)
        {
            // One bad file of many does not keep the others from being read.
            Report(error);
        }
    }

    /// <summary>The paths as typed; a first argument that is no known name is one if it looks like one.</summary>
    private string[] GivenPaths()
    {
        if (Name is null)
        {
            return Path ?? throw new N2DException("NameOrPathMissing", ErrorKind.InvalidArgument, $"Say what to import: a name ({KnownNames()}) or the path of a file.");
        }

        if (Path is null && Directory.Exists(ResolveFilePath(Name)) && ImageFiles.InFolder(ResolveFilePath(Name)).Count == 0)
        {
            throw new N2DException("FolderGiven", ErrorKind.InvalidArgument, $"'{Name}' is a folder; give files in it, such as '{System.IO.Path.Combine(Name, "*.csv")}'.", Name);
        }

        var looksLikePath = Name.IndexOfAny(['/', '\\', '.', '*', '?']) >= 0 || System.IO.Path.Exists(ResolveFilePath(Name));
        return looksLikePath && Path is null
            ? [Name]
            : throw new N2DException(
                "DatasetNotFound",
                ErrorKind.NotFound,
                $"There is no data set named '{Name}'; there are {KnownNames()}. For a file of your own, give -Path.",
                Name);
    }

    /// <summary>The files of a path. A named set given as one is told so: the parameters of files make a path of the first argument.</summary>
    private IReadOnlyList<string> FilesOf(string path) =>
        DatasetCatalog.Find(path) is { } named && !System.IO.Path.Exists(ResolveFilePath(path))
            ? throw new N2DException(
                "FileNotFound",
                ErrorKind.NotFound,
                $"There is no file '{path}'. For the data set of that name, say Import-N2DDataset {named.Name} alone: -LabelColumn, -IdColumn, -ExcludeColumn, -Delimiter, -Header, -LabelPath, -MemoryMapped, -ImageSize, -InColor and -Format are for files.",
                path)
            : ResolveFilePaths(path);

    private static string KnownNames() => string.Join(", ", DatasetCatalog.All.Select(dataset => dataset.Name));
}
