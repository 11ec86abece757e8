using System.Globalization;

namespace N2D.Pipeline;

/// <summary>The missing values of one column.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Count">How many there are.</param>
/// <param name="First">Where the first one is, such as <c>line 19</c>.</param>
/// <param name="Place">The column in the data set, from 0; the first one of a column of vectors.</param>
/// <param name="Width">The number of columns in the data set: that of the numbers in a vector, otherwise 1.</param>
public sealed record ColumnGaps(string Column, int Count, string First, int Place, int Width = 1)
{
    /// <summary>The gaps of a column; null if there are none.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="rowNoun">What the numbers of rows count.</param>
    /// <param name="first">The number of the first row with a gap, from 1.</param>
    /// <param name="place">The column in the data set, from 0.</param>
    /// <param name="width">The number of columns in the data set.</param>
    internal static ColumnGaps? Of(string column, int count, string rowNoun, int first, int place, int width = 1) =>
        count == 0 ? null : new ColumnGaps(column, count, string.Create(CultureInfo.InvariantCulture, $"{rowNoun} {first}"), place, width);

    /// <summary>The same gaps among some of the columns; null if the column is not among them.</summary>
    /// <param name="columns">Columns of the data set, from 0.</param>
    internal ColumnGaps? Among(IReadOnlyList<int> columns)
    {
        int[] places = [.. Enumerable.Range(0, columns.Count).Where(place => columns[place] >= Place && columns[place] < Place + Width)];
        return places.Length == 0 ? null : this with { Place = places[0], Width = places.Length };
    }

    /// <summary>As it stands in messages: <c>'temp' 14 (first: line 19)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Quotation.Of(Column)} {Count} (first: {First})");
}
