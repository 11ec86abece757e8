using System.Text;

namespace N2D.Data;

/// <summary>Options for reading a delimited text file. What is null is detected.</summary>
public sealed record TextFormat
{
    /// <summary>The value of <see cref="Delimiter"/> that means any run of blanks or tabs.</summary>
    public const string Whitespace = "whitespace";

    private readonly string? _delimiter;
    private readonly IReadOnlyList<string>? _columnNames;

    /// <summary>Everything is detected.</summary>
    public static TextFormat Detected { get; } = new();

    /// <summary>
    /// The character between two cells, or <see cref="Whitespace"/>. A blank also means <see cref="Whitespace"/>: files separated by blanks
    /// align their columns with more than one. Null to detect it.
    /// </summary>
    /// <exception cref="N2DException">
    /// It is longer than one character, or a quote, a line break, a digit, a letter or part of a number (<c>DelimiterNotUsable</c>).
    /// </exception>
    public string? Delimiter
    {
        get => _delimiter;
        init => _delimiter = Normalize(value);
    }

    /// <summary>Whether the first record holds the column names; null to guess.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>
    /// The names of all columns. The first record is data then, unless <see cref="HasHeader"/> is true: in that case it is skipped. Null to
    /// use the names in the file.
    /// </summary>
    /// <exception cref="N2DException">The list is empty or a name is blank (<c>BlankColumnName</c>).</exception>
    public IReadOnlyList<string>? ColumnNames
    {
        get => _columnNames;
        init => _columnNames = value is not null && (value.Count == 0 || value.Any(string.IsNullOrWhiteSpace))
            ? throw new N2DException("BlankColumnName", ErrorKind.InvalidArgument, "A column name is blank. Give every column a name.", value)
            : value;
    }

    /// <summary>
    /// Lines that start with this text are skipped anywhere in the file. Null to skip lines with # or % above the table only; empty to skip none.
    /// </summary>
    public string? Comment { get; init; }

    /// <summary>The encoding of a file without a byte order mark; null to detect it. See <see cref="TextEncodings.Parse"/>.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Whether a character can separate cells.</summary>
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
                $"'{delimiter}' cannot separate cells. Give one character that is not part of numbers, words, quotes or line ends, such as ',', ';', '|' or a tab, or '{Whitespace}' for any number of blanks or tabs.",
                delimiter);
    }
}
