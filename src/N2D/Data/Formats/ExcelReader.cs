using System.Globalization;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads a worksheet of an Excel workbook (.xlsx, .xlsm). Formulas have the values that were saved with the workbook. <c>#N/A</c> and empty
/// cells are missing values; TRUE and FALSE are 1 and 0. Blank rows and columns around the table, and titles above it, are skipped.
/// </summary>
/// <param name="options">The roles of the columns, and how to parse them.</param>
/// <param name="worksheet">The worksheet: its name, or its number from 1. Null for the first one with a column of numbers.</param>
/// <param name="hasHeader">Whether the first row that is not blank contains the column names. Null to detect this.</param>
/// <param name="columnNames">The column names, instead of those in the header. Null to use the header.</param>
public sealed class ExcelReader(
    TableOptions? options = null,
    string? worksheet = null,
    bool? hasHeader = null,
    IReadOnlyList<string>? columnNames = null) : IDatasetReader
{
    private const int RowsPerReport = 256;

    private readonly TableOptions _options = options ?? new TableOptions();
    private readonly MissingMarks _marks = new(options?.MissingMarks);

    /// <inheritdoc/>
    /// <remarks>
    /// Rows are numbered as in the worksheet. Error ids: those of <see cref="InputFile"/> and <see cref="TableBuilder"/>, and
    /// <c>WorkbookEncrypted</c>, <c>WorkbookDamaged</c>, <c>NotAWorkbook</c>, <c>WorksheetNotFound</c>, <c>EmptyWorksheet</c>,
    /// <c>ColumnNameCount</c>, <c>ErrorCell</c>, <c>FormulaWithoutValue</c>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null)
    {
        execution ??= Execution.Default;
        return InputFile.Read(
            path,
            file =>
            {
                using var content = file.ToSeekable();
                using var workbook = new ExcelWorkbook(file, content, execution);
                var (name, range) = Choose(file, workbook, execution);
                return Read(file, workbook, name, range, path, execution);
            },
            execution);
    }

    private (string Name, ExcelRange Range) Choose(InputFile file, ExcelWorkbook workbook, Execution execution)
    {
        var names = workbook.WorksheetNames;
        if (worksheet is null)
        {
            return ChooseFirst(workbook, $"'{file.Name}'", execution)
                ?? throw file.Invalid(
                    "EmptyWorksheet",
                    $" has only empty cells in all of its worksheets: {Quotation.ListOf(names)}. Enter the table, and save the workbook.");
        }

        var place = names.FindIndex(name => name.Equals(worksheet, StringComparison.OrdinalIgnoreCase));
        place = place < 0 && int.TryParse(worksheet, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number - 1 : place;
        if (place < 0 || place >= names.Count)
        {
            throw new N2DException(
                "WorksheetNotFound",
                ErrorKind.InvalidArgument,
                $"{Quotation.Of(file.Name)} has no worksheet {Quotation.Of(worksheet)}. It has {names.Count}: {Quotation.ListOf(names)}. "
                    + "Use one of these names, or a number from 1.",
                worksheet);
        }

        return (names[place], workbook.RangeOf(names[place])
            ?? throw file.Invalid(
                "EmptyWorksheet",
                $", worksheet {Quotation.Of(names[place])}, has only empty cells. Choose another worksheet."));
    }

    /// <summary>
    /// Returns the first worksheet with values, or the first one with numbers if the first one only contains notes. Null if all are empty.
    /// </summary>
    private static (string Name, ExcelRange Range)? ChooseFirst(ExcelWorkbook workbook, string title, Execution execution)
    {
        var found = new List<(string Name, ExcelRange Range)>();
        foreach (var name in workbook.SearchOrder)
        {
            if (workbook.RangeOf(name) is { } range)
            {
                found.Add((name, range));
                if (found.Count == 1 && range.HasNumbers)
                {
                    break;
                }
            }
        }

        var place = found.FindIndex(sheet => sheet.Range.HasNumbers);
        if (place <= 0)
        {
            return found.Count == 0 ? null : found[0];
        }

        string[] others = [.. found.Skip(place + 1).Where(sheet => sheet.Range.HasNumbers).Select(sheet => sheet.Name)];
        var choice = others.Length == 0
            ? ""
            : $" Other worksheets with numbers: {Quotation.ListOf(others)}. To read one, use {nameof(DatasetFile.Worksheet)}.";
        var explanation = $"{title}: worksheet {Quotation.Of(found[place].Name)} is read, "
            + $"because {Quotation.Of(found[0].Name)} has no column of numbers.{choice}";
        string[] options = others.Length == 0 ? [] : [nameof(DatasetFile.Worksheet)];
        execution.ExplainChoice(explanation, options);
        return found[place];
    }

    private Dataset Read(InputFile file, ExcelWorkbook workbook, string name, ExcelRange range, string path, Execution execution)
    {
        var isHeader = hasHeader ?? IsHeader(range.FirstRow, range.SecondRow);
        var source = TableSource.Of(file, FileFormats.DatasetNameOf(path), path, "row");
        var builder = new TableBuilder(source, NamesOf(file, range, isHeader), _options, execution);
        execution.Explain?.Invoke(
            $"{source.Title}: worksheet {Quotation.Of(name)} of {workbook.WorksheetNames.Count}, {(isHeader ? "with" : "without")} a "
                + $"header in row {range.FirstRowNumber}.");
        if (range.Title is { } text)
        {
            execution.Warn?.Invoke(
                $"{source.Title}: the rows above row {range.FirstRowNumber.ToString(CultureInfo.InvariantCulture)} do not belong to the "
                    + $"table and were skipped; the first text there is {Quotation.Of(text)}.");
        }

        foreach (var row in workbook.Rows(name))
        {
            if (row.Number < range.FirstRowNumber || (row.Number == range.FirstRowNumber && isHeader))
            {
                continue;
            }

            builder.BeginRow(row.Number);
            var values = range.ValuesOf(row);
            for (var column = 0; column < values.Length; column++)
            {
                builder.Add(
                    column, builder.IsUsed(column) ? CellOf(builder, values[column], row.Number, column, range) : TableCell.Missing);
            }

            if (builder.RowCount % RowsPerReport == 0)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                execution.Report($"{file.Name}: {Quantity.Of(builder.RowCount, "row")}", (double)row.Number / range.LastRowNumber);
            }
        }

        return builder.Build();
    }

    private string[] NamesOf(InputFile file, ExcelRange range, bool isHeader)
    {
        if (columnNames is not null)
        {
            return columnNames.Count == range.ColumnCount
                ? [.. columnNames]
                : throw file.Invalid(
                    "ColumnNameCount",
                    $" has {Quantity.Of(range.ColumnCount, "column")}, but {Quantity.Of(columnNames.Count, "column name")} "
                        + $"{(columnNames.Count == 1 ? "is" : "are")} given. Give one name for each column.");
        }

        return isHeader
            ? [.. range.FirstRow.Select(cell => TableCell.Of(cell).Text?.Trim() ?? "")]
            : [.. Enumerable.Repeat("", range.ColumnCount)];
    }

    /// <summary>
    /// The first row is a header if it has only texts, or a text above a number. Years can be column names: numbers that increase by 1 from
    /// column to column.
    /// </summary>
    private static bool IsHeader(object?[] first, object?[]? second)
    {
        object[] known = [.. first.OfType<object>()];
        if (known.All(cell => cell is string text && !NumberNotation.Point.TryParse(text, out _))
            || (second is not null && first.Zip(second).Any(pair => pair is (string, double or DateTime or bool))))
        {
            return true;
        }

        double[] years = [.. known.OfType<double>()];
        return years.Length >= 2
            && years.Length >= known.Length - 1
            && years[0] is >= 1900 and <= 2100
            && years.Index().All(year => year.Item == years[0] + year.Index);
    }

    private TableCell CellOf(TableBuilder builder, object? value, int row, int column, ExcelRange range)
    {
        if (value is ExcelFormula)
        {
            builder.Problems.Add(
                "FormulaWithoutValue",
                () => string.Create(CultureInfo.InvariantCulture, $"row {row}, cell "
                    + $"{ExcelRange.LettersOf(range.FirstColumn + column)}{row}: the formula has no stored value"),
                () => "The workbook contains formulas without stored values. Open it in Excel, and save it.");
            return TableCell.Missing;
        }

        if (value is not ExcelError(var text) || _marks.Contains(text))
        {
            return value is ExcelError ? TableCell.Missing : TableCell.Of(value);
        }

        builder.Problems.Add(
            "ErrorCell",
            () => string.Create(CultureInfo.InvariantCulture, $"row {row}, cell {ExcelRange.LettersOf(range.FirstColumn + column)}{row}: "
                + $"the formula returns the error {text}"),
            () => new Advice(
                $"Correct the formula. If the error marks a missing value, use {nameof(TableOptions.MissingMarks)} "
                    + $"{Quotation.ArgumentOf(text)}.",
                nameof(TableOptions.MissingMarks)));
        return TableCell.Missing;
    }
}
