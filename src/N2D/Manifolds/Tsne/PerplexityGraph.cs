using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// t-SNE's joint probabilities of pairs of rows (van der Maaten and Hinton, 2008): the Gaussian density of each row over its neighbors,
/// whose width gives the requested perplexity, averaged over both directions of each pair.
/// </summary>
internal static class PerplexityGraph
{
    private const int MaxBisections = 100;

    /// <summary>The tolerance of the entropy, in nats (as in scikit-learn).</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Builds the graph.</summary>
    /// <param name="neighbors">The nearest other rows of each row.</param>
    /// <param name="perplexity">The exponential of the entropy of each row's density.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x n, symmetric, with an empty diagonal. The sum of all entries is 1.</returns>
    public static SparseMatrix Build(NeighborGraph neighbors, double perplexity, Execution execution)
    {
        var entropy = PortableMath.Log(perplexity);
        var conditional = neighbors.ToMatrix((row, values) => FillDensity(neighbors.Distances(row), entropy, values), execution);

        // The density of each row sums to 1, so both directions of all pairs sum to 2 n.
        var share = 1f / (2 * neighbors.RowCount);
        return conditional.CombineWithTranspose((p, q) => (p + q) * share, execution);
    }

    /// <summary>Computes the density of a row over its neighbors, by bisection of its precision.</summary>
    private static void FillDensity(ReadOnlySpan<float> distances, double entropy, Span<float> density)
    {
        Span<double> squares = distances.Length <= 512 ? stackalloc double[distances.Length] : new double[distances.Length];
        var padded = Exponential.PaddedLength(distances.Length);
        Span<double> weights = padded <= 512 ? stackalloc double[padded] : new double[padded];
        weights.Clear();
        for (var place = 0; place < squares.Length; place++)
        {
            // Subtract the least, which scales all weights equally, so that the nearest has weight 1 at any precision.
            squares[place] = ((double)distances[place] * distances[place]) - ((double)distances[0] * distances[0]);
        }

        // Use the distance of the farthest neighbor as the unit, so that the search starts at the scale of the data.
        var unit = squares[^1] > 0 ? squares[^1] : 1;
        foreach (ref var square in squares)
        {
            square /= unit;
        }

        var (low, high, precision) = (0.0, double.PositiveInfinity, 1.0);
        var sum = 0.0;
        for (var bisection = 0; bisection < MaxBisections; bisection++)
        {
            var moment = 0.0;
            sum = 0;
            for (var place = 0; place < squares.Length; place++)
            {
                weights[place] = -precision * squares[place];
            }

            Exponential.ReplaceNonPositive(weights);
            for (var place = 0; place < squares.Length; place++)
            {
                sum += weights[place];
                moment += weights[place] * squares[place];
            }

            var excess = PortableMath.Log(sum) + (precision * moment / sum) - entropy;
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
