using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The eigenvectors of a graph's normalised Laplacian with the smallest eigenvalues: the largest of the adjacency I - L = D^(-1/2) W D^(-1/2), found
/// by subspace iteration under a Chebyshev filter (Zhou and Saad, 2007).
/// </summary>
/// <remarks>
/// Work is bounded by a number of rounds of products of the graph with a block of vectors, which has no bad case, where solvers that insist on
/// convergence run for hours on graphs of many nearly separate parts.
/// </remarks>
internal static class LaplacianEigenmap
{
    /// <summary>Degree of the Chebyshev polynomial of a round.</summary>
    private const int FilterDegree = 16;

    /// <summary>
    /// For a layout that only starts there, eigenvectors are wanted roughly and quickly: the largest |A x - lambda x| of a wanted unit vector at which the
    /// iteration ends, and the most rounds of filtering. Most graphs need two to five.
    /// </summary>
    private static readonly (double Tolerance, int MaxRounds) Rough = (5e-3, 12);

    /// <summary>For clusters, which are told by small differences between coordinates. An eigenvalue's error is about the square of the tolerance.</summary>
    private static readonly (double Tolerance, int MaxRounds) Precise = (1e-4, 60);

    /// <summary>Finds the first eigenvectors, the constant one left out, roughly.</summary>
    /// <param name="graph">n x n, symmetric, connected.</param>
    /// <param name="count">How many, at most n - 2.</param>
    /// <param name="seed">The seed of the starting vectors.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x count values of orthonormal columns.</returns>
    public static float[] Compute(SparseMatrix graph, int count, int seed, Execution execution)
    {
        var rowSums = graph.RowSums();
        var block = new VectorBlock(Normalise(graph, rowSums), VectorBlock.WidthFor(count, graph.RowCount - 1), execution);
        block.FillAtRandom(seed);
        block.SetTrivial(rowSums);
        Iterate(block, count, Rough, execution);
        return block.Columns(count);
    }

    /// <summary>Finds the first eigenvectors and eigenvalues, the constant one among them, to some four digits.</summary>
    /// <param name="graph">n x n, symmetric, in one part or several; of c parts the first c eigenvalues are zero.</param>
    /// <param name="count">How many, at most n.</param>
    /// <param name="seed">The seed of the starting vectors.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n x count values of orthonormal columns, and the eigenvalues of the Laplacian, ascending from 0.</returns>
    public static (float[] Vectors, double[] Eigenvalues) Spectrum(SparseMatrix graph, int count, int seed, Execution execution)
    {
        var block = new VectorBlock(Normalise(graph, graph.RowSums()), VectorBlock.WidthFor(count, graph.RowCount), execution);
        block.FillAtRandom(seed);
        var values = Iterate(block, count, Precise, execution);
        return (block.Columns(count), [.. values.Take(count).Select(value => Math.Max(0, 1 - value))]);
    }

    private static double[] Iterate(VectorBlock block, int count, (double Tolerance, int MaxRounds) precision, Execution execution)
    {
        // A block that spans all there is, or any block of a complete graph, has the eigenvectors at once; filtered, it would drown in rounding.
        var (values, residual) = block.RayleighRitz(count);
        for (var round = 0; round < precision.MaxRounds && residual >= precision.Tolerance; round++)
        {
            execution.Report($"eigenvectors, round {round + 1}", Math.Min(1, Math.Log(1 / residual) / Math.Log(1 / precision.Tolerance)));

            // Damp what the block does not follow: everything below its smallest Ritz value.
            block.Filter(FilterDegree, Math.Clamp(values[^1], -0.9, 0.999));
            (values, residual) = block.RayleighRitz(count);
        }

        return values;
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
