using N2D.Clustering;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Profiles;

namespace N2D.Tests.Profiles;

public sealed class ClusterExemplarTests
{
    /// <summary>Two clusters on a line: 0 2 3 4 (center 2.25) and 10 11 13 (center 11.33).</summary>
    private static readonly ClusterResult Line = ResultOf(0, 10, 2, 11, 3, 13, 4);

    [Fact]
    public void TheFirstCentralRow_IsTheMedoid_ForSquaredDistances()
    {
        var (rows, _) = RandomRows.Blobs(60, 3, 3, 20);
        var result = ClusterResult.Create(
            new Dataset("blobs", rows), KMeans.Fit(rows, new KMeansOptions(3), Execution.Default), Execution.Default);
        foreach (var exemplar in ExemplarsOf(result, ExemplarKind.Central, 1))
        {
            int[] members = [.. Enumerable.Range(0, 60).Where(row => result.GetAssignments()[row] == exemplar.Cluster)];
            Assert.Equal(members.MinBy(row => members.Sum(other => SquaredDistance(rows, row, other))), exemplar.Index);
        }
    }

    [Fact]
    public void CentralRows_AreNearestToTheCenterFirst()
    {
        var exemplars = ExemplarsOf(Line, ExemplarKind.Central, 2);
        Assert.Equal([(0, 1, 2), (0, 2, 4), (1, 1, 3), (1, 2, 1)], exemplars.Select(row => (row.Cluster, row.Rank, row.Index)));
        Assert.Equal([0.25, 0.75, 1 / 3.0, 4 / 3.0], exemplars.Select(row => row.Distance), (left, right) => Math.Abs(left - right) < 1e-6);
        Assert.Equal([1, 1, 0, 0], exemplars.Select(row => row.NearestCluster!.Value));
        Assert.Equal((34 / 3.0) - 2, exemplars[0].NearestDistance!.Value, 1e-6);
    }

    [Fact]
    public void BoundaryRows_AreNearestToTheOtherClusterFirst_AndNotCentralAsWell()
    {
        // (b - a) / max(a, b): 4 at (7.33 - 1.75) / 7.33 = 0.76 before 0 at (11.33 - 2.25) / 11.33 = 0.80; 13 at 0.84 before 10 at 0.83.
        Assert.Equal([(0, 1, 6), (1, 1, 1)], ExemplarsOf(Line, ExemplarKind.Boundary, 1).Select(row => (row.Cluster, row.Rank, row.Index)));
        var both = ClusterExemplars.Of(Line, new ExemplarOptions { Count = 3 }, Execution.Default);
        Assert.Equal([0], both.Where(row => row.Kind == ExemplarKind.Boundary).Select(row => row.Index));
    }

    [Fact]
    public void Columns_AreRankedOnlyIfWanted_AndAreNotCompared()
    {
        var (ranked, plain) = (
            ClusterExemplars.Of(Line, new ExemplarOptions(), Execution.Default),
            ClusterExemplars.Of(Line, new ExemplarOptions { RanksColumns = false }, Execution.Default));
        Assert.All(plain, exemplar => Assert.Empty(exemplar.GetColumns()));
        Assert.All(ranked, exemplar => Assert.NotEmpty(exemplar.GetColumns()));
        Assert.Equal(plain, ranked);
    }

    [Fact]
    public void OneCluster_HasNoBoundary()
    {
        var exemplars = ClusterExemplars.Of(Clusterings.Of([0, 0, 0]), new ExemplarOptions { Count = 1 }, Execution.Default);
        Assert.Equal((ExemplarKind.Central, null), (Assert.Single(exemplars).Kind, exemplars[0].NearestCluster));
    }

    [Fact]
    public void SameRows_ForAnyThreadCount()
    {
        var (rows, _) = RandomRows.Blobs(400, 3, 7, 5);
        var result = ClusterResult.Create(
            new Dataset("blobs", rows), KMeans.Fit(rows, new KMeansOptions(7), Execution.Default), Execution.Default);
        var one = ClusterExemplars.Of(result, new ExemplarOptions(), new Execution { ThreadCount = 1 });
        var several = ClusterExemplars.Of(result, new ExemplarOptions(), new Execution { ThreadCount = 6 });
        Assert.Equal(one.Select(exemplar => exemplar.GetColumns()), several.Select(exemplar => exemplar.GetColumns()));
        Assert.Equal(one, several);
    }

    [Fact]
    public void Columns_AreRankedAsInTheProfileOfTheCluster()
    {
        // The first column does not differ between the clusters, the second one does.
        var rows = Matrix.Own([.. Enumerable.Range(0, 40).SelectMany(row => new float[] { row / 2 % 5, row % 2 * 20 })], 2);
        var result = ClusterResult.Create(
            new Dataset("two", rows, null, ["same", "other"]),
            KMeans.Fit(rows, new KMeansOptions(2), Execution.Default),
            Execution.Default);
        var profiles = ClusterProfiles.Of(result, new ProfileOptions(), Execution.Default);
        Assert.All(ExemplarsOf(result, ExemplarKind.Central, 2), exemplar =>
        {
            Assert.Equal(["other", "same"], exemplar.GetColumns());
            Assert.Equal(profiles[exemplar.Cluster].GetColumns().Select(column => column.Column), exemplar.GetColumns());
        });
    }

    private static ClusterResult ResultOf(params float[] values)
    {
        var rows = Matrix.Own(values, 1);
        return ClusterResult.Create(
            new Dataset("line", rows), KMeans.Fit(rows, new KMeansOptions(2), Execution.Default), Execution.Default);
    }

    private static IReadOnlyList<Exemplar> ExemplarsOf(ClusterResult result, ExemplarKind kind, int count) =>
        ClusterExemplars.Of(result, new ExemplarOptions { Count = count, Kinds = [kind] }, Execution.Default);

    private static double SquaredDistance(Matrix rows, int left, int right) =>
        Enumerable.Range(0, rows.ColumnCount).Sum(column => Math.Pow(rows[left, column] - rows[right, column], 2));
}
