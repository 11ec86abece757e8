using System.Text.Json;
using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Tests.Expected;

namespace N2D.Tests.Manifolds;

/// <summary>Effects of the options on the graph and the initial layout. Expected values are those of umap-learn on iris.</summary>
public sealed class UmapOptionTests
{
    /// <summary>Of memberships in float32, whose scales are found to 1e-5.</summary>
    private const double MembershipTolerance = 1e-4;

    private static readonly JsonElement Values = ExpectedValues.Load("umap-options.json");
    private static readonly string[] OneClass = ["a"];

    [Fact]
    public void ScalesAtALocalConnectivity_AreUmapLearns()
    {
        var neighbors = IrisNeighbors();
        foreach (var expected in Values.GetProperty("scales").EnumerateArray())
        {
            var (rho, sigma) =
                SmoothKnnDistances.Compute(neighbors, expected.GetProperty("localConnectivity").GetDouble(), Execution.Default);
            Assert.All(Enumerable.Range(0, 150), row => Assert.Equal(expected.GetProperty("rho")[row].GetDouble(), rho[row], 1e-6));

            // The sum that decides on sigma is met to 1e-5, which leaves sigma a little more.
            Assert.All(Enumerable.Range(0, 150), row => Assert.Equal(expected.GetProperty("sigma")[row].GetDouble(), sigma[row], 1e-4));
        }
    }

    [Fact]
    public void GraphsOfLocalConnectivityAndMixRatio_AreUmapLearns()
    {
        foreach (var expected in Values.GetProperty("graphs").EnumerateArray())
        {
            var options = new UmapOptions
            {
                LocalConnectivity = expected.GetProperty("localConnectivity").GetSingle(),
                SetOperationMixRatio = expected.GetProperty("setOperationMixRatio").GetSingle(),
            };
            AssertEntries(expected.GetProperty("entries"), FuzzySimplicialSet.Build(IrisNeighbors(), options, Execution.Default));
        }
    }

    [Fact]
    public void GraphsUnderLabels_SomeUnknown_AreUmapLearns()
    {
        var graph = FuzzySimplicialSet.Build(IrisNeighbors(), new UmapOptions(), Execution.Default);
        foreach (var expected in Values.GetProperty("supervised").EnumerateArray())
        {
            var labels = new Labels(
                [.. expected.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())],
                ["setosa", "versicolor", "virginica"]);
            var supervised =
                CategoricalIntersection.Apply(graph, labels, expected.GetProperty("targetWeight").GetSingle(), Execution.Default);
            AssertEntries(expected.GetProperty("entries"), supervised);
        }
    }

    [Fact]
    public void RowsAtTheDisconnectionDistance_AreNoNeighbors()
    {
        // A line of rows one apart, and one row far off.
        var values = Enumerable.Range(0, 30).Select(row => (float)row).Append(1000).ToArray();
        var neighbors = NeighborSearch.Find(Matrix.Own(values, 1), 4, new RowDistance(), Execution.Default).CutAt(2);
        var graph = FuzzySimplicialSet.Build(neighbors, new UmapOptions(), Execution.Default);
        for (var row = 0; row < 30; row++)
        {
            Assert.All(graph.RowColumns(row).ToArray(), column => Assert.Equal(1, Math.Abs(column - row)));
            Assert.InRange(graph.RowColumns(row).Length, 1, 2);
        }

        Assert.True(graph.RowColumns(30).IsEmpty);
    }

    [Theory]
    [InlineData(DistanceMetric.Cosine, 8)]
    [InlineData(DistanceMetric.Cosine, 784)]
    [InlineData(DistanceMetric.Correlation, 8)]
    [InlineData(DistanceMetric.Correlation, 784)]
    [InlineData(DistanceMetric.Hellinger, 4)]
    [InlineData(DistanceMetric.Hellinger, 784)]
    public void RowsWithNothingInCommon_AreNoNeighbors_HoweverTheyAreRounded(DistanceMetric metric, int columnCount)
    {
        // Pairs of rows that are opposed, or whose distributions have no value in common; every pair is at a distance of its own, up to
        // rounding the farthest.
        var some = RandomRows.Uniform(200, columnCount);
        var values = new List<float>();
        for (var row = 0; row < some.RowCount; row++)
        {
            var own = some.Row(row).ToArray();
            var isOpposed = metric != DistanceMetric.Hellinger;
            values.AddRange(own.Select((value, column) => isOpposed ? value - 0.5f : column % 2 == 0 ? value : 0));
            values.AddRange(own.Select((value, column) => isOpposed ? 3 * (0.5f - value) : column % 2 == 1 ? value : 0));
        }

        var rows = Matrix.Own([.. values], columnCount);
        var options = new UmapOptions { Metric = metric };
        var found = NeighborSearch.Find(rows, rows.RowCount - 1, options.Distance, Execution.Default);
        var cut = found.CutAt(options.DisconnectionCut);
        var roundedDown = 0;
        for (var row = 0; row < rows.RowCount; row++)
        {
            var place = cut.Neighbors(row).IndexOf(row ^ 1);
            Assert.Equal(float.PositiveInfinity, cut.Distances(row)[place]);
            roundedDown += found.Distances(row)[place] < options.DisconnectionLimit ? 1 : 0;
        }

        // Without this, the test would be vacuous. No other row is disconnected.
        Assert.True(roundedDown > 0);
        var limit = options.DisconnectionLimit * (1 - 1e-4f);
        Assert.Equal(
            found.Distances(0).ToArray().Count(distance => distance >= limit), cut.Distances(0).ToArray().Count(float.IsPositiveInfinity));
    }

    [Theory]
    [InlineData(UmapInitialization.Spectral)]
    [InlineData(UmapInitialization.Random)]
    [InlineData(UmapInitialization.Pca)]
    public void EveryStart_FillsTheBox_AndTheLayoutOfNoEpochsIsTheStart(UmapInitialization initialization)
    {
        var layout = new UmapOptions
        { Dimension = 3, Initialization = initialization, Epochs = 0 }.Fit(RandomRows.Uniform(200, 5), Execution.Default).Layout;
        for (var column = 0; column < 3; column++)
        {
            var coordinates = Enumerable.Range(0, 200).Select(row => layout[row, column]).ToArray();
            Assert.Equal((0f, 10f), (coordinates.Min(), coordinates.Max()));
        }
    }

    [Fact]
    public void PcaStart_IsThePrincipalComponents_Stretched()
    {
        var rows = RandomRows.Uniform(200, 5);
        var start = new UmapOptions
        { Dimension = 2, Initialization = UmapInitialization.Pca, Epochs = 0 }.Fit(rows, Execution.Default).Layout;
        AssertStretched(PrincipalComponents.Project(rows, 2, Execution.Default), start);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1e-3, 0)]
    [InlineData(1, 1000)]
    public void GivenCoordinates_AreWhereTheLayoutStarts_WhateverTheirScaleAndPlace(float scale, float offset)
    {
        var given = Matrix.Own([.. RandomRows.Uniform(200, 2, seed: 5).Values.ToArray().Select(value => (value * scale) + offset)], 2);
        var options = new UmapOptions { Dimension = 2, Epochs = 0 };
        AssertStretched(given, options.Fit(RandomRows.Uniform(200, 5), Execution.Default, new() { InitialLayout = given }).Layout);
    }

    [Fact]
    public void GivenCoordinates_ThatAllCoincide_AreParted()
    {
        var rows = RandomRows.Uniform(100, 5);
        var layout = new UmapOptions
        { Dimension = 2, Epochs = 50 }.Fit(rows, Execution.Default, new() { InitialLayout = Matrix.Own(new float[200], 2) }).Layout;
        Assert.Equal(100, Enumerable.Range(0, 100).Select(row => (layout[row, 0], layout[row, 1])).Distinct().Count());
    }

    [Fact]
    public void UnfittingInputs_AreRefused()
    {
        var rows = RandomRows.Uniform(100, 5);
        AssertRefused("InitialLayoutMismatch", initialLayout: Matrix.Own(new float[300], 3));
        AssertRefused("InitialLayoutMismatch", initialLayout: Matrix.Own(new float[198], 2));
        AssertRefused("NotFinite", initialLayout: Matrix.Own([.. Enumerable.Repeat(float.NaN, 200)], 2));
        AssertRefused("LabelCountMismatch", labels: new Labels(new int[99], OneClass));
        Assert.Equal("TooFewColumns", Assert.Throws<N2DException>(
            () => new UmapOptions { Dimension = 6, Initialization = UmapInitialization.Pca }.Fit(rows, Execution.Default)).Id);
        Assert.Equal("NoNeighbors", Assert.Throws<N2DException>(
            () => new UmapOptions { DisconnectionDistance = 1e-6f }.Fit(rows, Execution.Default)).Id);

        void AssertRefused(string id, Labels? labels = null, Matrix? initialLayout = null) =>
            Assert.Equal(
                id,
                Assert.Throws<N2DException>(() => new UmapOptions
                { Dimension = 2 }.Fit(rows, Execution.Default, new() { Labels = labels, InitialLayout = initialLayout })).Id);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Equal("LocalConnectivityOutOfRange", Assert.Throws<N2DException>(() => new UmapOptions { LocalConnectivity = -1 }).Id);
        Assert.Equal(
            "SetOperationMixRatioOutOfRange", Assert.Throws<N2DException>(() => new UmapOptions { SetOperationMixRatio = 1.1f }).Id);
        Assert.Equal(
            "DisconnectionDistanceOutOfRange", Assert.Throws<N2DException>(() => new UmapOptions { DisconnectionDistance = 0 }).Id);
        Assert.Equal("TargetWeightOutOfRange", Assert.Throws<N2DException>(() => new UmapOptions { TargetWeight = float.NaN }).Id);
        Assert.Equal("DensityWeightOutOfRange", Assert.Throws<N2DException>(() => new UmapOptions { DensityWeight = -0.1f }).Id);
        Assert.Equal("DensityFractionOutOfRange", Assert.Throws<N2DException>(() => new UmapOptions { DensityFraction = 2 }).Id);
        Assert.Equal("DensityVarianceShiftOutOfRange", Assert.Throws<N2DException>(() => new UmapOptions { DensityVarianceShift = -1 }).Id);
    }

    [Fact]
    public void TheGraphsComponents_AndRowsWithoutEdges_AreTold()
    {
        // Two lines of rows and two rows far off.
        var values = Enumerable.Range(0, 40).Select(row => row < 20 ? row : row + 500f).Append(10_000).Append(20_000).ToArray();
        AssertTold(42, "4 connected components; 2 rows have no edge", "2 of 42 rows have no neighbor");
        AssertTold(41, "3 connected components; 1 row has no edge", "1 of 41 rows has no neighbor");
        AssertTold(40, "2 connected components; every row has an edge.", warning: null);

        void AssertTold(int rowCount, string explanation, string? warning)
        {
            var (told, warnings) = (new List<string>(), new List<string>());
            new UmapOptions
            { NeighborCount = 5, Dimension = 2, DisconnectionDistance = 100, Epochs = 1 }.Fit(
                    Matrix.Own(values[..rowCount], 1), new Execution { Explain = told.Add, Warn = warnings.Add });
            Assert.Contains(told, line => line.Contains(explanation, StringComparison.Ordinal));
            Assert.Equal(warning is null ? 0 : 1, warnings.Count);
            Assert.All(warnings, line => Assert.StartsWith(warning!, line, StringComparison.Ordinal));
        }
    }

    /// <summary>The neighbors of iris from umap-learn, because implementations break ties differently.</summary>
    internal static NeighborGraph IrisNeighbors()
    {
        var manifolds = ExpectedValues.Load("manifolds.json");
        return new NeighborGraph(
            [.. Flat(manifolds.GetProperty("irisNeighbors")).Select(index => index.GetInt32())],
            [.. Flat(manifolds.GetProperty("irisDistances")).Select(distance => distance.GetSingle())],
            neighborCount: 14);

        static IEnumerable<JsonElement> Flat(JsonElement rows) => rows.EnumerateArray().SelectMany(row => row.EnumerateArray());
    }

    private static void AssertEntries(JsonElement expected, SparseMatrix graph)
    {
        foreach (var entry in expected.EnumerateArray())
        {
            var (row, column) = (entry[0].GetInt32(), entry[1].GetInt32());
            Assert.Equal(entry[2].GetDouble(), WeightOf(row, column), MembershipTolerance);
            Assert.Equal(WeightOf(row, column), WeightOf(column, row));
        }

        // Those above a millionth are written; two may lie on the other side of it by rounding.
        Assert.Equal(expected.GetArrayLength(), graph.Values.Count(weight => weight > 1e-6) / 2, tolerance: 2);

        double WeightOf(int row, int column)
        {
            var place = graph.RowColumns(row).IndexOf(column);
            return place < 0 ? 0 : graph.RowValues(row)[place];
        }
    }

    private static void AssertStretched(Matrix coordinates, Matrix start)
    {
        for (var column = 0; column < start.ColumnCount; column++)
        {
            var own = Enumerable.Range(0, coordinates.RowCount).Select(row => coordinates[row, column]).ToArray();
            var (low, high) = (own.Min(), own.Max());

            // But for the noise, of 1e-4 at a scale of 10.
            Assert.All(own.Index(), item => Assert.Equal(10 * (item.Item - low) / (high - low), start[item.Index, column], 1e-2));
        }
    }
}
