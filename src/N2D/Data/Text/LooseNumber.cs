using System.Text.RegularExpressions;

namespace N2D.Data;

/// <summary>Recognizes numbers in any notation, to detect the delimiter. Parsing is stricter.</summary>
internal static partial class LooseNumber
{
    /// <summary>
    /// Returns whether text is a number with a decimal point or comma, with optional thousands separators and percent sign.
    /// </summary>
    public static bool Is(ReadOnlySpan<char> text) => NumberNotation.Point.TryParse(text, out _)
        || (text.Length > 0 && Pattern.IsMatch(text));

    [GeneratedRegex(
        @"^[+-]?(\d+(,\d+)?|\d{1,3}([.' \u00A0\u202F]\d{3})+(,\d+)?"
            + @"|\d{1,3}([,' \u00A0\u202F]\d{3})+(\.\d+)?|\d+\.\d+|,\d+)([eE][+-]?\d+)? ?%?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern { get; }
}
