namespace N2D.Data;

/// <summary>What a cell that is not a number says about the header, and about the delimiter that it was cut out by.</summary>
internal static class DelimiterAdvice
{
    private static readonly (char Character, string Name, string Argument)[] Candidates =
    [
        ('\t', "tab", "\"`t\""),
        (';', "semicolon", "';'"),
        ('|', "bar", "'|'"),
        (',', "comma", "','"),
    ];

    /// <summary>Advice to use a header or another delimiter, as sentences; null where the cell shows neither.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="records">The records that it is from.</param>
    /// <param name="format">What the user said about the text.</param>
    /// <param name="terms">The words of the message.</param>
    public static string? On(string cell, TextRecords records, TextFormat format, TableTerms terms)
    {
        if (records.HeaderAdvice is { } advice && records.FirstCells.Contains(cell))
        {
            return advice;
        }

        if (records.ColumnCount > 1 && format.Delimiter is null)
        {
            return null;
        }

        // A comma in one cell of several is part of a number, or of text.
        foreach (var (character, name, argument) in Candidates)
        {
            if (cell.Contains(character) && (records.ColumnCount == 1 || (character != ',' && AreNumbers(cell.Split(character)))))
            {
                return $"The cells look {name}-separated: use {terms.Parameter(nameof(TextFormat.Delimiter))} {argument}.";
            }
        }

        return cell.Contains(' ') && AreNumbers(cell.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            ? $"The cells look separated by blanks: use {terms.Parameter(nameof(TextFormat.Delimiter))} {TextFormat.Whitespace}."
            : null;
    }

    /// <summary>Whether at least two parts of a cell are numbers in some notation: text holds delimiters too.</summary>
    private static bool AreNumbers(string[] parts) => parts.Length > 1 && parts.All(part => NumberNotation.Point.TryParse(part, out _) || NumberNotation.Comma.TryParse(part, out _));
}
