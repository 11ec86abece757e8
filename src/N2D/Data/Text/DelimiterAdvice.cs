namespace N2D.Data;

/// <summary>Advises on the header and the delimiter, given a cell that is not a number.</summary>
internal static class DelimiterAdvice
{
    private const string Delimiter = nameof(TextFormat.Delimiter);

    private static readonly (char Character, string Name, string Argument)[] Candidates =
    [
        ('\t', "tab", @"'\t'"),
        (';', "semicolon", "';'"),
        ('|', "bar", "'|'"),
        (',', "comma", "','"),
    ];

    /// <summary>Suggests a header or another delimiter.</summary>
    /// <param name="cell">The text of the cell.</param>
    /// <param name="records">The records that contain the cell.</param>
    /// <param name="format">The user's options.</param>
    /// <returns>Null if the cell suggests neither.</returns>
    public static Advice? On(string cell, TextRecords records, TextFormat format)
    {
        if (records.HeaderAdvice is { } advice && records.FirstCells.Contains(cell))
        {
            return advice;
        }

        if (records.ColumnCount > 1 && format.Delimiter is null)
        {
            return null;
        }

        // In a table of several columns, a comma in a cell belongs to a number or to text.
        foreach (var (character, name, argument) in Candidates)
        {
            if (cell.Contains(character) && (records.ColumnCount == 1 || (character != ',' && AreNumbers(cell.Split(character)))))
            {
                return new Advice($"The cells look {name}-separated: use {Delimiter} {argument}.", Delimiter);
            }
        }

        return cell.Contains(' ') && AreNumbers(cell.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            ? new Advice($"The cells look separated by blanks: use {Delimiter} {TextFormat.Whitespace}.", Delimiter)
            : null;
    }

    /// <summary>Whether a cell has two or more parts and all are numbers in some notation. Text can contain delimiters too.</summary>
    private static bool AreNumbers(string[] parts) => parts.Length > 1
        && parts.All(part => NumberNotation.Point.TryParse(part, out _) || NumberNotation.Comma.TryParse(part, out _));
}
