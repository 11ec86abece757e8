using System.Globalization;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>The content of a whole table, in the form that a data set needs.</summary>
/// <param name="Names">The names of the feature columns; before them, of the group column if there is one.</param>
/// <param name="Rows">The rows: numbers minus the offset of their column, NaN for a missing value, a code for a category.</param>
/// <param name="Offsets">The number that was subtracted from each column; null if all are 0.</param>
/// <param name="Categories">The categories of each column that holds codes; null for other columns, null if no column holds codes.</param>
/// <param name="Gaps">The missing values of each column that has some.</param>
/// <param name="Labels">The labels; null if there are none.</param>
/// <param name="Ids">The ids; null if there are none.</param>
/// <param name="IsGrouped">Whether the first column holds the code of each row's group.</param>
/// <param name="Remarks">Decisions that no option asked for, to report as warnings.</param>
internal sealed record TableContent(
    string[] Names,
    Matrix Rows,
    double[]? Offsets,
    string[]?[]? Categories,
    IReadOnlyList<ColumnGaps> Gaps,
    Labels? Labels,
    string[]? Ids,
    bool IsGrouped,
    IReadOnlyList<Advice> Remarks)
{
    /// <summary>Assembles the content from the columns.</summary>
    /// <param name="source">The table, for messages.</param>
    /// <param name="given">The name of each column in the table; empty for a column without a name.</param>
    /// <param name="roles">The roles of the columns.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="options">The user's options.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="cancellation">Cancels the work.</param>
    public static TableContent Of(
        TableSource source,
        string[] given,
        ColumnRoles roles,
        TableColumns columns,
        TableOptions options,
        int rowCount,
        CancellationToken cancellation)
    {
        var remarks = new List<Advice>();
        var parts = new List<Part>();
        var firstNamed = Array.FindIndex(given, IsNamed);
        var place = 0;
        foreach (var column in roles.Group < 0 ? roles.Features : [roles.Group, .. roles.Features])
        {
            cancellation.ThrowIfCancellationRequested();
            var numbers = columns[column] as NumberColumn;
            numbers?.Finish();
            if (numbers is not null && column < firstNamed && IsUnnamedIndex(given, column, numbers)
                && roles.Features.Length > 1 && options.Columns is null && options.Required is null)
            {
                const string Id = nameof(TableOptions.IdColumn), Select = nameof(TableOptions.Columns);
                remarks.Add(new Advice(
                    $"{source.Title}: column {column + 1} has no name and {(numbers.Counts ? "counts" : "numbers")} the rows. "
                        + $"It is left out as an index. To use it as ids: {Id} {Quotation.ArgumentOf(roles.Names[column])}; as a feature: "
                        + $"{Select} '*'.",
                    Id,
                    Select));
                continue;
            }

            foreach (var part in PartsOf(roles.Names[column], columns[column]!, source, place))
            {
                parts.Add(part);
                place += part.Names.Length;
            }
        }

        var isOffset = parts.Exists(part => part.Offset != 0);
        return new TableContent(
            [.. parts.SelectMany(part => part.Names)],
            Assemble(source, parts, rowCount),
            isOffset ? [.. parts.SelectMany(part => part.Names.Select(_ => part.Offset))] : null,
            parts.Exists(part => part.Categories is not null)
                ? [.. parts.SelectMany(part => part.Names.Select(_ => part.Categories))]
                : null,
            [.. parts.Select(part => part.Gaps).OfType<ColumnGaps>()],
            LabelsOf(source, roles, columns, options),
            roles.Id < 0 ? null : [.. ((TextColumn)columns[roles.Id]!).Texts.OfType<string>()],
            roles.Group >= 0,
            remarks);
    }

    /// <summary>Returns the data set, without ids.</summary>
    /// <param name="source">The origin of the table.</param>
    public Dataset ToDataset(TableSource source) => Dataset.FromTable(
        source.DatasetName, Rows, Labels, Names, source.Path, new RawColumns(Offsets, Categories, Gaps, IsGrouped));

    /// <summary>
    /// Whether a column is an index as pandas and R write it, first and without a name: whole numbers that count the rows or differ in all
    /// rows, or one of several unnamed columns of whole numbers.
    /// </summary>
    private static bool IsUnnamedIndex(string[] given, int column, NumberColumn numbers)
    {
        const int MinRows = 10;
        if (!numbers.IsWhole)
        {
            return false;
        }

        var isOneOfSeveral = column > 0 || !IsNamed(given[1]);
        return (numbers.Counts && numbers.First is 0 or 1)
            || (numbers.Count >= MinRows && (isOneOfSeveral || new HashSet<float>(numbers.Values.Span.ToArray()).Count == numbers.Count));
    }

    /// <summary>
    /// Whether a name is neither empty nor one that pandas gives a column without a name when it reads and writes a table.
    /// </summary>
    private static bool IsNamed(string name) =>
        name.Length > 0 && !name.StartsWith("Unnamed: ", StringComparison.Ordinal) && name is not ("level_0" or "level_1");

    private static Labels? LabelsOf(TableSource source, ColumnRoles roles, TableColumns columns, TableOptions options)
    {
        if (roles.Label < 0)
        {
            return null;
        }

        var texts = ((TextColumn)columns[roles.Label]!).Texts;
        return texts.Any(text => text is not null)
            ? Labels.FromNames(texts)
            : throw source.Invalid(
                "MissingLabel",
                $", {options.Terms.Column} {Quotation.Of(roles.Names[roles.Label])}: no row has a label. "
                    + $"Leave out {nameof(TableOptions.LabelColumn)}, or fill in the labels that are known.",
                nameof(TableOptions.LabelColumn));
    }

    private static IEnumerable<Part> PartsOf(string name, object column, TableSource source, int place)
    {
        switch (column)
        {
            case NumberColumn numbers:
                var numberGaps = ColumnGaps.Of(name, numbers.GapCount, source.RowNoun, numbers.FirstGap, place);
                yield return new Part([name], numbers.Values, numbers.Offset, null, numberGaps);
                break;
            case VectorColumn { Width: > 0 } vectors:
                string[] names = [.. Enumerable.Range(1, vectors.Width)
                    .Select(part => string.Create(CultureInfo.InvariantCulture, $"{name}{part}"))];
                var vectorGaps = ColumnGaps.Of(name, vectors.GapCount, source.RowNoun, vectors.FirstGap, place, vectors.Width);
                yield return new Part(names, vectors.Values, 0, null, vectorGaps);
                break;
            case CategoryColumn categories:
                var (levels, codes) = categories.Finish();
                var values = new ValueList();
                values.Adopt(codes, codes.Length);
                var categoryGaps = ColumnGaps.Of(name, categories.GapCount, source.RowNoun, categories.FirstGap, place);
                yield return new Part([name], values, 0, levels, categoryGaps);
                break;
        }
    }

    /// <summary>Turns columns into rows, in blocks of rows so that the output stays in the cache.</summary>
    private static Matrix Assemble(TableSource source, List<Part> parts, int rowCount)
    {
        const int RowsPerBlock = 256;
        var dimension = parts.Sum(part => part.Names.Length);
        if (parts.Count == 1)
        {
            return Matrix.Own(parts[0].Values.ToArray(), dimension);
        }

        if ((long)rowCount * dimension > Array.MaxLength)
        {
            throw source.Invalid(
                "TooManyValues",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $" has {rowCount} rows of {dimension} numbers, more than the {Array.MaxLength} that an array holds. ")
                    + "Import a part of the rows or columns.");
        }

        var values = GC.AllocateUninitializedArray<float>(rowCount * dimension);
        for (var start = 0; start < rowCount; start += RowsPerBlock)
        {
            var (end, place) = (Math.Min(rowCount, start + RowsPerBlock), 0);
            foreach (var part in parts)
            {
                var width = part.Names.Length;
                var column = part.Values.Span;
                for (var row = start; row < end; row++)
                {
                    if (width == 1)
                    {
                        values[(row * dimension) + place] = column[row];
                    }
                    else
                    {
                        column.Slice(row * width, width).CopyTo(values.AsSpan((row * dimension) + place));
                    }
                }

                place += width;
            }
        }

        return Matrix.Own(values, dimension);
    }

    /// <summary>The columns of the data set that one column of the table becomes: one, or one per number of a vector.</summary>
    private sealed record Part(string[] Names, ValueList Values, double Offset, string[]? Categories, ColumnGaps? Gaps);
}
