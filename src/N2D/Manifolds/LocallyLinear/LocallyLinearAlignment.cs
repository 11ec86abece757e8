using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The quadratic form that a locally linear embedding minimizes: the squared differences of the layout's rows from the combinations of
/// their neighbors. It is the sum of a small form for each row.
/// </summary>
internal static class LocallyLinearAlignment
{
    private const int RowsPerBlock = 64;

    /// <summary>Builds the form.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="neighbors">Their neighbors.</param>
    /// <param name="options">The variant and its regularization.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x n, positive semidefinite, and 0 for a constant vector.</returns>
    public static SymmetricSparseMatrix Build(
        Matrix rows, NeighborGraph neighbors, LocallyLinearEmbeddingOptions options, Execution execution)
    {
        var memberCount = neighbors.NeighborCount + 1;
        if ((long)rows.RowCount * memberCount * memberCount > Array.MaxLength)
        {
            throw new N2DException(
                "TooManyNeighbors",
                ErrorKind.OutOfResources,
                $"The inner products of {neighbors.NeighborCount} neighbors of {rows.RowCount} rows exceed the largest array of .NET. Use "
                    + $"a smaller {nameof(options.NeighborCount)}.",
                neighbors.NeighborCount)
            {
                Options = [nameof(options.NeighborCount)],
            };
        }

        var members = new int[ArraySize.Of(rows.RowCount, memberCount)];
        for (var row = 0; row < rows.RowCount; row++)
        {
            members[row * memberCount] = row;
            neighbors.Neighbors(row).CopyTo(members.AsSpan((row * memberCount) + 1));
        }

        var parts = options.Variant == LocallyLinearVariant.Standard
            ? StandardParts(rows, neighbors, options.Regularization, execution)
            : ModifiedParts.Build(rows, neighbors, options, execution);
        return SymmetricSparseMatrix.Sum(members, memberCount, parts, execution);
    }

    /// <summary>The form (1, -w) (1, -w)' of each row.</summary>
    private static double[] StandardParts(Matrix rows, NeighborGraph neighbors, double regularization, Execution execution)
    {
        var count = neighbors.NeighborCount;
        var size = count + 1;
        var parts = new double[(long)rows.RowCount * size * size];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var barycenter = new BarycentricWeights(count, rows.ColumnCount, regularization);
            var combination = new double[size];
            for (var row = start; row < end; row++)
            {
                barycenter.Measure(rows.Row(row), rows, neighbors.Neighbors(row));
                barycenter.Solve(combination.AsSpan(1));
                combination[0] = -1;
                for (var i = 0; i < size; i++)
                {
                    for (var j = 0; j < size; j++)
                    {
                        parts[(((row * size) + i) * size) + j] = combination[i] * combination[j];
                    }
                }
            }
        });
        return parts;
    }
}
