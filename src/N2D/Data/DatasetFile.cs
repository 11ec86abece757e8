using N2D.Pipeline;

namespace N2D.Data;

/// <summary>What a user says about one data file; picks the reader that fits.</summary>
public sealed record DatasetFile
{
    /// <summary>The formats whose columns have roles: labels, ids, categories.</summary>
    private static readonly DatasetFormat[] Tables =
        [DatasetFormat.Delimited, DatasetFormat.Parquet, DatasetFormat.Excel, DatasetFormat.Json, DatasetFormat.Arff];

    /// <summary>The format; found out from the file unless given.</summary>
    public DatasetFormat Format { get; init; }

    /// <summary>How delimited text is laid out.</summary>
    public TextFormat Text { get; init; } = new();

    /// <summary>What the columns of tables mean, or the arrays of an archive.</summary>
    public TableOptions Table { get; init; } = new();

    /// <summary>Full path of the labels of an IDX or .npy file; null if there are none.</summary>
    public string? LabelPath { get; init; }

    /// <summary>The sheet of a workbook: its name, or its number from 1. Null for the first one that has data.</summary>
    public string? Worksheet { get; init; }

    /// <summary>The array of an HDF5 file; null for the only one there is.</summary>
    public string? ArrayName { get; init; }

    /// <summary>Whether to keep only the columns of libsvm text that occur, whose indices may then be hashes.</summary>
    public bool UsedColumnsOnly { get; init; }

    /// <summary>Whether the columns of a MatrixMarket file become rows, as of files with a row for each gene.</summary>
    public bool Transpose { get; init; }

    /// <summary>Of images: the size that they are brought to, and whether they keep their colors.</summary>
    public ImageFiles Images { get; init; } = new();

    /// <summary>Whether to map an IDX or .npy file into memory instead of reading it; without, that is done with files that are large for the machine.</summary>
    public bool MemoryMapped { get; init; }

    /// <summary>Reads several images as one data set.</summary>
    /// <param name="paths">Full paths, in the order of the rows.</param>
    /// <param name="execution">How to run.</param>
    /// <exception cref="N2DException">A file cannot be read, or an option is for another format (<c>OptionOfOtherFormat</c>).</exception>
    public Dataset ReadImages(IReadOnlyList<string> paths, Execution? execution = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ThrowIfOfOtherFormat(paths[0], DatasetFormat.Image);
        return Images.Read(paths, execution);
    }

    /// <summary>The format of a file: the one that was given, else what its first bytes say.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">The file cannot be read, or is of a format that is known and not read (<c>FormatNotSupported</c>).</exception>
    public DatasetFormat FormatOf(string path) => Format == DatasetFormat.Auto ? FileFormats.Detect(path) : Format;

    /// <summary>Reads a data set as it is in the file; of an image, one of a single row.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="execution">How to run.</param>
    /// <exception cref="N2DException">The file cannot be read, or an option is for another format (<c>OptionOfOtherFormat</c>).</exception>
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
            DatasetFormat.Npy => new NpyReader(LabelPath, MemoryMapped, Table),
            DatasetFormat.Npz => new NpzReader(Table),
            DatasetFormat.LibSvm => new LibSvmReader(Table, UsedColumnsOnly),
            DatasetFormat.Parquet => new ParquetFileReader(Table),
            DatasetFormat.Excel => new ExcelReader(Table, Worksheet, Text.HasHeader, Text.ColumnNames),
            DatasetFormat.Json => new JsonReader(Table),
            DatasetFormat.Arff => new ArffReader(Table),
            DatasetFormat.MatrixMarket => new MatrixMarketReader(Transpose),
            DatasetFormat.Hdf5 => new Hdf5Reader(Table, ArrayName),
            _ => new DelimitedTextReader(Text, Table),
        };
        return reader.Read(path, execution);
    }

    /// <summary>The names of the columns of a table, without reading its rows where the format allows; none of files whose columns have no names.</summary>
    /// <param name="path">Full path.</param>
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

    /// <summary>Refuses options that would do nothing with a file.</summary>
    private void ThrowIfOfOtherFormat(string path, DatasetFormat format)
    {
        string[] idle = [.. GivenOptions().Where(option => !option.Formats.Contains(format)).Select(option => Table.Terms.Parameter(option.Name))];
        if (idle.Length > 0)
        {
            var instead = GivenOptions().First(option => !option.Formats.Contains(format)).Formats;
            throw new N2DException(
                "OptionOfOtherFormat",
                ErrorKind.InvalidArgument,
                $"'{Path.GetFileName(path)}' is read as {NameOf(format)}, and {string.Join(" and ", idle)} {(idle.Length == 1 ? "does" : "do")} not apply to it{Advice(format)}. "
                    + $"{idle[0]} is for {string.Join(", ", instead.Select(NameOf))}. If the file is of another format, use {Table.Terms.Parameter(nameof(Format))}.",
                path);
        }
    }

    /// <summary>What the user said, and the formats that it is about.</summary>
    private IEnumerable<(string Name, DatasetFormat[] Formats)> GivenOptions()
    {
        DatasetFormat[] text = [DatasetFormat.Delimited], arrays = [.. Tables, DatasetFormat.Npz];
        DatasetFormat[] labeled = [.. arrays, DatasetFormat.Hdf5];
        (string Name, bool IsGiven, DatasetFormat[] Formats)[] options =
        [
            (nameof(Text.Delimiter), Text.Delimiter is not null, text),
            ("Header", Text.ColumnNames is not null, [DatasetFormat.Delimited, DatasetFormat.Excel]),
            ("NoHeader", Text.HasHeader is not null, [DatasetFormat.Delimited, DatasetFormat.Excel]),
            (nameof(Text.Comment), Text.Comment is not null, text),
            (nameof(Text.Encoding), Text.Encoding is not null, text),
            (nameof(Table.LabelColumn), Table.LabelColumn is not null, labeled),
            (nameof(Table.IdColumn), Table.IdColumn is not null, arrays),
            (nameof(Table.WeightColumn), Table.WeightColumn is not null, Tables),
            (nameof(Table.Columns), Table.Columns is not null, arrays),
            (nameof(Table.ExcludedColumns), Table.ExcludedColumns is not null, arrays),
            (nameof(Table.CategoryColumns), Table.CategoryColumns is not null, arrays),
            (nameof(Table.MissingMarks), Table.MissingMarks is not null, [.. labeled, DatasetFormat.LibSvm, DatasetFormat.Npy, DatasetFormat.Idx]),
            (nameof(Table.Culture), Table.Culture is not null, Tables),
            (nameof(LabelPath), LabelPath is not null, [DatasetFormat.Idx, DatasetFormat.Npy]),
            (nameof(MemoryMapped), MemoryMapped, [DatasetFormat.Idx, DatasetFormat.Npy]),
            (nameof(Worksheet), Worksheet is not null, [DatasetFormat.Excel]),
            (nameof(ArrayName), ArrayName is not null, [DatasetFormat.Hdf5]),
            (nameof(Transpose), Transpose, [DatasetFormat.MatrixMarket]),
            (nameof(UsedColumnsOnly), UsedColumnsOnly, [DatasetFormat.LibSvm]),
            ("ImageSize", Images.Size is not null, [DatasetFormat.Image]),
            ("InColor", Images.InColor, [DatasetFormat.Image]),
        ];
        return options.Where(option => option.IsGiven).Select(option => (option.Name, option.Formats));
    }

    private static string Advice(DatasetFormat format) => format switch
    {
        DatasetFormat.Idx or DatasetFormat.Npy => ": it has no named columns, and its labels are in a file of their own",
        DatasetFormat.LibSvm => ": its lines begin with their labels",
        DatasetFormat.Image => ": its columns are pixels, and its id is the name of the file",
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
