using N2D.Numerics;

namespace N2D.Numerics;

/// <summary>
/// The eigenvectors of a graph's normalized Laplacian with the smallest eigenvalues: the largest of the adjacency I - L = D^(-1/2) W D^(-1/2), found
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
    /// For a layout that starts there: the largest |A x - lambda x| of a wanted unit vector, relative to its eigenvalue of the Laplacian, at which the iteration
    /// ends. Ten times as much, and layouts of different seeds no longer resemble each other; a tenth of it costs one or two rounds more and changes nothing that the layout keeps.
    /// </summary>
    private const double StartTolerance = 0.01;

    /// <summary>Eigenvalues below count as this one: residuals in float32 hardly fall below a hundredth of it.</summary>
    private const double SmallestEigenvalue = 1e-4;

    /// <summary>The fewest and the most rounds for a layout to start at, and the rows times rounds between. Most graphs need three to eight.</summary>
    private const int FewestRounds = 12;
    private const int MostRounds = 40;
    private const int RowRounds = 4_000_000;

    /// <summary>For clusters, which are told by small differences between coordinates. An eigenvalue's error is about the square of the tolerance.</summary>
    private static readonly (double Tolerance, int MaxRounds) Precise = (1e-4, 60);

    /// <summary>Finds the first eigenvectors, the constant one left out, as exactly as a layout can start at.</summary>
    /// <param name="graph">n x n, symmetric, connected.</param>
    /// <param name="count">How many, at most n - 2.</param>
    /// <param name="seed">The seed of the starting vectors.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x count values of orthonormal columns, the largest of each positive; the rounds that it took; and whether they converged within the most.</returns>
    public static (float[] Vectors, int Rounds, bool IsConverged) Compute(SparseMatrix graph, int count, int seed, Execution execution)
    {
        var rowSums = graph.RowSums();
        var block = new VectorBlock(Normalize(graph, rowSums), VectorBlock.WidthFor(count, graph.RowCount - 1), execution);
        block.FillAtRandom(seed);
        block.SetTrivial(rowSums);
        var most = Math.Clamp(RowRounds / graph.RowCount, FewestRounds, MostRounds);
        var (_, rounds, error) = Iterate(block, count, (StartTolerance, most), values => Math.Max(1 - values, SmallestEigenvalue), execution);
        return (WithSigns(block.Columns(count), count), rounds, error < StartTolerance);
    }

    /// <summary>Finds the first eigenvectors and eigenvalues, the constant one among them, to some four digits.</summary>
    /// <param name="graph">n x n, symmetric, in one part or several; of c parts the first c eigenvalues are zero.</param>
    /// <param name="count">How many, at most n.</param>
    /// <param name="seed">The seed of the starting vectors.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n x count values of orthonormal columns, and the eigenvalues of the Laplacian, ascending from 0.</returns>
    public static (float[] Vectors, double[] Eigenvalues) Spectrum(SparseMatrix graph, int count, int seed, Execution execution)
    {
        var block = new VectorBlock(Normalize(graph, graph.RowSums()), VectorBlock.WidthFor(count, graph.RowCount), execution);
        block.FillAtRandom(seed);
        var (values, _, _) = Iterate(block, count, Precise, _ => 1, execution);
        return (block.Columns(count), [.. values.Take(count).Select(value => Math.Max(0, 1 - value))]);
    }

    /// <summary>Iterates until no residual of a wanted vector, divided by the scale that its Ritz value has, is above the tolerance.</summary>
    private static (double[] Values, int Rounds, double Error) Iterate(
        VectorBlock block, int count, (double Tolerance, int MaxRounds) precision, Func<double, double> scaleOf, Execution execution)
    {
        // A block that spans all there is, or any block of a complete graph, has the eigenvectors at once; filtered, it would drown in rounding.
        var (values, residuals) = block.RayleighRitz(count);
        var (round, error) = (0, LargestError());
        for (; round < precision.MaxRounds && error >= precision.Tolerance; round++)
        {
            execution.Report($"eigenvectors, round {round + 1}", Math.Clamp(Math.Log(1 / error) / Math.Log(1 / precision.Tolerance), 0, 1));

            // Damp what the block does not follow: everything below its smallest Ritz value.
            block.Filter(FilterDegree, Math.Clamp(values[^1], -0.9, 0.999));
            (values, residuals) = block.RayleighRitz(count);
            error = LargestError();
        }

        return (values, round, error);

        double LargestError() => residuals.Select((residual, place) => residual / scaleOf(values[place])).Max();
    }

    /// <summary>An eigenvector's sign is arbitrary. Made the same for every seed, so that layouts are not mirrored.</summary>
    private static float[] WithSigns(float[] vectors, int count)
    {
        for (var column = 0; column < count; column++)
        {
            var largest = 0f;
            for (var place = column; place < vectors.Length; place += count)
            {
                largest = MathF.Abs(vectors[place]) > MathF.Abs(largest) ? vectors[place] : largest;
            }

            for (var place = column; place < vectors.Length && largest < 0; place += count)
            {
                vectors[place] = -vectors[place];
            }
        }

        return vectors;
    }

    private static SparseMatrix Normalize(SparseMatrix graph, double[] rowSums)
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
