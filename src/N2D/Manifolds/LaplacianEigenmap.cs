using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The eigenvectors of a connected graph's normalised Laplacian with the smallest eigenvalues, the constant one left out: the
/// largest of the adjacency I - L = D^(-1/2) W D^(-1/2), found by subspace iteration under a Chebyshev filter (Zhou and Saad, 2007).
/// </summary>
/// <remarks>
/// A layout only starts there, so they are wanted roughly, quickly and without fail: work is bounded by
/// <see cref="MaxRounds"/> x <see cref="FilterDegree"/> products of the graph with a block of vectors, which has no bad case, where
/// solvers that insist on convergence run for hours on graphs of many nearly separate parts.
/// </remarks>
internal static class LaplacianEigenmap
{
    /// <summary>Rounds of filtering; most graphs need two to five.</summary>
    private const int MaxRounds = 12;

    /// <summary>Degree of the Chebyshev polynomial of a round.</summary>
    private const int FilterDegree = 16;

    /// <summary>Largest |A x - lambda x| of a wanted unit vector at which the iteration ends.</summary>
    private const double Tolerance = 5e-3;

    /// <summary>Finds the first eigenvectors.</summary>
    /// <param name="graph">n x n, symmetric, connected.</param>
    /// <param name="count">How many, at most n - 2.</param>
    /// <param name="seed">The seed of the starting vectors.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x count values of orthonormal columns.</returns>
    public static float[] Compute(SparseMatrix graph, int count, int seed, Execution execution)
    {
        var rowSums = graph.RowSums();
        var adjacency = Normalise(graph, rowSums);
        var block = new VectorBlock(adjacency, VectorBlock.WidthFor(count, graph.RowCount - 1), execution);
        block.FillAtRandom(seed);
        block.SetTrivial(rowSums);

        // A block that spans all there is, or any block of a complete graph, has the eigenvectors at once; filtered, it would drown in rounding.
        var (smallest, residual) = block.RayleighRitz(count);
        for (var round = 0; round < MaxRounds && residual >= Tolerance; round++)
        {
            // Damp what the block does not follow: everything below its smallest Ritz value.
            block.Filter(FilterDegree, Math.Clamp(smallest, -0.9, 0.999));
            (smallest, residual) = block.RayleighRitz(count);
        }

        return block.Columns(count);
    }

    private static SparseMatrix Normalise(SparseMatrix graph, double[] rowSums)
    {
        var values = new float[graph.Values.Length];
        for (var row = 0; row < graph.RowCount; row++)
        {
            for (var entry = graph.RowStarts[row]; entry < graph.RowStarts[row + 1]; entry++)
            {
                values[entry] = (float)(graph.Values[entry] / Math.Sqrt(rowSums[row] * rowSums[graph.Columns[entry]]));
            }
        }

        return new SparseMatrix(graph.RowStarts, graph.Columns, values);
    }
}
