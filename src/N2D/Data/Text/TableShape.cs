using System.Globalization;

namespace N2D.Data;

/// <summary>A record of the sample.</summary>
/// <param name="Cells">The cells of the record.</param>
/// <param name="End">The position after the record.</param>
/// <param name="LinesToEnd">The number of lines up to the end of the record.</param>
internal sealed record SampleRecord(string[] Cells, int End, int LinesToEnd);

/// <summary>The shape of a table, found in its first records.</summary>
/// <param name="ColumnCount">The number of columns.</param>
/// <param name="Header">The names of the columns; null if the file has none.</param>
/// <param name="SkippedRecords">The number of records above the first one of the data.</param>
/// <param name="Notes">The findings, as sentences.</param>
/// <param name="Warning">Uncertain findings; null if there are none.</param>
internal sealed record TableShape(
    int ColumnCount, IReadOnlyList<string>? Header, int SkippedRecords, IReadOnlyList<string> Notes, Advice? Warning)
{
    /// <summary>Advice if options say that the first record is data, but it looks like a header; null otherwise.</summary>
    public Advice? HeaderAdvice { get; private init; }

    /// <summary>Finds the shape of a table.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="format">The user's options.</param>
    /// <param name="records">The first records; at least one.</param>
    /// <param name="comments">The comments above the table.</param>
    /// <param name="delimiter">The delimiter; null for whitespace.</param>
    /// <param name="line">The line on which the text of the records starts, from 1.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="N2DException">
    /// The number of given names differs from the number of columns (<c>HeaderCountMismatch</c>).
    /// </exception>
    public static TableShape Find(
        InputFile file, TextFormat format, IReadOnlyList<SampleRecord> records, IReadOnlyList<string> comments, char? delimiter, int line,
        CancellationToken cancellation)
    {
        var counts = IsCountOfVectors(records) ? "the count and the length of the word vectors"
            : IsCountOfRowsAndClasses(records) ? "the counts of rows and columns and the names of the classes"
            : null;
        var skipped = counts is not null ? 1 : Preamble.CountIn([.. records.Select(record => record.Cells)], cancellation);
        var preamble = skipped > 0 && counts is null ? PreambleText(records, skipped) : null;
        string[] notes = counts is not null ? [$"The first line, with {counts}, was skipped."] : preamble is null ? [] : [preamble];
        SampleRecord[] table = [.. records.Skip(skipped)];
        var shape = Find(file, format, table, comments, delimiter, notes, cancellation);
        var header = format.HasHeader == false || (format.ColumnNames is not null && format.HasHeader is null)
            ? AdviceOn(table, line + table[0].LinesToEnd - 1, cancellation)
            : null;
        return shape with
        {
            SkippedRecords = skipped + shape.SkippedRecords,
            Warning = Advice.Join(preamble is null ? null : new Advice(preamble), header, shape.Warning),
            HeaderAdvice = header,
        };
    }

    private static TableShape Find(
        InputFile file, TextFormat format, SampleRecord[] records, IReadOnlyList<string> comments, char? delimiter, string[] notes,
        CancellationToken cancellation)
    {
        var first = records[0].Cells;
        string[][] rows = [.. records.Skip(1).Select(record => record.Cells)];
        var (columnCount, rowName) = CountColumns(first, rows, cancellation);
        if (format.ColumnNames is { } given)
        {
            return OfGivenNames(file, given, columnCount, format.HasHeader == true, notes);
        }

        if (format.HasHeader == false)
        {
            return new(rowName ? first.Length : columnCount, null, 0, [.. notes, "There is no header, as set."], null);
        }

        var cells = Resize(first, columnCount, rowName);
        var verdict = HeaderGuess.Guess(cells, rows, cancellation);
        if (!verdict.IsHeader && FromComments(comments, delimiter, columnCount, [first, .. rows], cancellation) is { } names)
        {
            return new(columnCount, names, 0, [.. notes, "The last comment above the table holds the column names."], null);
        }

        if (format.HasHeader == true)
        {
            return new(columnCount, cells, 1, [.. notes, "The first record is the header, as set."], null);
        }

        var taken = verdict.IsHeader ? "the header" : "data";
        string[] all = [.. notes, $"The first record was read as {taken}: {verdict.Reason}."];
        var remedy = $"{nameof(TextFormat.HasHeader)} {(verdict.IsHeader ? "false" : "true")}";
        var warning = verdict.IsClear
            ? null
            : new Advice(
                $"It is not certain whether the first record of '{file.Name}' is a header. "
                    + $"It was read as {taken}, because {verdict.Reason}. If that is wrong, use {remedy}.",
                nameof(TextFormat.HasHeader));
        return verdict.IsHeader
            ? new(columnCount, cells, 1, all, warning)
            : new(rowName ? first.Length : columnCount, null, 0, all, warning);
    }

    /// <summary>Returns advice if the first record, which is read as data, has words above numbers; null otherwise.</summary>
    private static Advice? AdviceOn(SampleRecord[] records, int line, CancellationToken cancellation)
    {
        string[][] rows = [.. records.Skip(1).Select(record => record.Cells)];
        var first = records[0].Cells;
        const string HasHeader = nameof(TextFormat.HasHeader);
        return HeaderGuess.Guess(first, rows, cancellation) is { IsHeader: true, IsClear: true }
            && first.Where((cell, column) => new FirstCell(cell, rows, column).IsOverNumbers).Any()
                ? new Advice($"Line {line} looks like a header and was read as data. If it is a header, use {HasHeader} true.", HasHeader)
                : null;
    }

    private static string PreambleText(IReadOnlyList<SampleRecord> records, int skipped)
    {
        var lines = records[skipped - 1].LinesToEnd;
        var text = Array.Find(records[0].Cells, cell => cell.Length > 0);
        var was = lines == 1 ? "was" : "were";
        return $"{Quantity.Of(lines, "line")} above the table {was} skipped; the first text there is {Quotation.Of(text)}.";
    }

    private static TableShape OfGivenNames(InputFile file, IReadOnlyList<string> given, int columnCount, bool hasHeader, string[] notes)
    {
        if (given.Count == columnCount)
        {
            return new(columnCount, given, hasHeader ? 1 : 0, notes, null);
        }

        const string ColumnNames = nameof(TextFormat.ColumnNames);
        throw file.Invalid(
            "HeaderCountMismatch",
            $" has {Quantity.Of(columnCount, "column")}, but {ColumnNames} gives {Quantity.Of(given.Count, "name")}. "
                + $"Give one name for each column, including labels and ids.",
            ColumnNames);
    }

    /// <summary>
    /// Counts the columns: those of the first record without trailing delimiters. R's write.table gives the row names no name in the
    /// header, so that record has one cell less than the others.
    /// </summary>
    private static (int Count, bool HasRowNames) CountColumns(string[] first, string[][] rows, CancellationToken cancellation)
    {
        var firstWidth = WidthOf(first);
        if (rows.Length == 0)
        {
            return (Math.Max(1, firstWidth), false);
        }

        var most = rows.GroupBy(row => row.Length)
            .OrderByDescending(group => group.Count())
            .ThenByDescending(group => group.Key == first.Length)
            .First()
            .ToArray();
        var rowWidth = most.Max(WidthOf);
        if (firstWidth == first.Length && firstWidth == rowWidth - 1 && HasRowNames(first, rows, rowWidth, cancellation))
        {
            return (rowWidth, true);
        }

        if (firstWidth <= rowWidth)
        {
            return first.Length >= rowWidth ? (Math.Max(1, rowWidth), false) : (first.Length, false);
        }

        return (firstWidth <= most[0].Length ? firstWidth : firstWidth == first.Length ? first.Length : firstWidth, false);
    }

    private static bool HasRowNames(string[] first, string[][] rows, int count, CancellationToken cancellation)
    {
        var complete = rows.Where(row => row.Length >= count).ToArray();
        return complete.Select(row => row[0]).Distinct(StringComparer.Ordinal).Count() == complete.Length
            && HeaderGuess.Guess(["", .. first], rows, cancellation).IsHeader;
    }

    private static int WidthOf(string[] cells)
    {
        var width = cells.Length;
        while (width > 0 && cells[width - 1].Length == 0)
        {
            width--;
        }

        return width;
    }

    private static string[] Resize(string[] first, int count, bool rowName) =>
        rowName ? ["", .. first] : first.Length > count ? first[..count] : first;

    /// <summary>Whether the first record is the count and the length of word vectors, as word2vec writes them.</summary>
    private static bool IsCountOfVectors(IReadOnlyList<SampleRecord> records) =>
        records.Count > 1
        && records[0].Cells is [var count, var length]
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var dimension)
        && dimension > 1
        && records.Skip(1).All(record => WidthOf(record.Cells) == dimension + 1);

    /// <summary>
    /// Whether the first record is the number of rows, the number of features and the name of each class, as in scikit-learn's own files
    /// (<c>150,4,setosa,versicolor,virginica</c>). The rows below have the features and the number of a class.
    /// </summary>
    private static bool IsCountOfRowsAndClasses(IReadOnlyList<SampleRecord> records) =>
        records.Count > 1
        && records[0].Cells is [var count, var features, _, _, ..] first
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
        && rows >= records.Count - 1
        && int.TryParse(features, NumberStyles.None, CultureInfo.InvariantCulture, out var dimension)
        && first.Skip(2).All(name => name.Length > 0 && !LooseNumber.Is(name))
        && records.Skip(1).All(record => record.Cells.Length == dimension + 1
            && int.TryParse(record.Cells[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number < first.Length - 2);

    /// <summary>Returns the column names in the last comment, as numpy.savetxt writes them; null if they do not fit the columns.</summary>
    private static string[]? FromComments(
        IReadOnlyList<string> comments, char? delimiter, int columnCount, string[][] rows, CancellationToken cancellation)
    {
        if (comments.Count == 0 || (columnCount == 1 && comments.Count > 1))
        {
            return null;
        }

        foreach (var candidate in new[] { delimiter, null, ',', '\t', ';' })
        {
            var reader = new SampleReader(comments[^1], isWhole: true, candidate, comment: null, cancellation);
            if (!reader.Read() || reader.Cells.Count != columnCount)
            {
                continue;
            }

            var names = reader.ToArray();
            if (HeaderGuess.Guess(names, rows, cancellation).IsHeader)
            {
                // A # alone is the name of a column that counts the rows.
                names[0] = names[0].Length == 0 ? "#" : names[0];
                return names;
            }
        }

        return null;
    }
}
