namespace N2D.Data;

/// <summary>What a user says about one data file; picks the reader that fits.</summary>
public sealed record DatasetFile
{
    /// <summary>The format; found out from the file unless told.</summary>
    public DatasetFormat Format { get; init; }

    /// <summary>What is known about delimited text; of Parquet and .npz, the column or array of the labels and those to leave out.</summary>
    public DelimitedTextOptions Text { get; init; } = new();

    /// <summary>Full path of the labels of an IDX or .npy file, either of these; null if there are none.</summary>
    public string? LabelPath { get; init; }

    /// <summary>Of images: the size that they are brought to, and whether they keep their colours.</summary>
    public ImageFiles Images { get; init; } = new();

    /// <summary>Whether to map an IDX or .npy file into memory instead of reading it; without, that is done with files that are large for the machine.</summary>
    public bool MemoryMapped { get; init; }

    /// <summary>Reads several images as one data set.</summary>
    /// <param name="paths">Full paths, in the order of the rows.</param>
    /// <param name="execution">How to run.</param>
    /// <exception cref="N2DException">A file cannot be read, or what was said is about another format (<c>OptionOfOtherFormat</c>).</exception>
    public Dataset ReadImages(IReadOnlyList<string> paths, Execution? execution = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ThrowIfOfOtherFormat(paths[0], DatasetFormat.Image);
        return Images.Read(paths, execution);
    }

    /// <summary>The format of a file: the one that was told, else what its first bytes say.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">The file cannot be read.</exception>
    public DatasetFormat FormatOf(string path) => Format == DatasetFormat.Auto ? FileFormats.Detect(path) : Format;

    /// <summary>Reads a data set; of an image, one of a single row.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="execution">How to run.</param>
    /// <exception cref="N2DException">
    /// The file cannot be read, or what was said is about another format than the file is of (<c>OptionOfOtherFormat</c>).
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
            DatasetFormat.Idx => new IdxReader(LabelPath, MemoryMapped),
            DatasetFormat.Npy => new NpyReader(LabelPath, MemoryMapped),
            DatasetFormat.Npz => new NpzReader(new TableOptions { LabelColumn = Text.LabelColumn, IdColumn = Text.IdColumn, ExcludedColumns = Text.ExcludedColumns }),
            DatasetFormat.LibSvm => new LibSvmReader(),
            DatasetFormat.Parquet => new ParquetFileReader(new TableOptions { LabelColumn = Text.LabelColumn, IdColumn = Text.IdColumn, ExcludedColumns = Text.ExcludedColumns }),
            _ => new DelimitedTextReader(Text),
        };
        return reader.Read(path, execution);
    }

    private void ThrowIfOfOtherFormat(string path, DatasetFormat format)
    {
        const string Mapping = "cannot be memory-mapped: -MemoryMapped is for IDX and .npy files";
        var refusal = format switch
        {
            DatasetFormat.Image when Text != new DelimitedTextOptions() || LabelPath is not null || MemoryMapped =>
                "is an image: -Delimiter, -Header, -LabelColumn, -IdColumn, -ExcludeColumn, -LabelPath and -MemoryMapped are for other formats. The ids of images are the names of their files.",
            not DatasetFormat.Image when Images != new ImageFiles() => "is no image: -ImageSize and -InColor are for images. If it is one, say -Format Image.",
            DatasetFormat.Idx or DatasetFormat.Npy or DatasetFormat.LibSvm when Text.IdColumn is not null =>
                $"is {(format == DatasetFormat.LibSvm ? "libsvm text" : format == DatasetFormat.Idx ? "an IDX file" : "a .npy file")}, which has no column of ids: -IdColumn is for delimited text and Parquet. "
                    + "Without ids a row is told by its place: Index of Get-N2DAssignment.",
            DatasetFormat.Idx or DatasetFormat.Npy when Text != new DelimitedTextOptions() =>
                $"is {(format == DatasetFormat.Idx ? "an IDX" : "a .npy")} file: -Delimiter, -Header, -LabelColumn and -ExcludeColumn are for other formats. Its labels are in a file of their own: -LabelPath.",
            DatasetFormat.LibSvm when Text != new DelimitedTextOptions() || LabelPath is not null =>
                "is libsvm text, whose lines begin with their labels: -Delimiter, -Header, -LabelColumn, -ExcludeColumn and -LabelPath are for other formats. If it is none, say -Format.",
            DatasetFormat.Parquet or DatasetFormat.Npz when Text.Delimiter is not null || Text.ColumnNames is not null =>
                $"is a {format} file, which names its columns itself: -Delimiter and -Header are for delimited text.",
            DatasetFormat.Parquet or DatasetFormat.Npz when LabelPath is not null =>
                $"is a {format} file: -LabelPath is for IDX and .npy files. Say which column or array holds the labels: -LabelColumn.",
            DatasetFormat.Delimited when LabelPath is not null => "is delimited text: -LabelPath is for IDX and .npy files. Say which column holds the labels: -LabelColumn.",
            DatasetFormat.Delimited when MemoryMapped => $"is delimited text, which {Mapping}. Convert it to .npy first.",
            DatasetFormat.LibSvm or DatasetFormat.Parquet or DatasetFormat.Npz when MemoryMapped => $"{Mapping}. Convert it to .npy first.",
            _ => null,
        };
        if (refusal is not null)
        {
            throw OfOtherFormat(path, refusal);
        }
    }

    private static N2DException OfOtherFormat(string path, string message) =>
        new("OptionOfOtherFormat", ErrorKind.InvalidArgument, $"'{Path.GetFileName(path)}' {message}", path);
}
