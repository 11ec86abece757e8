using System.Numerics.Tensors;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The fuzzy simplicial set of the data as a symmetric weighted graph: the memberships that each row gives its neighbors, combined with
/// those that they give it (McInnes et al. 2018, algorithms 1 and 2).
/// </summary>
internal static class FuzzySimplicialSet
{
    private const int RowsPerBlock = 512;

    /// <summary>Builds the graph: n x n, symmetric, weights above 0 up to 1, an empty diagonal.</summary>
    /// <param name="neighbors">The nearest other rows of each row. Those at infinite distance do not count.</param>
    /// <param name="options">Local connectivity and the mix of union and intersection.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static SparseMatrix Build(NeighborGraph neighbors, UmapOptions options, Execution execution) =>
        Combine(Memberships(neighbors, options.LocalConnectivity, execution), options.SetOperationMixRatio, execution);

    /// <summary>Combines the memberships that two rows give each other.</summary>
    /// <param name="forward">The membership of the column in the neighborhood of the row, n x n.</param>
    /// <param name="unionShare">From 0, the fuzzy intersection p q, to 1, the fuzzy union p + q - p q.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x n, symmetric to the last bit, without entries of weight 0.</returns>
    public static SparseMatrix Combine(SparseMatrix forward, float unionShare, Execution execution) =>
        forward.CombineWithTranspose(
            (p, q) =>
            {
                var both = p * q;
                return (unionShare * (p + q - both)) + ((1 - unionShare) * both);
            },
            execution);

    /// <summary>
    /// Restores the local connectivity (umap-learn's reset_local_connectivity): divides the memberships of each row by its largest, and
    /// computes the fuzzy union of both directions.
    /// </summary>
    /// <param name="graph">Memberships, n x n, symmetric.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static SparseMatrix Reconnect(SparseMatrix graph, Execution execution)
    {
        var values = new float[graph.Values.Length];
        ParallelRows.For(graph.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var own = graph.RowValues(row);
                var largest = own.IsEmpty ? 0 : TensorPrimitives.Max(own);
                if (largest > 0)
                {
                    TensorPrimitives.Divide(own, largest, values.AsSpan(graph.RowStarts[row], own.Length));
                }
            }
        });
        return Combine(new SparseMatrix(graph.RowStarts, graph.Columns, values), unionShare: 1, execution);
    }

    /// <summary>The memberships that each row gives its neighbors, by ascending column.</summary>
    private static SparseMatrix Memberships(NeighborGraph neighbors, float localConnectivity, Execution execution)
    {
        var (rho, sigma) = SmoothKnnDistances.Compute(neighbors, localConnectivity, execution);
        return neighbors.ToMatrix(
            (row, values) =>
            {
                var distances = neighbors.Distances(row);
                for (var place = 0; place < values.Length; place++)
                {
                    values[place] = SmoothKnnDistances.Membership(distances[place], rho[row], sigma[row]);
                }
            },
            execution);
    }
}
