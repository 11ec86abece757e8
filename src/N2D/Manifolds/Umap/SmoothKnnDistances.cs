using System.Runtime.CompilerServices;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The local scale of each row: rho, the distance within which neighbors have membership 1, and sigma, for which the memberships of its
/// neighbors, exp(-(distance - rho) / sigma), sum to log2 of their number (McInnes et al. 2018, algorithm 3, SmoothKNNDist).
/// </summary>
/// <remarks>Neighbors at infinite distance count in k, but have no other effect.</remarks>
internal static class SmoothKnnDistances
{
    private const int RowsPerBlock = 512;
    private const int MaxIterations = 64;
    private const double Tolerance = 1e-5;

    /// <summary>The least sigma, relative to the mean distance, so that a row among duplicates has a scale.</summary>
    private const double MinimumScale = 1e-3;

    /// <summary>Computes rho and sigma of each row.</summary>
    /// <param name="graph">The k - 1 nearest other rows of each row. The row itself, at distance 0, completes the k of the paper.</param>
    /// <param name="localConnectivity">
    /// The rank of the neighbor whose distance is rho, among those at a distance above 0: 1 in the paper. A fraction interpolates between
    /// two neighbors, and below 1 between 0 and the first.
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
                sigma[row] = (float)Math.Max(SolveSigma(distances, rho[row], PortableMath.Log2(count), mean), MinimumScale * mean);
            }
        });
        return (rho, sigma);
    }

    /// <summary>Computes rho and sigma of a new row, which need not be fully connected to its nearest row of the fit.</summary>
    /// <remarks>
    /// The nearest row replaces the row itself: local connectivity is one less, and the sum contains the memberships of the others. The
    /// least sigma is relative to the row's own mean distance. In umap-learn it is relative to that of all rows of the call, so that sigma
    /// depends on them.
    /// </remarks>
    /// <param name="distances">The distances to the k nearest rows of the fit, ascending, the first one finite.</param>
    /// <param name="localConnectivity">The fit's.</param>
    public static (float Rho, float Sigma) OfUnseen(ReadOnlySpan<float> distances, double localConnectivity)
    {
        var finite = Finite(distances);
        var rho = Reach(finite, Math.Max(0, localConnectivity - 1));
        var mean = Sum(finite) / finite.Length;
        var sigma = SolveSigma(finite[1..], rho, PortableMath.Log2(distances.Length), mean);
        return (rho, (float)Math.Max(sigma, MinimumScale * mean));
    }

    /// <summary>The membership of a neighbor, from 1 within rho to 0 far away.</summary>
    /// <param name="distance">The distance to the neighbor.</param>
    /// <param name="rho">The row's rho.</param>
    /// <param name="sigma">The row's sigma.</param>
    public static float Membership(float distance, float rho, float sigma)
    {
        var beyond = distance - rho;
        return beyond > 0 ? (float)PortableMath.Exp(-beyond / sigma) : 1;
    }

    /// <summary>Finds sigma by bisection, starting at a power of two near the scale of the distances.</summary>
    /// <remarks>
    /// umap-learn starts at 1, which needs too many iterations for distances beyond about 1e19. The brackets are the same from any power of
    /// two.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SolveSigma(ReadOnlySpan<float> distances, float rho, double target, double scale)
    {
        var (low, high, sigma) = (0.0, double.PositiveInfinity, scale > 0 ? Math.ScaleB(1, Math.ILogB(scale)) : 1);
        // Memberships within rho are 1. They come first, as distances ascend.
        var within = 0;
        while (within < distances.Length && distances[within] <= rho)
        {
            within++;
        }

        var beyond = distances[within..];
        var padded = Exponential.PaddedLength(beyond.Length);
        Span<double> memberships = padded <= 512 ? stackalloc double[padded] : new double[padded];
        memberships.Clear();
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            for (var place = 0; place < beyond.Length; place++)
            {
                memberships[place] = -(beyond[place] - rho) / sigma;
            }

            Exponential.ReplaceNonPositive(memberships);
            double sum = within;
            foreach (var membership in memberships[..beyond.Length])
            {
                sum += membership;
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

    /// <summary>
    /// rho: the distance of the neighbor of that rank, without duplicates of the row; of the last one if there are fewer.
    /// </summary>
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
