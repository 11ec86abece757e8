using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Tests.Neighbors;

/// <summary>Distances by vectors of each width; those that the processor lacks are emulated.</summary>
public sealed class VectorWidthTests
{
    private static readonly Execution Execution = new() { ThreadCount = 2 };

    public static TheoryData<DistanceMetric> Metrics => [.. Enum.GetValues<DistanceMetric>()];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void ExactNeighbors_HaveTheSameBytes(DistanceMetric metric)
    {
        var rows = RandomRows.Uniform(301, 7, seed: 4);
        var graphs = MetricActions.Run(rows, Distance(metric), prepared => new ExactByWidth(prepared));

        Assert.All(graphs, graph => Assert.Equal(graphs[0].Indices.ToArray(), graph.Indices.ToArray()));
        Assert.All(graphs, graph => Assert.Equal(graphs[0].AllDistances.ToArray(), graph.AllDistances.ToArray()));
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Pairs_HaveTheSameBytes(DistanceMetric metric)
    {
        for (var columnCount = 2; columnCount < 50; columnCount++)
        {
            var rows = RandomRows.Uniform(10, columnCount, seed: columnCount);
            var ranks = MetricActions.Run(rows, Distance(metric), prepared => new PairsByWidth(prepared));

            Assert.All(ranks, byWidth => Assert.Equal(ranks[0], byWidth));
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Leaves_HaveTheSameBytes(DistanceMetric metric)
    {
        var rows = RandomRows.Uniform(100, 5, seed: 6);
        var distances = MetricActions.Run(rows, Distance(metric), prepared => new LeavesByWidth(prepared));

        Assert.All(distances, byWidth => Assert.Equal(distances[0], byWidth));
    }

    private static RowDistance Distance(DistanceMetric metric) => new() { Metric = metric, MinkowskiPower = 3 };

    private sealed record ExactByWidth(Matrix Rows) : IKernelAction<NeighborGraph[]>
    {
        public NeighborGraph[] Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel =>
            [.. from lanes in new[] { 4, 8, 16 }
                select ExactNeighbors.FindAmong(kernel, Rows, ColumnBlocks.Of(Rows, 2 * lanes, Execution), 9, Execution)];
    }

    /// <summary>The ranks of the first row and each of the others, by each width and all at once.</summary>
    private sealed record PairsByWidth(Matrix Rows) : IKernelAction<float[][]>
    {
        public float[][] Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel
        {
            var others = Enumerable.Range(1, Rows.RowCount - 1).ToArray();
            var atOnce = new float[others.Length];
            PairDistance.Rank(kernel, Rows, 0, others, atOnce);
            return
            [
                atOnce,
                [.. others.Select(other => PairDistance.Rank(kernel, Rows.Row(0), Rows.Row(other)))],
                [.. others.Select(other => PairDistance.RankByWholes(kernel, ref First(0), ref First(other), Rows.ColumnCount))],
                [.. others.Select(other => PairDistance.RankByHalves(kernel, ref First(0), ref First(other), Rows.ColumnCount))],
            ];
        }

        private ref float First(int row) => ref MemoryMarshal.GetReference(Rows.Row(row));
    }

    private sealed record LeavesByWidth(Matrix Rows) : IKernelAction<float[][]>
    {
        public float[][] Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel
        {
            var tree = new KdTree(Rows, Execution);
            var distances = new float[4][];
            for (var width = 0; width < distances.Length; width++)
            {
                distances[width] = new float[KdTree.LeafSize];
            }

            tree.MeasureLeaf(kernel, KdTree.LeafSize, 3, distances[0]);
            tree.MeasureLeaf<TKernel, Width128<float>, Vector128<float>>(kernel, KdTree.LeafSize, 3, distances[1]);
            tree.MeasureLeaf<TKernel, Width256<float>, Vector256<float>>(kernel, KdTree.LeafSize, 3, distances[2]);
            tree.MeasureLeaf<TKernel, Width512<float>, Vector512<float>>(kernel, KdTree.LeafSize, 3, distances[3]);
            return distances;
        }
    }
}
