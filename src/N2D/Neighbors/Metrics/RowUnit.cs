using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// The unit in which rows are compared. Squared differences of values below some 1e-19 or above 1e19 leave the range of float32, so that rows that spread very little or
/// very much are compared in a power of two of their own; all others as they are, to the same bytes.
/// </summary>
internal static class RowUnit
{
    private const float LeastSquarable = 1e-15f;
    private const float MostSquarable = 1e18f;
    private const float LeastSpread = 1e-9f;
    private const float MostSpread = 1e9f;

    /// <summary>The exponent by which the rows are to be scaled, that is 0 for rows of an ordinary spread.</summary>
    /// <param name="distance">How they are compared; only distances that grow with the rows need a unit.</param>
    /// <param name="rows">n x d finite values.</param>
    public static int ExponentFor(RowDistance distance, Matrix rows) => distance.Simplified().Metric switch
    {
        DistanceMetric.Euclidean or DistanceMetric.SquaredEuclidean or DistanceMetric.Minkowski => ExponentOf(rows),
        _ => 0,
    };

    /// <summary>As the other, of rows that are compared by squares.</summary>
    public static int ExponentOf(Matrix rows)
    {
        var spread = SpreadOf(rows);
        return spread is 0 or (>= LeastSpread and <= MostSpread) ? 0 : -MathF.ILogB(spread);
    }

    /// <summary>The rows times a power of two; themselves where it is 1.</summary>
    public static Matrix Scale(Matrix rows, int exponent) => exponent == 0
        ? rows
        : Matrix.Own(Array.ConvertAll(rows.Values.ToArray(), value => MathF.ScaleB(value, exponent)), rows.ColumnCount);

    /// <summary>Refuses rows whose squared differences float32 cannot hold, for what compares them as they are.</summary>
    /// <param name="rows">n x d finite values.</param>
    /// <exception cref="N2DException">They spread too little (<c>ValuesTooSmall</c>) or too much (<c>ValuesTooLarge</c>).</exception>
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
                    $"The columns spread over {spread:G3} at most: squared differences of such values {(isSmall ? "vanish" : "overflow")} in float32. ")
                    + "Scale the columns: -Standardize ZScore of Import-N2DDataset or ConvertTo-N2DDataset.");
        }
    }

    /// <summary>The largest range of a column, at most the largest float32.</summary>
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
