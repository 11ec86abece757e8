using System.Globalization;

namespace N2D.Data;

/// <summary>The texts that mark a missing value, among numbers, labels and categories alike. Case does not matter; neither do blanks around them.</summary>
public sealed class MissingMarks
{
    /// <summary>What Excel, R, pandas, SQL databases and Weka write. Texts that are often classes or categories as well, such as <c>None</c> and <c>-</c>, are not among them.</summary>
    private static readonly string[] Usual = ["NA", "N/A", "#N/A", "<NA>", "NaN", "-NaN", "NULL", "NaT", "\\N", "?"];

    private readonly HashSet<string> _marks;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly int _longest;
    private readonly HashSet<double> _numbers;

    /// <summary>Takes the usual marks and some more.</summary>
    /// <param name="more">The others; null for none.</param>
    public MissingMarks(IEnumerable<string>? more = null)
    {
        string[] own = [.. (more ?? []).Select(mark => mark.Trim())];
        _marks = new HashSet<string>([.. Usual, .. own], StringComparer.OrdinalIgnoreCase);
        _lookup = _marks.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = _marks.Max(mark => mark.Length);
        HasOwn = own.Length > 0;
        _numbers = [.. own.Select(mark => double.TryParse(mark, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).Where(double.IsFinite)];
    }

    /// <summary>The usual marks.</summary>
    public static MissingMarks Default { get; } = new();

    /// <summary>Whether there are others than the usual marks: these may be numbers.</summary>
    public bool HasOwn { get; }

    /// <summary>Whether a number is one of the marks, such as -999.</summary>
    /// <param name="number">The number.</param>
    public bool Contains(double number) => _numbers.Contains(number);

    /// <summary>Whether text is empty or one of the marks.</summary>
    /// <param name="text">The text.</param>
    public bool Contains(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
        {
            return true;
        }

        // Nearly all cells are numbers, which none of the usual marks begins like.
        return text.Length <= _longest && (HasOwn || !char.IsAsciiDigit(text[0])) && _lookup.Contains(text);
    }
}
