using System.Runtime.CompilerServices;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The local scale of each row: rho, the distance within which neighbors are members in full, and sigma, such that the memberships of its
/// neighbors, exp(-(distance - rho) / sigma), add up to log2 of their number (McInnes et al. 2018, algorithm 3).
/// </summary>
/// <remarks>Neighbors at infinite distance are none: they count among the k, but nothing else.</remarks>
internal static class SmoothKnnDistances
{
    private const int RowsPerBlock = 512;
    private const int MaxIterations = 64;
    private const double Tolerance = 1e-5;

    /// <summary>Sigma is never below this share of the mean distance, so that a row among duplicates keeps a scale.</summary>
    private const double MinimumScale = 1e-3;

    /// <summary>Finds rho and sigma of every row.</summary>
    /// <param name="graph">The k - 1 nearest other rows of each: the row itself, at distance 0, completes the k of the paper.</param>
    /// <param name="localConnectivity">
    /// The number of nearest neighbors at a distance above 0 within whose distance rho lies: 1 in the paper; between two of them if it is no
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
                sigma[row] = (float)Math.Max(SolveSigma(distances, rho[row], Math.Log2(count), mean), MinimumScale * mean);
            }
        });
        return (rho, sigma);
    }

    /// <summary>Finds rho and sigma of a row that a fit does not know, which need not be connected to its nearest row of the fit.</summary>
    /// <remarks>
    /// The nearest row takes the place that the row itself has in a fit: local connectivity is one less, and the sum is of the others' memberships. The least
    /// sigma is a share of the row's own mean distance, and not of all rows' as in the reference, where sigma thereby depends on what else is transformed.
    /// </remarks>
    /// <param name="distances">The distances to the k nearest rows of the fit, ascending, the first one finite.</param>
    /// <param name="localConnectivity">The fit's.</param>
    public static (float Rho, float Sigma) OfUnseen(ReadOnlySpan<float> distances, double localConnectivity)
    {
        var finite = Finite(distances);
        var rho = Reach(finite, Math.Max(0, localConnectivity - 1));
        var mean = Sum(finite) / finite.Length;
        var sigma = SolveSigma(finite[1..], rho, Math.Log2(distances.Length), mean);
        return (rho, (float)Math.Max(sigma, MinimumScale * mean));
    }

    /// <summary>The membership of a neighbor, from 1 within rho down to 0 far away.</summary>
    /// <param name="distance">The distance to the neighbor.</param>
    /// <param name="rho">The row's rho.</param>
    /// <param name="sigma">The row's sigma.</param>
    public static float Membership(float distance, float rho, float sigma)
    {
        var beyond = distance - rho;
        return beyond > 0 ? MathF.Exp(-beyond / sigma) : 1;
    }

    /// <summary>Bisection for sigma, from the power of two at the distances' scale up or down until it is bracketed.</summary>
    /// <remarks>
    /// umap-learn begins at 1, and runs out of iterations where distances lie beyond 1e19 or so. From any power of two the brackets are the same.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SolveSigma(ReadOnlySpan<float> distances, float rho, double target, double scale)
    {
        var (low, high, sigma) = (0.0, double.PositiveInfinity, scale > 0 ? Math.ScaleB(1, Math.ILogB(scale)) : 1);
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

    /// <summary>rho: the distance of so manyth neighbor, duplicates of the row not counted; of the last where there are fewer.</summary>
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
