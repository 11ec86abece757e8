using System.Runtime.InteropServices;
using N2D.Clustering;
using N2D.Metrics;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Clustering;

/// <summary>
/// HDBSCAN compared with simple loops over SciPy's single linkage (Expected/hdbscan.py), its spanning tree compared with Prim's, and
/// invariants.
/// </summary>
public sealed class HdbscanTests
{
    private static readonly Matrix Digits = Matrix.Own(
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Expected", "digits-umap.f32"))).ToArray(),
        10);

    [Theory]
    [InlineData("digits", 0)]
    [InlineData("digits", 1)]
    [InlineData("digits", 2)]
    [InlineData("noisy", 0)]
    [InlineData("noisy", 1)]
    [InlineData("noisy", 2)]
    public void ClustersNoiseAndStrengths_AreThoseOfAllPairs(string data, int index)
    {
        var expected = ExpectedValues.Load("hdbscan.json");
        var rows = data == "digits" ? Digits : expected.GetProperty("noisyRows").ToMatrix();
        var run = expected.GetProperty(data)[index];
        var options = new HdbscanOptions
        {
            MinimumClusterSize = run.GetProperty("size").GetInt32(),
            MinimumSamples = run.GetProperty("samples").GetInt32(),
            Selection = run.GetProperty("leaf").GetBoolean() ? ClusterSelection.Leaf : ClusterSelection.ExcessOfMass,
        };
        var prediction = Fit(rows, options).Predict(rows, Execution.Default);
        int[] labels = [.. run.GetProperty("labels").EnumerateArray().Select(value => value.GetInt32())];
        double[] strengths = [.. run.GetProperty("strengths").EnumerateArray().Select(value => value.GetDouble())];

        // Two joins of nearly equal length can swap in float32, which moves a row or two.
        Assert.Equal(labels.Max() + 1, prediction.Assignments.ToArray().Max() + 1);
        Assert.InRange(
            Enumerable.Range(
                0, rows.RowCount).Count(row => (labels[row] == -1) != (prediction.Assignments[row] == ClusterPrediction.Noise)),
            0,
            2);
        Assert.InRange(AdjustedRandIndex.Compute(labels, prediction.Assignments), 0.995, 1);

        // Strengths are relative to the densest row of a cluster, so such a row changes its whole cluster.
        int[] differing =
            [.. Enumerable.Range(0, rows.RowCount).Where(row => Math.Abs(strengths[row] - prediction.ProbabilityOf(row)) > 1e-3)];
        Assert.InRange(differing.Select(row => labels[row]).Distinct().Count(), 0, 5);
    }

    [Theory]
    [InlineData(700, 2, 6)]
    [InlineData(500, 11, 1)]
    [InlineData(333, 40, 10)]
    public void SpanningTree_IsAsLongAsPrims(int rowCount, int columnCount, int samples)
    {
        var (rows, _) = RandomRows.Blobs(rowCount, columnCount, 5, scale: 5);
        var cores = Cores(rows, samples, out var neighbors);
        var edges = SpanningTree.OfReachability(rows, cores, neighbors, new RowDistance(), Execution.Default);
        Assert.Equal(rowCount - 1, edges.Count);
        var expected = PrimWeights(rows, cores);
        var own = edges.Select(edge => edge.Weight).Order().ToArray();

        // The lengths of all minimum spanning trees are the same multiset; the sums of squares are added up in another order.
        Assert.All(expected.Order().Zip(own), pair => Assert.Equal(1, pair.Second / pair.First, 1e-5));
    }

    [Fact]
    public void SpanningTree_OfManyEqualDistances_IsTheSameForAnyThreadCount()
    {
        // A grid: nearly every distance is 1 or the root of 2.
        var rows = Matrix.Own([.. Enumerable.Range(0, 2500).SelectMany(place => new float[] { place / 50, place % 50 })], 2);
        var cores = Cores(rows, 4, out var neighbors);
        var one = SpanningTree.OfReachability(rows, cores, neighbors, new RowDistance(), new Execution { ThreadCount = 1 });
        for (var repetition = 0; repetition < 5; repetition++)
        {
            Assert.Equal(one, SpanningTree.OfReachability(rows, cores, neighbors, new RowDistance(), new Execution { ThreadCount = 4 }));
        }
    }

    [Fact]
    public void SameBytes_ForAnyThreadCount()
    {
        var (rows, _) = RandomRows.Blobs(3_000, 5, 8, scale: 8);
        var one = Hdbscan.Fit(rows, new HdbscanOptions(), new Execution { ThreadCount = 1 }).Predict(rows, Execution.Default);
        var three = Hdbscan.Fit(rows, new HdbscanOptions(), new Execution { ThreadCount = 3 }).Predict(rows, Execution.Default);
        Assert.Equal(one.Assignments.ToArray(), three.Assignments.ToArray());
        Assert.True(one.Probabilities.Values.SequenceEqual(three.Probabilities.Values));
    }

    [Fact]
    public void MovedScaledAndShuffledRows_SameClusters()
    {
        var rows = ExpectedValues.Load("hdbscan.json").GetProperty("noisyRows").ToMatrix();
        var options = new HdbscanOptions { MinimumClusterSize = 10 };
        var moved = Matrix.Own([.. rows.Values.ToArray().Select(value => 8 * value)], 2);
        var order = Enumerable.Range(0, rows.RowCount).ToArray();
        new RandomSequence(1, RandomPurpose.Shuffle).Shuffle<int>(order);
        var shuffled = Matrix.Own([.. order.SelectMany(row => rows.Row(row).ToArray())], 2);
        var expected = Clusters(rows, options);
        Assert.Equal(expected, Clusters(moved, options));
        Assert.InRange(AdjustedRandIndex.Compute([.. order.Select(row => expected[row])], Clusters(shuffled, options)), 0.99, 1);
    }

    [Theory]
    [InlineData("wine", ClusterSelection.ExcessOfMass, false)]
    [InlineData("wine", ClusterSelection.Leaf, false)]
    [InlineData("wine", ClusterSelection.ExcessOfMass, true)]
    [InlineData("grid", ClusterSelection.ExcessOfMass, false)]
    [InlineData("grid", ClusterSelection.Leaf, true)]
    public void RowsInAnyOrder_SameClusters_ThoughDistancesTie(string data, ClusterSelection selection, bool allowSingleCluster)
    {
        // Two grids side by side have only ties. The wine data once had four clusters or one, depending on the order.
        var rows = data == "wine"
            ? ExpectedValues.Load("hdbscan.json").GetProperty("wineRows").ToMatrix()
            : Matrix.Own(
                [.. Enumerable.Range(
                    0, 200).SelectMany(place => new float[] { (place % 10) + (place / 100 * 13), place / 10 % 10 * (1 + (place / 100)) })],
                2);
        var options = new HdbscanOptions { MinimumSamples = 5, Selection = selection, AllowSingleCluster = allowSingleCluster };
        var expected = Fit(rows, options).Predict(rows, Execution.Default);
        for (var seed = 0; seed < 20; seed++)
        {
            var order = Enumerable.Range(0, rows.RowCount).ToArray();
            new RandomSequence(seed, RandomPurpose.Shuffle).Shuffle<int>(order);
            var shuffled = Matrix.Own([.. order.SelectMany(row => rows.Row(row).ToArray())], rows.ColumnCount);
            var found = Fit(shuffled, options).Predict(shuffled, Execution.Default);

            // Clusters of equal size can swap numbers. The rows of each cluster, the noise and the strengths must not change.
            Assert.Equal(1, AdjustedRandIndex.Compute([.. order.Select(row => expected.Assignments[row])], found.Assignments));
            for (var place = 0; place < order.Length; place++)
            {
                Assert.Equal(
                    expected.Assignments[order[place]] == ClusterPrediction.Noise, found.Assignments[place] == ClusterPrediction.Noise);
                Assert.Equal(expected.ProbabilityOf(order[place]), found.ProbabilityOf(place));
            }
        }

        // Without AllowSingleCluster, there is no single cluster.
        Assert.True(allowSingleCluster || expected.Assignments.ToArray().Max() != 0);
    }

    [Fact]
    public void ASingleCluster_IsOfTheRowsThatStayToItsDensestPart()
    {
        // As in hdbscan's do_labelling: of the root, the rows whose density is at least the last at which it loses any; the others are
        // noise.
        var rows = RandomRows.Blobs(300, 2, 1, scale: 0).Rows;
        var options = new HdbscanOptions { MinimumClusterSize = 20 };
        Assert.NotEqual(1, Fit(rows, options).ClusterCount);
        var single = Fit(rows, options with { AllowSingleCluster = true });
        Assert.Equal(1, single.ClusterCount);
        var prediction = single.Predict(rows, Execution.Default);
        Assert.InRange(prediction.NoiseCount, 1, 299);
        Assert.All(
            Enumerable.Range(0, 300), row => Assert.Equal(prediction.Assignments[row] == 0 ? 1f : 0f, prediction.ProbabilityOf(row)));
    }

    [Fact]
    public void RowsTwice_WithTwiceTheSizes_SameClusters()
    {
        var rows = ExpectedValues.Load("hdbscan.json").GetProperty("noisyRows").ToMatrix();
        var twice = Matrix.Own([.. rows.Values.ToArray(), .. rows.Values.ToArray()], 2);
        var once = Clusters(rows, new HdbscanOptions { MinimumClusterSize = 10 });
        var both = Clusters(twice, new HdbscanOptions { MinimumClusterSize = 20 });

        // Joins of one length may come in another order, and a row that falls out of a cluster where it splits may be noise or not.
        Assert.InRange(Enumerable.Range(0, both.Length).Count(row => once[row % rows.RowCount] != both[row]), 0, 4);
    }

    [Fact]
    public void EqualRows_AreOneClusterIfThatIsAllowed_AndElseNoise()
    {
        var rows = Matrix.Own([.. Enumerable.Repeat(1f, 60)], 2);
        var warnings = new List<string>();
        var none = Hdbscan.Fit(rows, new HdbscanOptions(), new Execution { Warn = warnings.Add });
        Assert.Equal(0, none.ClusterCount);
        Assert.Contains("No clusters", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.Equal(30, none.Predict(rows, Execution.Default).NoiseCount);
        Assert.Equal(0, none.Predict(rows, Execution.Default).Probabilities.Row(0)[0]);
        Assert.Equal(Enumerable.Repeat(0, 30), Clusters(rows, new HdbscanOptions { AllowSingleCluster = true }));

        // Two groups of equal rows: their density is infinite, and limited to the highest finite one.
        var heaps = Matrix.Own([.. Enumerable.Repeat(1f, 20), .. Enumerable.Repeat(5f, 30)], 1);
        Assert.Equal([.. Enumerable.Repeat(1, 20), .. Enumerable.Repeat(0, 30)], Clusters(heaps, new HdbscanOptions()));
    }

    [Fact]
    public void Leaf_KeepsFinerClustersThanExcessOfMass()
    {
        // Two pairs of blobs: each pair close together.
        var (rows, _) = RandomRows.Blobs(400, 2, 4, scale: 0);
        var places = new float[] { 0, 8, 100, 108 };
        var paired = Matrix.Own([.. Enumerable.Range(0, 400).SelectMany(row => new[] { rows[row, 0] + places[row % 4], rows[row, 1] })], 2);
        var options = new HdbscanOptions { MinimumClusterSize = 40 };
        Assert.Equal(4, Fit(paired, options with { Selection = ClusterSelection.Leaf }).ClusterCount);
        Assert.InRange(Fit(paired, options).ClusterCount, 2, 4);
        Assert.True(
            Fit(Digits, new HdbscanOptions { Selection = ClusterSelection.Leaf }).ClusterCount
                >= Fit(Digits, new HdbscanOptions()).ClusterCount);
    }

    [Fact]
    public void UnseenRows_JoinTheClusterThatIsDenseWhereTheyAre()
    {
        var (rows, blobs) = RandomRows.Blobs(600, 3, 3, scale: 40);
        var clusterer = Fit(rows, new HdbscanOptions { MinimumClusterSize = 20 });
        Assert.Equal(3, clusterer.ClusterCount);
        var fitted = clusterer.Predict(rows, Execution.Default);
        var copies = clusterer.Predict(Matrix.Own(rows.Values.ToArray(), 3), Execution.Default);
        Assert.Equal(fitted.Assignments.ToArray(), copies.Assignments.ToArray());
        var far = clusterer.Predict(Matrix.Own([1e4f, -1e4f, 0], 3), Execution.Default);
        Assert.Equal((ClusterPrediction.Noise, 0f), (far.Assignments[0], far.ProbabilityOf(0)));
        var (others, otherBlobs) = (RandomRows.Blobs(900, 3, 3, scale: 40).Rows, Enumerable.Range(0, 900).Select(row => row % 3).ToArray());
        var found = clusterer.Predict(others, Execution.Default).Assignments.ToArray();
        for (var row = 0; row < 900; row++)
        {
            var own = fitted.Assignments[Array.IndexOf(blobs, otherBlobs[row])];
            Assert.True(found[row] == ClusterPrediction.Noise
                || found[row] == own
                || fitted.Assignments[Array.IndexOf(blobs, otherBlobs[row])] == ClusterPrediction.Noise);
        }

        Assert.InRange(found.Count(cluster => cluster == ClusterPrediction.Noise), 0, 90);
        Assert.Equal("DimensionMismatch", IdOf(() => clusterer.Predict(Matrix.Own([1, 2], 2), Execution.Default)));
        Assert.Equal("NotFinite", IdOf(() => clusterer.Predict(Matrix.Own([1, 2, float.NaN], 3), Execution.Default)));
    }

    [Fact]
    public void UnusableInput_IsRefusedByName()
    {
        Assert.Equal("MinimumClusterSizeOutOfRange", IdOf(() => new HdbscanOptions { MinimumClusterSize = 1 }));
        Assert.Equal("MinimumSamplesOutOfRange", IdOf(() => new HdbscanOptions { MinimumSamples = 0 }));
        Assert.Equal("TooFewRows", IdOf(() => Fit(RandomRows.Uniform(4, 2), new HdbscanOptions())));
        Assert.Equal("NotFinite", IdOf(() => Fit(Matrix.Own([.. Enumerable.Repeat(float.NaN, 20)], 1), new HdbscanOptions())));
        Assert.Equal(
            "ValuesTooLarge", IdOf(() => Fit(Matrix.Own([1, 2, 3, 4, 5, 1e30f, 1, 2, 3], 1), new HdbscanOptions { MinimumSamples = 1 })));
    }

    [Fact]
    public void Canceled_EndsBeforeTheNextReport() =>
        Cancellation.AssertEndsAt("joining", execution => Hdbscan.Fit(RandomRows.Uniform(10_000, 8), new HdbscanOptions(), execution));

    private static float[] Cores(Matrix rows, int samples, out NeighborGraph? neighbors)
    {
        var found = samples == 1 ? null : NeighborSearch.Find(rows, samples - 1, new RowDistance(), Execution.Default);
        neighbors = found;
        return [.. Enumerable.Range(0, rows.RowCount).Select(row => found?.Distances(row)[^1] ?? 0)];
    }

    private static List<double> PrimWeights(Matrix rows, float[] cores)
    {
        var nearest = Enumerable.Repeat(double.PositiveInfinity, rows.RowCount).ToArray();
        var isIn = new bool[rows.RowCount];
        var weights = new List<double>();
        var last = 0;
        while (weights.Count < rows.RowCount - 1)
        {
            isIn[last] = true;
            for (var row = 0; row < rows.RowCount; row++)
            {
                var distance = Math.Sqrt(
                    Enumerable.Range(0, rows.ColumnCount).Sum(column => Math.Pow((double)rows[row, column] - rows[last, column], 2)));
                nearest[row] = isIn[row]
                    ? double.PositiveInfinity
                    : Math.Min(nearest[row], Math.Max(distance, Math.Max(cores[row], cores[last])));
            }

            last = Array.IndexOf(nearest, nearest.Min());
            weights.Add(nearest[last]);
        }

        return weights;
    }

    private static Hdbscan Fit(Matrix rows, HdbscanOptions options) => Hdbscan.Fit(rows, options, Execution.Default);

    private static int[] Clusters(Matrix rows, HdbscanOptions options) =>
        Fit(rows, options).Predict(rows, Execution.Default).Assignments.ToArray();

    private static string IdOf(Func<object> action) => Assert.Throws<N2DException>(action).Id;
}
