namespace N2D.Pipeline;

/// <summary>Properties of columns from a table that preparation stages handle: offsets, categories and missing values.</summary>
/// <param name="Offsets">
/// The number that was subtracted from each column because float32 cannot represent the differences between such large values; null if no
/// column has an offset.
/// </param>
/// <param name="Categories">The categories of each column with codes, by code, null for columns of numbers; null if there are none.</param>
/// <param name="Gaps">The missing values of each column that has some. In the rows, they are NaN.</param>
/// <param name="IsGrouped">
/// Whether the first column holds the code of each row's group, for scaling within groups. It is not a feature: the stage that scales the
/// other columns removes it.
/// </param>
public sealed record RawColumns(
    IReadOnlyList<double>? Offsets,
    IReadOnlyList<IReadOnlyList<string>?>? Categories,
    IReadOnlyList<ColumnGaps> Gaps,
    bool IsGrouped = false)
{
    /// <summary>Columns of plain numbers, without missing values.</summary>
    public static RawColumns Plain { get; } = new(null, null, []);

    /// <summary>Whether the rows need no preparation.</summary>
    internal bool AreNumbers => Categories is null && Gaps.Count == 0;

    /// <summary>Adds a first column with the codes of groups.</summary>
    /// <param name="groups">The names of the groups, by code.</param>
    /// <param name="dimension">The number of columns before.</param>
    internal RawColumns WithGroups(string[] groups, int dimension) => new(
        Offsets is null ? null : [0, .. Offsets],
        [groups, .. Categories ?? new string[]?[dimension]],
        [.. Gaps.Select(gap => gap with { Place = gap.Place + 1 })],
        IsGrouped: true);

    /// <summary>Selects columns, in the given order.</summary>
    /// <param name="columns">Columns, from 0.</param>
    internal RawColumns Select(IReadOnlyList<int> columns) => this == Plain ? this : new(
        Offsets is null ? null : [.. columns.Select(column => Offsets[column])],
        Categories is null || columns.All(column => Categories[column] is null) ? null : [.. columns.Select(column => Categories[column])],
        [.. Gaps.Select(gap => gap.Among(columns)).OfType<ColumnGaps>()],
        IsGrouped && columns is [0, ..]);
}
