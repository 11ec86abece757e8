using System.Globalization;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Reads ARFF, the format of Weka and OpenML, with dense and sparse rows. Nominal attributes are text. Instance weights are ignored. If no
/// label column is given, the last attribute is the label column if it is nominal and has a name such as class or label.
/// </summary>
/// <param name="options">The roles of the columns, and how to parse them.</param>
/// <remarks>Format: https://waikato.github.io/weka-wiki/formats_and_processing/arff_stable/.</remarks>
public sealed class ArffReader(TableOptions? options = null) : IDatasetReader
{
    private const int RowsPerReport = 1024;

    private static readonly string[] LabelNames = ["class", "classes", "label", "labels", "target", "category", "y"];

    private readonly TableOptions _options = options ?? new TableOptions();

    /// <inheritdoc/>
    /// <remarks>
    /// Errors give the line of the file, from 1. Error ids: those of <see cref="InputFile"/> and <see cref="TableBuilder"/>, and
    /// <c>ArffHeader</c>, <c>RaggedRow</c>, <c>UnclosedQuote</c>, <c>SparseRow</c>.
    /// </remarks>
    public Dataset Read(string path, Execution? execution = null)
    {
        execution ??= Execution.Default;
        return UndeclaredEncoding.Read(path, (file, text) => Read(file, text, path, execution), execution);
    }

    private Dataset Read(InputFile file, TextReader text, string path, Execution execution)
    {
        var source = TableSource.Of(file, FileFormats.DatasetNameOf(path), path, "line");
        var lines = new ArffLines(text, source);
        var attributes = ArffHeader.Read(lines).Attributes;
        string[] names = [.. attributes.Select(attribute => attribute.Name)];
        var builder = new TableBuilder(source, names, WithLabel(source, attributes, names, execution), execution);
        var values = new string?[attributes.Count];
        while (lines.Read())
        {
            ReadRow(lines, attributes, values);
            builder.BeginRow(lines.Number);
            for (var column = 0; column < values.Length; column++)
            {
                if (values[column] is null || !builder.IsUsed(column))
                {
                    builder.Add(column, TableCell.Missing);
                }
                else if (attributes[column].Kind == ArffKind.Date
                    && DateTime.TryParse(values[column], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var date))
                {
                    builder.Add(column, TableCell.Of((object)date));
                }
                else
                {
                    builder.Add(column, values[column].AsSpan());
                }
            }

            if (builder.RowCount % RowsPerReport == 0)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                execution.Report($"{file.Name}: {Quantity.Of(builder.RowCount, "row")}", file.Fraction);
            }
        }

        return builder.Build();
    }

    private TableOptions WithLabel(TableSource source, IReadOnlyList<ArffAttribute> attributes, string[] names, Execution execution)
    {
        var last = names.Length - 1;
        var search = new ColumnSearch(source.Title.Trim('\''), names);
        if (last == 0 || _options.LabelColumn is not null || _options.Required is not null || attributes[last].Kind != ArffKind.Nominal
            || !LabelNames.Contains(names[last], StringComparer.OrdinalIgnoreCase) || search.Find(names[last]).Length != 1
            || IsNamed(_options.IdColumn is null ? null : [_options.IdColumn])
            || IsNamed(_options.GroupColumn is null ? null : [_options.GroupColumn])
            || IsNamed(_options.Columns)
            || IsNamed(_options.ExcludedColumns)
            || IsNamed(_options.CategoryColumns))
        {
            return _options;
        }

        string[] options = [nameof(TableOptions.CategoryColumns), nameof(TableOptions.ExcludedColumns)];
        var explanation = $"{source.Title}: the last attribute, {Quotation.Of(names[last])}, is nominal and is used as the label column. "
            + $"To change this, use {options[0]} or {options[1]} {Quotation.ArgumentOf(names[last])}.";
        execution.ExplainChoice(explanation, options);
        return _options with { LabelColumn = names[last] };

        bool IsNamed(IReadOnlyList<string>? columns) => columns?.Any(column => search.FindAll(column).Contains(last)) == true;
    }

    private static void ReadRow(ArffLines lines, IReadOnlyList<ArffAttribute> attributes, string?[] values)
    {
        var scanner = new ArffScanner(lines.Line);
        if (scanner.Skip('{'))
        {
            ReadSparse(lines, ref scanner, attributes, values);
            return;
        }

        var column = 0;
        for (var isMore = true; isMore; isMore = scanner.Skip(','))
        {
            // The last value can be followed by a weight in braces.
            if (column == values.Length && scanner.Rest is ['{', .., '}'])
            {
                return;
            }

            var value = ValueOf(lines, ref scanner, ",");
            if (column < values.Length)
            {
                values[column] = value;
            }

            column++;
        }

        if (column != values.Length || !scanner.IsAtEnd)
        {
            throw scanner.IsAtEnd
                ? lines.Invalid(
                    "RaggedRow",
                    $"expected {Quantity.Of(values.Length, "value")}, found {column}. "
                        + $"Write ? for a missing value, and quote values that contain commas")
                : Unclosed(lines, scanner);
        }
    }

    /// <summary>
    /// Reads a sparse row, which lists only some attributes. The others are 0, or the first value of a nominal attribute.
    /// </summary>
    private static void ReadSparse(ArffLines lines, ref ArffScanner scanner, IReadOnlyList<ArffAttribute> attributes, string?[] values)
    {
        for (var column = 0; column < values.Length; column++)
        {
            values[column] = attributes[column].Kind switch
            {
                ArffKind.Numeric => "0",
                ArffKind.Nominal when attributes[column].Values.Count > 0 => attributes[column].Values[0],
                _ => null,
            };
        }

        while (!scanner.Skip('}'))
        {
            var index = scanner.Word();
            if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var column)
                || column >= values.Length
                || scanner.IsAtEnd)
            {
                throw lines.Invalid(
                    "SparseRow",
                    $"{Quotation.Of(index)} is not an attribute number from 0 to {values.Length - 1} followed by a value. "
                        + $"Write: {{1 0.5, 3 x}}");
            }

            values[column] = ValueOf(lines, ref scanner, ",}");
            scanner.Skip(',');
        }
    }

    /// <summary>Reads the next value; null if it is missing.</summary>
    private static string? ValueOf(ArffLines lines, ref ArffScanner scanner, string ends)
    {
        var begin = scanner;
        return !scanner.TryValue(ends, out var value, out var isQuoted) ? throw Unclosed(lines, begin)
            : !isQuoted && value is "" or "?" ? null : value;
    }

    private static N2DException Unclosed(ArffLines lines, ArffScanner scanner) =>
        lines.Invalid(
            "UnclosedQuote",
            $"the quotes in {Quotation.Of(scanner.Rest)} do not enclose one value. "
                + $"Write \\' for a quote in a value, and a comma after the value");
}
