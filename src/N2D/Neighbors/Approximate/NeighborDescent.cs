using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// Approximate k nearest neighbors by NN-descent (Dong, Moses and Li, 2011): a neighbor of a neighbor is likely a neighbor. Starts with
/// random projection trees, and then compares the candidates of each row with each other until little improves.
/// </summary>
/// <remarks>
/// The result does not depend on the number of threads: comparisons only read the lists and record possible improvements, which are then
/// applied to each row in the order of the rows that recorded them.
/// The trees split along planes for all metrics, because they are only the first guess. Splits by the metric itself, for metrics of another
/// geometry (Canberra, Bray-Curtis, Hamming, Jaccard), changed the recall on 20000 rows by at most about 0.01, and cost two distances
/// instead of a dot product. Recall is lowest if many rows are equally far, such as random sets: 0.88 to 0.94.
/// The loops are optimized when they are first called: their work is over before the compiler would optimize them by and by.
/// </remarks>
internal static class NeighborDescent
{
    /// <summary>
    /// The number of rows whose comparisons are made before their improvements are applied, which saves later comparisons.
    /// </summary>
    private const int RowsPerRound = 16384;

    /// <summary>
    /// The largest number of columns of the rows that trees are built on. Wider rows are projected at random: otherwise, each level of each
    /// tree would read all values from memory. Distances are always those of the rows themselves.
    /// </summary>
    private const int MaxTreeColumns = 64;

    private const int RowsPerBlock = 64;

    /// <summary>Finds the neighbors of each row among the other rows.</summary>
    /// <param name="kernel">The metric.</param>
    /// <param name="rows">n x d.</param>
    /// <param name="neighborCount">k, at most n - 1.</param>
    /// <param name="options">The options of the search.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <typeparam name="TKernel">The kind of metric.</typeparam>
    public static NeighborGraph Find<TKernel>(
        TKernel kernel, Matrix rows, int neighborCount, NeighborDescentOptions options, Execution execution)
        where TKernel : struct, IDistanceKernel
    {
        var treeRows = rows.ColumnCount > MaxTreeColumns ? RandomProjection.Project(rows, MaxTreeColumns, options.Seed, execution) : rows;
        var lists = new NeighborLists(rows.RowCount, neighborCount);
        var treeCount = Math.Min(32, 5 + (int)Math.Round(Math.Sqrt(rows.RowCount) / 20));
        var iterationCount = Math.Max(5, (int)Math.Round(PortableMath.Log2(rows.RowCount)));
        int[] order = [];
        for (var tree = 0; tree < treeCount; tree++)
        {
            execution.Report($"projection tree {tree + 1} of {treeCount}", 0.3 * tree / treeCount);
            order = JoinLeaves(kernel, rows, treeRows, lists, options.Seed, tree, execution);
        }

        using var candidates = new CandidateLists(lists, Math.Min(options.MaxCandidates, neighborCount + 1), options.Seed);
        var findings = new List<Finding>[(RowsPerRound + RowsPerBlock - 1) / RowsPerBlock];
        for (var block = 0; block < findings.Length; block++)
        {
            findings[block] = [];
        }

        for (var iteration = 0; iteration < iterationCount; iteration++)
        {
            execution.Report(
                $"NN-descent, iteration {iteration + 1} of at most {iterationCount}", 0.3 + (0.7 * iteration / iterationCount));
            candidates.Draw(iteration, execution);
            var improved = Join(kernel, rows, order, lists, candidates, findings, execution);
            if (improved <= options.Tolerance * rows.RowCount * neighborCount)
            {
                execution.Explain?.Invoke($"NN-descent: converged after {iteration + 1} iterations.");
                break;
            }
        }

        FillVacancies(kernel, rows, lists, execution);
        return lists.ToGraph(kernel);
    }

    /// <summary>Compares all rows of each leaf of a tree. Leaves have no common rows, so threads process them independently.</summary>
    /// <returns>The rows in the order of the leaves, where many neighbors are near each other.</returns>
    private static int[] JoinLeaves<TKernel>(
        TKernel kernel, Matrix rows, Matrix treeRows, NeighborLists lists, int seed, int tree, Execution execution)
        where TKernel : struct, IDistanceKernel
    {
        var leafSize = Math.Max(10, lists.NeighborCount + 1);
        var (order, leafEnds) = RandomProjectionTree.Build(treeRows, leafSize, seed, tree, execution);
        ParallelRows.For(leafEnds.Length, RowsPerBlock, execution, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (start, end) =>
        {
            Span<float> distances = new float[leafSize];
            for (var leaf = start; leaf < end; leaf++)
            {
                var members = order.AsSpan((leaf == 0 ? 0 : leafEnds[leaf - 1])..leafEnds[leaf]);
                for (var first = 0; first < members.Length; first++)
                {
                    var left = members[first];
                    var others = members[(first + 1)..];
                    PairDistance.Rank(kernel, rows, left, others, distances);
                    for (var place = 0; place < others.Length; place++)
                    {
                        lists.Offer(left, others[place], distances[place]);
                        lists.Offer(others[place], left, distances[place]);
                    }
                }
            }
        });
        return order;
    }

    /// <summary>
    /// Runs one iteration: compares the new candidates of each row with each other and with the old ones. Rows are processed in an order in
    /// which successive ones have common candidates, which are then in the cache.
    /// </summary>
    /// <returns>The number of improved neighbors.</returns>
    private static long Join<TKernel>(
        TKernel kernel,
        Matrix rows,
        int[] order,
        NeighborLists lists,
        CandidateLists candidates,
        List<Finding>[] findings,
        Execution execution)
        where TKernel : struct, IDistanceKernel
    {
        var improved = 0L;
        for (var roundStart = 0; roundStart < rows.RowCount; roundStart += RowsPerRound)
        {
            var firstRow = roundStart;
            var rowCount = Math.Min(RowsPerRound, rows.RowCount - firstRow);
            ParallelRows.For(rowCount, RowsPerBlock, execution, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (start, end) =>
            {
                var noted = findings[start / RowsPerBlock];
                noted.Clear();
                var distances = new float[candidates.Capacity];
                foreach (var row in order.AsSpan(firstRow + start, end - start))
                {
                    Meet(kernel, rows, lists, candidates.New(row), candidates.Old(row), distances, noted);
                }
            });
            improved += Apply(lists, findings, execution);
        }

        return improved;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Meet<TKernel>(
        TKernel kernel,
        Matrix rows,
        NeighborLists lists,
        ReadOnlySpan<int> newCandidates,
        ReadOnlySpan<int> oldCandidates,
        Span<float> distances,
        List<Finding> noted)
        where TKernel : struct, IDistanceKernel
    {
        for (var first = 0; first < newCandidates.Length; first++)
        {
            var left = newCandidates[first];
            MeetOne(kernel, rows, lists, left, newCandidates[(first + 1)..], distances, noted);
            MeetOne(kernel, rows, lists, left, oldCandidates, distances, noted);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MeetOne<TKernel>(
        TKernel kernel, Matrix rows, NeighborLists lists, int left, ReadOnlySpan<int> others, Span<float> distances, List<Finding> noted)
        where TKernel : struct, IDistanceKernel
    {
        PairDistance.Rank(kernel, rows, left, others, distances);
        var leftWorst = lists.Worst(left);
        for (var place = 0; place < others.Length; place++)
        {
            var (right, distance) = (others[place], distances[place]);
            if (right != left && (distance < leftWorst || distance < lists.Worst(right)))
            {
                noted.Add(new Finding(left, right, distance));
            }
        }
    }

    /// <summary>
    /// Applies the recorded improvements. Each thread applies those of its part of the rows, in the order in which they were recorded, so
    /// the result does not depend on the parts.
    /// </summary>
    private static long Apply(NeighborLists lists, List<Finding>[] findings, Execution execution)
    {
        var shareCount = execution.ThreadCount;
        var improved = new long[shareCount];
        ParallelRows.For(shareCount, 1, execution, [MethodImpl(MethodImplOptions.AggressiveOptimization)] (share, _) =>
        {
            var start = (int)((long)lists.RowCount * share / shareCount);
            var end = (int)((long)lists.RowCount * (share + 1) / shareCount);
            var count = 0L;
            foreach (var noted in findings)
            {
                foreach (ref readonly var finding in CollectionsMarshal.AsSpan(noted))
                {
                    if (finding.Left >= start && finding.Left < end && lists.Offer(finding.Left, finding.Right, finding.Distance))
                    {
                        count++;
                    }

                    if (finding.Right >= start && finding.Right < end && lists.Offer(finding.Right, finding.Left, finding.Distance))
                    {
                        count++;
                    }
                }
            }

            improved[share] = count;
        });
        foreach (var noted in findings)
        {
            noted.Clear();
        }

        return improved.Sum();
    }

    /// <summary>Compares rows with too few neighbors with all rows. This can happen with many duplicates.</summary>
    private static void FillVacancies<TKernel>(TKernel kernel, Matrix rows, NeighborLists lists, Execution execution)
        where TKernel : struct, IDistanceKernel =>
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                for (var other = 0; other < rows.RowCount && NeighborLists.IsVacant(lists.Entries(row)[^1]); other++)
                {
                    if (other != row)
                    {
                        lists.Offer(row, other, PairDistance.Rank(kernel, rows.Row(row), rows.Row(other)));
                    }
                }
            }
        });

    /// <summary>A possible improvement: two rows that are nearer than the farthest neighbor of at least one of them.</summary>
    private readonly record struct Finding(int Left, int Right, float Distance);
}
