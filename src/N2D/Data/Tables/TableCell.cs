using System.Collections;
using System.Globalization;

namespace N2D.Data;

/// <summary>What a cell of a table holds.</summary>
public enum TableCellKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A number, or a truth value.</summary>
    Number,

    /// <summary>Text, which may be a number.</summary>
    Text,

    /// <summary>Several numbers.</summary>
    Vector,

    /// <summary>Something else, such as a date.</summary>
    Other,
}

/// <summary>One cell of a table: a .NET value, and what it means there.</summary>
public readonly struct TableCell
{
    private TableCell(TableCellKind kind, object? source, double number = 0) => (Kind, Source, Number) = (kind, source, number);

    /// <summary>An empty cell.</summary>
    public static TableCell Missing => default;

    /// <summary>What it holds.</summary>
    public TableCellKind Kind { get; }

    /// <summary>Its number, of a cell that holds one.</summary>
    public double Number { get; }

    /// <summary>The value that it was made of.</summary>
    public object? Source { get; }

    /// <summary>Its numbers, of a cell that holds a vector.</summary>
    internal double[] Vector => (double[])Source!;

    /// <summary>Its text, the same in every culture; null if it is empty.</summary>
    public string? Text => Source switch
    {
        null => Kind == TableCellKind.Number ? Number.ToString(CultureInfo.InvariantCulture) : null,
        string text => text,
        DateTime date => date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateTimeOffset date => date.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        double[] vector => string.Create(CultureInfo.InvariantCulture, $"[{string.Join(", ", vector.Take(4).Select(value => value.ToString(CultureInfo.InvariantCulture)))}{(vector.Length > 4 ? ", ..." : "")}]"),
        _ => Convert.ToString(Source, CultureInfo.InvariantCulture),
    };

    /// <summary>What messages call its kind.</summary>
    internal string KindName => Kind switch
    {
        TableCellKind.Text => "text",
        TableCellKind.Vector => "vectors",
        TableCellKind.Number => "numbers",
        TableCellKind.Missing => "nothing",
        _ => Source switch
        {
            DateTime or DateTimeOffset or DateOnly => "dates",
            TimeSpan or TimeOnly => "times",
            UnusableValue value => value.Kind,
            _ => Source!.GetType().Name,
        },
    };

    /// <summary>A cell that holds a number.</summary>
    /// <param name="number">The number.</param>
    public static TableCell Of(double number) => new(TableCellKind.Number, null, number);

    /// <summary>A cell that holds text.</summary>
    /// <param name="text">The text; null for an empty cell.</param>
    public static TableCell Of(string? text) => text is null ? default : new(TableCellKind.Text, text);

    /// <summary>A cell that holds a .NET value: a number of any type, a truth value, text, a list of numbers; null and <see cref="DBNull"/> are empty cells.</summary>
    /// <param name="value">The value.</param>
    public static TableCell Of(object? value) => value switch
    {
        null or DBNull => default,
        string text => Of(text),
        bool truth => new(TableCellKind.Number, value, truth ? 1 : 0),
        byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal => new(TableCellKind.Number, value, Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        Half half => new(TableCellKind.Number, value, (double)half),
        char character => Of(character.ToString()),
        double[] vector => new(TableCellKind.Vector, vector),
        float[] vector => new(TableCellKind.Vector, Array.ConvertAll(vector, part => (double)part)),
        IEnumerable list and not IDictionary when VectorOf(list) is { } vector => new(TableCellKind.Vector, vector),
        _ => new(TableCellKind.Other, value),
    };

    /// <summary>Reads text such as <c>[0.1, 0.2]</c>, as JSON and NumPy write vectors.</summary>
    /// <param name="text">The text.</param>
    internal static double[]? ParseVector(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text is not ['[', .. var inner, ']'] || inner.Contains('['))
        {
            return null;
        }

        // Between commas a number may be missing; blanks alone separate numbers however many there are.
        var separators = inner.IndexOfAny(",;") >= 0 ? ",;" : " \t\r\n";
        var values = new List<double>();
        foreach (var range in inner.SplitAny(separators))
        {
            var part = inner[range].Trim();
            if (part.IsEmpty && separators[0] == ' ')
            {
                continue;
            }

            if (double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                values.Add(value);
            }
            else if (MissingMarks.Default.Contains(part) || part is "None")
            {
                values.Add(double.NaN);
            }
            else
            {
                return null;
            }
        }

        return values.Exists(value => !double.IsNaN(value)) ? [.. values] : null;
    }

    private static double[]? VectorOf(IEnumerable list)
    {
        var values = new List<double>();
        foreach (var item in list)
        {
            var cell = item is IEnumerable and not string ? new TableCell(TableCellKind.Other, item) : Of(item);
            var number = cell.Kind == TableCellKind.Missing ? double.NaN : cell.Number;
            if (cell.Kind is not (TableCellKind.Number or TableCellKind.Missing) && (cell.Kind != TableCellKind.Text || !NumberNotation.Point.TryParse(cell.Text, out number)))
            {
                return null;
            }

            values.Add(number);
        }

        return values.Exists(value => !double.IsNaN(value)) ? [.. values] : null;
    }
}
