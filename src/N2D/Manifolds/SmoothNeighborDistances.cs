using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The local scale of each row: rho, the distance within which neighbours are members in full, and sigma, such that the memberships of its
/// neighbours, exp(-(distance - rho) / sigma), add up to log2 of their number (McInnes et al. 2018, algorithm 3).
/// </summary>
/// <remarks>Neighbours at infinite distance are none: they count among the k, but nothing else.</remarks>
internal static class SmoothNeighborDistances
{
    private const int RowsPerBlock = 512;
    private const int MaxIterations = 64;
    private const double Tolerance = 1e-5;

    /// <summary>Sigma is never below this share of the mean distance, so that a row among duplicates keeps a scale.</summary>
    private const double MinimumScale = 1e-3;

    /// <summary>Finds rho and sigma of every row.</summary>
    /// <param name="graph">The k - 1 nearest other rows of each: the row itself, at distance 0, completes the k of the paper.</param>
    /// <param name="localConnectivity">
    /// The number of nearest neighbours at a distance above 0 within whose distance rho lies: 1 in the paper; between two of them if it is no
    /// whole number, between 0 and the first one below 1.
    /// </param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n values of each.</returns>
    public static (float[] Rho, float[] Sigma) Compute(NeighborGraph graph, double localConnectivity, Execution execution)
    {
        var rho = new float[graph.RowCount];
        var sigma = new float[graph.RowCount];
        var totals = ParallelRows.Sums(graph.RowCount, RowsPerBlock, length: 2, execution, (row, sums) =>
        {
            var distances = Finite(graph.Distances(row));
            sums[0] += Sum(distances);
            sums[1] += distances.Length + 1;
        });
        var count = graph.NeighborCount + 1;
        var meanOfAll = totals[0] / totals[1];
        ParallelRows.For(graph.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var distances = Finite(graph.Distances(row));
                rho[row] = Reach(distances, localConnectivity);
                var mean = rho[row] > 0 ? Sum(distances) / (distances.Length + 1) : meanOfAll;
                sigma[row] = (float)Math.Max(SolveSigma(distances, rho[row], Math.Log2(count)), MinimumScale * mean);
            }
        });
        return (rho, sigma);
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

    private static ReadOnlySpan<float> Finite(ReadOnlySpan<float> ascending)
    {
        var count = ascending.Length;
        while (count > 0 && float.IsPositiveInfinity(ascending[count - 1]))
        {
            count--;
        }

        return ascending[..count];
    }

    /// <summary>rho: the distance of so manyth neighbour, duplicates of the row not counted; of the last where there are fewer.</summary>
    private static float Reach(ReadOnlySpan<float> ascending, double localConnectivity)
    {
        var distinct = ascending;
        while (!distinct.IsEmpty && distinct[0] <= 0)
        {
            distinct = distinct[1..];
        }

        if (distinct.Length < localConnectivity)
        {
            return distinct.IsEmpty ? 0 : distinct[^1];
        }

        var whole = (int)localConnectivity;
        var fraction = localConnectivity - whole;
        var reach = whole > 0 ? distinct[whole - 1] : 0;
        return fraction > Tolerance ? (float)(reach + (fraction * (distinct[whole] - reach))) : reach;
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
