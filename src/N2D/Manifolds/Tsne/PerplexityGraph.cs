using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// t-SNE's joint probabilities of pairs of rows (van der Maaten and Hinton, 2008): each row's normal density over its neighbors, as wide as gives the wanted
/// perplexity, averaged with the densities that the neighbors have of it.
/// </summary>
internal static class PerplexityGraph
{
    private const int MaxBisections = 100;

    /// <summary>How near the entropy must come, in nats (scikit-learn's).</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Builds the graph.</summary>
    /// <param name="neighbors">The nearest other rows of each row.</param>
    /// <param name="perplexity">The exponential of the entropy of each row's density.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x n, symmetric, an empty diagonal; all entries together are 1.</returns>
    public static SparseMatrix Build(NeighborGraph neighbors, double perplexity, Execution execution)
    {
        var entropy = Math.Log(perplexity);
        var conditional = neighbors.ToMatrix((row, values) => FillDensity(neighbors.Distances(row), entropy, values), execution);

        // Each row's density adds up to 1, so that both halves of all pairs add up to 2 n.
        var share = 1f / (2 * neighbors.RowCount);
        return conditional.CombineWithTranspose((p, q) => (p + q) * share, execution);
    }

    /// <summary>The density of a row over its neighbors, by bisection of its precision.</summary>
    private static void FillDensity(ReadOnlySpan<float> distances, double entropy, Span<float> density)
    {
        Span<double> squares = distances.Length <= 512 ? stackalloc double[distances.Length] : new double[distances.Length];
        Span<double> weights = distances.Length <= 512 ? stackalloc double[distances.Length] : new double[distances.Length];
        for (var place = 0; place < squares.Length; place++)
        {
            // Less the least, which scales all weights alike, so that the nearest has weight 1 at any precision.
            squares[place] = ((double)distances[place] * distances[place]) - ((double)distances[0] * distances[0]);
        }

        // In units of the farthest neighbor: the search starts at the right size whatever the data's.
        var unit = squares[^1] > 0 ? squares[^1] : 1;
        var (low, high, precision) = (0.0, double.PositiveInfinity, 1.0);
        var sum = 0.0;
        for (var bisection = 0; bisection < MaxBisections; bisection++)
        {
            var moment = 0.0;
            sum = 0;
            for (var place = 0; place < squares.Length; place++)
            {
                var square = squares[place] / unit;
                weights[place] = Math.Exp(-precision * square);
                sum += weights[place];
                moment += weights[place] * square;
            }

            var excess = Math.Log(sum) + (precision * moment / sum) - entropy;
            if (Math.Abs(excess) <= Tolerance)
            {
                break;
            }

            (low, high) = excess > 0 ? (precision, high) : (low, precision);
            precision = double.IsInfinity(high) ? 2 * precision : (low + high) / 2;
        }

        for (var place = 0; place < density.Length; place++)
        {
            density[place] = (float)(weights[place] / sum);
        }
    }
}
