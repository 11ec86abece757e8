using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The local scale of each row: rho, the distance to its nearest neighbour, and sigma, such that the memberships of its neighbours,
/// exp(-(distance - rho) / sigma), add up to log2 of their number (McInnes et al. 2018, algorithm 3).
/// </summary>
internal static class SmoothNeighborDistances
{
    private const int RowsPerBlock = 512;
    private const int MaxIterations = 64;
    private const double Tolerance = 1e-5;

    /// <summary>Sigma is never below this share of the mean distance, so that a row among duplicates keeps a scale.</summary>
    private const double MinimumScale = 1e-3;

    /// <summary>Finds rho and sigma of every row.</summary>
    /// <param name="graph">The k - 1 nearest other rows of each: the row itself, at distance 0, completes the k of the paper.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n values of each.</returns>
    public static (float[] Rho, float[] Sigma) Compute(NeighborGraph graph, Execution execution)
    {
        var rho = new float[graph.RowCount];
        var sigma = new float[graph.RowCount];
        var total = ParallelRows.Sum(graph.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var sum = 0.0;
            for (var row = start; row < end; row++)
            {
                sum += Sum(graph.Distances(row));
            }

            return sum;
        });
        var count = graph.NeighborCount + 1;
        var meanOfAll = total / ((double)graph.RowCount * count);
        ParallelRows.For(graph.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var distances = graph.Distances(row);
                rho[row] = SmallestPositive(distances);
                var mean = rho[row] > 0 ? Sum(distances) / count : meanOfAll;
                sigma[row] = (float)Math.Max(SolveSigma(distances, rho[row], Math.Log2(count)), MinimumScale * mean);
            }
        });
        return (rho, sigma);
    }

    /// <summary>Finds sigma of a row that a fit does not know, whose rho is 0: it need not be connected to its nearest row of the fit.</summary>
    /// <remarks>
    /// The nearest row takes the place that the row itself has in a fit: it does not count for the sum, which the others share. The least sigma is a share of
    /// the row's own mean distance, and not of all rows' as in the reference, where sigma thereby depends on what else is transformed.
    /// </remarks>
    /// <param name="distances">The distances to the k nearest rows of the fit, ascending.</param>
    public static float SigmaOfUnseen(ReadOnlySpan<float> distances) => (float)Math.Max(
        SolveSigma(distances[1..], 0, Math.Log2(distances.Length)),
        MinimumScale * Sum(distances) / distances.Length);

    /// <summary>The membership of a neighbour, from 1 within rho down to 0 far away.</summary>
    /// <param name="distance">The distance to the neighbour.</param>
    /// <param name="rho">The row's rho.</param>
    /// <param name="sigma">The row's sigma.</param>
    public static float Membership(float distance, float rho, float sigma)
    {
        var beyond = distance - rho;
        return beyond > 0 ? MathF.Exp(-beyond / sigma) : 1;
    }

    /// <summary>Bisection for sigma, from 1 upwards until it is bracketed.</summary>
    private static double SolveSigma(ReadOnlySpan<float> distances, float rho, double target)
    {
        var (low, high, sigma) = (0.0, double.PositiveInfinity, 1.0);
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            var sum = 0.0;
            foreach (var distance in distances)
            {
                sum += distance > rho ? Math.Exp(-(distance - rho) / sigma) : 1;
            }

            if (Math.Abs(sum - target) < Tolerance)
            {
                break;
            }

            if (sum > target)
            {
                high = sigma;
                sigma = (low + high) / 2;
            }
            else
            {
                low = sigma;
                sigma = double.IsPositiveInfinity(high) ? 2 * sigma : (low + high) / 2;
            }
        }

        return sigma;
    }

    private static float SmallestPositive(ReadOnlySpan<float> ascending)
    {
        foreach (var distance in ascending)
        {
            if (distance > 0)
            {
                return distance;
            }
        }

        return 0;
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
