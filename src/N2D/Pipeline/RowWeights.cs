using N2D.Numerics;

namespace N2D.Pipeline;

/// <summary>
/// The rows of a fit with their weights. A row with weight 2 counts as two equal rows; rows with weight 0 are removed before the fit.
/// </summary>
/// <param name="Rows">The rows with positive weights.</param>
/// <param name="Weights">The weight of each row, above 0, scaled to a mean of 1; null if each row counts once.</param>
/// <param name="Total">The sum of the original weights; n if each row counts once.</param>
internal sealed record RowWeights(Matrix Rows, double[]? Weights, double Total)
{
    /// <summary>The original weight that corresponds to a scaled weight of 1.</summary>
    public double Unit => Total / Rows.RowCount;

    /// <summary>Validates weights, and removes rows with weight 0.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="weights">n weights; null if each row counts once.</param>
    /// <exception cref="N2DException">
    /// The numbers of weights and rows differ (<c>WeightCountMismatch</c>), or a weight is negative, infinite or NaN, or all weights are 0
    /// (<c>WeightOutOfRange</c>).
    /// </exception>
    public static RowWeights Of(Matrix rows, IReadOnlyList<double>? weights)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (weights is null)
        {
            return new RowWeights(rows, null, rows.RowCount);
        }

        ThrowIfUnusable(weights, rows.RowCount);
        int[] kept = [.. Enumerable.Range(0, weights.Count).Where(row => weights[row] > 0)];
        double[] own = [.. kept.Select(row => weights[row])];
        var total = own.Sum();
        var unit = total / kept.Length;
        return new RowWeights(
            kept.Length == rows.RowCount ? rows : rows.Select(kept), Array.ConvertAll(own, weight => weight / unit), total);
    }

    /// <summary>Throws if weights are invalid.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">
    /// The numbers of weights and rows differ (<c>WeightCountMismatch</c>), or a weight is out of range (<c>WeightOutOfRange</c>).
    /// </exception>
    public static void ThrowIfUnusable(IReadOnlyList<double> weights, int rowCount)
    {
        if (weights.Count != rowCount)
        {
            throw new N2DException(
                "WeightCountMismatch",
                ErrorKind.InvalidArgument,
                $"There {Quantity.Are(weights.Count, "weight")} for {Quantity.Of(rowCount, "row")}. Provide one weight for each row.",
                weights.Count);
        }

        ThrowIfOutOfRange(weights);
    }

    /// <summary>Throws if a weight is out of range.</summary>
    /// <param name="weights">A weight for each row.</param>
    /// <exception cref="N2DException">A weight is negative, infinite or NaN, or all weights are 0 (<c>WeightOutOfRange</c>).</exception>
    public static void ThrowIfOutOfRange(IReadOnlyList<double> weights)
    {
        var sum = 0.0;
        for (var row = 0; row < weights.Count; row++)
        {
            sum += weights[row] >= 0 && double.IsFinite(weights[row])
                ? weights[row]
                : throw new N2DException(
                    "WeightOutOfRange",
                    ErrorKind.InvalidData,
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"The weight of row {row + 1} is {(double.IsNaN(weights[row]) ? "missing" : weights[row])}; each must be a "
                            + $"finite number, 0 or more. Correct the weight, or remove the row."),
                    weights[row]);
        }

        if (!(sum > 0) || double.IsInfinity(sum))
        {
            throw new N2DException(
                "WeightOutOfRange",
                ErrorKind.InvalidData,
                sum > 0
                    ? "The sum of the weights is infinite. Use smaller weights."
                    : "All weights are 0. At least one row must have a weight above 0.");
        }
    }
}
