using System.Globalization;
using System.Text.RegularExpressions;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>Columns that are probably not what the user wants to cluster by: counters and ids, labels, a few values that drown all others, and one column whose unit does.</summary>
internal static partial class DatasetWarnings
{
    /// <summary>With fewer rows, a counter or an id is nothing strange.</summary>
    private const int FewestRows = 10;

    /// <summary>The share of the variance that one column has alone.</summary>
    private const double DominantShare = 0.99;

    /// <summary>The share of distinct values that an id has at least: some exports list an id twice.</summary>
    private const double DistinctShare = 0.95;

    /// <summary>Rows that variances are estimated on, drawn at random where there are more.</summary>
    private const int SampleSize = 10_000;

    /// <summary>Warns of such columns.</summary>
    /// <param name="dataset">The rows as they were read.</param>
    /// <param name="options">How they will be prepared.</param>
    /// <param name="execution">Gets the warnings.</param>
    public static void Warn(Dataset dataset, PreparationOptions options, Execution execution)
    {
        if (execution.Warn is not { } warn || dataset.ImageShape is not null || dataset.RowCount < FewestRows)
        {
            return;
        }

        var terms = options.Terms;
        var names = dataset.GetColumnNames();
        var suspects = new HashSet<int>();
        if (!options.AreColumnsChosen && dataset.Dimension > 1 && dataset.GetRawMatrix() is Matrix rows)
        {
            foreach (var (column, what, remedy) in SuspectsOf(dataset, rows, names, terms))
            {
                suspects.Add(column);
                warn($"{dataset.Title}: {terms.Column} {Quotation.Of(names[column])} {what}, and is clustered as a number. {remedy}");
            }
        }

        if (dataset.GetRawMatrix() is Matrix values)
        {
            WarnOfOutliers(dataset, values, terms, suspects, warn, execution.CancellationToken);
        }

        WarnOfScale(dataset, options, suspects, warn);
    }

    /// <summary>One value of 1e9 among ordinary ones makes all others the same to a scale, a distance and a mean; the scale of its column says nothing, then.</summary>
    private static void WarnOfOutliers(Dataset dataset, Matrix rows, TableTerms terms, HashSet<int> suspects, Action<string> warn, CancellationToken cancellation)
    {
        var names = dataset.GetColumnNames();
        foreach (var found in ColumnOutliers.Find(rows, column => dataset.IsCategory(column) || suspects.Contains(column), SampleSize, cancellation).ToArray())
        {
            suspects.Add(found.Column);
            var value = (found.Value + (dataset.Raw.Offsets?[found.Column] ?? 0)).ToString("G10", CultureInfo.InvariantCulture);
            var what = found.Count == 1
                ? string.Create(CultureInfo.InvariantCulture, $"holds {value} in row {found.Row + 1L} of {rows.RowCount}")
                : string.Create(CultureInfo.InvariantCulture, $"holds {found.Count} values such as {value} in row {found.Row + 1L} of {rows.RowCount}");
            var farther = found.Factor < double.PositiveInfinity ? string.Create(CultureInfo.InvariantCulture, $"{found.Factor:G2} times as far from its median as any other") : "far from all others";
            warn($"{dataset.Title}: {terms.Column} {Quotation.Of(names[found.Column])} {what}, {farther}: beside {(found.Count == 1 ? "it" : "them")}, all others are the same. Correct {(found.Count == 1 ? "it" : "them")}, or leave out such rows; if it marks missing values, use {terms.Mark} {value}; to leave out the column, {terms.Exclude} {Quotation.ArgumentOf(names[found.Column])}.");
        }
    }

    private static IEnumerable<(int Column, string What, string Remedy)> SuspectsOf(Dataset dataset, Matrix rows, IReadOnlyList<string> names, TableTerms terms)
    {
        for (var column = 0; column < names.Count; column++)
        {
            if (dataset.Raw.Categories?[column] is not null)
            {
                continue;
            }

            var name = Quotation.ArgumentOf(names[column]);
            var asId = $"If it identifies the rows, use {terms.Id} {name}; to leave it out, {terms.Exclude} {name}.";
            if (CountsRows(rows, column))
            {
                yield return (column, "counts the rows", asId);
            }
            else if (IdName().IsMatch(names[column]) && IsWhole(rows, column)
                && (dataset.Raw.Offsets?[column] is > 0 or < 0 || DistinctCount(rows, column) >= DistinctShare * rows.RowCount))
            {
                yield return (column, "is named like an id and differs in every row", asId);
            }
            else if (MarkIn(rows, column, dataset.Raw.Offsets?[column] ?? 0) is { } mark)
            {
                yield return (column, $"holds {mark} and otherwise no negative number", $"If it marks missing values, use {terms.Mark} {mark}.");
            }
            else if (!dataset.AreLabelsQuestioned && LabelName().IsMatch(names[column]) && IsWhole(rows, column) && DistinctCount(rows, column) is > 1 and var count && count <= Math.Max(2, Math.Sqrt(rows.RowCount)))
            {
                yield return (column, $"is named like a label and holds {count} whole numbers", $"If it holds the classes, use {terms.Label} {name}; to leave it out, {terms.Exclude} {name}.");
            }
        }
    }

    /// <summary>The scale of a column that is probably no feature is of no interest.</summary>
    private static void WarnOfScale(Dataset dataset, PreparationOptions options, HashSet<int> suspects, Action<string> warn)
    {
        var (terms, names) = (options.Terms, dataset.GetColumnNames());
        if (options.Standardize != Standardization.None || options.IsScaleChosen)
        {
            return;
        }

        for (var column = 0; dataset.Raw.Offsets is { } offsets && column < offsets.Count; column++)
        {
            if (offsets[column] != 0 && !suspects.Contains(column))
            {
                warn(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{dataset.Title}: {terms.Column} {Quotation.Of(names[column])} varies by less than float32 can show of numbers as large as {offsets[column]:G10}. That number is subtracted from its values; to bring all columns to one scale, use {terms.Standardize} ZScore."));
            }
        }

        if (dataset.Dimension > 1 && DominantColumn(dataset, suspects) is { } dominant)
        {
            warn(string.Create(
                CultureInfo.InvariantCulture,
                $"{dataset.Title}: {terms.Column} {Quotation.Of(names[dominant.Column])} has {Math.Floor(1000 * dominant.Share) / 10:F1} % of the variance, so that the clusters depend on it almost alone. If the columns have different units, use {terms.Standardize} ZScore; to keep them as they are without this warning, {terms.Standardize} None."));
        }
    }

    private static (int Column, double Share)? DominantColumn(Dataset dataset, HashSet<int> suspects)
    {
        var rows = dataset.GetRawMatrix().Sample(Math.Min(dataset.RowCount, SampleSize));
        var variances = new double[dataset.Dimension];
        for (var column = 0; column < variances.Length; column++)
        {
            variances[column] = dataset.Raw.Categories?[column] is null && !suspects.Contains(column) ? VarianceOf(rows, column) : 0;
        }

        var largest = Array.IndexOf(variances, variances.Max());
        var share = variances[largest] / variances.Sum();
        return share >= DominantShare && variances.Count(variance => variance > 0) > 1 ? (largest, share) : null;
    }

    private static double VarianceOf(Matrix rows, int column)
    {
        var (count, mean, squares) = (0, 0.0, 0.0);
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (rows[row, column] is var value && !float.IsNaN(value))
            {
                // Welford's update: no cancellation.
                var difference = value - mean;
                mean += difference / ++count;
                squares += difference * (value - mean);
            }
        }

        return count == 0 ? 0 : squares / count;
    }

    /// <summary>The number that probably marks missing values: -999 and its kin, where no other number is negative. Null if there is none.</summary>
    private static float? MarkIn(Matrix rows, int column, double offset)
    {
        float? mark = null;
        for (var row = 0; row < rows.RowCount && offset == 0; row++)
        {
            var value = rows[row, column];
            if (value >= 0 || float.IsNaN(value))
            {
                continue;
            }

            if (value is not (-99 or -999 or -9999 or -99999) || (mark is not null && mark != value))
            {
                return null;
            }

            mark = value;
        }

        return mark;
    }

    private static bool CountsRows(Matrix rows, int column)
    {
        for (var row = 1; row < rows.RowCount; row++)
        {
            if (rows[row, column] != rows[row - 1, column] + 1)
            {
                return false;
            }
        }

        return float.IsInteger(rows[0, column]) && Math.Abs(rows[0, column]) < 1 << 24;
    }

    private static bool IsWhole(Matrix rows, int column)
    {
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (!float.IsInteger(rows[row, column]))
            {
                return false;
            }
        }

        return true;
    }

    private static int DistinctCount(Matrix rows, int column)
    {
        var values = new HashSet<float>();
        for (var row = 0; row < rows.RowCount; row++)
        {
            values.Add(rows[row, column]);
        }

        return values.Count;
    }

    /// <summary>A word of its own or at the end of a name in camel case: <c>id</c>, <c>CustomerID</c>, <c>user_key</c>, <c>Row No</c>.</summary>
    [GeneratedRegex(@"(^|[^A-Za-z])(?i:id|ids|uid|guid|uuid|key|index|idx|no|nr|num|number|serial|code|row|rownames?|rowid|rowkey|zip|zipcode|plz)\.?$|[a-z](Id|ID|Key|Index|Idx|No|Nr|Number|Code|Serial)$")]
    private static partial Regex IdName();

    [GeneratedRegex("^(?i:y|labels?|class|classes|targets?|outcome|diagnosis|categor(y|ies)|species|cluster)$|(_|[a-z])(?i:label|class|target)$")]
    private static partial Regex LabelName();
}
