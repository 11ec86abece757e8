using N2D.Numerics;

namespace N2D.Data;

/// <summary>A few values of a column that are far beyond all others, such as 1e9 among ordinary numbers.</summary>
/// <param name="Column">The column, from 0.</param>
/// <param name="Count">The number of outliers.</param>
/// <param name="Row">The row of the farthest outlier, from 0.</param>
/// <param name="Value">The farthest outlier.</param>
/// <param name="Factor">The distance of the nearest outlier from the median, divided by that of the next value.</param>
internal readonly record struct ColumnOutliers(int Column, int Count, int Row, float Value, double Factor)
{
    /// <summary>The maximum number of outliers, because input errors are rare.</summary>
    private const int MaxOutliers = 5;

    /// <summary>
    /// The minimum of <see cref="Factor"/>. Ordinary distributions with heavy tails do not reach it: of columns with a Pareto distribution
    /// of exponent 1, whose mean is infinite, one in a thousand does.
    /// </summary>
    private const double MinFactor = 1000;

    /// <summary>
    /// The minimum number of other values that differ from the median. Columns of almost only one value, such as counts of rare words, have
    /// no ordinary values.
    /// </summary>
    private const int MinOrdinary = 10;

    /// <summary>Finds the columns with outliers.</summary>
    /// <param name="rows">The rows; NaN is a missing value.</param>
    /// <param name="extremes">The extremes of the columns.</param>
    /// <param name="isLeftOut">Returns whether to skip a column.</param>
    /// <param name="sampleSize">The number of rows that select the columns to search in all rows.</param>
    /// <param name="cancellation">Cancels the search.</param>
    public static IEnumerable<ColumnOutliers> Find(
        Matrix rows, ColumnExtremes extremes, Func<int, bool> isLeftOut, int sampleSize, CancellationToken cancellation)
    {
        if (rows.RowCount <= MinOrdinary)
        {
            yield break;
        }

        var sample = rows.Sample(Math.Min(rows.RowCount, sampleSize));
        for (var column = 0; column < rows.ColumnCount; column++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!isLeftOut(column) && MayHold(sample, column, extremes.Smallest[column], extremes.Largest[column], out var median)
                && Of(rows, column, median) is { } found)
            {
                yield return found;
            }
        }
    }

    /// <summary>
    /// Whether an extreme is far enough from the ordinary values of a sample. All columns with outliers pass, and almost no others.
    /// </summary>
    private static bool MayHold(Matrix sample, int column, float smallest, float largest, out double median)
    {
        var values = new List<float>(sample.RowCount);
        for (var row = 0; row < sample.RowCount; row++)
        {
            if (sample[row, column] is var value && !float.IsNaN(value))
            {
                values.Add(value);
            }
        }

        median = 0;
        if (values.Count <= MinOrdinary)
        {
            return false;
        }

        values.Sort();
        median = values[values.Count / 2];

        // At most this many values at each end are outliers.
        var reach = Math.Min(MaxOutliers, values.Count / 4);
        var ordinary = Math.Max(median - values[reach], values[^(reach + 1)] - median);
        return Math.Max(median - smallest, largest - median) >= MinFactor * ordinary;
    }

    private static ColumnOutliers? Of(Matrix rows, int column, double median)
    {
        // The rows with the largest distances from the median, the smallest of these first.
        var far = new PriorityQueue<int, double>();
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (rows[row, column] is var value && !float.IsNaN(value))
            {
                far.Enqueue(row, Math.Abs(value - median));
                if (far.Count > MaxOutliers + MinOrdinary)
                {
                    far.Dequeue();
                }
            }
        }

        var farthest = far.UnorderedItems.OrderByDescending(item => item.Priority).ThenBy(item => item.Element).ToArray();
        for (var count = 1; count <= Math.Min(MaxOutliers, farthest.Length - MinOrdinary); count++)
        {
            var (outlier, next) = (farthest[count - 1].Priority, farthest[count].Priority);
            if (outlier >= MinFactor * next && farthest[count + MinOrdinary - 1].Priority > 0)
            {
                return new ColumnOutliers(column, count, farthest[0].Element, rows[farthest[0].Element, column], outlier / next);
            }
        }

        return null;
    }
}
