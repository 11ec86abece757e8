using System.Collections;
using System.Globalization;

namespace N2D.Data;

/// <summary>The kind of content of a table cell.</summary>
public enum TableCellKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A number or a Boolean value.</summary>
    Number,

    /// <summary>Text, which can be a number.</summary>
    Text,

    /// <summary>A list of numbers.</summary>
    Vector,

    /// <summary>Something else, such as a date.</summary>
    Other,
}

/// <summary>A table cell: a .NET value and its kind.</summary>
public readonly struct TableCell
{
    private TableCell(TableCellKind kind, object? source, double number = 0) => (Kind, Source, Number) = (kind, source, number);

    /// <summary>An empty cell.</summary>
    public static TableCell Missing => default;

    /// <summary>The kind of content.</summary>
    public TableCellKind Kind { get; }

    /// <summary>The number, if the cell holds one.</summary>
    public double Number { get; }

    /// <summary>The original value.</summary>
    public object? Source { get; }

    /// <summary>The numbers of a cell that holds a vector.</summary>
    internal double[] Vector => (double[])Source!;

    /// <summary>The content as culture-invariant text; null if the cell is empty.</summary>
    public string? Text => Source switch
    {
        null => Kind == TableCellKind.Number ? Number.ToString(CultureInfo.InvariantCulture) : null,
        string text => text,
        DateTime date =>
            date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateTimeOffset date => date.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        double[] vector => TextOf(vector),
        _ => Convert.ToString(Source, CultureInfo.InvariantCulture),
    };

    /// <summary>The name of the kind in messages.</summary>
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

    /// <summary>Creates a cell that holds a number.</summary>
    /// <param name="number">The number.</param>
    public static TableCell Of(double number) => new(TableCellKind.Number, null, number);

    /// <summary>Creates a cell that holds text.</summary>
    /// <param name="text">The text; null for an empty cell.</param>
    public static TableCell Of(string? text) => text is null ? default : new(TableCellKind.Text, text);

    /// <summary>
    /// Creates a cell from a .NET value: a number of any type, a Boolean value, text, or a list of numbers. Null and <see cref="DBNull"/>
    /// give empty cells.
    /// </summary>
    /// <param name="value">The value.</param>
    public static TableCell Of(object? value) => value switch
    {
        null or DBNull => default,
        string text => Of(text),
        bool truth => new(TableCellKind.Number, value, truth ? 1 : 0),
        byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal =>
            new(TableCellKind.Number, value, Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        Half half => new(TableCellKind.Number, value, (double)half),
        char character => Of(character.ToString()),
        double[] vector => new(TableCellKind.Vector, vector),
        float[] vector => new(TableCellKind.Vector, Array.ConvertAll(vector, part => (double)part)),
        IEnumerable list and not IDictionary when VectorOf(list) is { } vector => new(TableCellKind.Vector, vector),
        _ => new(TableCellKind.Other, value),
    };

    /// <summary>Parses a vector as JSON and NumPy write it, such as <c>[0.1, 0.2]</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The numbers, NaN for missing ones; null if the text is not a vector.</returns>
    internal static double[]? ParseVector(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text is not ['[', .. var inner, ']'] || inner.Contains('['))
        {
            return null;
        }

        // A number can be missing between commas. A run of blanks is one separator.
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

    private static string TextOf(double[] vector)
    {
        const int MaxShown = 4;
        var shown = string.Join(", ", vector.Take(MaxShown).Select(value => value.ToString(CultureInfo.InvariantCulture)));
        return vector.Length > MaxShown ? $"[{shown}, ...]" : $"[{shown}]";
    }

    private static double[]? VectorOf(IEnumerable list)
    {
        var values = new List<double>();
        foreach (var item in list)
        {
            var cell = item is IEnumerable and not string ? new TableCell(TableCellKind.Other, item) : Of(item);
            var number = cell.Kind == TableCellKind.Missing ? double.NaN : cell.Number;
            if (cell.Kind is not (TableCellKind.Number or TableCellKind.Missing)
                && (cell.Kind != TableCellKind.Text || !NumberNotation.Point.TryParse(cell.Text, out number)))
            {
                return null;
            }

            values.Add(number);
        }

        return values.Exists(value => !double.IsNaN(value)) ? [.. values] : null;
    }
}
