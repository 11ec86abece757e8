using System.Globalization;
using System.Text.RegularExpressions;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>
/// Warns of columns that are probably not useful features: counters, ids and labels, extreme values, and a column that dominates the
/// variance.
/// </summary>
internal static partial class DatasetWarnings
{
    private const string Id = nameof(TableOptions.IdColumn);
    private const string Label = nameof(TableOptions.LabelColumn);
    private const string Excluded = nameof(TableOptions.ExcludedColumns);
    private const string Mark = nameof(TableOptions.MissingMarks);

    /// <summary>The minimum number of rows: with fewer, counters and ids are not suspicious.</summary>
    private const int MinRows = 10;

    /// <summary>The share of the variance from which one column dominates all others.</summary>
    private const double DominantShare = 0.99;

    /// <summary>The minimum share of distinct values of an id column: some exports list an id twice.</summary>
    private const double DistinctShare = 0.95;

    /// <summary>The maximum number of rows, drawn at random, from which variances are estimated.</summary>
    private const int SampleSize = 10_000;

    /// <summary>Warns of such columns.</summary>
    /// <param name="dataset">The unprepared rows.</param>
    /// <param name="options">How they will be prepared.</param>
    /// <param name="execution">Receives the warnings.</param>
    public static void Warn(Dataset dataset, PreparationOptions options, Execution execution)
    {
        if (execution.Warn is null || dataset.ImageShape is not null || dataset.RowCount < MinRows)
        {
            return;
        }

        var terms = options.Terms;
        var names = dataset.GetColumnNames();
        var suspects = new HashSet<int>();
        if (dataset.GetRawMatrix() is Matrix rows)
        {
            var extremes = ColumnExtremes.Of(rows, execution.CancellationToken);
            if (!options.AreColumnsChosen && dataset.Dimension > 1)
            {
                foreach (var (column, what, remedy) in SuspectsOf(dataset, rows, extremes, names, execution.CancellationToken))
                {
                    suspects.Add(column);
                    execution.Advise(
                        $"{dataset.Title}: {terms.Column} {Quotation.Of(names[column])} {what}, and is clustered as a number. "
                            + remedy.Text,
                        remedy.Options);
                }
            }

            WarnOfOutliers(dataset, rows, extremes, terms, suspects, execution);
        }

        WarnOfScale(dataset, options, suspects, execution);
    }

    /// <summary>
    /// Warns of extreme values. With a value of 1e9 among ordinary ones, the others are equal for scales, distances and means. The scale of
    /// such a column means nothing, so the column becomes a suspect.
    /// </summary>
    private static void WarnOfOutliers(
        Dataset dataset, Matrix rows, ColumnExtremes extremes, TableTerms terms, HashSet<int> suspects, Execution execution)
    {
        var names = dataset.GetColumnNames();
        bool IsSkipped(int column) => dataset.IsCategory(column) || suspects.Contains(column);
        foreach (var found in ColumnOutliers.Find(rows, extremes, IsSkipped, SampleSize, execution.CancellationToken).ToArray())
        {
            suspects.Add(found.Column);
            var value = (found.Value + (dataset.Raw.Offsets?[found.Column] ?? 0)).ToString("G10", CultureInfo.InvariantCulture);
            var what = found.Count == 1
                ? string.Create(CultureInfo.InvariantCulture, $"holds {value} in row {found.Row + 1L} of {rows.RowCount}")
                : string.Create(
                    CultureInfo.InvariantCulture, $"holds {found.Count} values such as {value} in row {found.Row + 1L} of {rows.RowCount}");
            var farther = found.Factor < double.PositiveInfinity
                ? string.Create(CultureInfo.InvariantCulture, $"{found.Factor:G2} times as far from its median as any other")
                : "far from all others";
            var (it, marks) = found.Count == 1 ? ("it", "it marks") : ("them", "they mark");
            execution.Advise(
                $"{dataset.Title}: {terms.Column} {Quotation.Of(names[found.Column])} {what}, {farther}: "
                    + $"compared with {it}, all others are equal. Correct {it}, or leave out such rows; if {marks} missing values, use "
                    + $"{Mark} {value}; to leave out the column, {Excluded} {Quotation.ArgumentOf(names[found.Column])}.",
                Mark,
                Excluded);
        }
    }

    private static IEnumerable<(int Column, string What, Advice Remedy)> SuspectsOf(
        Dataset dataset, Matrix rows, ColumnExtremes extremes, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        for (var column = 0; column < names.Count; column++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (dataset.Raw.Categories?[column] is not null)
            {
                continue;
            }

            var name = Quotation.ArgumentOf(names[column]);
            var asId = new Advice($"If it identifies the rows, use {Id} {name}; to leave it out, {Excluded} {name}.", Id, Excluded);
            if (CountsRows(rows, column))
            {
                yield return (column, "counts the rows", asId);
            }
            else if (IdName().IsMatch(names[column]) && IsWhole(rows, column)
                && (dataset.Raw.Offsets?[column] is > 0 or < 0 || DistinctCount(rows, column) >= DistinctShare * rows.RowCount))
            {
                yield return (column, "is named like an id and differs in every row", asId);
            }
            else if (IsMark(extremes.Smallest[column]) && MarkIn(rows, column, dataset.Raw.Offsets?[column] ?? 0) is { } mark)
            {
                yield return (
                    column,
                    $"holds {mark} and no other negative number",
                    new Advice($"If it marks missing values, use {Mark} {mark}.", Mark));
            }
            else if (!dataset.AreLabelsQuestioned && LabelName().IsMatch(names[column]) && IsWhole(rows, column)
                && DistinctCount(rows, column) is > 1 and var count && count <= Math.Max(2, Math.Sqrt(rows.RowCount)))
            {
                yield return (
                    column,
                    $"is named like a label and holds {count} different whole numbers",
                    new Advice($"If it holds the classes, use {Label} {name}; to leave it out, {Excluded} {name}.", Label, Excluded));
            }
        }
    }

    /// <summary>Warns of columns with scales that spoil the clustering, except for suspects, which are probably not features.</summary>
    private static void WarnOfScale(Dataset dataset, PreparationOptions options, HashSet<int> suspects, Execution execution)
    {
        const string Standardize = nameof(PreparationOptions.Standardize);
        var (terms, names) = (options.Terms, dataset.GetColumnNames());
        if (options.Standardize != Standardization.None || options.IsScaleChosen)
        {
            return;
        }

        for (var column = 0; dataset.Raw.Offsets is { } offsets && column < offsets.Count; column++)
        {
            if (offsets[column] != 0 && !suspects.Contains(column))
            {
                var offset = offsets[column].ToString("G10", CultureInfo.InvariantCulture);
                execution.Advise(
                    $"{dataset.Title}: {terms.Column} {Quotation.Of(names[column])} varies too little for the precision of float32, "
                        + $"with numbers as large as {offset}. That number is subtracted from its values; to bring all columns to one "
                        + $"scale, use {Standardize} ZScore.",
                    Standardize);
            }
        }

        if (dataset.Dimension > 1 && DominantColumn(dataset, suspects) is { } dominant)
        {
            var share = (Math.Floor(1000 * dominant.Share) / 10).ToString("F1", CultureInfo.InvariantCulture);
            execution.Advise(
                $"{dataset.Title}: {terms.Column} {Quotation.Of(names[dominant.Column])} has {share} % of the variance, "
                    + $"so the clusters depend almost only on it. If the columns have different units, use {Standardize} ZScore; "
                    + $"to keep them as they are without this warning, {Standardize} None.",
                Standardize);
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
                // Welford's update avoids cancellation.
                var difference = value - mean;
                mean += difference / ++count;
                squares += difference * (value - mean);
            }
        }

        return count == 0 ? 0 : squares / count;
    }

    /// <summary>
    /// Returns a number that probably marks missing values, such as -999, if no other number is negative; null otherwise.
    /// </summary>
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

            if (!IsMark(value) || (mark is not null && mark != value))
            {
                return null;
            }

            mark = value;
        }

        return mark;
    }

    private static bool IsMark(float value) => value is -99 or -999 or -9999 or -99999;

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

    /// <summary>
    /// A separate word, or the last word of a name in camel case: <c>id</c>, <c>CustomerID</c>, <c>user_key</c>, <c>Row No</c>.
    /// </summary>
    [GeneratedRegex(
        @"(^|[^A-Za-z])(?i:id|ids|uid|guid|uuid|key|index|idx|no|nr|num|number|serial|code|row|rownames?|rowid|rowkey|zip|zipcode|plz)\.?$"
            + @"|[a-z](Id|ID|Key|Index|Idx|No|Nr|Number|Code|Serial)$")]
    private static partial Regex IdName();

    [GeneratedRegex(
        "^(?i:y|labels?|class|classes|targets?|outcome|diagnosis|categor(y|ies)|species|cluster)$|(_|[a-z])(?i:label|class|target)$")]
    private static partial Regex LabelName();
}
