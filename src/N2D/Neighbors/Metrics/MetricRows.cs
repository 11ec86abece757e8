using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// Rows as the kernel of a metric needs them. Several metrics are a simpler metric of transformed rows. The transformation is in double
/// precision, so that the distance of nearly equal rows is as exact as the rows themselves.
/// </summary>
internal static class MetricRows
{
    /// <summary>Rows between two checks of the cancellation token: a fraction of a second in any dimension.</summary>
    private const int RowsPerCheck = 1024;

    /// <summary>The rows that the kernel of a metric compares: each row transformed on its own, or the rows unchanged.</summary>
    /// <param name="distance">The distance.</param>
    /// <param name="rows">n x d.</param>
    /// <param name="cancellationToken">Checked between rows.</param>
    /// <exception cref="N2DException">The metric is not defined for a row (<c>UndefinedDistance</c>).</exception>
    public static Matrix Prepare(RowDistance distance, Matrix rows, CancellationToken cancellationToken) => distance.Metric switch
    {
        DistanceMetric.Cosine => Transform(rows, ToHalfUnit, cancellationToken),
        DistanceMetric.Correlation => Transform(rows, ToCenteredHalfUnit, cancellationToken),
        DistanceMetric.Hellinger => Transform(rows, ToRootDistribution, cancellationToken),
        DistanceMetric.Jaccard => Transform(rows, ToSet, cancellationToken),
        _ => rows,
    };

    private delegate void RowTransform(ReadOnlySpan<float> row, Span<float> result, int index);

    private static Matrix Transform(Matrix rows, RowTransform transform, CancellationToken cancellationToken)
    {
        var values = new float[rows.Values.Length];
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (row % RowsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            transform(rows.Row(row), values.AsSpan(row * rows.ColumnCount, rows.ColumnCount), row);
        }

        return Matrix.Own(values, rows.ColumnCount);
    }

    private static void ToHalfUnit(ReadOnlySpan<float> row, Span<float> result, int index)
    {
        if (!row.ContainsAnyExcept(0))
        {
            throw Undefined(index, "is all zeros, so it has no angle with any other row. Remove such rows");
        }

        ScaleToHalfUnit(row, 0, result);
    }

    private static void ToCenteredHalfUnit(ReadOnlySpan<float> row, Span<float> result, int index)
    {
        // Test the values themselves: a constant row less its mean may be a rounding error, which has a direction.
        if (!row.ContainsAnyExcept(row[0]))
        {
            throw Undefined(index, "is constant, so it has no correlation with any other row. Remove such rows");
        }

        var sum = 0.0;
        foreach (var value in row)
        {
            sum += value;
        }

        ScaleToHalfUnit(row, sum / row.Length, result);
    }

    /// <summary>
    /// Subtracts the mean and scales to a squared length of one half. The squared Euclidean distance of two such rows,
    /// |x|^2 + |y|^2 - 2 x.y, is one minus the cosine of their angle.
    /// </summary>
    private static void ScaleToHalfUnit(ReadOnlySpan<float> row, double mean, Span<float> result)
    {
        var squares = 0.0;
        foreach (var value in row)
        {
            squares += (value - mean) * (value - mean);
        }

        var scale = 1 / Math.Sqrt(2 * squares);
        for (var column = 0; column < row.Length; column++)
        {
            result[column] = (float)((row[column] - mean) * scale);
        }
    }

    /// <summary>
    /// The roots of half the probabilities. The Euclidean distance of two such rows is the root of 1/2 + 1/2 - sum sqrt(x y). As written,
    /// this suffers from cancellation for nearly equal distributions; as a sum of squared differences it does not.
    /// </summary>
    private static void ToRootDistribution(ReadOnlySpan<float> row, Span<float> result, int index)
    {
        var sum = 0.0;
        foreach (var value in row)
        {
            if (value < 0)
            {
                throw Undefined(
                    index,
                    "has a negative value, so it is not a distribution, which the Hellinger metric requires. Shift or remove such columns");
            }

            sum += value;
        }

        if (sum == 0)
        {
            throw Undefined(index, "is all zeros, so it is not a distribution, which the Hellinger metric requires. Remove such rows");
        }

        for (var column = 0; column < row.Length; column++)
        {
            result[column] = (float)Math.Sqrt(row[column] / (2 * sum));
        }
    }

    private static void ToSet(ReadOnlySpan<float> row, Span<float> result, int index)
    {
        for (var column = 0; column < row.Length; column++)
        {
            result[column] = row[column] != 0 ? 1 : 0;
        }
    }

    private static N2DException Undefined(int row, string reason) => new(
        "UndefinedDistance",
        ErrorKind.InvalidData,
        $"Row {row + 1} {reason}, or use the Euclidean metric.",
        row);
}
