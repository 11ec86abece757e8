using System.Globalization;
using N2D.Data;
using N2D.Numerics;

namespace N2D.Models;

/// <summary>Brings what columns hold to what it was in the fit: numbers less the same offset, and categories by the same codes.</summary>
internal static class ColumnContent
{
    /// <summary>The code of a category that the fit has not seen.</summary>
    private const float Unseen = -1;

    private const int MostExamples = 5;

    /// <summary>The rows with the content of the fit.</summary>
    /// <param name="dataset">The rows, with the columns of the fit in their order.</param>
    /// <param name="fitted">What the pipeline was fitted to.</param>
    /// <param name="execution">Warned of categories that the fit has not seen.</param>
    /// <exception cref="N2DException">A column holds categories where the fit had numbers (<c>ColumnMismatch</c>).</exception>
    public static Dataset Align(Dataset dataset, DataDocument fitted, Execution execution)
    {
        var raw = dataset.Raw;
        if (raw.Offsets is null && fitted.Offsets is null && raw.Categories is null && fitted.Categories is null)
        {
            return dataset;
        }

        var rows = dataset.GetRawRows(execution);
        var values = rows.Values.ToArray();
        var unseen = new List<string>();
        for (var column = 0; column < rows.ColumnCount; column++)
        {
            var (own, wanted) = (raw.Categories?[column], fitted.Categories?[column]);
            if (own is not null && wanted is null)
            {
                throw new N2DException(
                    "ColumnMismatch", ErrorKind.InvalidArgument, $"Column {Quotation.Of(fitted.Columns[column])} of '{dataset.Dataset}' holds categories, and the model was fitted to numbers in it. Read it as numbers.", dataset);
            }

            var shift = (raw.Offsets?[column] ?? 0) - (fitted.Offsets?[column] ?? 0);
            for (var place = column; place < values.Length; place += rows.ColumnCount)
            {
                values[place] = wanted is null
                    ? (shift == 0 ? values[place] : (float)(values[place] + shift))
                    : CodeOf(TextOf(values[place], own, raw.Offsets?[column] ?? 0), wanted, fitted.Columns[column], unseen);
            }
        }

        if (unseen.Count > 0)
        {
            execution.Warn?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"{Quantity.Of(unseen.Count, "cell")} of '{dataset.Dataset}' {(unseen.Count == 1 ? "holds a category" : "hold categories")} that the model was not fitted to, such as {string.Join(", ", unseen.Distinct().Take(MostExamples))}. Such a row belongs to none of the column's categories."));
        }

        return dataset.WithColumns(Matrix.Own(values, rows.ColumnCount), fitted.Columns, new RawColumns(fitted.Offsets, fitted.Categories, raw.Gaps));
    }

    private static string? TextOf(float value, IReadOnlyList<string>? categories, double offset) => float.IsNaN(value)
        ? null
        : categories is null ? (value + offset).ToString(CultureInfo.InvariantCulture) : categories[(int)value];

    private static float CodeOf(string? category, string[] categories, string column, List<string> unseen)
    {
        if (category is null)
        {
            return float.NaN;
        }

        var code = Array.IndexOf(categories, category);
        if (code < 0)
        {
            unseen.Add($"{Quotation.Visible(column)}={Quotation.Visible(category)}");
        }

        return code < 0 ? Unseen : code;
    }
}
