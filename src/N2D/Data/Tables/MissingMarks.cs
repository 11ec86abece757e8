using System.Globalization;

namespace N2D.Data;

/// <summary>The texts that mark missing values among numbers, labels and categories. Case and surrounding blanks are ignored.</summary>
public sealed class MissingMarks
{
    /// <summary>
    /// The marks that Excel, R, pandas, SQL databases and Weka write, without texts that are often categories, such as <c>None</c> and
    /// <c>-</c>.
    /// </summary>
    private static readonly string[] Usual = ["NA", "N/A", "#N/A", "<NA>", "NaN", "-NaN", "NULL", "NaT", "\\N", "?"];

    private readonly HashSet<string> _marks;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly int _longest;
    private readonly HashSet<double> _numbers;

    /// <summary>Creates a set of the usual marks and others.</summary>
    /// <param name="more">The other marks; null for none.</param>
    public MissingMarks(IEnumerable<string>? more = null)
    {
        string[] own = [.. (more ?? []).Select(mark => mark.Trim())];
        _marks = new HashSet<string>([.. Usual, .. own], StringComparer.OrdinalIgnoreCase);
        _lookup = _marks.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = _marks.Max(mark => mark.Length);
        HasOwn = own.Length > 0;
        _numbers = [.. own
            .Select(mark => double.TryParse(mark, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
            .Where(double.IsFinite)];
    }

    /// <summary>The usual marks.</summary>
    public static MissingMarks Default { get; } = new();

    /// <summary>Whether there are marks besides the usual ones. These can be numbers.</summary>
    public bool HasOwn { get; }

    /// <summary>Returns whether a number is one of the marks, such as -999.</summary>
    /// <param name="number">The number.</param>
    public bool Contains(double number) => _numbers.Contains(number);

    /// <summary>Returns whether text is empty or one of the marks.</summary>
    /// <param name="text">The text.</param>
    public bool Contains(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
        {
            return true;
        }

        // Most cells are numbers, and no usual mark begins with a digit.
        return text.Length <= _longest && (HasOwn || !char.IsAsciiDigit(text[0])) && _lookup.Contains(text);
    }
}
