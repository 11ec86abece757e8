using System.Globalization;

namespace N2D.Data;

/// <summary>The missing values of one column.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Count">How many there are.</param>
/// <param name="First">Where the first one is, such as <c>line 19</c>.</param>
public sealed record ColumnGaps(string Column, int Count, string First)
{
    /// <summary>The gaps of a column; null if there are none.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="rowNoun">What the numbers of rows count.</param>
    /// <param name="first">The number of the first row with a gap, from 1.</param>
    internal static ColumnGaps? Of(string column, int count, string rowNoun, int first) =>
        count == 0 ? null : new ColumnGaps(column, count, string.Create(CultureInfo.InvariantCulture, $"{rowNoun} {first}"));

    /// <summary>As it stands in messages: <c>'temp' 14 (first: line 19)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Quotation.Of(Column)} {Count} (first: {First})");
}
