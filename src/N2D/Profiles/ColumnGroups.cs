using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Profiles;

/// <summary>The moments of each column of numbers, and the counts of each category, in each group of rows.</summary>
internal sealed class ColumnGroups
{
    /// <summary>The fewest values that do not all differ by chance, such as the sizes of clothes in five rows.</summary>
    private const int FewestIdentifiers = 20;

    private readonly Dataset _dataset;
    private readonly int[] _columns;
    private readonly Moments[][] _moments;
    private readonly int[][][] _counts;

    private ColumnGroups(ColumnGroups all, int[] places)
    {
        _dataset = all._dataset;
        GroupCount = all.GroupCount;
        _columns = Array.ConvertAll(places, place => all._columns[place]);
        _moments = Array.ConvertAll(places, place => all._moments[place]);
        _counts = Array.ConvertAll(places, place => all._counts[place]);
        KnownCounts = Array.ConvertAll(places, place => all.KnownCounts[place]);
    }

    private ColumnGroups(Dataset dataset, int[] columns, int groupCount)
    {
        _dataset = dataset;
        _columns = columns;
        GroupCount = groupCount;
        _moments = Array.ConvertAll(columns, column => dataset.IsCategory(column) ? [] : new Moments[groupCount]);
        _counts = Array.ConvertAll(columns, column => dataset.Raw.Categories?[column] is { } categories
            ? [.. Enumerable.Range(0, groupCount).Select(_ => new int[categories.Count])]
            : Array.Empty<int[]>());
        KnownCounts = Array.ConvertAll(columns, _ => new int[groupCount]);
    }

    /// <summary>The number of groups.</summary>
    public int GroupCount { get; }

    /// <summary>The number of columns.</summary>
    public int ColumnCount => _columns.Length;

    /// <summary>The number of values that are not missing, by column and group.</summary>
    private int[][] KnownCounts { get; }

    /// <summary>Reads the rows once, in order.</summary>
    /// <param name="dataset">The rows as they were read.</param>
    /// <param name="columns">The columns to compare, from 0.</param>
    /// <param name="groups">The group of each row, from 0.</param>
    /// <param name="groupCount">The number of groups.</param>
    /// <param name="execution">Progress and cancellation.</param>
    public static ColumnGroups Of(Dataset dataset, int[] columns, int[] groups, int groupCount, Execution execution)
    {
        var result = new ColumnGroups(dataset, columns, groupCount);
        if (columns.Length > 0)
        {
            dataset.GetSourceRows().ForEachBlock("comparing the columns", execution, (start, block) =>
            {
                for (var place = 0; place < block.Length; place += dataset.Dimension)
                {
                    result.Add(block.Span.Slice(place, dataset.Dimension), groups[start + (place / dataset.Dimension)]);
                }

                return true;
            });
        }

        return result;
    }

    /// <summary>The name of a column.</summary>
    /// <param name="place">The column's place among those that are compared.</param>
    public string NameOf(int place) => _dataset.GetColumnNames()[_columns[place]];

    /// <summary>The categories of a column; null for numbers.</summary>
    /// <param name="place">The column's place.</param>
    public IReadOnlyList<string>? CategoriesOf(int place) => _dataset.Raw.Categories?[_columns[place]];

    /// <summary>The moments of a column in each group, in the units of the source.</summary>
    /// <param name="place">The place of a column of numbers.</param>
    public Moments[] MomentsOf(int place)
    {
        var (factor, offset) = _dataset.UnitOf(_columns[place]);
        return Array.ConvertAll(_moments[place], group => group.Scaled(factor, offset));
    }

    /// <summary>The number of rows of a category in a group.</summary>
    /// <param name="place">The place of a column of categories.</param>
    /// <param name="group">The group.</param>
    /// <param name="category">The code of the category.</param>
    public int CountOf(int place, int group, int category) => _counts[place][group][category];

    /// <summary>The number of values in each group that are not missing.</summary>
    /// <param name="place">The column's place.</param>
    public int[] KnownCountsOf(int place) => KnownCounts[place];

    /// <summary>
    /// Leaves out the columns of categories that occur once each, such as ids and messages: no group can have more of them than others.
    /// </summary>
    /// <param name="execution">Receives an explanation that names these columns.</param>
    public ColumnGroups WithoutIdentifiers(Execution execution)
    {
        var parts = Enumerable.Range(0, ColumnCount).ToLookup(IsIdentifier);
        string[] left = [.. parts[true].Select(NameOf)];
        if (left.Length == 0)
        {
            return this;
        }

        execution.Explain?.Invoke(
            $"Not compared, because the text differs in each row: {Quotation.NamesOf(left)}. Name such a column to compare it.");
        return new ColumnGroups(this, [.. parts[false]]);
    }

    private bool IsIdentifier(int place) =>
        CategoriesOf(place) is { } categories
        && KnownCounts[place].Sum() >= FewestIdentifiers
        && Enumerable.Range(0, categories.Count).All(category => _counts[place].Sum(counts => counts[category]) <= 1);

    private void Add(ReadOnlySpan<float> row, int group)
    {
        for (var place = 0; place < _columns.Length; place++)
        {
            var value = row[_columns[place]];
            if (float.IsNaN(value))
            {
                continue;
            }

            KnownCounts[place][group]++;
            if (_counts[place] is not { Length: > 0 } counts)
            {
                _moments[place][group] = _moments[place][group].With(value);
            }
            else if (value >= 0)
            {
                // A category that the model was not fitted to has a negative code.
                counts[group][(int)value]++;
            }
        }
    }
}
