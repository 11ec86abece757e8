using System.Text;

namespace N2D.Data;

/// <summary>The format of a delimited text file. Properties that are null are detected.</summary>
public sealed record TextFormat
{
    /// <summary>The value of <see cref="Delimiter"/> for any run of blanks or tabs.</summary>
    public const string Whitespace = "whitespace";

    private readonly string? _delimiter;
    private readonly IReadOnlyList<string>? _columnNames;

    /// <summary>The format in which everything is detected.</summary>
    public static TextFormat Detected { get; } = new();

    /// <summary>
    /// The character between two cells, or <see cref="Whitespace"/>. A blank also means <see cref="Whitespace"/>, because files with blanks
    /// as delimiters often align columns with several blanks. Null to detect it.
    /// </summary>
    /// <exception cref="N2DException">
    /// The value is longer than one character, or a quote, a line break, a digit, a letter or part of a number (<c>DelimiterNotUsable</c>).
    /// </exception>
    public string? Delimiter
    {
        get => _delimiter;
        init => _delimiter = Normalize(value);
    }

    /// <summary>Whether the first record holds the column names; null to detect it.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>
    /// The names of all columns. The first record is then data, or skipped if <see cref="HasHeader"/> is true. Null to use the names in the
    /// file.
    /// </summary>
    /// <exception cref="N2DException">The list is empty or a name is blank (<c>BlankColumnName</c>).</exception>
    public IReadOnlyList<string>? ColumnNames
    {
        get => _columnNames;
        init => _columnNames = value is not null && (value.Count == 0 || value.Any(string.IsNullOrWhiteSpace))
            ? throw new N2DException(
                "BlankColumnName", ErrorKind.InvalidArgument, "A column name is blank. Give every column a name.", value)
            : value;
    }

    /// <summary>
    /// The start of lines to skip anywhere in the file. Null to skip only lines that start with # or % above the table; empty to skip none.
    /// </summary>
    public string? Comment { get; init; }

    /// <summary>The encoding of a file without a byte order mark; null to detect it. See <see cref="TextEncodings.Parse"/>.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Returns whether a character can separate cells.</summary>
    internal static bool CanSeparate(char character) =>
        !char.IsLetterOrDigit(character) && character is not ('"' or '\r' or '\n' or '.' or '-' or '+');

    private static string? Normalize(string? delimiter)
    {
        if (delimiter is null)
        {
            return null;
        }

        if (delimiter == " " || delimiter.Equals(Whitespace, StringComparison.OrdinalIgnoreCase))
        {
            return Whitespace;
        }

        var character = delimiter == @"\t" ? "\t" : delimiter;
        return character.Length == 1 && CanSeparate(character[0])
            ? character
            : throw new N2DException(
                "DelimiterNotUsable",
                ErrorKind.InvalidArgument,
                $"'{delimiter}' cannot separate cells. Give one character that is not part of numbers, words, quotes or line ends, "
                    + $"such as ',', ';', '|' or a tab, or '{Whitespace}' for any number of blanks or tabs.",
                delimiter);
    }
}
