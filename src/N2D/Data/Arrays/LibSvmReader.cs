using System.Buffers.Text;
using System.Globalization;
using System.Text;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads the text format of libsvm and svmlight. Each line is a row: its label, then <c>index:value</c> for each nonzero value, in
/// ascending order. Indices start at 1, or at 0 if the index 0 occurs. <c>qid:</c> and text after <c>#</c> are ignored. The rows become
/// dense. (Joachims, 1999; Chang and Lin, 2011.)
/// </summary>
/// <param name="options">The missing-value marks, the columns of a model, and the terms for messages.</param>
/// <param name="usedColumnsOnly">
/// Whether only the indices that occur become columns, each named by its index (<c>x17</c>). Use it for hashed features, whose indices
/// reach 2^31 - 1. By default, every index up to the largest becomes a column.
/// </param>
/// <remarks>
/// Rows for a model get the columns of the model. An index that does not occur is 0 in all rows. Indices that the model does not have are
/// left out.
/// </remarks>
public sealed class LibSvmReader(TableOptions? options = null, bool usedColumnsOnly = false) : IDatasetReader
{
    private const int RowsPerReport = 1024;
    private const int EntriesPerCheck = 1 << 16;
    private const int MaxQuotationLength = 40;

    private readonly TableOptions _options = options ?? new TableOptions();
    private readonly MissingMarks _marks = new(options?.MissingMarks);

    /// <summary>The free memory for the dense rows in bytes; null to query the system.</summary>
    internal long? FreeBytes { get; init; }

    /// <inheritdoc/>
    /// <remarks>
    /// Errors give the line of the file, from 1. Error ids: <c>FileNotFound</c>, <c>FolderGiven</c>, <c>EmptyFile</c>, <c>AccessDenied</c>,
    /// <c>CorruptGzip</c>, <c>NotText</c>, <c>NoRows</c>, <c>NoNumberColumns</c>, <c>NotANumber</c>, <c>NotFinite</c>,
    /// <c>IndexOutOfOrder</c>, <c>TooManyValues</c>, <c>TooSparse</c>, <c>DoesNotFitInMemory</c>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null) => InputFile.Read(path, file =>
    {
        execution ??= Execution.Default;
        var entries = ReadEntries(file, execution);
        var (rows, columns) = ToDense(file, entries, execution);
        var labels = entries.Labels.Exists(label => label is not null) ? Labels.FromNames(entries.Labels) : null;
        var isWhole = columns.Count == entries.LargestIndex + 1L - entries.FirstIndex;
        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture,
            $"'{file.Name}': {Quantity.Of(rows.RowCount, "row")} of {Quantity.Of(rows.ColumnCount, "column")}, indices from "
                + $"{entries.FirstIndex}{(isWhole ? "" : $" to {entries.LargestIndex}")}; "
                + $"{entries.Values.Count / (double)rows.Values.Length:P1} of the values are in the file, the others are 0."));
        if (labels is not null)
        {
            ScarceLabels.WarnIfAny(
                execution,
                $"'{file.Name}'",
                labels,
                "If these are regression targets, ignore the scores that use labels.");
        }

        return Dataset.FromArray(FileFormats.DatasetNameOf(path), rows, labels, columns.Names, null, path, null, execution);
    }, execution);

    /// <summary>Whether text is in this format: each line is a label and pairs, and at least one line has a pair.</summary>
    /// <param name="head">The first bytes of a file. An incomplete last line is ignored.</param>
    internal static bool IsLibSvm(ReadOnlySpan<byte> head)
    {
        var end = head.LastIndexOf((byte)'\n');
        var text = Encoding.UTF8.GetString(end < 0 ? head : head[..end]);
        var hasPair = false;
        foreach (var line in text.Split('\n').Select(line => line.Split('#')[0]))
        {
            var parts = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (parts.Skip(1).Any(part => !IsPair(part)))
            {
                return false;
            }

            hasPair |= parts.Length > 1;
        }

        return hasPair;

        static bool IsPair(string part) => part.Split(':') is [var index, var value]
            && (index == "qid" || uint.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                && float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }

    private LibSvmEntries ReadEntries(InputFile file, Execution execution)
    {
        var (entries, lines, decoder) =
            (new LibSvmEntries(), new ByteLines(file, execution.CancellationToken), new UndeclaredEncoding($"'{file.Name}'", execution));
        while (lines.Read())
        {
            ReadLine(file, lines, entries, decoder, execution);
            if (entries.RowCount % RowsPerReport == 0)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                execution.Report($"{file.Name}: {Quantity.Of(entries.RowCount, "row")}", file.Fraction);
            }
        }

        return entries.RowCount > 0 ? entries : throw file.Invalid("NoRows", $" has no rows, only blank lines and comments.");
    }

    private void ReadLine(InputFile file, ByteLines lines, LibSvmEntries entries, UndeclaredEncoding decoder, Execution execution)
    {
        var line = lines.Number == 1 && lines.Line.StartsWith("\ufeff"u8) ? lines.Line[3..] : lines.Line;
        var remark = line.IndexOf((byte)'#');
        var rest = remark < 0 ? line : line[..remark];
        var label = SpacedRows.Next(ref rest);
        if (label.IsEmpty)
        {
            return;
        }

        if (label.Contains((byte)':'))
        {
            throw file.Invalid(
                "NotANumber",
                $", line {lines.Number}: expected a label, found '{Quote(label)}'. "
                    + $"Begin each line with a label, or with 0 if there is none.");
        }

        entries.Begin(LabelOf(label, decoder));
        for (var token = SpacedRows.Next(ref rest); !token.IsEmpty; token = SpacedRows.Next(ref rest))
        {
            if (token[0] == (byte)'q' && token.StartsWith("qid:"u8))
            {
                continue;
            }

            var colon = token.IndexOf((byte)':');
            if (colon < 1 || !Utf8Parser.TryParse(token[..colon], out int index, out var length) || length != colon || index < 0)
            {
                throw file.Invalid("NotANumber", $", line {lines.Number}: '{Quote(token)}' is not an index:value pair, such as 3:0.5.");
            }

            if (!float.TryParse(token[(colon + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                throw file.Invalid("NotANumber", $", line {lines.Number}: the value of '{Quote(token)}' is not a number.");
            }

            if (IsMissing(token[(colon + 1)..]))
            {
                value = float.NaN;
            }
            else if (!float.IsFinite(value))
            {
                throw file.Invalid("NotFinite", $", line {lines.Number}: the value of '{Quote(token)}' is not a finite float32 number.");
            }

            if (!entries.Add(index, value))
            {
                throw file.Invalid(
                    "IndexOutOfOrder",
                    $", line {lines.Number}: index {index} is not larger than the one before it. "
                        + $"Sort the pairs of each line by index, and remove duplicates.");
            }

            if (entries.Values.Count % EntriesPerCheck == 0)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                ThrowIfTooMany(file, lines, entries);
            }
        }
    }

    private static void ThrowIfTooMany(InputFile file, ByteLines lines, LibSvmEntries entries)
    {
        if (entries.Values.Count >= Array.MaxLength - EntriesPerCheck)
        {
            throw file.Invalid(
                "TooManyValues",
                $", line {lines.Number}: the file has more than {Array.MaxLength} numbers. Read a part of the rows.");
        }
    }

    private (Matrix Rows, LibSvmColumns Columns) ToDense(InputFile file, LibSvmEntries entries, Execution execution)
    {
        var ofModel = LibSvmColumns.OfModel(_options.Required);
        if (entries.Values.Count == 0 && ofModel is null)
        {
            throw file.Invalid("NoNumberColumns", $" has labels but no index:value pairs: there are no numbers to cluster.");
        }

        var columns = ofModel ?? (usedColumnsOnly ? LibSvmColumns.UsedBy(entries) : LibSvmColumns.Of(entries));
        var (rows, ignored) = columns.ToDense(file, entries, nameof(DatasetFile.UsedColumnsOnly), FreeBytes);
        if (ignored > 0)
        {
            execution.Warn?.Invoke(
                $"'{file.Name}': {Quantity.Of(ignored, "value")} of {Quantity.Of(entries.Values.Count, "value")} have indices that the "
                    + "model does not have, and are left out.");
        }

        return (rows, columns);
    }

    /// <summary>Only the user's own marks apply. The default marks are not numbers, and cause an error.</summary>
    private bool IsMissing(ReadOnlySpan<byte> value) =>
        _marks.HasOwn
            && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && _marks.Contains(number);

    /// <summary>Integers have one text for all notations, such as 1, +1 and 1.0.</summary>
    private string? LabelOf(ReadOnlySpan<byte> label, UndeclaredEncoding decoder)
    {
        if (double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < 1L << 53
            && Math.Floor(number) == number)
        {
            return _marks.Contains(number) ? null : ((long)number).ToString(CultureInfo.InvariantCulture);
        }

        var text = decoder.Decode(label);
        return _marks.Contains(text) ? null : text;
    }

    private static string Quote(ReadOnlySpan<byte> token) =>
        Quotation.Visible(Encoding.UTF8.GetString(token[..Math.Min(token.Length, MaxQuotationLength)]));
}
