namespace N2D.Data;

/// <summary>What a user says about one data file; picks the reader that fits.</summary>
public sealed record DatasetFile
{
    /// <summary>The format; found out from the file unless told.</summary>
    public DatasetFormat Format { get; init; }

    /// <summary>What is known about delimited text.</summary>
    public DelimitedTextOptions Text { get; init; } = new();

    /// <summary>Full path of the labels of an IDX or .npy file, either of these; null if there are none.</summary>
    public string? LabelPath { get; init; }

    /// <summary>Whether to map an IDX or .npy file into memory instead of reading it; without, that is done with files that are large for the machine.</summary>
    public bool MemoryMapped { get; init; }

    /// <summary>Reads a data set.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="execution">How to run.</param>
    /// <exception cref="N2DException">
    /// The file cannot be read, or what was said is about another format than the file is of (<c>OptionOfOtherFormat</c>).
    /// </exception>
    public Dataset Read(string path, Execution? execution = null)
    {
        var format = Format == DatasetFormat.Auto ? FileFormats.Detect(path) : Format;
        if (format != DatasetFormat.Delimited && Text != new DelimitedTextOptions())
        {
            var name = format == DatasetFormat.Idx ? "an IDX" : "a .npy";
            throw OfOtherFormat(path, $"is {name} file: -Delimiter, -Header, -LabelColumn and -ExcludeColumn are for delimited text. Its labels are in a file of their own: -LabelPath.");
        }

        if (format == DatasetFormat.Delimited && LabelPath is not null)
        {
            throw OfOtherFormat(path, "is delimited text: -LabelPath is for IDX and .npy files. Say which column holds the labels: -LabelColumn.");
        }

        if (format == DatasetFormat.Delimited && MemoryMapped)
        {
            throw OfOtherFormat(path, "is delimited text, which cannot be memory-mapped: -MemoryMapped is for IDX and .npy files. Convert it to .npy first.");
        }

        IDatasetReader reader = format switch
        {
            DatasetFormat.Idx => new IdxReader(LabelPath, MemoryMapped),
            DatasetFormat.Npy => new NpyReader(LabelPath, MemoryMapped),
            _ => new DelimitedTextReader(Text),
        };
        return reader.Read(path, execution);
    }

    private static N2DException OfOtherFormat(string path, string message) =>
        new("OptionOfOtherFormat", ErrorKind.InvalidArgument, $"'{Path.GetFileName(path)}' {message}", path);
}
