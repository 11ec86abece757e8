using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Tests.Neighbors;

/// <summary>The searches under any metric, without the choice between them and the cache that NeighborSearch puts before them.</summary>
internal static class MetricActions
{
    public static NeighborGraph Exact(Matrix rows, int neighborCount, RowDistance distance, int threadCount = 2) =>
        Run(rows, distance, prepared => new ExactSearch(prepared, neighborCount, new Execution { ThreadCount = threadCount }));

    public static NeighborGraph Descent(Matrix rows, int neighborCount, RowDistance distance, int threadCount = 2) =>
        Run(rows, distance, prepared => new DescentSearch(prepared, neighborCount, new Execution { ThreadCount = threadCount }));

    /// <summary>The distances of all pairs of rows, i before j: (0, 1), (0, 2), ..., (1, 2), ...</summary>
    public static float[] AllPairs(Matrix rows, RowDistance distance) => Run(rows, distance, prepared => new Pairs(prepared));

    /// <summary>The results of an action on rows that are prepared for a metric.</summary>
    public static TResult Run<TResult>(Matrix rows, RowDistance distance, Func<Matrix, IKernelAction<TResult>> action) =>
        KernelChoice.Run(distance, rows.ColumnCount, action(MetricRows.Prepare(distance, rows, CancellationToken.None)));

    private sealed record ExactSearch(Matrix Rows, int NeighborCount, Execution Execution) : IKernelAction<NeighborGraph>
    {
        public NeighborGraph Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel => ExactNeighbors.Find(kernel, Rows, NeighborCount, Execution);
    }

    private sealed record DescentSearch(Matrix Rows, int NeighborCount, Execution Execution) : IKernelAction<NeighborGraph>
    {
        public NeighborGraph Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel =>
            NeighborDescent.Find(kernel, Rows, NeighborCount, new NeighborDescentOptions(), Execution);
    }

    private sealed record Pairs(Matrix Rows) : IKernelAction<float[]>
    {
        public float[] Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel =>
            [.. from first in Enumerable.Range(0, Rows.RowCount)
                from second in Enumerable.Range(first + 1, Rows.RowCount - first - 1)
                select kernel.Finish(PairDistance.Rank(kernel, Rows.Row(first), Rows.Row(second)))];
    }
}
