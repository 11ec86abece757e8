using System.Management.Automation;
using System.Text;
using N2D.Data;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Reads a data set: a published one by its name, or your own rows from CSV, Excel, Parquet, JSON, NumPy, HDF5, ARFF, MatrixMarket, libsvm, IDX or image files.</para>
/// <para type="description">A file is one data set. Its columns of numbers are clustered; columns of text need a role: labels, ids, categories, or left out. What cannot be used is refused
/// with its line and column. Labels are used to score, never to train, unless a cmdlet is told to (Invoke-N2DUmap -UseLabel).</para>
/// <para type="description">Digits comes with the module. The files of the other named data sets are taken from -Path, else looked for in the data set's folder under the one that the
/// environment variable N2D_DATA names, where a package of the system puts them, and in the data set's folder under the user's (~/.local/share/N2D, on Windows
/// %LOCALAPPDATA%\N2D). They are read as published: in a folder, in an archive, compressed by gzip or not. A file that is not the published one causes a warning.</para>
/// <para type="description">Image files (PNG, JPEG, WebP, GIF, binary PGM), however many are given, are one data set, a row for each: -Path ./scans, -Path ./scans/*.png, or Get-ChildItem.
/// The names of the files are the ids, by which Add-N2DAssignment finds the files again.</para>
/// </summary>
[Cmdlet(VerbsData.Import, "N2DDataset", DefaultParameterSetName = ByName)]
[OutputType(typeof(Dataset), typeof(Embedding))]
public sealed class ImportN2DDatasetCommand : DatasetCmdlet
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
    /// <para type="description">The file of the labels of an IDX or .npy file: IDX, .npy or text, one label for each row. In .npy, -1 stands for an unknown class.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ValidateNotNullOrEmpty]
    public string? LabelPath { get; set; }

    /// <summary>
    /// <para type="description">The columns to cluster, in this order: names, wildcards, or positions from 1, or from the end by -1. Others are ignored. Default: all that have no
    /// other role.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [SupportsWildcards]
    public string[]? Column { get; set; }

    /// <summary>
    /// <para type="description">The columns to leave out, such as remarks: names, wildcards, or positions from 1, or from the end by -1. They
    /// are neither read as numbers nor checked.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [SupportsWildcards]
    public string[]? ExcludeColumn { get; set; }

    /// <summary>
    /// <para type="description">The column that holds the classes (of a .npz or HDF5 file, the array): its name, or its position from 1, or from the end by -1. Rows whose cell is
    /// empty or a mark of a missing value, such as NA, are of unknown class: scores leave them out. Default: none.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string? LabelColumn { get; set; }

    /// <summary>
    /// <para type="description">The column that identifies each row: its name, or its position from 1, or from the end by -1. It comes out again with the row, as Id of
    /// Get-N2DAssignment and ConvertFrom-N2DEmbedding, and Add-N2DAssignment finds objects by it. Default: none.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    public string? IdColumn { get; set; }

    /// <summary>
    /// <para type="description">The column of a table that holds what each row counts, 0 or more: its name, or its position from 1, or from
    /// the end by -1. It is not clustered.
    /// Invoke-N2DCluster with GaussianMixture and KMeans takes a weight of 2 for two equal rows, and leaves rows of weight 0 out of the
    /// fit; other stages warn that they do
    /// not use it. Default: none, and each row counts once.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [Alias("sample_weight")]
    public string? WeightColumn { get; set; }

    /// <summary>
    /// <para type="description">The columns that hold categories, such as colors or types: names, wildcards, or positions. Each becomes a column 'name=category' of 0 and 1 for each
    /// category. A category that the fit has not seen is 0 in all of them. Default: none.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [SupportsWildcards]
    public string[]? CategoryColumn { get; set; }

    /// <summary>
    /// <para type="description">What separates the cells of a line: a character, or Whitespace for any number of blanks or tabs. Default: detected.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ArgumentCompleter(typeof(DelimiterCompleter))]
    public string? Delimiter { get; set; }

    /// <summary>
    /// <para type="description">The names of all columns, for a file whose first line is data. With -NoHeader:$false the first line is a header that these names replace.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public string[]? Header { get; set; }

    /// <summary>
    /// <para type="description">The first line is data and no header. -NoHeader:$false says that it is a header. Default: detected.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter NoHeader { get; set; }

    /// <summary>
    /// <para type="description">What comments begin with, such as '//': such lines are skipped. Default: lines above the table that begin with # or % are skipped, and Windows PowerShell's #TYPE line.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ValidateNotNullOrEmpty]
    public string? Comment { get; set; }

    /// <summary>
    /// <para type="description">The encoding of text: a name as of Import-Csv (utf8, unicode, ansi, oem, ...), a code page such as 1252, or a .NET encoding. Default: UTF-8, or as the first
    /// bytes of the file say; where the text is not valid UTF-8, Windows-1252 if that is plausible, with a warning.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [TakesEncoding]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public Encoding? Encoding { get; set; }

    /// <summary>
    /// <para type="description">The sheet of an Excel workbook: its name, or its number from 1. Default: the first one that has data.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ValidateNotNullOrEmpty]
    public string? Worksheet { get; set; }

    /// <summary>
    /// <para type="description">The array of an HDF5 file, such as group/data. Default: the only matrix in the file.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ValidateNotNullOrEmpty]
    public string? ArrayName { get; set; }

    /// <summary>
    /// <para type="description">Makes rows of the columns of a MatrixMarket file. Use it for gene expression files (10x), which have a row for each gene and a column for each cell.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter Transpose { get; set; }

    /// <summary>
    /// <para type="description">Keeps only the columns of libsvm text that occur. Use it for hashed features, whose indices are large and mostly unused. Default: all columns up to the
    /// largest index.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter UsedColumnsOnly { get; set; }

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

    /// <inheritdoc/>
    private protected override TableTerms Terms => TableParameters.OfFiles;

    /// <inheritdoc/>
    private protected override bool AreColumnsChosen => Column is not null || Model is not null;

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        CheckPreparation();
        ThrowIfWeighsForModel(nameof(WeightColumn));
        _file = new DatasetFile
        {
            Format = Format,
            Text = new TextFormat
            {
                Delimiter = Delimiter,
                ColumnNames = Header,
                HasHeader = IsBound(nameof(NoHeader)) ? !NoHeader : null,
                Comment = Comment,
                Encoding = Encoding,
            },
            Table = new TableOptions
            {
                Columns = Column,
                ExcludedColumns = ExcludeColumn,
                CategoryColumns = CategoryColumn,
                LabelColumn = LabelColumn,
                IdColumn = IdColumn,
                WeightColumn = WeightColumn,
                MissingMarks = MissingMark,
                Culture = Culture,
                Required = RequiredColumns(),
                Terms = Terms,
            },
            LabelPath = LabelPath is null ? null : ResolveFilePath(LabelPath),
            MemoryMapped = MemoryMapped,
            Worksheet = Worksheet,
            ArrayName = ArrayName,
            UsedColumnsOnly = UsedColumnsOnly,
            Transpose = Transpose,
            Images = new ImageFiles { Size = ImageSize is null ? null : new ImageShape(ImageSize[^1], ImageSize[0]), InColor = InColor },
        };
    }

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        if (Name is not null && DatasetCatalog.Find(Name) is { } named)
        {
            string[] paths = [.. (Path ?? []).SelectMany(ResolveFilePaths)];
            WriteObject(RunLong($"Reading {named.Name}", 0, execution => PreparedAsPublished(named.ReadFrom(paths, execution), execution)));
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
        if (_images.Files(WriteWarning, Report) is { Count: > 0 } files)
        {
            WriteObject(RunLong("Reading images", 0, execution => Prepared(_file!.ReadImages(files, execution), execution)));
        }
    }

    /// <summary>Published columns are what they are: none of them is questioned.</summary>
    private Embedding PreparedAsPublished(Dataset dataset, Execution execution) =>
        Model is null ? Preparation.Apply(dataset, Preparing with { AreColumnsChosen = true, IsScaleChosen = true }, execution) : dataset;

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
            WriteObject(RunLong($"Reading {System.IO.Path.GetFileName(path)}", 0, execution => Prepared(file.Read(path, execution), execution)));
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
                $"There is no file '{path}'. For the data set of that name, use Import-N2DDataset {named.Name} without the parameters that are for files, such as -LabelColumn, -IdColumn, -Column and -Format.",
                path)
            : ResolveFilePaths(path);

    private static string KnownNames() => string.Join(", ", DatasetCatalog.All.Select(dataset => dataset.Name));
}
