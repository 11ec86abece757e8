namespace N2D.Data;

/// <summary>
/// Reads delimited text, CSV and TSV: a row a line, every column a number except that of the labels and those left out. Numbers have a decimal
/// point whatever the machine's culture; spaces around cells, quotes around them and blank lines do not matter. A row whose cell in the column of the
/// labels is empty has an unknown label.
/// </summary>
/// <param name="options">What is known about the file; null to find out all of it.</param>
public sealed class DelimitedTextReader(DelimitedTextOptions? options = null) : IDatasetReader
{
    /// <summary>Between two looks at the token, and two reports of the progress.</summary>
    private const int RowsPerReport = 1024;

    private readonly DelimitedTextOptions _options = options ?? new DelimitedTextOptions();

    /// <inheritdoc/>
    /// <remarks>
    /// Errors name the line of the file, from 1. Their ids: <c>FileNotFound</c>, <c>FolderGiven</c>, <c>EmptyFile</c>, <c>AccessDenied</c>,
    /// <c>CorruptGzip</c>, <c>NotText</c>, <c>NoRows</c>, <c>NoNumberColumns</c>, <c>RaggedRow</c>, <c>NotANumber</c>, <c>NotFinite</c>,
    /// <c>MissingValue</c>, <c>MissingLabel</c>, <c>LabelColumnNotFound</c>, <c>LabelColumnAmbiguous</c>, <c>LabelColumnExcluded</c>,
    /// <c>IdColumnNotFound</c>, <c>IdColumnAmbiguous</c>, <c>IdColumnIsLabel</c>,
    /// <c>ExcludedColumnNotFound</c>, <c>WildcardNotUsable</c>, <c>HeaderCountMismatch</c>, <c>MisplacedQuote</c>, <c>TooManyValues</c>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null)
    {
        ThrowIfNotText(path);
        return InputFile.Read(path, file => Read(file, FileFormats.DatasetNameOf(path), path, execution ?? Execution.Default));
    }

    /// <summary>Reads an open file.</summary>
    internal Dataset Read(InputFile file, string name, string source, Execution execution)
    {
        using var records = new DelimitedRecords(file, _options.Delimiter);
        var lookAhead = LookAhead(records);
        if (lookAhead.Count == 0)
        {
            throw file.Invalid("EmptyFile", $" has no lines but blank ones.");
        }

        var layout = ColumnLayout.Find(file, _options, lookAhead[0].Cells, lookAhead.Count > 1 ? lookAhead[1].Cells : null);
        var firstRows = lookAhead[(layout.HasHeader ? 1 : 0)..];
        var rows = new DelimitedRows(file, layout, new TextColumns(layout, [.. firstRows.Select(row => row.Cells)]), records.Delimiter);
        foreach (var (line, cells) in firstRows)
        {
            Add(rows, line, cells);
        }

        AddRemaining(rows, records, file, execution);
        if (rows.Count == 0)
        {
            throw file.Invalid("NoRows", $" has a header line but no rows below it.");
        }

        var labels = rows.ToLabels();
        Explain(execution, file, layout, rows.Count, labels, records.Delimiter);
        layout.WarnIfScarcelyLabels(execution, file, labels);
        return new Dataset(name, rows.ToMatrix(), labels, [.. layout.FeatureNames], source: source).WithIds(rows.ToIds(), layout.IdName, execution);
    }

    /// <summary>The first records: enough to tell a header from data, and columns of text from columns of numbers.</summary>
    private static List<(int Line, string[] Cells)> LookAhead(DelimitedRecords records)
    {
        var lookAhead = new List<(int, string[])>();
        while (lookAhead.Count < 1 + TextColumns.RowsToTell && records.Read())
        {
            lookAhead.Add((records.LineNumber, records.ToArray()));
        }

        return lookAhead;
    }

    private static void Add(DelimitedRows rows, int line, string[] cells)
    {
        rows.Begin(line, cells.Length);
        for (var column = 0; column < cells.Length; column++)
        {
            rows.Add(column, cells[column]);
        }
    }

    private static void AddRemaining(DelimitedRows rows, DelimitedRecords records, InputFile file, Execution execution)
    {
        while (records.Read())
        {
            rows.Begin(records.LineNumber, records.Count);
            for (var column = 0; column < records.Count; column++)
            {
                rows.Add(column, records[column]);
            }

            if (rows.Count % RowsPerReport == 0)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                execution.Report($"{file.Name}: {Quantity.Of(rows.Count, "row")}", file.Fraction);
            }
        }
    }

    private static void Explain(Execution execution, InputFile file, ColumnLayout layout, int rowCount, Labels? labels, char delimiter)
    {
        var header = layout.HasHeader ? "the first line is taken for the header" : "the first line is taken for data";
        var cut = delimiter == '\t' ? "a tab" : $"'{delimiter}'";
        execution.Explain?.Invoke($"'{file.Name}': {Quantity.Of(rowCount, "row")} of {layout.Names.Length} cells separated by {cut}; {header}; {layout.Describe(labels)}.");
    }

    private static void ThrowIfNotText(string path)
    {
        var head = InputFile.ReadHead(path, 512);
        var isWide = head is [0xff, 0xfe, ..] or [0xfe, 0xff, ..];
        if (!isWide && head.Contains((byte)0))
        {
            var advice = FileFormats.IsIdx(head) ? "It is an IDX file: say -Format Idx." : "Save it as CSV.";
            throw new N2DException("NotText", ErrorKind.InvalidData, $"'{Path.GetFileName(path)}' is not a text file: it has zero bytes in it. {advice}", path);
        }
    }
}
