using N2D.Numerics;

namespace N2D.Pipeline;

/// <summary>
/// The rows of a fit with what each of them counts. A weight of 2 is as good as the row twice; rows of weight 0 are left out before the fit
/// begins.
/// </summary>
/// <param name="Rows">The rows that count.</param>
/// <param name="Weights">The weight of each, above 0, scaled to a mean of 1; null where each row counts once.</param>
/// <param name="Total">What all rows count together, as it was given: n where each counts once.</param>
internal sealed record RowWeights(Matrix Rows, double[]? Weights, double Total)
{
    /// <summary>What a mean-of-1 weight stands for in the user's weights.</summary>
    public double Unit => Total / Rows.RowCount;

    /// <summary>Checks weights and leaves out rows that count nothing.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="weights">n weights; null where each row counts once.</param>
    /// <exception cref="N2DException">
    /// There is not one weight for each row (<c>WeightCountMismatch</c>), or one is negative, infinite or not a number, or all are 0
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
        return new RowWeights(kept.Length == rows.RowCount ? rows : rows.Select(kept), Array.ConvertAll(own, weight => weight / unit), total);
    }

    /// <summary>Rejects weights that cannot be those of the rows.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">
    /// There is not one weight for each row (<c>WeightCountMismatch</c>), or one is out of range (<c>WeightOutOfRange</c>).
    /// </exception>
    public static void ThrowIfUnusable(IReadOnlyList<double> weights, int rowCount)
    {
        if (weights.Count != rowCount)
        {
            throw new N2DException(
                "WeightCountMismatch",
                ErrorKind.InvalidArgument,
                $"There {Quantity.Are(weights.Count)} weights of {Quantity.Of(rowCount, "row")}. Give one for each row.",
                weights.Count);
        }

        ThrowIfOutOfRange(weights);
    }

    /// <summary>Refuses weights that mean nothing.</summary>
    /// <param name="weights">A weight for each row.</param>
    /// <exception cref="N2DException">One is negative, infinite or not a number, or all are 0 (<c>WeightOutOfRange</c>).</exception>
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
                        $"The weight of row {row + 1} is {(double.IsNaN(weights[row]) ? "missing" : weights[row])}; each must be a finite number, 0 or more. Give that row a weight, or leave it out."),
                    weights[row]);
        }

        if (!(sum > 0) || double.IsInfinity(sum))
        {
            throw new N2DException(
                "WeightOutOfRange",
                ErrorKind.InvalidData,
                sum > 0 ? "The weights are so large that their sum is infinite. Scale them." : "All weights are 0: no row counts. Give at least one row a weight above 0.");
        }
    }
}
