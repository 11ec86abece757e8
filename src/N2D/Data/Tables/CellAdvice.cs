namespace N2D.Data;

/// <summary>What to do about a cell that is not a number, in a column of numbers.</summary>
internal static class CellAdvice
{
    private const int LongestMark = 12;

    /// <summary>The remedy, as a sentence.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="column">The name of its column.</param>
    /// <param name="options">What the user said about the table.</param>
    public static string Of(TableCell cell, string column, TableOptions options)
    {
        var terms = options.Terms;
        var text = cell.Text ?? "";
        if (cell.Kind == TableCellKind.Text && NumberNotation.HasGroups(text))
        {
            return $"A comma may be a thousands separator or a decimal comma: {terms.Culture} en-US reads 1,000 as 1000, and {terms.Culture} de-DE reads it as 1.";
        }

        if (cell.Kind == TableCellKind.Text && NumberNotation.HasDecimalComma(text))
        {
            return $"For numbers with a decimal comma, use {terms.Culture} with your culture, such as {terms.Culture} de-DE.";
        }

        var mark = cell.Kind == TableCellKind.Text && text.Length <= LongestMark ? $" A text that marks a missing value can be named: {terms.Mark}." : "";
        return $"Correct such cells, or leave the {terms.Column} out: {terms.Exclude} {Quotation.ArgumentOf(column)}.{mark}";
    }
}
