using System.Globalization;

namespace N2D.Pipeline;

/// <summary>The missing values of one column.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Count">The number of missing values.</param>
/// <param name="First">The place of the first one, such as <c>line 19</c>.</param>
/// <param name="Place">The column in the data set, from 0. For a column of vectors, the first of several.</param>
/// <param name="Width">The number of columns in the data set: the length of the vectors in a column of vectors, otherwise 1.</param>
public sealed record ColumnGaps(string Column, int Count, string First, int Place, int Width = 1)
{
    /// <summary>The missing values of a column; null if there are none.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="count">The number of missing values.</param>
    /// <param name="rowNoun">The noun for rows, such as <c>line</c>.</param>
    /// <param name="first">The first row with a missing value, from 1.</param>
    /// <param name="place">The column in the data set, from 0.</param>
    /// <param name="width">The number of columns in the data set.</param>
    internal static ColumnGaps? Of(string column, int count, string rowNoun, int first, int place, int width = 1) =>
        count == 0 ? null : new ColumnGaps(column, count, string.Create(CultureInfo.InvariantCulture, $"{rowNoun} {first}"), place, width);

    /// <summary>The missing values after a selection of columns; null if the column is not selected.</summary>
    /// <param name="columns">Columns of the data set, from 0.</param>
    internal ColumnGaps? Among(IReadOnlyList<int> columns)
    {
        int[] places = [.. Enumerable.Range(0, columns.Count).Where(place => columns[place] >= Place && columns[place] < Place + Width)];
        return places.Length == 0 ? null : this with { Place = places[0], Width = places.Length };
    }

    /// <summary>The text in messages, such as <c>'temp' 14 (first: line 19)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Quotation.Of(Column)} {Count} (first: {First})");
}
