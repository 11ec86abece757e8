using System.Globalization;
using N2D.Data;
using N2D.Pipeline;
using N2D.Profiles;

namespace N2D.Reports;

/// <summary>The columns of a data set that a report shows.</summary>
/// <param name="Dataset">The data set.</param>
/// <param name="Numbers">The columns, from 0.</param>
internal sealed record ReportColumns(Dataset Dataset, IReadOnlyList<int> Numbers)
{
    /// <summary>The most columns that are shown without being asked for.</summary>
    private const int MaxCount = 24;

    /// <summary>The most cells that are shown without being asked for. Each takes two to four bytes of the page.</summary>
    private const int MaxCells = 8_000_000;

    /// <summary>Selects columns.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="names">
    /// Names, positions or wildcards; null for the columns that set the clusters apart most, or for none if the rows are images.
    /// </param>
    /// <param name="profiles">The profiles of the clusters.</param>
    /// <exception cref="N2DException">There is no such column (<c>ColumnNotFound</c>).</exception>
    public static ReportColumns Of(Dataset dataset, IReadOnlyList<string>? names, IReadOnlyList<ClusterProfile> profiles)
    {
        string[] all = [.. dataset.GetColumnNames()];
        if (names is not null)
        {
            return new ReportColumns(dataset, new ColumnSearch(dataset.Dataset, all).FindAll(names, "ColumnNotFound", TableTerms.Default));
        }

        var strengths = profiles.SelectMany(profile => profile.GetColumns())
            .GroupBy(column => column.Column, StringComparer.Ordinal)
            .ToDictionary(columns => columns.Key, columns => columns.Max(column => column.Strength), StringComparer.Ordinal);
        var count = dataset.ImageShape is null ? Math.Min(MaxCount, Math.Max(1, MaxCells / dataset.RowCount)) : 0;
        return new ReportColumns(
            dataset,
            [.. Enumerable.Range(0, all.Length).OrderByDescending(number => strengths.GetValueOrDefault(all[number])).Take(count)]);
    }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Names => [.. Numbers.Select(number => Dataset.GetColumnNames()[number])];

    /// <summary>The categories of a column by code; null for numbers.</summary>
    /// <param name="place">The place in <see cref="Numbers"/>.</param>
    public IReadOnlyList<string>? CategoriesOf(int place) => Dataset.Raw.Categories?[Numbers[place]];

    /// <summary>The number that was subtracted from a column.</summary>
    /// <param name="place">The place in <see cref="Numbers"/>.</param>
    public double OffsetOf(int place) => Dataset.Raw.Offsets?[Numbers[place]] ?? 0;

    /// <summary>The number or category of a cell as text; empty if it is missing.</summary>
    /// <param name="place">The place in <see cref="Numbers"/>.</param>
    /// <param name="value">The value of the cell.</param>
    public string TextOf(int place, float value) => float.IsNaN(value) ? ""
        : CategoriesOf(place) is { } categories ? categories[(int)value]
        : OffsetOf(place) is var offset and not 0 ? string.Create(CultureInfo.InvariantCulture, $"{offset + value:G12}")
        : string.Create(CultureInfo.InvariantCulture, $"{value:G6}");
}
