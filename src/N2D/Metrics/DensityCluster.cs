using N2D.Numerics;

namespace N2D.Metrics;

/// <summary>The inside of a cluster by its density, for <see cref="DensityValidity"/>.</summary>
/// <param name="InnerRows">The rows with several edges in the minimum spanning tree; if no row has several, all rows.</param>
/// <param name="SquaredCores">The squared core distance of each inner row.</param>
/// <param name="Sparseness">The length of the longest edge between two inner rows; if no edge joins two, of the longest edge.</param>
internal sealed record DensityCluster(Matrix InnerRows, double[] SquaredCores, double Sparseness)
{
    /// <summary>Measures a cluster.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="members">The rows of the cluster, at least two.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static DensityCluster Of(Matrix rows, int[] members, Execution execution)
    {
        // Ordered by their values, so that ties are broken in the same way for any order of the rows.
        int[] order = [.. members];
        Array.Sort(order, (first, second) => rows.Row(first).SequenceCompareTo(rows.Row(second)));
        var ordered = rows.Select(order);
        var blocks = ColumnBlocks.Of(ordered, execution);
        var cores = AllPointsCoreDistances.Squared(ordered, blocks, execution);
        var tree = ReachabilityTree.Of(ordered, blocks, cores, execution);
        int[] inner = [.. Enumerable.Range(0, order.Length).Where(tree.IsInner)];
        inner = inner.Length > 0 ? inner : [.. Enumerable.Range(0, order.Length)];
        return new DensityCluster(
            ordered.Select(inner), Array.ConvertAll(inner, row => cores[row]), Math.Sqrt(tree.LongestInnerEdge()));
    }
}
