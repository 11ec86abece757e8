using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Tests.Expected;

namespace N2D.Tests.Manifolds;

/// <summary>UMAP supervised by numbers.</summary>
public sealed class NumericTargetTests
{
    [Fact]
    public void Intersection_OfAFewRows_IsAsComputedByHand()
    {
        // Edges 0-1, 0-2, 0-3 and 2-3. The target of row 3 is unknown. With one neighbor each, target 0 sees 1, 1 sees 0, and 2 sees 1, all
        // in full.
        var graph = new SparseMatrix([0, 3, 4, 6, 8], [1, 2, 3, 0, 0, 3, 0, 2], [0.8f, 0.6f, 0.2f, 0.8f, 0.6f, 0.9f, 0.2f, 0.9f]);
        var mixed = TargetIntersection.Apply(graph, new NumericTarget([0, 1, 10, double.NaN]), 2, 0.5f, Execution.Default);

        // Half and half: 0-1 is 0.8 x 1; 0-2 is 0.6 x 0.0001; 1-2 is half the least membership, 0.1, x 1; what touches row 3 stays. Then
        // each row is divided by its largest, and p + q - p q taken.
        Assert.Equal([1, 2, 3, 0, 2, 0, 1, 3, 0, 2], mixed.Columns);
        double[] expected = [1, Union(0.00006 / 0.8, 0.00006 / 0.9), Union(0.2 / 0.8, 0.2 / 0.9), 1, Union(0.1 / 0.8, 0.1 / 0.9)];
        Assert.All(expected.Index(), item => Assert.Equal(item.Item, mixed.Values[item.Index], 1e-6));

        // A quarter: the membership of the targets is raised to 1/3.
        mixed = TargetIntersection.Apply(graph, new NumericTarget([0, 1, 10, double.NaN]), 2, 0.25f, Execution.Default);
        var between = 0.6 * Math.Pow(0.0001, 1.0 / 3);
        Assert.Equal(Union(between / 0.8, between / 0.9), mixed.RowValues(0)[1], 1e-6);

        static double Union(double p, double q) => p + q - (p * q);
    }

    [Fact]
    public void Graphs_AreUmapLearns()
    {
        var values = ExpectedValues.Load("umap-targets.json");
        var graph = FuzzySimplicialSet.Build(UmapOptionTests.IrisNeighbors(), new UmapOptions(), Execution.Default);
        var target = new NumericTarget(values.GetProperty("target").EnumerateArray().Select(number => number.GetDouble()));
        foreach (var expected in values.GetProperty("graphs").EnumerateArray())
        {
            var mixed = TargetIntersection.Apply(
                graph, target, expected.GetProperty("neighborCount")
                    .GetInt32(), expected.GetProperty("weight")
                    .GetSingle(), Execution.Default);
            var entries = expected.GetProperty("entries");
            foreach (var entry in entries.EnumerateArray())
            {
                // Of memberships in float32, whose scales are found to 1e-5, the power of one of them.
                var (row, column) = (entry[0].GetInt32(), entry[1].GetInt32());
                var place = mixed.RowColumns(row).IndexOf(column);
                Assert.Equal(entry[2].GetDouble(), place < 0 ? 0 : mixed.RowValues(row)[place], 1e-4);
            }

            Assert.Equal(entries.GetArrayLength(), mixed.Values.Count(weight => weight > 1e-6) / 2, tolerance: 2);
        }
    }

    [Fact]
    public void RowsOfATarget_LieInItsOrder_TheMoreItWeighs()
    {
        var (rows, target) = NoisyRows(600);
        var disorder = new[] { 0, 0.5f, 0.9f }.Select(weight => Disorder(Fit(rows, target, weight).Layout, target)).ToArray();
        Assert.True(disorder[1] < 0.7 * disorder[0], string.Join(", ", disorder));
        Assert.True(disorder[2] < disorder[1], string.Join(", ", disorder));
    }

    [Fact]
    public void AWeightOfNothing_IsNoSupervision()
    {
        var (rows, target) = NoisyRows(200);
        var supervised = Fit(rows, target, 0);
        Assert.Equal(supervised.Options.Fit(rows, Execution.Default).Layout.Values, supervised.Layout.Values);
        Assert.Equal("SupervisedUmap", supervised.Name);
        Assert.Contains("TargetWeight=0; TargetMetric=Euclidean; ", supervised.Settings, StringComparison.Ordinal);
    }

    [Fact]
    public void Layouts_AreTheSameBytes_ForAnyThreadCount_AndInAnyUnitOfTheTarget()
    {
        var (rows, target) = NoisyRows(300);
        var layout = Fit(rows, target, 0.5f).Layout.Values.ToArray();
        Assert.Equal(layout, Fit(rows, target, 0.5f, Execution.Default with { ThreadCount = 1 }).Layout.Values);
        foreach (var exponent in new[] { -900, 1010 })
        {
            var inUnit = new NumericTarget(target.Values.ToArray().Select(number => Math.ScaleB(number, exponent)));
            Assert.Equal(layout, Fit(rows, inUnit, 0.5f).Layout.Values);
        }
    }

    [Fact]
    public void EqualTargets_AreNeighbors_HoweverManyThereAre()
    {
        // Two targets alone, of 100 rows each, each row of either a neighbor of all others: edges within a target stay, and those between
        // nearly go.
        var rows = RandomRows.Uniform(200, 2);
        var graph = FuzzySimplicialSet.Build(
            NeighborSearch.Find(rows, 14, new RowDistance(), Execution.Default), new UmapOptions(), Execution.Default);
        var mixed = TargetIntersection.Apply(
            graph, new NumericTarget(Enumerable.Range(0, 200).Select(row => row % 2.0)), 15, 0.5f, Execution.Default);
        for (var row = 0; row < 200; row++)
        {
            for (var edge = 0; edge < graph.RowColumns(row).Length; edge++)
            {
                var column = graph.RowColumns(row)[edge];
                var weight = mixed.RowValues(row)[mixed.RowColumns(row).IndexOf(column)];
                if (row % 2 == column % 2)
                {
                    Assert.True(weight >= graph.RowValues(row)[edge] * 0.999f);
                }
                else
                {
                    Assert.InRange(weight, 0, 0.01f);
                }
            }
        }
    }

    [Fact]
    public void NearestNumbers_AreThoseOfASearch()
    {
        var numbers = RandomRows.Uniform(500, 1);
        var found = TargetNeighbors.Find([.. numbers.Values.ToArray().Select(value => (double)value)], 12, Execution.Default);
        var searched = NeighborSearch.Find(numbers, 12, new RowDistance(), Execution.Default);
        for (var row = 0; row < 500; row++)
        {
            Assert.Equal(searched.Distances(row), found.Distances(row));
            Assert.Equal(searched.Neighbors(row).ToArray().Order(), found.Neighbors(row).ToArray().Order());
        }
    }

    [Fact]
    public void UnfittingTargets_AreRefused()
    {
        var (rows, target) = NoisyRows(100);
        var options = new UmapOptions { Dimension = 2, TargetNeighborCount = 30 };
        AssertRefused(
            "TargetCountMismatch", () => options.Fit(rows, Execution.Default, new() { Targets = new NumericTarget(new double[99]) }));
        AssertRefused("TooFewTargets", () => options.Fit(rows, Execution.Default, new() { Targets = KnownOf(29) }));
        AssertRefused(
            "TooFewTargets",
            () => (options with { TargetNeighborCount = null }).Fit(rows, Execution.Default, new() { Targets = KnownOf(1) }));
        AssertRefused(
            "LabelsAndTargets",
            () => options.Fit(
                rows, Execution.Default, new() { Targets = target, Labels = Labels.FromNames([.. Enumerable.Repeat("a", 100)]) }));
        AssertRefused("NotFinite", () => _ = new NumericTarget([1, double.NegativeInfinity]));
        AssertRefused("LabelsNotNumeric", () => NumericTarget.Of(Labels.FromNames(["1.5", "high", null])));
        Assert.Equal([1.5, -2, double.NaN], NumericTarget.Of(Labels.FromNames(["1.5", "-2", null])).Values);
        Assert.Equal("TargetNeighborCountOutOfRange", Assert.Throws<N2DException>(() => new UmapOptions { TargetNeighborCount = 1 }).Id);
        (options with { TargetNeighborCount = null, Epochs = 1 }).Fit(rows, Execution.Default, new() { Targets = KnownOf(2) });

        NumericTarget KnownOf(int count) => new(target.Values.ToArray().Select((number, row) => row < count ? number : double.NaN));
        static void AssertRefused(string id, Action fit) => Assert.Equal(id, Assert.Throws<N2DException>(fit).Id);
    }

    [Fact]
    public void ASavedFit_KeepsItsTargets_AndIsFittedAnewToThem()
    {
        var (rows, target) = NoisyRows(120);
        var partly = new NumericTarget(target.Values.ToArray().Select((number, row) => row % 3 == 0 ? double.NaN : number));
        var umap = new UmapOptions
        { Dimension = 2, Epochs = 30, TargetNeighborCount = 8 }.Fit(rows, Execution.Default, new() { Targets = partly });
        var data = new Dataset("rows", rows);
        var loaded = SavedStage.Of(data.Append(umap, umap.Layout));
        Assert.Equal(umap.Settings, loaded.Settings);
        var again = umap.Refit(data, 5, Execution.Default).GetRows().Values.ToArray();
        Assert.Equal(again, loaded.Refit(data, 5, Execution.Default).GetRows().Values);
        Assert.NotEqual(again, (umap.Options with { Seed = 5 }).Fit(rows, Execution.Default).Layout.Values.ToArray());
    }

    private static Umap Fit(Matrix rows, NumericTarget target, float weight, Execution? execution = null) =>
        new UmapOptions
        { Dimension = 2, NeighborCount = 15, TargetWeight = weight }.Fit(
                rows, execution ?? Execution.Default, new() { Targets = target });

    /// <summary>Rows of six columns, of which the target is the first, and noise.</summary>
    private static (Matrix Rows, NumericTarget Target) NoisyRows(int rowCount)
    {
        var (rows, noise) = (RandomRows.Uniform(rowCount, 6), RandomRows.Uniform(rowCount, 1, seed: 9));
        return (rows, new NumericTarget(Enumerable.Range(0, rowCount).Select(row => rows[row, 0] + (0.3 * noise[row, 0]))));
    }

    /// <summary>The mean difference between the target of a row and those of its ten nearest rows in the layout.</summary>
    private static double Disorder(Matrix layout, NumericTarget target)
    {
        var numbers = target.Values.ToArray();
        var neighbors = NeighborSearch.Find(layout, 10, new RowDistance(), Execution.Default);
        return Enumerable.Range(
            0,
            layout.RowCount).Average(row => neighbors.Neighbors(row).ToArray().Average(other => Math.Abs(numbers[row] - numbers[other])));
    }
}
