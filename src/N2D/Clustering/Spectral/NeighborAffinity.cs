using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// The graph of nearest neighbors that clusters are found in: weight 1 between rows that are each among the other's nearest, 1/2 where only one is.
/// </summary>
internal static class NeighborAffinity
{
    /// <summary>Refuses fewer rows than neighbors.</summary>
    /// <param name="neighborCount">The number of nearest rows, the row itself counted.</param>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">There are fewer rows than that (<c>TooFewRows</c>).</exception>
    public static void ThrowIfTooFewRows(int neighborCount, int rowCount)
    {
        if (neighborCount > rowCount)
        {
            throw new N2DException(
                "TooFewRows",
                ErrorKind.InvalidArgument,
                $"{neighborCount} nearest rows of each of {rowCount}: the number of neighbors counts the row itself, and must be 2 to the number of rows. Give a smaller -NeighborCount, or more rows.",
                neighborCount);
        }
    }

    /// <summary>Finds the neighbors of rows by Euclid's distance.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="neighborCount">The number of nearest rows, the row itself counted, 2 to n.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public static NeighborGraph Neighbors(Matrix rows, int neighborCount, Execution execution) =>
        NeighborSearch.Find(rows, neighborCount - 1, new RowDistance(), execution);

    /// <summary>The mean of who counts whom among its nearest, and of who is counted.</summary>
    /// <param name="neighbors">The nearest other rows of each row.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x n, symmetric, an empty diagonal, which no Laplacian looks at.</returns>
    public static SparseMatrix Build(NeighborGraph neighbors, Execution execution)
    {
        var count = neighbors.NeighborCount;
        var columns = new int[neighbors.RowCount * count];
        ParallelRows.For(neighbors.RowCount, 512, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var own = columns.AsSpan(row * count, count);
                neighbors.Neighbors(row).CopyTo(own);
                own.Sort();
            }
        });
        var given = new SparseMatrix(
            [.. Enumerable.Range(0, neighbors.RowCount + 1).Select(row => row * count)], columns, [.. Enumerable.Repeat(1f, columns.Length)]);

        return given.CombineWithTranspose((own, other) => (own + other) / 2, execution);
    }
}
