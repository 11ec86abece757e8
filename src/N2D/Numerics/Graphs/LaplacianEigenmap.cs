namespace N2D.Numerics;

/// <summary>
/// The eigenvectors of a graph's normalized Laplacian with the smallest eigenvalues. They belong to the largest eigenvalues of the
/// normalized adjacency matrix I - L = D^(-1/2) W D^(-1/2), and are computed by Chebyshev-filtered subspace iteration (Zhou and Saad,
/// 2007).
/// </summary>
/// <remarks>
/// For a large graph, the iteration starts from the eigenvectors of a coarser graph, which saves about half of the rounds. The number of
/// rounds is limited, so the time is predictable. Solvers that always run to convergence take hours on graphs with many nearly separate
/// parts.
/// </remarks>
internal static class LaplacianEigenmap
{
    /// <summary>The degree of the Chebyshev polynomial of a round.</summary>
    private const int FilterDegree = 16;

    /// <summary>
    /// The tolerance for an initial layout: the largest residual |A x - lambda x| of a unit vector, relative to its eigenvalue of the
    /// Laplacian. With ten times this value, layouts of different seeds no longer resemble each other. A tenth of it costs one or two more
    /// rounds, without a visible effect on the layout.
    /// </summary>
    private const double StartTolerance = 0.01;

    /// <summary>Smaller eigenvalues count as this one: residuals in float32 rarely fall below a hundredth of it.</summary>
    private const double SmallestEigenvalue = 1e-4;

    /// <summary>
    /// The limits of the number of rounds for an initial layout, and rows times rounds between them. Most graphs need three to eight
    /// rounds.
    /// </summary>
    private const int MinRounds = 12;
    private const int MaxRounds = 40;
    private const int RowRounds = 4_000_000;

    /// <summary>
    /// The number of rows up to which an iteration starts at random. A smaller number saves no time: the rounds of the finest graph take
    /// nearly all of it.
    /// </summary>
    private const int CoarsestRows = 32_768;

    /// <summary>The least number of rows of a coarser graph.</summary>
    private const int FewestCoarseRows = 1024;

    /// <summary>
    /// The precision for clustering, which depends on small differences between coordinates. An eigenvalue's error is about the square of
    /// the tolerance.
    /// </summary>
    private static readonly (double Tolerance, int MaxRounds) Precise = (1e-4, 60);

    /// <summary>Computes the first eigenvectors, without the trivial one, as precisely as an initial layout needs.</summary>
    /// <param name="graph">n x n, symmetric, connected.</param>
    /// <param name="count">The number of eigenvectors, at most n - 2.</param>
    /// <param name="seed">The seed of the initial vectors.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>
    /// n x count values with orthonormal columns, the largest component of each positive; the number of rounds; and whether they converged.
    /// </returns>
    public static (float[] Vectors, int Rounds, bool IsConverged) Compute(SparseMatrix graph, int count, int seed, Execution execution)
    {
        var (block, rounds, error) = Solve(graph, count, seed, CoarsestRows, execution);
        using var solved = block;
        return (FixSigns(block.Columns(count), count), rounds, error < StartTolerance);
    }

    /// <summary>Computes the eigenvectors for an initial layout, in a block with guard vectors.</summary>
    /// <param name="graph">n x n, symmetric, connected.</param>
    /// <param name="count">The number of eigenvectors.</param>
    /// <param name="seed">The seed of the initial vectors.</param>
    /// <param name="coarsestRows">The number of rows up to which an iteration starts at random.</param>
    /// <param name="execution">Threads and cancellation.</param>
    internal static (VectorBlock Block, int Rounds, double Error) Solve(
        SparseMatrix graph, int count, int seed, int coarsestRows, Execution execution)
    {
        var rowSums = graph.RowSums();
        var block = new VectorBlock(Normalize(graph, rowSums), VectorBlock.WidthFor(count, graph.RowCount - 1), execution);
        try
        {
            var isCoarse = graph.RowCount > coarsestRows
                && TryStartCoarse(block, graph, rowSums, count, seed, coarsestRows, execution.Part(0, 0.5));
            if (!isCoarse)
            {
                block.FillAtRandom(seed);
            }

            block.SetTrivialEigenvector(rowSums);
            var maxRounds = Math.Clamp(RowRounds / graph.RowCount, MinRounds, MaxRounds);
            var (_, rounds, error) =
                Iterate(
                    block, count, (StartTolerance, maxRounds), values => Math.Max(1 - values, SmallestEigenvalue),
                    isCoarse ? execution.Part(0.5, 1) : execution);
            return (block, rounds, error);
        }
        catch
        {
            block.Dispose();
            throw;
        }
    }

    /// <summary>Computes the first eigenvectors and eigenvalues, including the trivial ones, to about four digits.</summary>
    /// <param name="graph">n x n, symmetric. With c connected components, the first c eigenvalues are zero.</param>
    /// <param name="count">The number of eigenvectors, at most n.</param>
    /// <param name="seed">The seed of the initial vectors.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n x count values with orthonormal columns, and the eigenvalues of the Laplacian, ascending from 0.</returns>
    public static (float[] Vectors, double[] Eigenvalues) Spectrum(SparseMatrix graph, int count, int seed, Execution execution)
    {
        using var block = new VectorBlock(Normalize(graph, graph.RowSums()), VectorBlock.WidthFor(count, graph.RowCount), execution);
        block.FillAtRandom(seed);
        var (values, _, _) = Iterate(block, count, Precise, _ => 1, execution);
        return (block.Columns(count), [.. values.Take(count).Select(value => Math.Max(0, 1 - value))]);
    }

    /// <summary>Fills a block with the eigenvectors of a coarser graph.</summary>
    /// <returns>Whether there is one of a useful size. A few hubs make it too small, and rows without neighbors hardly smaller.</returns>
    private static bool TryStartCoarse(
        VectorBlock block, SparseMatrix graph, double[] rowSums, int count, int seed, int coarsestRows, Execution execution)
    {
        var coarsening = new GraphCoarsening(graph, execution.CancellationToken);
        if (coarsening.Graph.RowCount < FewestCoarseRows || coarsening.Graph.RowCount > graph.RowCount / 2)
        {
            return false;
        }

        var (coarse, _, _) = Solve(coarsening.Graph, count, seed, coarsestRows, execution);
        using var solved = coarse;
        block.FillFrom(coarse, coarsening, rowSums);
        return true;
    }

    /// <summary>Iterates until no residual of a wanted vector, divided by the scale of its Ritz value, exceeds the tolerance.</summary>
    private static (double[] Values, int Rounds, double Error) Iterate(
        VectorBlock block, int count, (double Tolerance, int MaxRounds) precision, Func<double, double> scaleOf, Execution execution)
    {
        // A block that spans the whole space, or any block of a complete graph, contains the eigenvectors at once. Filtering would only add
        // rounding errors.
        var (values, residuals) = block.RayleighRitz(count);
        var (round, error) = (0, LargestError());
        for (; round < precision.MaxRounds && error >= precision.Tolerance; round++)
        {
            var share = PortableMath.Log(error) / PortableMath.Log(precision.Tolerance);
            execution.Report($"eigenvectors, round {round + 1}", Math.Clamp(share, 0, 1));

            // Damp everything below the smallest Ritz value of the block.
            block.Filter(FilterDegree, Math.Clamp(values[^1], -0.9, 0.999));
            (values, residuals) = block.RayleighRitz(count);
            error = LargestError();
        }

        return (values, round, error);

        double LargestError() => residuals.Select((residual, place) => residual / scaleOf(values[place])).Max();
    }

    /// <summary>Makes the largest component of each eigenvector positive, so that layouts of different seeds are not mirrored.</summary>
    private static float[] FixSigns(float[] vectors, int count)
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
