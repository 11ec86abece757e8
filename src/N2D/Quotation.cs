namespace N2D;

/// <summary>Text from files and objects, as messages show it.</summary>
public static class Quotation
{
    private const int LongestText = 40;
    private const int MostNames = 20;

    /// <summary>Text in quotation marks: shortened, and with its control characters made visible, so that it cannot change a terminal or a log.</summary>
    /// <param name="text">The text.</param>
    public static string Of(ReadOnlySpan<char> text) => $"'{Visible(text)}'";

    /// <summary>Text without quotation marks, shortened, with its control characters made visible.</summary>
    /// <param name="text">The text.</param>
    public static string Visible(ReadOnlySpan<char> text)
    {
        var shown = Printable(text[..Math.Min(text.Length, LongestText)].ToString());
        return text.Length > LongestText ? shown + "..." : shown;
    }

    /// <summary>A whole text with its control characters made visible: what a message, a view or a plot in the terminal shows.</summary>
    /// <param name="text">The text; null for none.</param>
    public static string Printable(string? text) =>
        text is null ? "" : text.Any(character => Visible(character) != character) ? string.Concat(text.Select(Visible)) : text;

    /// <summary>A character as it is, or what stands for it: of a control character its picture, of one that turns the direction of what follows it or ends a line U+FFFD.</summary>
    internal static char Visible(char character) => character switch
    {
        // The pictures of control characters follow each other in the order of the characters themselves.
        < ' ' => (char)('\u2400' + character),
        '\u007f' => '\u2421',
        >= '\u2028' and <= '\u202e' or >= '\u2066' and <= '\u2069' => '\ufffd',
        _ => char.IsControl(character) ? '\ufffd' : character,
    };

    /// <summary>Names in quotation marks, the first 20 of many.</summary>
    /// <param name="names">The names.</param>
    public static string ListOf(IReadOnlyList<string> names) => names.Count == 0
        ? "none"
        : string.Join(", ", names.Take(MostNames).Select(name => Of(name))) + (names.Count > MostNames ? $", ... {Of(names[^1])}, {names.Count} in total" : "");

    /// <summary>Names without quotation marks, the first 20 of many.</summary>
    /// <param name="names">The names.</param>
    public static string NamesOf(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames).Select(name => Visible(name))) + (names.Count > MostNames ? $", ... {Visible(names[^1])}" : "");

    /// <summary>Names as arguments on a command line: quoted only where PowerShell needs it.</summary>
    /// <param name="names">The names.</param>
    public static string ArgumentsOf(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames).Select(ArgumentOf)) + (names.Count > MostNames ? ", ..." : "");

    /// <summary>A name as an argument on a command line.</summary>
    /// <param name="name">The name.</param>
    public static string ArgumentOf(string name) =>
        name.Length > 0 && name.All(character => char.IsLetterOrDigit(character) || character == '_') ? name : $"'{Visible(name).Replace("'", "''", StringComparison.Ordinal)}'";
}
