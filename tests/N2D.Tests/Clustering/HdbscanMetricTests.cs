using N2D.Clustering;
using N2D.Metrics;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Tests.Neighbors;

namespace N2D.Tests.Clustering;

/// <summary>Hdbscan with all metrics: its spanning tree compared with Prim's over all pairs, and properties of the clusters.</summary>
public sealed class HdbscanMetricTests
{
    public static TheoryData<DistanceMetric, double, int, int, int> Trees
    {
        get
        {
            var data = new TheoryData<DistanceMetric, double, int, int, int>();
            foreach (var metric in Enum.GetValues<DistanceMetric>())
            {
                var power = metric == DistanceMetric.Minkowski ? 3 : 2;
                data.Add(metric, power, 500, 3, 5);
                data.Add(metric, power, 333, 19, 1);
                data.Add(metric, power, 40, 70, 4);
            }

            data.Add(DistanceMetric.Minkowski, 1.5, 400, 4, 6);
            data.Add(DistanceMetric.Minkowski, 40, 400, 4, 6);
            data.Add(DistanceMetric.Minkowski, double.PositiveInfinity, 400, 4, 6);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public void SpanningTree_IsAsLongAsPrims_UnderEveryMetric(
        DistanceMetric metric, double power, int rowCount, int columnCount, int samples)
    {
        var rows = RowsFor(metric, rowCount, columnCount);
        var distance = new RowDistance { Metric = metric, MinkowskiPower = power };
        var (edges, cores) = TreeOf(rows, distance, samples, threadCount: 2);
        Assert.Equal(rowCount - 1, edges.Count);
        var expected = PrimWeights(MetricActions.AllPairs(rows, distance), cores, rowCount);

        // The lengths of all minimum spanning trees are the same multiset; here sums are added up in another order than there. Angles are
        // differences of rows of length 1, so that float32 rounds them to 1e-7.
        Assert.All(
            expected.Order().Zip(edges.Select(edge => edge.Weight).Order()),
            pair => Assert.InRange(Math.Abs(pair.Second - pair.First), 0, (2e-5 * pair.First) + 1e-7));

        // Each edge has the length of its pair.
        var other = TreeOf(rows, distance, samples, threadCount: 1).Edges;
        Assert.Equal(other, edges);
    }

    [Theory]
    [InlineData(DistanceMetric.Euclidean)]
    [InlineData(DistanceMetric.Manhattan)]
    [InlineData(DistanceMetric.Chebyshev)]
    [InlineData(DistanceMetric.Minkowski)]
    [InlineData(DistanceMetric.Canberra)]
    [InlineData(DistanceMetric.BrayCurtis)]
    [InlineData(DistanceMetric.Jaccard)]
    [InlineData(DistanceMetric.Hamming)]
    [InlineData(DistanceMetric.Cosine)]
    public void ABox_IsNoFartherThanAnyRowWithin(DistanceMetric metric)
    {
        for (var columnCount = 1; columnCount < 40; columnCount += 6)
        {
            var rows = RowsFor(metric, 300, columnCount + 1);
            var distance = new RowDistance { Metric = metric, MinkowskiPower = 3.5 };
            var prepared = MetricRows.Prepare(distance, rows, CancellationToken.None);
            Assert.Equal(0, KernelChoice.Run(distance, rows.ColumnCount, new Boxes(prepared)));
        }
    }

    [Fact]
    public void SquaresAndPowers_HaveTheClustersOfWhatTheyAre()
    {
        // Squared lengths rank pairs as lengths do; densities are others, but leaves of the hierarchy are the same.
        var rows = RandomRows.Blobs(400, 4, 4, scale: 10).Rows;
        var options = new HdbscanOptions { MinimumClusterSize = 12, Selection = ClusterSelection.Leaf };
        var plain = Clusters(rows, options);
        Assert.Equal(plain, Clusters(rows, options with { Metric = DistanceMetric.SquaredEuclidean }));
        Assert.Equal(plain, Clusters(rows, options with { Metric = DistanceMetric.Minkowski, MinkowskiPower = 2 }));
        var manhattan = Clusters(rows, options with { Metric = DistanceMetric.Manhattan });
        Assert.Equal(manhattan, Clusters(rows, options with { Metric = DistanceMetric.Minkowski, MinkowskiPower = 1 }));
        Assert.NotEqual(plain, manhattan);
    }

    [Fact]
    public void Angles_TellRowsApartThatLengthsDoNot()
    {
        // Three directions, at any length.
        var random = new RandomSequence(3, RandomPurpose.Shuffle);
        var values = new float[300 * 3];
        for (var row = 0; row < 300; row++)
        {
            var length = MathF.Exp(4 * (float)random.NextDouble());
            for (var column = 0; column < 3; column++)
            {
                values[(3 * row) + column] = length * ((column == row % 3 ? 1 : 0) + (0.1f * (float)random.NextDouble()));
            }
        }

        var rows = Matrix.Own(values, 3);
        var options = new HdbscanOptions { MinimumClusterSize = 20, Metric = DistanceMetric.Cosine };
        var fitted = Hdbscan.Fit(rows, options, Execution.Default);
        Assert.Equal(3, fitted.ClusterCount);
        int[] directions = [.. Enumerable.Range(0, 300).Select(row => row % 3)];
        Assert.InRange(AdjustedRandIndex.Compute(directions, fitted.Predict(rows, Execution.Default).Assignments), 0.95, 1);

        // Unseen rows go by their angle too, and what has the angle of a fitted row has its cluster.
        var scaled = Matrix.Own([.. rows.Values.ToArray().Select(value => 1024 * value)], 3);
        Assert.Equal(
            fitted.Predict(rows, Execution.Default).Assignments.ToArray(), fitted.Predict(scaled, Execution.Default).Assignments.ToArray());
        var axes = fitted.Predict(Matrix.Own([900, 45, 45, 0.05f, 1, 0.05f, 2, 2, 40], 3), Execution.Default).Assignments.ToArray();
        Assert.Equal(3, axes.Where(cluster => cluster >= 0).Distinct().Count());
        Assert.Contains("Metric=Cosine", fitted.Settings, StringComparison.Ordinal);
    }

    [Fact]
    public void RowsThatAMetricIsNotDefinedFor_AreRefused()
    {
        var rows = Matrix.Own([.. Enumerable.Range(0, 40).Select(place => place < 2 ? 0f : place)], 2);
        Assert.Equal(
            "UndefinedDistance",
            Assert.Throws<N2DException>(() => Clusters(rows, new HdbscanOptions { Metric = DistanceMetric.Cosine })).Id);
        Assert.Equal(
            "UndefinedDistance",
            Assert.Throws<N2DException>(() =>
                Clusters(rows, new HdbscanOptions { Metric = DistanceMetric.Cosine, MinimumSamples = 1 })).Id);
        Assert.Equal("MinkowskiPowerOutOfRange", Assert.Throws<N2DException>(() => new HdbscanOptions { MinkowskiPower = 0.5 }).Id);

        // Two groups of rows that are each other's negative: Bray-Curtis has no finite distance.
        var heaps = Matrix.Own([.. Enumerable.Range(0, 20).Select(row => row < 10 ? 1f : -1f)], 1);
        Assert.Equal(
            "UndefinedDistance",
            Assert.Throws<N2DException>(() => Clusters(heaps, new HdbscanOptions { Metric = DistanceMetric.BrayCurtis })).Id);
    }

    /// <summary>Rows that a metric is defined for, with ties where its values are few.</summary>
    private static Matrix RowsFor(DistanceMetric metric, int rowCount, int columnCount)
    {
        var rows = RandomRows.Blobs(rowCount, columnCount, 5, scale: 5).Rows;
        return metric switch
        {
            DistanceMetric.Hamming => Matrix.Own([.. rows.Values.ToArray().Select(value => MathF.Round(value / 4))], columnCount),
            DistanceMetric.Jaccard => Matrix.Own([.. rows.Values.ToArray().Select(value => value > 2 ? value : 0)], columnCount),
            DistanceMetric.Hellinger or DistanceMetric.BrayCurtis => Matrix.Own([.. rows.Values.ToArray().Select(MathF.Abs)], columnCount),
            _ => rows,
        };
    }

    private static (List<SpanningEdge> Edges, float[] Cores) TreeOf(Matrix rows, RowDistance distance, int samples, int threadCount)
    {
        var neighbors = samples == 1 ? null : NeighborSearch.Find(rows, samples - 1, distance, Execution.Default);
        float[] cores = [.. Enumerable.Range(0, rows.RowCount).Select(row => neighbors?.Distances(row)[^1] ?? 0)];
        return (SpanningTree.OfReachability(rows, cores, neighbors, distance, new Execution { ThreadCount = threadCount }), cores);
    }

    /// <summary>Prim's tree over the distances of all pairs, in the order of <see cref="MetricActions.AllPairs"/>.</summary>
    private static List<double> PrimWeights(float[] pairs, float[] cores, int rowCount)
    {
        var nearest = Enumerable.Repeat(double.PositiveInfinity, rowCount).ToArray();
        var isIn = new bool[rowCount];
        var weights = new List<double>();
        var last = 0;
        while (weights.Count < rowCount - 1)
        {
            isIn[last] = true;
            for (var row = 0; row < rowCount; row++)
            {
                var (low, high) = (Math.Min(row, last), Math.Max(row, last));
                var distance = row == last ? 0 : pairs[(low * rowCount) - (low * (low + 1) / 2) + high - low - 1];
                nearest[row] = isIn[row]
                    ? double.PositiveInfinity
                    : Math.Min(nearest[row], Math.Max(distance, Math.Max(cores[row], cores[last])));
            }

            last = Array.IndexOf(nearest, nearest.Min());
            weights.Add(nearest[last]);
        }

        return weights;
    }

    private static int[] Clusters(Matrix rows, HdbscanOptions options) =>
        Hdbscan.Fit(rows, options, Execution.Default).Predict(rows, Execution.Default).Assignments.ToArray();

    /// <summary>Counts the boxes whose lower bound exceeds the distance to a row inside.</summary>
    private sealed record Boxes(Matrix Rows) : IKernelAction<int>
    {
        public int Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel
        {
            var tree = new KdTree(Rows, Execution.Default);
            var wrong = 0;
            var isBound = false;
            var distances = new float[KdTree.LeafSize];
            for (var node = 0; node < tree.Nodes.Length; node++)
            {
                var box = tree.Nodes[node];
                for (var place = 0; place < tree.RowCount && box.IsLeaf; place++)
                {
                    var least = tree.DistanceToBox(kernel, node, place);
                    tree.MeasureLeaf(kernel, box.Start, place, distances);
                    wrong += distances.AsSpan(0, box.End - box.Start).ToArray().Count(distance => distance < least);
                    isBound |= least > 0;
                }
            }

            Assert.True(isBound, "no box is away from any row");
            return wrong;
        }
    }
}
