using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>An edge of a tree.</summary>
/// <param name="First">A row.</param>
/// <param name="Second">The other.</param>
/// <param name="Weight">Their distance.</param>
internal readonly record struct SpanningEdge(int First, int Second, float Weight);

/// <summary>Minimum spanning trees of rows, or of parts of them.</summary>
internal static class SpanningTree
{
    /// <summary>The minimum spanning tree under mutual reachability.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="cores">The core distance of each row.</param>
    /// <param name="neighbors">Nearest neighbors within the core distance, which save most first searches; null for none.</param>
    /// <param name="distance">The distance, also of the cores.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n - 1 edges, not sorted by length.</returns>
    /// <exception cref="N2DException">
    /// The metric is not defined for a row, or the distance of rows from the others is not finite (<c>UndefinedDistance</c>).
    /// </exception>
    public static List<SpanningEdge> OfReachability(
        Matrix rows, float[] cores, NeighborGraph? neighbors, RowDistance distance, Execution execution)
    {
        var prepared = MetricRows.Prepare(distance, rows, execution.CancellationToken);
        return KernelChoice.Run(distance, rows.ColumnCount, new Reachability(new KdTree(prepared, execution), cores, neighbors, execution));
    }

    /// <summary>The shortest edges by Euclidean distance that connect parts of the rows.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="parts">The rows of each part. Each row is in one part.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>One edge fewer than there are parts.</returns>
    /// <exception cref="N2DException">Rows are so far apart that distances overflow (<c>UndefinedDistance</c>).</exception>
    public static List<SpanningEdge> Join(Matrix rows, IReadOnlyList<int[]> parts, Execution execution)
    {
        var tree = new KdTree(rows, execution);
        var placeOf = tree.PlacesOfRows();
        var joining = new PartJoining<EuclideanKernel>(new EuclideanKernel(IsSquared: false), tree, null);
        joining.Union(parts.Select(part => Array.ConvertAll(part, row => placeOf[row])));
        return joining.Run(execution);
    }

    private sealed record Reachability(KdTree Tree, float[] Cores, NeighborGraph? Neighbors, Execution Execution)
        : IKernelAction<List<SpanningEdge>>
    {
        public List<SpanningEdge> Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel
        {
            var joining = new PartJoining<TKernel>(kernel, Tree, Cores);
            if (Neighbors is not null)
            {
                joining.StartFrom(Neighbors);
            }

            return joining.Run(Execution);
        }
    }
}
