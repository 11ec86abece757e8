namespace N2D.Data;

/// <summary>What to do about a cell that is not a number, in a column of numbers.</summary>
internal static class CellAdvice
{
    private const int LongestMark = 12;

    private static readonly string[] Cultures = ["de-DE", "en-US", "fr-FR", "de-CH"];

    /// <summary>The remedy, as sentences.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="options">What the user said about the table.</param>
    public static string Of(TableCell cell, TableOptions options)
    {
        var terms = options.Terms;
        var text = cell.Kind == TableCellKind.Text ? cell.Text ?? "" : "";
        if (NumberNotation.HasGroups(text))
        {
            return $"A comma may be a thousands separator or a decimal comma: {terms.Culture} en-US reads 1,000 as 1000, and {terms.Culture} de-DE reads it as 1.";
        }

        if (CultureOf(text) is { } culture)
        {
            return $"For numbers in such a notation, use {terms.Culture}: {terms.Culture} {culture} reads {TableProblems.Texts}.";
        }

        var mark = text.Length is > 0 and <= LongestMark ? $" If the text marks a missing value, use {terms.Mark} {TableProblems.Texts}." : "";
        var roles = text.Length > 0 ? $"for ids use {terms.Id}, for categories {terms.Category}, and to leave it out {terms.Exclude}" : $"leave it out with {terms.Exclude}";
        return $"Correct such cells, or {(text.Length > 0 ? $"give the {terms.Column} another role: " : "")}{roles} {TableProblems.Columns}.{mark}";
    }

    /// <summary>A culture that reads a text as a number, where the usual notation does not.</summary>
    /// <param name="text">The text.</param>
    internal static string? CultureOf(string text)
    {
        foreach (var culture in Cultures)
        {
            if (text.Any(char.IsAsciiDigit) && NumberNotation.Of(culture).TryParse(text, out _))
            {
                return culture;
            }
        }

        return null;
    }
}
