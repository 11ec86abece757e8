using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Data;

/// <summary>A few values of a column that lie far beyond all others, such as one of 1e9 among ordinary ones.</summary>
/// <param name="Column">The column, from 0.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Row">The row of the farthest, from 0.</param>
/// <param name="Value">The farthest.</param>
/// <param name="Factor">How many times as far from the median as the others the nearest of them is.</param>
internal readonly record struct ColumnOutliers(int Column, int Count, int Row, float Value, double Factor)
{
    /// <summary>Slips are few.</summary>
    private const int MostOutliers = 5;

    /// <summary>
    /// The next value after the outliers is so many times nearer to the median. No distribution of ordinary heavy tails shows that: of Pareto's with the exponent 1, whose mean is infinite, one column in a thousand.
    /// </summary>
    private const double LeastFactor = 1000;

    /// <summary>So many values must lie beside the median and not be outliers: columns of nearly nothing but one value, as counts of rare words, have no ordinary values.</summary>
    private const int FewestOrdinary = 10;

    /// <summary>Finds the columns that have some.</summary>
    /// <param name="rows">The rows; NaN is a gap.</param>
    /// <param name="isLeftOut">Columns that are not looked at.</param>
    /// <param name="sampleSize">Rows that tell which columns to look at in all rows.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static IEnumerable<ColumnOutliers> Find(Matrix rows, Func<int, bool> isLeftOut, int sampleSize, CancellationToken cancellation)
    {
        if (rows.RowCount <= FewestOrdinary)
        {
            yield break;
        }

        var (least, largest) = ExtremesOf(rows, cancellation);
        var sample = rows.Sample(Math.Min(rows.RowCount, sampleSize));
        for (var column = 0; column < rows.ColumnCount; column++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!isLeftOut(column) && MayHold(sample, column, least[column], largest[column], out var median) && Of(rows, column, median) is { } found)
            {
                yield return found;
            }
        }
    }

    private static (float[] Least, float[] Largest) ExtremesOf(Matrix rows, CancellationToken cancellation)
    {
        const int ValuesPerLook = 1 << 24;
        var (least, largest) = (rows.Row(0).ToArray(), rows.Row(0).ToArray());
        var rowsPerLook = Math.Max(1, ValuesPerLook / rows.ColumnCount);
        for (var row = 1; row < rows.RowCount; row++)
        {
            if (row % rowsPerLook == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            // A gap is NaN, which these take for no number.
            TensorPrimitives.MinNumber(least, rows.Row(row), least);
            TensorPrimitives.MaxNumber(largest, rows.Row(row), largest);
        }

        return (least, largest);
    }

    /// <summary>Whether an extreme is far enough from the ordinary values of a sample: all columns that have outliers pass, and next to no others.</summary>
    private static bool MayHold(Matrix sample, int column, float least, float largest, out double median)
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
        if (values.Count <= FewestOrdinary)
        {
            return false;
        }

        values.Sort();
        median = values[values.Count / 2];

        // At most so many at either end are outliers.
        var reach = Math.Min(MostOutliers, values.Count / 4);
        var ordinary = Math.Max(median - values[reach], values[^(reach + 1)] - median);
        return Math.Max(median - least, largest - median) >= LeastFactor * ordinary;
    }

    private static ColumnOutliers? Of(Matrix rows, int column, double median)
    {
        // The largest distances from the median, the smallest of them first.
        var far = new PriorityQueue<int, double>();
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (rows[row, column] is var value && !float.IsNaN(value))
            {
                far.Enqueue(row, Math.Abs(value - median));
                if (far.Count > MostOutliers + FewestOrdinary)
                {
                    far.Dequeue();
                }
            }
        }

        var farthest = far.UnorderedItems.OrderByDescending(item => item.Priority).ThenBy(item => item.Element).ToArray();
        for (var count = 1; count <= Math.Min(MostOutliers, farthest.Length - FewestOrdinary); count++)
        {
            var (outlier, next) = (farthest[count - 1].Priority, farthest[count].Priority);
            if (outlier >= LeastFactor * next && farthest[count + FewestOrdinary - 1].Priority > 0)
            {
                return new ColumnOutliers(column, count, farthest[0].Element, rows[farthest[0].Element, column], outlier / next);
            }
        }

        return null;
    }
}
