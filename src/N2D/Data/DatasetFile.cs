using N2D.Pipeline;

namespace N2D.Data;

/// <summary>The options for reading a data file in any format. Selects the reader for the format.</summary>
public sealed record DatasetFile
{
    /// <summary>The formats whose columns can be labels, ids or categories.</summary>
    private static readonly DatasetFormat[] Tables =
        [DatasetFormat.Delimited, DatasetFormat.Parquet, DatasetFormat.Excel, DatasetFormat.Json, DatasetFormat.Arff];

    /// <summary>The format. Default: detected from the first bytes of the file.</summary>
    public DatasetFormat Format { get; init; }

    /// <summary>The format of delimited text.</summary>
    public TextFormat Text { get; init; } = new();

    /// <summary>The roles of the columns of a table, or of the arrays of an archive.</summary>
    public TableOptions Table { get; init; } = new();

    /// <summary>The full path of the labels for an IDX or .npy file; null for no labels.</summary>
    public string? LabelPath { get; init; }

    /// <summary>The worksheet of a workbook: its name, or its number from 1. Null for the first one with data.</summary>
    public string? Worksheet { get; init; }

    /// <summary>The array of an HDF5 file; null if there is only one.</summary>
    public string? ArrayName { get; init; }

    /// <summary>Whether to keep only the columns of libsvm text that occur. Their indices can then be hashes.</summary>
    public bool UsedColumnsOnly { get; init; }

    /// <summary>Whether the columns of a MatrixMarket file become rows, for example in files with one row per gene.</summary>
    public bool Transpose { get; init; }

    /// <summary>The size and the colors of images.</summary>
    public ImageFiles Images { get; init; } = new();

    /// <summary>
    /// Whether to map an IDX or .npy file into memory instead of reading it. Files that are large for the machine are always mapped.
    /// </summary>
    public bool MemoryMapped { get; init; }

    /// <summary>The rows to read of a .npy or Parquet file; null for all.</summary>
    public RowRange? Rows { get; init; }

    /// <summary>Reads several images as one data set.</summary>
    /// <param name="paths">The full paths, in the order of the rows.</param>
    /// <param name="execution">Threads, progress, warnings and cancellation; null for the defaults.</param>
    /// <exception cref="N2DException">
    /// A file cannot be read, or an option does not apply to images (<c>OptionOfOtherFormat</c>).
    /// </exception>
    public Dataset ReadImages(IReadOnlyList<string> paths, Execution? execution = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ThrowIfOfOtherFormat(paths[0], DatasetFormat.Image);
        return Images.Read(paths, execution);
    }

    /// <summary>Returns the format of a file: the given one, or the one that its first bytes show.</summary>
    /// <param name="path">The full path.</param>
    /// <exception cref="N2DException">
    /// The file cannot be read, or has a known format that is not supported (<c>FormatNotSupported</c>).
    /// </exception>
    public DatasetFormat FormatOf(string path) => Format == DatasetFormat.Auto ? FileFormats.Detect(path) : Format;

    /// <summary>Reads a data set, without preparing it. An image gives a data set of one row.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="execution">Threads, progress, warnings and cancellation; null for the defaults.</param>
    /// <exception cref="N2DException">
    /// The file cannot be read, or an option does not apply to its format (<c>OptionOfOtherFormat</c>).
    /// </exception>
    public Dataset Read(string path, Execution? execution = null)
    {
        var format = FormatOf(path);
        if (format == DatasetFormat.Image)
        {
            return ReadImages([path], execution);
        }

        ThrowIfOfOtherFormat(path, format);
        IDatasetReader reader = format switch
        {
            DatasetFormat.Idx => new IdxReader(LabelPath, MemoryMapped, Table),
            DatasetFormat.Npy => new NpyReader(LabelPath, MemoryMapped, Table) { Range = Rows },
            DatasetFormat.Npz => new NpzReader(Table),
            DatasetFormat.LibSvm => new LibSvmReader(Table, UsedColumnsOnly),
            DatasetFormat.Parquet => new ParquetFileReader(Table) { Range = Rows },
            DatasetFormat.Excel => new ExcelReader(Table, Worksheet, Text.HasHeader, Text.ColumnNames),
            DatasetFormat.Json => new JsonReader(Table),
            DatasetFormat.Arff => new ArffReader(Table),
            DatasetFormat.MatrixMarket => new MatrixMarketReader(Transpose),
            DatasetFormat.Hdf5 => new Hdf5Reader(Table, ArrayName),
            _ => new DelimitedTextReader(Text, Table),
        };
        return reader.Read(path, execution);
    }

    /// <summary>Reads the names of the columns of a table, without its rows if the format allows it.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>The names; empty if the columns of the format have no names.</returns>
    /// <exception cref="N2DException">The file cannot be read.</exception>
    public IReadOnlyList<string> ReadColumnNames(string path)
    {
        if (!Tables.Contains(FormatOf(path)))
        {
            return [];
        }

        try
        {
            return (this with { Table = new TableOptions { StopsAtColumns = true } }).Read(path).GetColumnNames();
        }
        catch (ColumnsKnownException known)
        {
            return known.Names;
        }
    }

    /// <summary>Rejects options that have no effect on a file.</summary>
    private void ThrowIfOfOtherFormat(string path, DatasetFormat format)
    {
        var unused = GivenOptions().Where(option => !option.Formats.Contains(format)).ToArray();
        if (unused.Length > 0)
        {
            string[] names = [.. unused.Select(option => option.Name)];
            throw new N2DException(
                "OptionOfOtherFormat",
                ErrorKind.InvalidArgument,
                $"'{Path.GetFileName(path)}' is read as {NameOf(format)}, and "
                    + $"{string.Join(" and ", names)} {(names.Length == 1 ? "does" : "do")} not apply to it{ReasonOf(format)}. "
                    + $"{names[0]} is for {string.Join(" or ", unused[0].Formats.Select(NameOf))}. "
                    + $"If the file has another format, use {nameof(Format)}.",
                path)
            {
                Options = [.. names, nameof(Format)],
            };
        }
    }

    /// <summary>Returns the options that the user gave, and the formats that each applies to.</summary>
    private IEnumerable<(string Name, DatasetFormat[] Formats)> GivenOptions()
    {
        DatasetFormat[] text = [DatasetFormat.Delimited], arrays = [.. Tables, DatasetFormat.Npz];
        DatasetFormat[] labeled = [.. arrays, DatasetFormat.Hdf5];
        (string Name, bool IsGiven, DatasetFormat[] Formats)[] options =
        [
            (nameof(Text.Delimiter), Text.Delimiter is not null, text),
            (nameof(Text.ColumnNames), Text.ColumnNames is not null, [DatasetFormat.Delimited, DatasetFormat.Excel]),
            (nameof(Text.HasHeader), Text.HasHeader is not null, [DatasetFormat.Delimited, DatasetFormat.Excel]),
            (nameof(Text.Comment), Text.Comment is not null, text),
            (nameof(Text.Encoding), Text.Encoding is not null, text),
            (nameof(Table.LabelColumn), Table.LabelColumn is not null, labeled),
            (nameof(Table.IdColumn), Table.IdColumn is not null, arrays),
            (nameof(Table.WeightColumn), Table.WeightColumn is not null, Tables),
            (nameof(Table.GroupColumn), Table.GroupColumn is not null, arrays),
            (nameof(Table.Columns), Table.Columns is not null, arrays),
            (nameof(Table.ExcludedColumns), Table.ExcludedColumns is not null, arrays),
            (nameof(Table.CategoryColumns), Table.CategoryColumns is not null, arrays),
            (nameof(Table.MissingMarks),
                Table.MissingMarks is not null,
                [.. labeled, DatasetFormat.LibSvm, DatasetFormat.Npy, DatasetFormat.Idx]),
            (nameof(Table.Culture), Table.Culture is not null, Tables),
            (nameof(LabelPath), LabelPath is not null, [DatasetFormat.Idx, DatasetFormat.Npy]),
            (nameof(MemoryMapped), MemoryMapped, [DatasetFormat.Idx, DatasetFormat.Npy]),
            (nameof(Worksheet), Worksheet is not null, [DatasetFormat.Excel]),
            (nameof(ArrayName), ArrayName is not null, [DatasetFormat.Hdf5]),
            (nameof(Transpose), Transpose, [DatasetFormat.MatrixMarket]),
            (nameof(UsedColumnsOnly), UsedColumnsOnly, [DatasetFormat.LibSvm]),
            (Rows?.Skip > 0 ? nameof(RowRange.Skip) : nameof(RowRange.First), Rows is not null, [DatasetFormat.Npy, DatasetFormat.Parquet]),
            (nameof(Images.Size), Images.Size is not null, [DatasetFormat.Image]),
            (nameof(Images.InColor), Images.InColor, [DatasetFormat.Image]),
        ];
        return options.Where(option => option.IsGiven).Select(option => (option.Name, option.Formats));
    }

    private static string ReasonOf(DatasetFormat format) => format switch
    {
        DatasetFormat.Idx or DatasetFormat.Npy => ": it has no named columns, and its labels are in a separate file",
        DatasetFormat.LibSvm => ": its lines begin with their labels",
        DatasetFormat.Image => ": its columns are pixels, and its id is the file name",
        _ => "",
    };

    private static string NameOf(DatasetFormat format) => format switch
    {
        DatasetFormat.Delimited => "delimited text",
        DatasetFormat.Idx => "an IDX file",
        DatasetFormat.Npy => "a .npy file",
        DatasetFormat.Npz => "a .npz archive",
        DatasetFormat.LibSvm => "libsvm text",
        DatasetFormat.Image => "an image",
        DatasetFormat.Excel => "an Excel workbook",
        DatasetFormat.Json => "JSON",
        DatasetFormat.Arff => "ARFF",
        DatasetFormat.MatrixMarket => "a MatrixMarket file",
        DatasetFormat.Hdf5 => "an HDF5 file",
        _ => $"a {format} file",
    };
}
