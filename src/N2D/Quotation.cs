namespace N2D;

/// <summary>Formats text from files and objects for messages.</summary>
public static class Quotation
{
    private const int LongestText = 40;
    private const int MostNames = 20;

    /// <summary>The characters that PowerShell reads as a single quotation mark. Within one, each is doubled.</summary>
    private const string QuotationMarks = "'\u2018\u2019\u201a\u201b";

    /// <summary>Quotes text: shortens it, and makes control characters visible, so that it cannot affect a terminal or a log.</summary>
    /// <param name="text">The text.</param>
    public static string Of(ReadOnlySpan<char> text) => $"'{Visible(text)}'";

    /// <summary>Shortens text and makes control characters visible, without quotation marks.</summary>
    /// <param name="text">The text.</param>
    public static string Visible(ReadOnlySpan<char> text)
    {
        var shown = Printable(text[..Math.Min(text.Length, LongestText)].ToString());
        return text.Length > LongestText ? shown + "..." : shown;
    }

    /// <summary>Makes the control characters of a whole text visible, for messages, views and plots in a terminal.</summary>
    /// <param name="text">The text; null gives an empty string.</param>
    public static string Printable(string? text) =>
        text is null ? "" : text.Any(character => Visible(character) != character) ? string.Concat(text.Select(Visible)) : text;

    /// <summary>
    /// Replaces a control character with its Unicode picture, and bidirectional controls and line separators with U+FFFD.
    /// </summary>
    internal static char Visible(char character) => character switch
    {
        // The pictures of control characters are in the order of the characters.
        < ' ' => (char)('\u2400' + character),
        '\u007f' => '\u2421',
        >= '\u2028' and <= '\u202e' or >= '\u2066' and <= '\u2069' => '\ufffd',
        _ => char.IsControl(character) ? '\ufffd' : character,
    };

    /// <summary>A list of quoted names; the first 20 if there are more.</summary>
    /// <param name="names">The names.</param>
    public static string ListOf(IReadOnlyList<string> names) => names.Count == 0
        ? "none"
        : string.Join(", ", names.Take(MostNames).Select(name => Of(name)))
            + (names.Count > MostNames ? $", ... {Of(names[^1])}, {names.Count} in total" : "");

    /// <summary>A list of names without quotation marks; the first 20 if there are more.</summary>
    /// <param name="names">The names.</param>
    public static string NamesOf(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames).Select(name => Visible(name)))
            + (names.Count > MostNames ? $", ... {Visible(names[^1])}" : "");

    /// <summary>A list of names as command-line arguments, quoted only if necessary.</summary>
    /// <param name="names">The names.</param>
    public static string ArgumentsOf(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames).Select(ArgumentOf)) + (names.Count > MostNames ? ", ..." : "");

    /// <summary>A name as a command-line argument for a message: shortened, and quoted only if necessary.</summary>
    /// <param name="name">The name.</param>
    public static string ArgumentOf(string name) => ArgumentOf(name, Visible(name));

    /// <summary>A whole name as a command-line argument for a command to run, quoted only if necessary.</summary>
    /// <param name="name">The name.</param>
    public static string WholeArgumentOf(string name) => ArgumentOf(name, Printable(name));

    private static string ArgumentOf(string name, string shown) =>
        name.Length > 0 && shown.Length == name.Length && name.All(character => char.IsLetterOrDigit(character) || character == '_')
            ? name
            : $"'{string.Concat(shown.Select(character => new string(character, QuotationMarks.Contains(character) ? 2 : 1)))}'";
}
