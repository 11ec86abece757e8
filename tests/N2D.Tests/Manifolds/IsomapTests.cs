using N2D.Manifolds;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Tests.Expected;

namespace N2D.Tests.Manifolds;

public sealed class IsomapTests
{
    [Fact]
    public void SwissRoll_IsUnrolledAsByScikitLearn_SeenRowsAndUnseen()
    {
        var expected = ExpectedValues.Load("isomap.json");
        var isomap = Fit(expected.GetProperty("rows").ToMatrix(), new IsomapOptions { NeighborCount = 10, Dimension = 2 });

        // Coordinates up to 60; eigenvectors to 1e-6.
        AssertNear(expected.GetProperty("layout").ToMatrix(), isomap.Layout, 5e-3f);
        AssertNear(
            expected.GetProperty("unseenLayout").ToMatrix(),
            isomap.Transform(expected.GetProperty("unseen").ToMatrix(), Execution.Default),
            5e-3f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ResidualVariance_IsThatOfScikitLearnsLayout(int dimension)
    {
        var expected = ExpectedValues.Load("isomap.json");
        var isomap = Fit(expected.GetProperty("rows").ToMatrix(), new IsomapOptions { NeighborCount = 10, Dimension = dimension });
        Assert.Equal(expected.GetProperty("residualVariances")[dimension - 1].GetDouble(), isomap.ResidualVariance, 1e-4);
    }

    [Fact]
    public void Landmarks_UnrollNearlyAsWell()
    {
        var rows = ExpectedValues.Load("isomap.json").GetProperty("rows").ToMatrix();
        var exact = Fit(rows, new IsomapOptions { NeighborCount = 10, Dimension = 2 });
        var landmarks = Fit(rows, new IsomapOptions { NeighborCount = 10, Dimension = 2, LandmarkCount = 100 });
        Assert.Equal(100, landmarks.LandmarkCount);
        Assert.Contains("LandmarkCount=100", landmarks.Settings, StringComparison.Ordinal);

        // A hundred random rows. The residual and the axes are those of these rows. Axes can rotate, so distances are compared.
        Assert.InRange(landmarks.ResidualVariance, 0, exact.ResidualVariance + 0.02);
        Assert.InRange(CorrelationOfDistances(exact.Layout, landmarks.Layout), 0.95, 1);
    }

    [Fact]
    public void ACircle_HasTwoEqualEigenvalues_AndIsFoundRound()
    {
        const int RowCount = 200;
        var values = Enumerable.Range(0, RowCount).SelectMany(row => new[]
        {
            (float)Math.Cos(2 * Math.PI * row / RowCount), (float)Math.Sin(2 * Math.PI * row / RowCount), 0,
        });
        var layout = Fit(Matrix.Own([.. values], 3), new IsomapOptions { NeighborCount = 2, Dimension = 2 }).Layout;
        var radii = Enumerable.Range(0, RowCount).Select(row => FixedOrder.Norm<float>(layout.Row(row))).ToArray();
        Assert.Equal(1, radii.Min() / radii.Max(), 1e-3f);
    }

    [Fact]
    public void RowsOfTheFit_LieWhereTheyDid()
    {
        var isomap = Fit(RandomRows.Uniform(400, 5), new IsomapOptions { Dimension = 3 });
        AssertNear(isomap.Layout, isomap.Transform(isomap.Rows, Execution.Default), 1e-5f);
    }

    [Fact]
    public void PartsThatNoNeighborJoins_AreJoined_WithAWarning()
    {
        var (rows, blobs) = RandomRows.Blobs(300, 6, 3, scale: 200);
        var warnings = new List<string>();
        var layout = new IsomapOptions { NeighborCount = 8, Dimension = 2 }.Fit(rows, new Execution { Warn = warnings.Add }).Layout;
        Assert.Contains("3 separate parts", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.All(layout.Values.ToArray(), value => Assert.True(float.IsFinite(value)));

        // The parts are farther from each other than they are wide.
        var centers = Enumerable.Range(0, 3).Select(blob => Enumerable.Range(0, 300).Where(row => blobs[row] == blob).ToArray())
            .Select(members => Enumerable.Range(0, 2).Select(axis => members.Average(row => layout[row, axis])).ToArray()).ToArray();
        for (var row = 0; row < 300; row++)
        {
            var distances =
                centers.Select(center => Math.Pow(layout[row, 0] - center[0], 2) + Math.Pow(layout[row, 1] - center[1], 2)).ToArray();
            Assert.Equal(blobs[row], Array.IndexOf(distances, distances.Min()));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void PathLengths_AreTheSameInBothDirections(int landmarkStep)
    {
        var (rows, _) = RandomRows.Blobs(300, 6, 3, scale: 200);
        var neighbors = NeighborSearch.Find(rows, 8, new RowDistance(), Execution.Default);
        var graph = NeighborhoodGraph.Build(rows, neighbors, new RowDistance(), Execution.Default);
        int[] landmarks = [.. Enumerable.Range(0, 300 / landmarkStep).Select(place => place * landmarkStep)];
        var distances = GeodesicDistances.Find(graph, landmarks, Execution.Default);
        for (var from = 0; from < landmarks.Length; from++)
        {
            for (var to = 0; to < landmarks.Length; to++)
            {
                Assert.Equal(distances[landmarks[from], to], distances[landmarks[to], from]);
            }
        }
    }

    [Fact]
    public void Duplicates_LieTogether()
    {
        var some = RandomRows.Uniform(60, 3);
        var rows = Matrix.Own([.. some.Values, .. some.Values], 3);
        var layout = Fit(rows, new IsomapOptions { NeighborCount = 8, Dimension = 2 }).Layout;
        for (var row = 0; row < 60; row++)
        {
            Assert.Equal(layout[row, 0], layout[row + 60, 0], 1e-5f);
            Assert.Equal(layout[row, 1], layout[row + 60, 1], 1e-5f);
        }

        var constant = Fit(Matrix.Own(new float[90], 3), new IsomapOptions { NeighborCount = 5, Dimension = 2 }).Layout;
        Assert.All(constant.Values.ToArray(), value => Assert.Equal(0, value, 1e-10f));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(50)]
    public void SameSeed_SameBytes_ForAnyThreadCount(int? landmarkCount)
    {
        var rows = RandomRows.Uniform(500, 6);
        var options = new IsomapOptions { Dimension = 3, LandmarkCount = landmarkCount, Seed = 5 };
        var layouts = new[] { 1, 2, 5 }.Select(threads =>
            options.Fit(Matrix.Own(rows.Values.ToArray(), 6), new Execution { ThreadCount = threads }).Layout.Values.ToArray()).ToArray();
        Assert.Equal(layouts[0], layouts[1]);
        Assert.Equal(layouts[0], layouts[2]);
    }

    [Fact]
    public void WhatDoesNotFit_IsRefusedByName()
    {
        var rows = RandomRows.Uniform(20, 2);
        Assert.Equal("TooFewRows", Assert.Throws<N2DException>(() => Fit(rows, new IsomapOptions())).Id);
        Assert.Equal(
            "TooFewRows", Assert.Throws<N2DException>(() => Fit(rows, new IsomapOptions { NeighborCount = 3, Dimension = 20 })).Id);
        Assert.Equal(
            "LandmarkCountOutOfRange",
            Assert.Throws<N2DException>(() => Fit(rows, new IsomapOptions { NeighborCount = 3, Dimension = 5, LandmarkCount = 5 })).Id);
        Assert.Equal("NeighborCountOutOfRange", Assert.Throws<N2DException>(() => new IsomapOptions { NeighborCount = 0 }).Id);
    }

    [Fact]
    public void Canceled_EndsBeforeTheNextReport() =>
        Cancellation.AssertEndsAt(
            "paths from", execution => new IsomapOptions { LandmarkCount = 2000 }.Fit(RandomRows.Uniform(2000, 6), execution));

    private static Isomap Fit(Matrix rows, IsomapOptions options) => options.Fit(rows, Execution.Default);

    private static void AssertNear(Matrix expected, Matrix actual, float tolerance)
    {
        Assert.Equal(expected.Values.Length, actual.Values.Length);
        for (var place = 0; place < expected.Values.Length; place++)
        {
            Assert.Equal(expected.Values[place], actual.Values[place], tolerance);
        }
    }

    /// <summary>Pearson's correlation between the distances of all pairs of rows in one layout and in the other.</summary>
    private static double CorrelationOfDistances(Matrix left, Matrix right)
    {
        var (x, y) = (Distances(left), Distances(right));
        var (meanX, meanY) = (x.Average(), y.Average());
        var (xy, xx, yy) = (0.0, 0.0, 0.0);
        for (var pair = 0; pair < x.Count; pair++)
        {
            xy += (x[pair] - meanX) * (y[pair] - meanY);
            xx += (x[pair] - meanX) * (x[pair] - meanX);
            yy += (y[pair] - meanY) * (y[pair] - meanY);
        }

        return xy / Math.Sqrt(xx * yy);
    }

    private static List<double> Distances(Matrix layout)
    {
        var distances = new List<double>();
        for (var row = 0; row < layout.RowCount; row++)
        {
            for (var other = 0; other < row; other++)
            {
                distances.Add(FixedOrder.Distance<float>(layout.Row(row), layout.Row(other)));
            }
        }

        return distances;
    }
}
