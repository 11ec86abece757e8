namespace N2D.Pipeline;

/// <summary>What the columns of rows hold besides plain numbers, as rows come from a table. Preparation turns it into plain numbers.</summary>
/// <param name="Offsets">
/// What the values of each column are less than the numbers in the table, where the column varies by less than float32 can show of such large values; null if no column does.
/// </param>
/// <param name="Categories">The categories of each column that holds codes, by code; null of columns of numbers, and null if there are none.</param>
/// <param name="Gaps">The missing values, which are NaN, of each column that has some.</param>
public sealed record RawColumns(IReadOnlyList<double>? Offsets, IReadOnlyList<IReadOnlyList<string>?>? Categories, IReadOnlyList<ColumnGaps> Gaps)
{
    /// <summary>Plain numbers, without gaps.</summary>
    public static RawColumns Plain { get; } = new(null, null, []);

    /// <summary>Whether the rows can be used as they are.</summary>
    internal bool AreNumbers => Categories is null && Gaps.Count == 0;

    /// <summary>Some of the columns, in the order given.</summary>
    /// <param name="columns">Columns, from 0.</param>
    internal RawColumns Select(IReadOnlyList<int> columns) => this == Plain ? this : new(
        Offsets is null ? null : [.. columns.Select(column => Offsets[column])],
        Categories is null || columns.All(column => Categories[column] is null) ? null : [.. columns.Select(column => Categories[column])],
        [.. Gaps.Select(gap => gap.Among(columns)).OfType<ColumnGaps>()]);
}
