using System.Globalization;
using N2D.Data;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>
/// Converts the values of columns to the encoding of the fit: numbers with the same offsets, categories with the same codes.
/// </summary>
internal static class ColumnContent
{
    /// <summary>The code of an unknown category.</summary>
    private const float Unseen = -1;

    private const int MaxExamples = 5;

    /// <summary>Converts rows to the encoding of the fit.</summary>
    /// <param name="dataset">The rows, with the columns of the fit in order.</param>
    /// <param name="fitted">The description of the training data.</param>
    /// <param name="execution">Receives warnings about unknown categories.</param>
    /// <exception cref="N2DException">A column has categories but the fit had numbers, or the reverse (<c>ColumnMismatch</c>).</exception>
    public static Dataset Align(Dataset dataset, DataDocument fitted, Execution execution)
    {
        var raw = dataset.Raw;
        if (raw.Offsets is null && fitted.Offsets is null && raw.Categories is null && fitted.Categories is null)
        {
            return dataset;
        }

        var rows = dataset.GetRawRows(execution);
        var values = rows.Values.ToArray();
        var unseen = new UnseenCategories();
        var groups = fitted.Categories?[0];
        for (var column = 0; column < rows.ColumnCount; column++)
        {
            var (own, wanted) = (raw.Categories?[column], fitted.Categories?[column]);
            if (own is null != wanted is null)
            {
                throw OtherContent(dataset, fitted.Columns[column], own is not null);
            }

            if (fitted.IsGrouped && column == 0)
            {
                // Other groups than those of the fit get codes of their own: the stage that scales within groups can handle them.
                groups = [.. wanted!, .. own!.Except(wanted!)];
                Recode(values, column, rows.ColumnCount, own!, groups, fitted.Columns[column], unseen);
            }
            else if (wanted is not null)
            {
                Recode(values, column, rows.ColumnCount, own!, wanted, fitted.Columns[column], unseen);
            }
            else
            {
                Shift(values, column, rows.ColumnCount, (raw.Offsets?[column] ?? 0) - (fitted.Offsets?[column] ?? 0));
            }
        }

        WarnOfLostDigits(dataset, fitted, execution);
        if (unseen.Count > 0)
        {
            execution.Warn?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"{Quantity.Of(unseen.Count, "cell")} of '{dataset.Dataset}' "
                    + $"{(unseen.Count == 1 ? "contains a category" : "contain categories")} that the model was not fitted to, such as "
                    + $"{string.Join(", ", unseen.Examples)}. Such a row gets none of the column's categories."));
        }

        return dataset.WithColumns(
            Matrix.Own(values, rows.ColumnCount),
            fitted.Columns,
            new RawColumns(
                fitted.Offsets,
                fitted.Categories is null ? null : [groups, .. fitted.Categories.Skip(1)],
                raw.Gaps,
                fitted.IsGrouped));
    }

    private static void Shift(float[] values, int column, int columnCount, double shift)
    {
        for (var place = column; shift != 0 && place < values.Length; place += columnCount)
        {
            values[place] = (float)(values[place] + shift);
        }
    }

    private static void Recode(
        float[] values, int column, int columnCount, IReadOnlyList<string> own, string[] wanted, string name, UnseenCategories unseen)
    {
        float[] codes = [.. own.Select(category => (float)Array.IndexOf(wanted, category))];
        for (var place = column; place < values.Length; place += columnCount)
        {
            if (float.IsNaN(values[place]))
            {
                continue;
            }

            var code = (int)values[place];
            values[place] = codes[code] < 0 ? Unseen : codes[code];
            if (codes[code] < 0)
            {
                unseen.Add($"{Quotation.Visible(name)}={Quotation.Visible(own[code])}");
            }
        }
    }

    /// <summary>Warns if rows that were read without the model have fewer digits of large numbers than those of the fit.</summary>
    private static void WarnOfLostDigits(Dataset dataset, DataDocument fitted, Execution execution)
    {
        string[] names =
            [.. fitted.Columns.Where((_, column) => fitted.Offsets?[column] is > 0 or < 0 && dataset.Raw.Offsets?[column] is null or 0)];
        if (names.Length > 0)
        {
            execution.Advise(
                $"The model distinguishes numbers in {Quotation.ListOf(names)} that '{dataset.Dataset}' rounds to the same float32. Set "
                    + $"{nameof(TableOptions.Required)} when the rows are read.",
                nameof(TableOptions.Required));
        }
    }

    private static N2DException OtherContent(Dataset dataset, string column, bool hasCategories) => new(
        "ColumnMismatch",
        ErrorKind.InvalidArgument,
        hasCategories
            ? $"Column {Quotation.Of(column)} of '{dataset.Dataset}' contains categories, but the model was fitted to numbers. Set "
                + $"{nameof(TableOptions.Required)} when the rows are read."
            : $"Column {Quotation.Of(column)} of '{dataset.Dataset}' was read as numbers, but the model was fitted to categories. Set "
                + $"{nameof(TableOptions.Required)} when the rows are read.",
        dataset)
    {
        Options = [nameof(TableOptions.Required)],
    };

    /// <summary>Counts unknown categories, and keeps some of them as examples.</summary>
    private sealed class UnseenCategories
    {
        private readonly HashSet<string> _examples = [];

        public int Count { get; private set; }

        public IEnumerable<string> Examples => _examples;

        public void Add(string category)
        {
            Count++;
            if (_examples.Count < MaxExamples)
            {
                _examples.Add(category);
            }
        }
    }
}
