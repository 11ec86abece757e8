using System.Globalization;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads delimited text, such as CSV and TSV, with one row per record. Detects the delimiter, the header, the notation of numbers and the
/// encoding unless they are given.
/// </summary>
/// <param name="text">The format of the text; null to detect everything.</param>
/// <param name="table">The roles of the columns; null if all are features.</param>
public sealed class DelimitedTextReader(TextFormat? text = null, TableOptions? table = null) : IDatasetReader
{
    /// <summary>The number of rows between two progress reports and checks for cancellation.</summary>
    private const int RowsPerReport = 1024;

    private readonly TextFormat _text = text ?? new TextFormat();
    private readonly TableOptions _table = table ?? new TableOptions();

    /// <inheritdoc/>
    /// <remarks>
    /// Errors give line numbers, from 1. Their ids are those of <see cref="InputFile"/> and <see cref="TableBuilder"/>, and <c>NotText</c>,
    /// <c>InvalidEncoding</c>,
    /// <c>RaggedRow</c>, <c>HeaderCountMismatch</c>, <c>MisplacedQuote</c>, <c>RecordTooLong</c>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null) =>
        InputFile.Read(path, file => Read(file, FileFormats.DatasetNameOf(path), path, execution ?? Execution.Default), execution);

    /// <summary>Reads an open file.</summary>
    internal Dataset Read(InputFile file, string name, string path, Execution execution)
    {
        var records = TextRecords.Open(file, _text, execution);
        var source = TableSource.Of(file, name, path, "line") with
        {
            AdviceOnText = cell => DelimiterAdvice.On(cell, records, _text),
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
            execution.Advise($"{source.Title}: {warning.Text}", warning.Options);
        }
    }

    private static void AddRagged(TableBuilder builder, TextRecords records, int expected)
    {
        var (line, count) = (records.LineNumber, records.Count);
        builder.Problems.Add(
            "RaggedRow",
            () => string.Create(
                CultureInfo.InvariantCulture,
                $"line {line}: {Quantity.Of(count, "cell")} where {expected} {(expected == 1 ? "is" : "are")} expected"),
            () => $"Repair such lines; a cell that contains {records.DelimiterName} needs quotes.");
    }
}
