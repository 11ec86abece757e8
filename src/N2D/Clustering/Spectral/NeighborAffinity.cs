using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// The affinity graph of nearest neighbors: weight 1 between rows that are each among the other's nearest neighbors, 1/2 if only one is.
/// </summary>
internal static class NeighborAffinity
{
    /// <summary>Throws if there are fewer rows than neighbors.</summary>
    /// <param name="neighborCount">The number of nearest rows, including the row itself.</param>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">There are fewer rows than neighbors (<c>TooFewRows</c>).</exception>
    public static void ThrowIfTooFewRows(int neighborCount, int rowCount)
    {
        if (neighborCount > rowCount)
        {
            throw new N2DException(
                "TooFewRows",
                ErrorKind.InvalidArgument,
                $"{nameof(SpectralOptions.NeighborCount)} is {neighborCount}, including the row itself, but there "
                    + $"{Quantity.Are(rowCount, "row")}. Use a smaller {nameof(SpectralOptions.NeighborCount)}, or add rows.",
                neighborCount)
            { Options = [nameof(SpectralOptions.NeighborCount)] };
        }
    }

    /// <summary>Finds the nearest neighbors of rows by Euclidean distance.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="neighborCount">The number of nearest rows, including the row itself, 2 to n.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public static NeighborGraph Neighbors(Matrix rows, int neighborCount, Execution execution) =>
        NeighborSearch.Find(rows, neighborCount - 1, new RowDistance(), execution);

    /// <summary>Builds the graph: the mean of the directed neighbor graph and its transpose.</summary>
    /// <param name="neighbors">The nearest other rows of each row.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x n, symmetric. The diagonal is empty: it does not affect the Laplacian.</returns>
    public static SparseMatrix Build(NeighborGraph neighbors, Execution execution)
    {
        var count = neighbors.NeighborCount;
        var columns = new int[ArraySize.Of(neighbors.RowCount, count)];
        ParallelRows.For(neighbors.RowCount, 512, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var own = columns.AsSpan(row * count, count);
                neighbors.Neighbors(row).CopyTo(own);
                own.Sort();
            }
        });
        var directed = new SparseMatrix(
            [.. Enumerable.Range(0, neighbors.RowCount + 1).Select(row => row * count)], columns,
            [.. Enumerable.Repeat(1f, columns.Length)]);

        return directed.CombineWithTranspose((own, other) => (own + other) / 2, execution);
    }
}
