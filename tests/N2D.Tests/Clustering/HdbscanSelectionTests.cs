using System.Runtime.InteropServices;
using N2D.Clustering;
using N2D.Metrics;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Clustering;

/// <summary>
/// The selection of Hdbscan's clusters by a smallest length (Malzer and Baum, 2020) and its outlier scores (GLOSH), against plain loops
/// over the partitions of the rows at every length: no tree at all.
/// </summary>
public sealed class HdbscanSelectionTests
{
    private static readonly Matrix Noisy = ExpectedValues.Load("hdbscan.json").GetProperty("noisyRows").ToMatrix();

    private static readonly Matrix Digits = Matrix.Own(
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Expected", "digits-umap.f32"))).ToArray(),
        10);

    public static TheoryData<string, int, int, ClusterSelection, bool> Runs
    {
        get
        {
            var data = new TheoryData<string, int, int, ClusterSelection, bool>();
            foreach (var selection in Enum.GetValues<ClusterSelection>())
            {
                data.Add("noisy", 5, 5, selection, false);
                data.Add("noisy", 12, 3, selection, true);
                data.Add("noisy", 8, 1, selection, false);
                data.Add("digits", 10, 10, selection, false);
                data.Add("grid", 6, 2, selection, true);
                data.Add("heaps", 5, 4, selection, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void ClustersOfAnEpsilon_AreThoseOfTheDefinition(
        string name, int size, int samples, ClusterSelection selection, bool allowSingleCluster)
    {
        var rows = RowsOf(name);
        var options = new HdbscanOptions
        { MinimumClusterSize = size, MinimumSamples = samples, Selection = selection, AllowSingleCluster = allowSingleCluster };
        var reach = Reachability(rows, samples);
        var plain = Fit(rows, options).Predict(rows, Execution.Default);
        var hierarchy = new Hierarchy(reach, rows.RowCount, size);
        var births = hierarchy.Clusters.Skip(1).Select(cluster => cluster.Length).Distinct().Order().ToArray();

        // Each length at which a cluster begins, and one between each two.
        double[] lengths = [
            .. births.Select(length => (double)length),
            .. births.Skip(1).Zip(births, (high, low) => ((double)high + low) / 2),
            births[0] * 0.5,
            births[^1] * 2.0
        ];
        var counts = new HashSet<int>();
        foreach (var epsilon in lengths.Where((_, place) => lengths.Length < 40 || place % (lengths.Length / 20) == 0))
        {
            var found = Fit(rows, options with { SelectionEpsilon = epsilon }).Predict(rows, Execution.Default);
            var expected = hierarchy.Assign(plain.Assignments, epsilon, allowSingleCluster);
            for (var row = 0; row < rows.RowCount; row++)
            {
                Assert.Equal(expected[row] < 0, found.Assignments[row] < 0);
            }

            Assert.Equal(1, AdjustedRandIndex.Compute(expected, found.Assignments), 1e-12);
            counts.Add(found.Assignments.ToArray().Distinct().Count(cluster => cluster >= 0));
        }

        Assert.True(name == "heaps" || counts.Count > 1, "no epsilon changed anything");
    }

    [Theory]
    [InlineData(ClusterSelection.ExcessOfMass)]
    [InlineData(ClusterSelection.Leaf)]
    public void AnEpsilonOfNothing_ChangesNothing_AndALargeOneMergesDown(ClusterSelection selection)
    {
        var options = new HdbscanOptions { MinimumClusterSize = 5, Selection = selection };
        var plain = Fit(Noisy, options);
        var none = Fit(Noisy, options with { SelectionEpsilon = 1e-30 });
        Assert.Equal(
            plain.Predict(Noisy, Execution.Default).Assignments.ToArray(), none.Predict(Noisy, Execution.Default).Assignments.ToArray());

        // If the root cannot be selected, its children are.
        Assert.Equal(2, Fit(Noisy, options with { SelectionEpsilon = 1e300 }).ClusterCount);
        var single = Fit(Noisy, options with { SelectionEpsilon = 1e300, AllowSingleCluster = true });
        Assert.Equal((1, 0), (single.ClusterCount, single.Predict(Noisy, Execution.Default).NoiseCount));

        var last = int.MaxValue;
        for (var epsilon = 0.05; epsilon < 6; epsilon *= 1.2)
        {
            var count = Fit(Noisy, options with { SelectionEpsilon = epsilon, Selection = ClusterSelection.Leaf }).ClusterCount;
            Assert.True(count <= last, $"more clusters at {epsilon}");
            last = count;
        }
    }

    [Fact]
    public void LeavesOfAnEpsilon_HoldTheClustersOfDbscanAtIt()
    {
        // What DBSCAN* joins at a length (rows whose core and way are no longer than it) is in one cluster, where it is as large as a
        // cluster and the root may be selected.
        var options = new HdbscanOptions
        { MinimumClusterSize = 8, MinimumSamples = 4, Selection = ClusterSelection.Leaf, AllowSingleCluster = true };
        var reach = Reachability(Noisy, options.MinimumSamples);
        foreach (var epsilon in new[] { 0.2, 0.35, 0.5, 0.8, 1.1, 1.6 })
        {
            var found = Fit(Noisy, options with { SelectionEpsilon = epsilon }).Predict(Noisy, Execution.Default).Assignments.ToArray();
            var groups = Groups(reach, Noisy.RowCount, [.. Enumerable.Range(0, Noisy.RowCount)], length => length <= epsilon)
                .Where(group => group.Count >= 8)
                .ToArray();
            Assert.NotEmpty(groups);
            Assert.All(
                groups,
                group => Assert.True(
                    found[group[0]] >= 0 && group.All(row => found[row] == found[group[0]]), $"a group is torn at {epsilon}"));
        }
    }

    [Theory]
    [InlineData("noisy", 5, 5)]
    [InlineData("noisy", 12, 3)]
    [InlineData("digits", 10, 10)]
    [InlineData("grid", 6, 2)]
    [InlineData("heaps", 5, 4)]
    [InlineData("heaps", 4, 1)]
    public void OutlierScores_AreThoseOfTheDefinition(string name, int size, int samples)
    {
        // Campello, Moulavi, Zimek and Sander (2015), definition 8: 1 - eps_max(x) / eps(x), where eps(x) is the length at which x leaves
        // its cluster, and eps_max(x) the smallest at which anything is left of that cluster. Length 0, of equal rows, stands for half the
        // smallest other one.
        var rows = RowsOf(name);
        var options = new HdbscanOptions { MinimumClusterSize = size, MinimumSamples = samples };
        var reach = Reachability(rows, samples);
        var hierarchy = new Hierarchy(reach, rows.RowCount, size);
        var clusterer = Fit(rows, options);
        var found = clusterer.Predict(rows, Execution.Default);
        var expected = hierarchy.OutlierScores();
        for (var row = 0; row < rows.RowCount; row++)
        {
            Assert.Equal(expected[row], found.OutlierScores[row], 1e-6);
            Assert.InRange(found.OutlierScores[row], 0, 1);
        }

        // As a row that was never seen, one that equals a fitted row has its score; the first of several.
        var copies = clusterer.Predict(Matrix.Own(rows.Values.ToArray(), rows.ColumnCount), Execution.Default);
        Assert.Equal(found.OutlierScores.ToArray(), copies.OutlierScores.ToArray());

        // The selection of clusters changes no score.
        var others = Fit(rows, options with { Selection = ClusterSelection.Leaf, SelectionEpsilon = 1 }).Predict(rows, Execution.Default);
        Assert.Equal(found.OutlierScores.ToArray(), others.OutlierScores.ToArray());
    }

    [Fact]
    public void TheRowsThatLieApart_HaveTheHighestScores()
    {
        var blobs = RandomRows.Blobs(300, 2, 3, scale: 30).Rows;
        var rows = Matrix.Own([.. blobs.Values.ToArray(), 200, 200, -300, 50, 150, -400], 2);
        var clusterer = Fit(rows, new HdbscanOptions { MinimumClusterSize = 15 });
        var scores = clusterer.Predict(rows, Execution.Default).OutlierScores.ToArray();
        Assert.Equal([300, 301, 302], Enumerable.Range(0, 303).OrderByDescending(row => scores[row]).Take(3).Order());
        Assert.All(scores[300..], score => Assert.InRange(score, 0.9f, 1));

        // Unseen rows: one far away scores high, one amid a blob low.
        var amid = Enumerable.Range(0, 300).MinBy(row => scores[row]);
        var unseen = clusterer.Predict(Matrix.Own([1e4f, 1e4f, rows[amid, 0] + 1e-3f, rows[amid, 1]], 2), Execution.Default);
        Assert.InRange(unseen.OutlierScores[0], 0.99f, 1);
        Assert.InRange(unseen.OutlierScores[1], 0, 0.5f);
        Assert.True(
            GaussianMixture.Fit(
                rows, new GaussianMixtureOptions(2), Execution.Default).Predict(rows, Execution.Default).OutlierScores.IsEmpty);
    }

    [Fact]
    public void EqualRows_AreNoOutliers()
    {
        var rows = Matrix.Own([.. Enumerable.Repeat(1f, 60)], 2);
        Assert.All(
            Fit(rows, new HdbscanOptions()).Predict(rows, Execution.Default).OutlierScores.ToArray(), score => Assert.Equal(0, score));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void AnEpsilonOutOfRange_IsRefused(double epsilon) =>
        Assert.Equal("SelectionEpsilonOutOfRange", Assert.Throws<N2DException>(() => new HdbscanOptions { SelectionEpsilon = epsilon }).Id);

    private static Matrix RowsOf(string name) => name switch
    {
        "noisy" => Noisy,
        "digits" => Matrix.Own(Digits.Values[..4000].ToArray(), 10),

        // Two grids side by side have nothing but ties.
        "grid" => Matrix.Own(
            [.. Enumerable.Range(
                0, 200).SelectMany(place => new float[] { (place % 10) + (place / 100 * 13), place / 10 % 10 * (1 + (place / 100)) })],
            2),

        // Equal rows, more than make a core, and others.
        _ => Matrix.Own(
            [.. Enumerable.Repeat(
                1f, 12), .. Enumerable.Range(0, 20).Select(place => 3f + (place * place * 0.125f)), .. Enumerable.Repeat(90f, 9), 95, 97],
            1),
    };

    private static Hdbscan Fit(Matrix rows, HdbscanOptions options) => Hdbscan.Fit(rows, options, Execution.Default);

    /// <summary>Mutual reachability of all pairs, to the bits of the fit: a spanning tree's lengths are cores or distances.</summary>
    private static float[,] Reachability(Matrix rows, int samples)
    {
        var (count, distance) = (rows.RowCount, new RowDistance());
        var all = NeighborSearch.Find(rows, count - 1, distance, Execution.Default);
        var reach = new float[count, count];
        for (var row = 0; row < count; row++)
        {
            for (var place = 0; place < count - 1; place++)
            {
                var other = all.Neighbors(row)[place];
                var cores = samples == 1 ? 0 : Math.Max(all.Distances(row)[samples - 2], all.Distances(other)[samples - 2]);
                reach[row, other] = Math.Max(cores, all.Distances(row)[place]);
            }
        }

        return reach;
    }

    /// <summary>The parts that some rows fall into where only short ways join them.</summary>
    private static List<List<int>> Groups(float[,] reach, int rowCount, List<int> members, Func<float, bool> joins)
    {
        var waiting = new bool[rowCount];
        members.ForEach(row => waiting[row] = true);
        var groups = new List<List<int>>();
        foreach (var first in members)
        {
            if (!waiting[first])
            {
                continue;
            }

            var group = new List<int> { first };
            waiting[first] = false;
            for (var place = 0; place < group.Count; place++)
            {
                foreach (var other in members)
                {
                    if (waiting[other] && joins(reach[group[place], other]))
                    {
                        waiting[other] = false;
                        group.Add(other);
                    }
                }
            }

            groups.Add(group);
        }

        return groups;
    }

    /// <summary>The clusters that rows fall into as lengths become shorter, by looking at all pairs at each length.</summary>
    private sealed class Hierarchy
    {
        private readonly float[,] _reach;
        private readonly int _rowCount;
        private readonly int _size;
        private readonly float _shortest;
        private readonly float[] _left;
        private readonly int[] _home;

        public Hierarchy(float[,] reach, int rowCount, int size)
        {
            (_reach, _rowCount, _size) = (reach, rowCount, size);
            (_left, _home) = (new float[rowCount], new int[rowCount]);
            _shortest = reach.Cast<float>().Where(length => length > 0).Min() / 2;
            var root = new Cluster(-1, float.PositiveInfinity, [.. Enumerable.Range(0, rowCount)]);
            Clusters.Add(root);
            Fall(0);
        }

        public List<Cluster> Clusters { get; } = [];

        /// <summary>The selected clusters of an epsilon, told from those without: by what rows these hold.</summary>
        public int[] Assign(ReadOnlySpan<int> plain, double epsilon, bool allowRoot)
        {
            // Which clusters were selected: those that hold the rows of one number, and no others. Only the root leaves rows of its own
            // out.
            var numbers = plain.ToArray();
            var selected = new HashSet<int>();
            foreach (var number in numbers.Where(number => number >= 0).Distinct())
            {
                selected.Add(Enumerable.Range(1, Clusters.Count - 1).FirstOrDefault(
                    place => Enumerable.Range(0, _rowCount).All(row => IsWithin(_home[row], place) == (numbers[row] == number)), 0));
            }

            var limit = (float)epsilon;
            var raised = selected.SetEquals([0]) ? selected : [.. selected.Select(cluster => Raised(cluster, limit, allowRoot))];
            var found = new int[_rowCount];
            for (var row = 0; row < _rowCount; row++)
            {
                found[row] = -1;
                for (var place = _home[row]; place >= 0; place = Clusters[place].Parent)
                {
                    found[row] = raised.Contains(place) && (place > 0 || _left[row] <= limit) ? place : found[row];
                }
            }

            return found;
        }

        public double[] OutlierScores()
        {
            var scores = new double[_rowCount];
            for (var row = 0; row < _rowCount; row++)
            {
                var last = Enumerable.Range(0, _rowCount).Where(other => IsWithin(_home[other], _home[row])).Min(other => _left[other]);
                scores[row] = 1 - ((double)Math.Max(last, _shortest) / Math.Max(_left[row], _shortest));
            }

            return scores;
        }

        private int Raised(int cluster, float limit, bool allowRoot) => Clusters[cluster].Length >= limit
            ? cluster
            : Above(cluster, limit, allowRoot);

        private int Above(int cluster, float limit, bool allowRoot)
        {
            var parent = Clusters[cluster].Parent;
            if (parent == 0)
            {
                return allowRoot ? 0 : cluster;
            }

            return Clusters[parent].Length > limit ? parent : Above(parent, limit, allowRoot);
        }

        private bool IsWithin(int cluster, int other)
        {
            while (cluster > other)
            {
                cluster = Clusters[cluster].Parent;
            }

            return cluster == other;
        }

        /// <summary>Shortens the length until a cluster falls apart, and goes on with its parts.</summary>
        private void Fall(int number)
        {
            var members = Clusters[number].Rows;
            while (true)
            {
                // The longest way that joins the members: the largest nearest-way of Prim's tree.
                var length = Longest(members);
                var groups = Groups(_reach, _rowCount, members, way => way < length);
                var large = groups.Where(group => group.Count >= _size).ToArray();
                foreach (var row in groups.Where(group => group.Count < _size).SelectMany(group => group))
                {
                    (_left[row], _home[row]) = (length, number);
                }

                if (large.Length != 1)
                {
                    foreach (var group in large)
                    {
                        Clusters.Add(new Cluster(number, length, group));
                        Fall(Clusters.Count - 1);
                    }

                    return;
                }

                members = large[0];
            }
        }

        private float Longest(List<int> members)
        {
            var nearest = members.ToDictionary(row => row, row => _reach[members[0], row]);
            nearest.Remove(members[0]);
            var longest = 0f;
            while (nearest.Count > 0)
            {
                var (row, way) = nearest.MinBy(pair => pair.Value);
                longest = Math.Max(longest, way);
                nearest.Remove(row);
                foreach (var other in nearest.Keys)
                {
                    nearest[other] = Math.Min(nearest[other], _reach[row, other]);
                }
            }

            return longest;
        }

        public sealed record Cluster(int Parent, float Length, List<int> Rows);
    }
}
