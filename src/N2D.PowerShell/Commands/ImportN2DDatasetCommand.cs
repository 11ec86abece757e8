using System.Management.Automation;
using System.Text;
using N2D.Data;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Reads a data set: a published one by name, or your own rows from CSV, Excel, Parquet, JSON, NumPy, HDF5, ARFF,
/// MatrixMarket, libsvm, IDX or image files.</para>
/// <para type="description">Each file is one data set. Columns of numbers are clustered. Each text column must be the label, the id, a
/// category column, the group to scale by, or excluded. An error names the line and the column of a value that cannot be used. Labels are
/// used for scores, and for training only if a cmdlet has a switch for it (Invoke-N2DUmap -UseLabel).</para>
/// <para type="description">Digits is included in the module. The files of the other named data sets are read from -Path, or else from
/// the folder of the data set in one of these places: the folder in the environment variable N2D_DATA, the folders of system packages,
/// or the user's folder (~/.local/share/N2D, on Windows %LOCALAPPDATA%\N2D). The files can be in a folder or an archive, and can be
/// compressed. A file that differs from the published one causes a warning.</para>
/// <para type="description">All image files that you give (PNG, JPEG, WebP, GIF, binary PGM) are one data set, with one row for each
/// image: -Path ./scans, -Path ./scans/*.png, or the output of Get-ChildItem. The file names are the ids, so Add-N2DAssignment can
/// match the files.</para>
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
    /// <para type="description">The published data set: Digits, Pendigits, Mnist, MnistTest, Usps, Fashion or Har. Case is ignored.
    /// You can also give the path of a file here, as for -Path.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByName, Position = 0)]
    [ArgumentCompleter(typeof(DatasetNameCompleter))]
    [RejectsCopies]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>
    /// <para type="description">The files to read. Each file becomes a separate data set, but all images together become one. You can use
    /// wildcards, or give a folder of images (subfolders are not searched). With -Name, give the folder of the published data set, its
    /// archive, or its files.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByName, Position = 1)]
    [Parameter(ParameterSetName = ByPath, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TakesPaths]
    [RejectsCopies]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>
    /// <para type="description">The files to read. Wildcard characters in the paths are not expanded. Accepts the output of
    /// Get-ChildItem.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByLiteralPath, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>
    /// <para type="description">The file with the labels of an IDX or .npy file. It can be IDX, .npy or text, with one label for each
    /// row. In .npy, -1 means an unknown class.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ValidateNotNullOrEmpty]
    public string? LabelPath { get; set; }

    /// <summary>
    /// <para type="description">The columns to cluster, in this order: names, wildcards, or positions from 1, or from the end from
    /// -1. Other columns are ignored. Default: all columns without another role.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [SupportsWildcards]
    public string[]? Column { get; set; }

    /// <summary>
    /// <para type="description">The columns to exclude, such as comments: names, wildcards, or positions from 1, or from the end
    /// from -1. They are neither parsed nor checked.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [SupportsWildcards]
    public string[]? ExcludeColumn { get; set; }

    /// <summary>
    /// <para type="description">The column with the classes (in a .npz or HDF5 file, the array): its name, a wildcard that matches one
    /// name, or its position from 1, or from the end from -1. A row with an empty cell, or a missing-value mark such as NA, has an
    /// unknown class and is not scored. Default: none.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [OneColumn]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [SupportsWildcards]
    public string? LabelColumn { get; set; }

    /// <summary>
    /// <para type="description">The column that identifies each row: its name, a wildcard that matches one name, or its position from 1,
    /// or from the end from -1. It is returned with the row, as Id, by Get-N2DAssignment and ConvertFrom-N2DEmbedding. Add-N2DAssignment
    /// matches objects by it. Default: none.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [OneColumn]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [SupportsWildcards]
    public string? IdColumn { get; set; }

    /// <summary>
    /// <para type="description">The column with the weight of each row, 0 or more: its name, a wildcard that matches one name, or its
    /// position from 1, or from the end from -1. It is not clustered. For GaussianMixture and KMeans, a weight of 2 counts as two equal
    /// rows, and rows of weight 0 do not influence the fit. Other stages ignore the weights and warn. Default: none; each row counts
    /// once.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [OneColumn]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [Alias("sample_weight")]
    [SupportsWildcards]
    public string? WeightColumn { get; set; }

    /// <summary>
    /// <para type="description">The columns that hold categories, such as colors or types: names, wildcards, or positions. Each is
    /// one-hot encoded: every category becomes a column of 0 and 1 named 'name=category'. A category that the fit has not seen is 0 in
    /// all columns. Default: none.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [SupportsWildcards]
    public string[]? CategoryColumn { get; set; }

    /// <summary>
    /// <para type="description">The delimiter of the cells: a character, or Whitespace for any number of blanks or tabs. Default:
    /// detected.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ArgumentCompleter(typeof(DelimiterCompleter))]
    public string? Delimiter { get; set; }

    /// <summary>
    /// <para type="description">The names of all columns, for a file without a header. If the file has a header line, add
    /// -NoHeader:$false so that these names replace it.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public string[]? Header { get; set; }

    /// <summary>
    /// <para type="description">Treats the first line as data. Use -NoHeader:$false to treat it as a header. Default:
    /// detected.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter NoHeader { get; set; }

    /// <summary>
    /// <para type="description">The text that starts a comment line, such as '//'. Comment lines are skipped. Default: # or % above
    /// the table, and the #TYPE line of Windows PowerShell.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ValidateNotNullOrEmpty]
    public string? Comment { get; set; }

    /// <summary>
    /// <para type="description">The encoding of text: a name as in Import-Csv (utf8, unicode, ansi, oem, ...), a code page such as
    /// 1252, or a .NET encoding. Default: detected from the first bytes, otherwise UTF-8. Text that is not valid UTF-8 is read as
    /// Windows-1252 if that is plausible, with a warning.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [TakesEncoding]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public Encoding? Encoding { get; set; }

    /// <summary>
    /// <para type="description">The worksheet of an Excel workbook: its name, or its number from 1. Default: the first one with
    /// data.</para>
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
    /// <para type="description">Reads the columns of a MatrixMarket file as rows. Use it for gene expression files (10x), which
    /// have a row for each gene and a column for each cell.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter Transpose { get; set; }

    /// <summary>
    /// <para type="description">For libsvm files: keeps only the columns whose index occurs in the file. Use it for hashed features,
    /// where indices are large and most of them are unused. Default: all columns up to the largest index.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter UsedColumnsOnly { get; set; }

    /// <summary>
    /// <para type="description">Leaves the rows in the file (IDX or .npy, not compressed) and reads them on demand through a memory
    /// map. New-N2DAutoencoder can then train on and encode files that are larger than the memory. Stages that need all rows in memory,
    /// such as Invoke-N2DUmap without an autoencoder, load them when they run. The results are the same as without -MemoryMapped. By
    /// default, a file is mapped if its rows would take more than a quarter of the machine's memory, or more than is free.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter MemoryMapped { get; set; }

    /// <summary>
    /// <para type="description">The width and the height, in pixels, to resize images to. One number sets both. Default: images are not
    /// resized, and all must have the same size. Range: each 1 to 4096.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ValidateCount(1, 2)]
    [WholeNumber]
    public int[]? ImageSize { get; set; }

    /// <summary>
    /// <para type="description">Keeps the colors of images: each pixel has three columns, red, green and blue. Default: each pixel
    /// has one column, its gray value.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public SwitchParameter InColor { get; set; }

    /// <summary>
    /// <para type="description">The number of rows at the start of a .npy or Parquet file to leave out. The rows of the result are
    /// numbered from 0 again. Default 0. Range: 0 or more.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ValidateRange(0, long.MaxValue)]
    [WholeNumber]
    public long Skip { get; set; }

    /// <summary>
    /// <para type="description">The number of rows to read of a .npy or Parquet file. Default: all. Range: 1 or more.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [ValidateRange(1, long.MaxValue)]
    [WholeNumber]
    public long? First { get; set; }

    /// <summary>
    /// <para type="description">The format of the files. Default: detected from their first bytes.</para>
    /// </summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    public DatasetFormat Format { get; set; }

    /// <inheritdoc/>
    private protected override TableTerms Terms => TableTerms.Default;

    /// <inheritdoc/>
    private protected override bool AreColumnsChosen => Column is not null || Model is not null;

    /// <inheritdoc/>
    protected override void CheckParameters()
    {
        CheckPreparation();
        ThrowIfWeightsWithModel(nameof(WeightColumn));
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
            Table = TableOptionsFor(Column, ExcludeColumn, CategoryColumn, LabelColumn, IdColumn, WeightColumn),
            LabelPath = LabelPath is null ? null : ResolveFilePath(LabelPath),
            MemoryMapped = MemoryMapped,
            Worksheet = Worksheet,
            ArrayName = ArrayName,
            UsedColumnsOnly = UsedColumnsOnly,
            Rows = Skip > 0 || First is not null ? new RowRange(Skip, First) : null,
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
            var groups = StandardizeBy ?? _file!.Table.Required?.Group;
            WriteObject(RunLong(
                $"Reading {named.Name}", 0, execution => PreparedAsPublished(named.ReadFrom(paths, execution, groups), execution)));
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
        if (_images.Files(warning => WriteWarning($"{warning} {Remedies.Subfolders}"), Report) is { Count: > 0 } files)
        {
            WriteObject(RunLong("Reading images", 0, execution => Prepared(_file!.ReadImages(files, execution), execution)));
        }
    }

    /// <summary>Prepares a published data set, without warnings about its columns.</summary>
    private Embedding PreparedAsPublished(Dataset dataset, Execution execution) =>
        Model is null ? Preparation.Apply(dataset, Preparing with { AreColumnsChosen = true, IsScaleChosen = true }, execution) : dataset;

    private void WriteRows(string path, DatasetFile file)
    {
        try
        {
            // All images are rows of one data set, whether they are piped one by one or given as a folder.
            if (Directory.Exists(path) || file.FormatOf(path) == DatasetFormat.Image)
            {
                _images.Add(path);
                return;
            }

            _images.AddOther(path);
            WriteObject(
                RunLong($"Reading {System.IO.Path.GetFileName(path)}", 0, execution => Prepared(file.Read(path, execution), execution)));
        }
        catch (N2DException error)
        {
            // After an error, the remaining files are read.
            Report(error);
        }
    }

    /// <summary>The paths as typed. The first argument is a path if it is not a known name and looks like a path.</summary>
    private string[] GivenPaths()
    {
        if (Name is null)
        {
            return Path ?? throw new N2DException("NameOrPathMissing", ErrorKind.InvalidArgument, "Give a published data set "
                + $"({KnownNames()}) or the path of a file.");
        }

        if (Path is null && Directory.Exists(ResolveFilePath(Name)) && ImageFiles.InFolder(ResolveFilePath(Name)).Count == 0)
        {
            throw new N2DException("FolderGiven", ErrorKind.InvalidArgument, $"'{Name}' is a folder without images. "
                + $"Give the files in it, such as '{System.IO.Path.Combine(Name, "*.csv")}'.", Name);
        }

        var looksLikePath = Name.IndexOfAny(['/', '\\', '.', '*', '?']) >= 0 || System.IO.Path.Exists(ResolveFilePath(Name));
        return looksLikePath && Path is null
            ? [Name]
            : throw new N2DException(
                "DatasetNotFound",
                ErrorKind.NotFound,
                $"There is no published data set '{Name}'. {DatasetCatalog.NamesInsteadOf(Name)} For your own file, use -Path.",
                Name);
    }

    /// <summary>
    /// The files of a path. With parameters for files, the first argument is a path even if it is the name of a published data set.
    /// </summary>
    private IReadOnlyList<string> FilesOf(string path)
    {
        TakesPathsAttribute.ThrowIfObject(path);
        return DatasetCatalog.Find(path) is { } named && !System.IO.Path.Exists(ResolveFilePath(path))
            ? throw new N2DException(
                "FileNotFound",
                ErrorKind.NotFound,
                $"There is no file '{path}'. For the published data set, use Import-N2DDataset {named.Name} without parameters for "
                    + "files, such as -LabelColumn, -IdColumn, -Column and -Format.",
                path)
            : ResolveFilePaths(path);
    }

    private static string KnownNames() => string.Join(", ", DatasetCatalog.All.Select(dataset => dataset.Name));
}
