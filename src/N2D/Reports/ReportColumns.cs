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
            [.. dataset.FeatureColumns.OrderByDescending(number => strengths.GetValueOrDefault(all[number])).Take(count)]);
    }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Names => [.. Numbers.Select(number => Dataset.GetColumnNames()[number])];

    /// <summary>The categories of a column by code; null for numbers.</summary>
    /// <param name="place">The place in <see cref="Numbers"/>.</param>
    public IReadOnlyList<string>? CategoriesOf(int place) => Dataset.Raw.Categories?[Numbers[place]];

    /// <summary>The factor and the offset that restore the numbers of a column in its source.</summary>
    /// <param name="place">The place in <see cref="Numbers"/>.</param>
    public (double Factor, double Offset) UnitOf(int place) => Dataset.UnitOf(Numbers[place]);

    /// <summary>
    /// Numbers or categories of a column as text, numbers with the same number of decimals. Empty if a value is missing, or a category that
    /// the model does not know.
    /// </summary>
    /// <param name="place">The place in <see cref="Numbers"/>.</param>
    /// <param name="values">The values of some rows.</param>
    public string[] TextsOf(int place, float[] values)
    {
        if (CategoriesOf(place) is { } categories)
        {
            return Array.ConvertAll(values, value => value >= 0 ? categories[(int)value] : "");
        }

        var (factor, offset) = UnitOf(place);
        var numbers = Array.ConvertAll(values, value => (value * factor) + offset);
        if (offset != 0)
        {
            return Array.ConvertAll(numbers, number => double.IsNaN(number) ? "" : number.ToString("G12", CultureInfo.InvariantCulture));
        }

        var format = FigureFormat.Exact(numbers);
        return Array.ConvertAll(numbers, format.TextOf);
    }
}
