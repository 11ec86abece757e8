namespace N2D.Data;

/// <summary>The columns of a file that were to be numbers and begin with words: one holds the classes, or they have to be left out.</summary>
/// <param name="layout">The columns.</param>
/// <param name="firstRows">The cells of the first rows, without the header.</param>
internal sealed class TextColumns(ColumnLayout layout, IReadOnlyList<string[]> firstRows)
{
    /// <summary>How many first rows tell text from a slip among numbers, at least.</summary>
    public const int RowsToTell = 8;

    private const int MostNames = 20;

    /// <summary>What to do about a word in a column of numbers.</summary>
    /// <param name="column">The column, from 0.</param>
    public string AdviceOn(int column)
    {
        var name = Quote(layout.Names[column]);
        if (!IsText(column))
        {
            return $"correct it or remove the row, or leave the column out: -ExcludeColumn {name}";
        }

        string[] all = [.. Enumerable.Range(0, layout.Names.Length).Where(other => layout.IsNumber(other) && IsText(other)).Select(other => Quote(layout.Names[other]))];
        var list = string.Join(", ", all.Take(MostNames)) + (all.Length > MostNames ? ", ..." : "");
        return (layout.Label < 0, all.Length) switch
        {
            (true, 1) => $"if the column holds the classes, say -LabelColumn {name}, else leave it out: -ExcludeColumn {name}",
            (true, _) => $"{all.Length} columns hold text: leave them out, -ExcludeColumn {list}, or all but the one that holds the classes, if any does, and name that by -LabelColumn",
            _ => $"leave out what is text, -ExcludeColumn {list}, or encode it as numbers",
        };
    }

    private bool IsText(int column)
    {
        var known = firstRows.Where(row => column < row.Length && !NumberText.IsMissing(row[column])).Select(row => row[column]).ToArray();
        return known.Length > 0 && known.All(cell => NumberText.IsWord(cell));
    }

    private static string Quote(string name) =>
        name.All(character => char.IsLetterOrDigit(character) || character == '_') ? name : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";
}
