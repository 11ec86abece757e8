namespace N2D.Data;

/// <summary>Advises on cells that are not numbers, in columns of numbers.</summary>
internal static class CellAdvice
{
    private const string Culture = nameof(TableOptions.Culture);
    private const int LongestMark = 12;

    private static readonly string[] Cultures = ["de-DE", "en-US", "fr-FR", "de-CH"];

    /// <summary>Returns a remedy for a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="options">The user's options.</param>
    public static Advice Of(TableCell cell, TableOptions options)
    {
        var text = cell.Kind == TableCellKind.Text ? cell.Text ?? "" : "";
        if (NumberNotation.HasGroups(text))
        {
            return new Advice(
                "A comma can be a thousands separator or a decimal comma: "
                    + $"{Culture} en-US reads 1,000 as 1000, and {Culture} de-DE reads it as 1.",
                Culture);
        }

        return CultureOf(text) is { } culture
            ? new Advice($"For numbers in this notation, use {Culture}: {Culture} {culture} reads {TableProblems.Texts}.", Culture)
            : OfOtherRole(text, options.Terms);
    }

    /// <summary>Returns a culture that reads a text as a number; null if none does.</summary>
    /// <param name="text">The text, which is not a number in the usual notation.</param>
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

    private static Advice OfOtherRole(string text, TableTerms terms)
    {
        const string Id = nameof(TableOptions.IdColumn), Category = nameof(TableOptions.CategoryColumns);
        const string Excluded = nameof(TableOptions.ExcludedColumns), Mark = nameof(TableOptions.MissingMarks);
        if (text.Length == 0)
        {
            return new Advice($"Correct such cells, or leave the {terms.Column} out: {Excluded} {TableProblems.Columns}.", Excluded);
        }

        var roles = $"Correct such cells, or give the {terms.Column} another role: {Id} for ids, {Category} for categories, "
            + $"or {Excluded} {TableProblems.Columns} to leave it out.";
        return text.Length > LongestMark
            ? new Advice(roles, Id, Category, Excluded)
            : new Advice($"{roles} If the text marks a missing value, use {Mark} {TableProblems.Texts}.", Id, Category, Excluded, Mark);
    }
}
