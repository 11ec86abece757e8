namespace N2D.Data;

/// <summary>What a user says about one data file; picks the reader that fits.</summary>
public sealed record DatasetFile
{
    /// <summary>The format; found out from the file unless told.</summary>
    public DatasetFormat Format { get; init; }

    /// <summary>What is known about delimited text.</summary>
    public DelimitedTextOptions Text { get; init; } = new();

    /// <summary>Full path of the labels of an IDX file; null if there are none.</summary>
    public string? LabelPath { get; init; }

    /// <summary>Reads a data set.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="execution">How to run.</param>
    /// <exception cref="N2DException">
    /// The file cannot be read, or what was said is about another format than the file is of (<c>OptionOfOtherFormat</c>).
    /// </exception>
    public Dataset Read(string path, Execution? execution = null)
    {
        var format = Format == DatasetFormat.Auto ? FileFormats.Detect(path) : Format;
        var isIdx = format == DatasetFormat.Idx;
        if (isIdx && Text != new DelimitedTextOptions())
        {
            throw OfOtherFormat(path, "is an IDX file: -Delimiter, -Header, -LabelColumn and -ExcludeColumn are for delimited text. Its labels are in a file of their own: -LabelPath.");
        }

        if (!isIdx && LabelPath is not null)
        {
            throw OfOtherFormat(path, "is delimited text: -LabelPath is for IDX files. Say which column holds the labels: -LabelColumn.");
        }

        IDatasetReader reader = isIdx ? new IdxReader(LabelPath) : new DelimitedTextReader(Text);
        return reader.Read(path, execution);
    }

    private static N2DException OfOtherFormat(string path, string message) =>
        new("OptionOfOtherFormat", ErrorKind.InvalidArgument, $"'{Path.GetFileName(path)}' {message}", path);
}
