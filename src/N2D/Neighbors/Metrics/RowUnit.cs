using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// The unit in which rows are compared. Squared differences below about 1e-19 or above 1e19 are outside the range of float32, so rows with
/// a very small or very large spread are scaled by a power of two. All other rows are compared unchanged, with the same bits.
/// </summary>
internal static class RowUnit
{
    private const float LeastSquarable = 1e-15f;
    private const float MostSquarable = 1e18f;
    private const float LeastSpread = 1e-9f;
    private const float MostSpread = 1e9f;

    /// <summary>The exponent of the scale of rows; 0 for rows of an ordinary spread.</summary>
    /// <param name="distance">The distance. Only distances that grow with the rows need a unit.</param>
    /// <param name="rows">n x d finite values.</param>
    public static int ExponentFor(RowDistance distance, Matrix rows) => distance.Simplified().Metric switch
    {
        DistanceMetric.Euclidean or DistanceMetric.SquaredEuclidean or DistanceMetric.Minkowski => ExponentOf(rows),
        _ => 0,
    };

    /// <summary>The exponent of the scale of rows that are compared by squares; 0 for rows of an ordinary spread.</summary>
    /// <param name="rows">n x d finite values.</param>
    public static int ExponentOf(Matrix rows)
    {
        var spread = SpreadOf(rows);
        return spread is 0 or (>= LeastSpread and <= MostSpread) ? 0 : -MathF.ILogB(spread);
    }

    /// <summary>The rows times a power of two; the same matrix if the exponent is 0.</summary>
    public static Matrix Scale(Matrix rows, int exponent) => exponent == 0
        ? rows
        : Matrix.Own(Array.ConvertAll(rows.Values.ToArray(), value => MathF.ScaleB(value, exponent)), rows.ColumnCount);

    /// <summary>Throws if squared differences of rows are outside the range of float32. For methods that compare rows unscaled.</summary>
    /// <param name="rows">n x d finite values.</param>
    /// <exception cref="N2DException">
    /// The spread is too small (<c>ValuesTooSmall</c>) or too large (<c>ValuesTooLarge</c>).
    /// </exception>
    public static void ThrowIfOutOfRange(Matrix rows)
    {
        var spread = SpreadOf(rows);
        if (spread is > 0 and < LeastSquarable or > MostSquarable)
        {
            var isSmall = spread < LeastSquarable;
            throw new N2DException(
                isSmall ? "ValuesTooSmall" : "ValuesTooLarge",
                ErrorKind.InvalidData,
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"The largest range of a column is {spread:G3}. Squared differences of such values "
                        + $"{(isSmall ? "underflow" : "overflow")} in float32. ")
                    + "Standardize the columns first.");
        }
    }

    /// <summary>The largest range of a column, limited to the largest float32.</summary>
    public static float SpreadOf(Matrix rows)
    {
        var lows = rows.Row(0).ToArray();
        var highs = rows.Row(0).ToArray();
        for (var row = 1; row < rows.RowCount; row++)
        {
            System.Numerics.Tensors.TensorPrimitives.Min(lows, rows.Row(row), lows);
            System.Numerics.Tensors.TensorPrimitives.Max(highs, rows.Row(row), highs);
        }

        var spread = 0f;
        for (var column = 0; column < lows.Length; column++)
        {
            spread = MathF.Max(spread, MathF.Min(highs[column] - lows[column], float.MaxValue));
        }

        return spread;
    }
}
