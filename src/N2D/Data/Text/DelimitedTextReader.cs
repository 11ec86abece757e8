using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads delimited text, such as CSV and TSV: each record is a row. What separates cells, whether the first record names the columns, how numbers are
/// written and in which encoding is detected unless it is given.
/// </summary>
/// <param name="text">How the text is laid out; null to detect everything.</param>
/// <param name="table">What the columns mean; null if all are numbers to cluster.</param>
public sealed class DelimitedTextReader(TextFormat? text = null, TableOptions? table = null) : IDatasetReader
{
    /// <summary>Between two looks at the token, and two reports of the progress.</summary>
    private const int RowsPerReport = 1024;

    private readonly TextFormat _text = text ?? new TextFormat();
    private readonly TableOptions _table = table ?? new TableOptions();

    /// <inheritdoc/>
    /// <remarks>
    /// Errors name lines of the file, from 1. Their ids: those of <see cref="InputFile"/> and <see cref="TableBuilder"/>, and <c>NotText</c>, <c>InvalidEncoding</c>,
    /// <c>RaggedRow</c>, <c>HeaderCountMismatch</c>, <c>MisplacedQuote</c>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null) =>
        InputFile.Read(path, file => Read(file, FileFormats.DatasetNameOf(path), path, execution ?? Execution.Default), execution);

    /// <summary>Reads an open file.</summary>
    internal Dataset Read(InputFile file, string name, string path, Execution execution)
    {
        using var records = TextRecords.Open(file, _text, execution);
        var source = TableSource.Of(file, name, path, "line") with
        {
            AdviceOnText = cell => DelimiterAdvice.On(cell, records, _text, _table.Terms),
            IsSemicolonSeparated = records.DelimiterName == DelimiterGuess.NameOf(';'),
        };
        var names = records.Header ?? [.. Enumerable.Repeat("", records.ColumnCount)];
        var builder = new TableBuilder(source, names, _table, execution);
        while (records.Read())
        {
            if (records.Count != names.Count)
            {
                AddRagged(builder, records, names.Count);
                continue;
            }

            builder.BeginRow(records.LineNumber);
            for (var column = 0; column < records.Count; column++)
            {
                builder.Add(column, records[column]);
            }

            if (builder.RowCount % RowsPerReport == 0)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                execution.Report($"{file.Name}: {Quantity.Of(builder.RowCount, "row")}", file.Fraction);
            }
        }

        Describe(records, source, execution);
        return builder.Build();
    }

    private static void Describe(TextRecords records, TableSource source, Execution execution)
    {
        foreach (var note in records.Notes)
        {
            execution.Explain?.Invoke($"{source.Title}: {note}");
        }

        if (records.Warning is { } warning)
        {
            execution.Warn?.Invoke($"{source.Title}: {warning}");
        }
    }

    private static void AddRagged(TableBuilder builder, TextRecords records, int expected)
    {
        var (line, count) = (records.LineNumber, records.Count);
        builder.Problems.Add(
            "RaggedRow",
            () => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {line}: {Quantity.Of(count, "cell")} where {expected} {(expected == 1 ? "is" : "are")} expected"),
            () => $"Repair such lines; a cell that holds {records.DelimiterName} needs quotes.");
    }
}
