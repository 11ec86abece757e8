using N2D.Clustering;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;
using N2D.Profiles;

namespace N2D.Tests.Profiles;

public sealed class ClusterProfileTests
{
    private static readonly int[] Clusters = [0, 1, 0, 1, 0, 0, 1];

    [Fact]
    public void MeansAndEffectSize_AreThoseOfTheDefinition()
    {
        // Cluster 0 has 1, 2, 3, 6 (mean 3, sum of squares 14); cluster 1 has 4, 6, 8 (mean 6, sum of squares 8).
        var source = Clusterings.Table(["a"], [null], 1, 4, 2, 6, 3, 6, 8);
        var column = Assert.Single(ProfilesOf(new ProfileOptions { Source = source })[0].GetColumns());
        Assert.Equal((4, 3), (column.RowCount, column.OtherRowCount));
        Assert.Equal((3, 6), (column.Mean!.Value, column.OtherMean!.Value));
        Assert.Equal(Math.Sqrt(14 / 3.0), column.StandardDeviation!.Value, 1e-15);
        Assert.Equal(2, column.OtherStandardDeviation!.Value, 1e-15);
        Assert.Equal(-3 / Math.Sqrt(22 / 5.0), column.EffectSize!.Value, 1e-15);
        Assert.Equal(EffectMeasure.CohenD, column.Measure);
        Assert.Equal("a low (1.4 sd)", column.Text);
    }

    [Fact]
    public void MissingValues_AreLeftOut()
    {
        var source = Clusterings.Table(["a"], [null], 1, float.NaN, 2, 6, 3, 6, 8);
        var column = Assert.Single(ProfilesOf(new ProfileOptions { Source = source })[1].GetColumns());
        Assert.Equal((2, 4, 7, 3), (column.RowCount, column.OtherRowCount, column.Mean!.Value, column.OtherMean!.Value));
    }

    [Fact]
    public void Categories_HaveShares_Lift_AndCohensH()
    {
        // Red is 3 of 4 in cluster 0, and 1 of 3 in cluster 1: 4 of 7 in all.
        var source = Clusterings.Table(["color"], [["red", "blue"]], 0, 0, 0, 1, 0, 1, 1);
        var profile = ProfilesOf(new ProfileOptions { Source = source })[0];
        var red = profile.GetColumns()[0];
        Assert.Equal(("red", 1, 0.75, 1 / 3.0), (red.Category, red.Rank, red.Share!.Value, red.OtherShare!.Value));
        Assert.Equal(0.75 / (4 / 7.0), red.Lift!.Value, 1e-15);

        // As 2 * math.asin(math.sqrt(0.75)) - 2 * math.asin(math.sqrt(1 / 3)) of Python.
        Assert.Equal(0.8634356850524207, red.EffectSize!.Value, 1e-12);
        Assert.Equal(EffectMeasure.CohenH, red.Measure);
        Assert.Equal(("blue", -red.EffectSize.Value), (profile.GetColumns()[1].Category, profile.GetColumns()[1].EffectSize!.Value));
        Assert.Equal("color red 75 % (elsewhere 33 %)", profile.Summary);
    }

    [Fact]
    public void ACategoryThatOnlyOneClusterHas_HasTheLargestEffect_Pi()
    {
        var source = Clusterings.Table(["color"], [["red", "blue"]], 0, 1, 0, 1, 0, 0, 1);
        var red = ProfilesOf(new ProfileOptions { Source = source })[0].GetColumns()[0];
        Assert.Equal(Math.PI, red.EffectSize!.Value, 1e-12);
        Assert.Equal("color red 100 % (elsewhere 0 %)", red.Text);
    }

    [Fact]
    public void TheStrongestDifference_ComesFirst_AndTheSummaryNamesSomeColumns()
    {
        var source = Clusterings.Table(
            ["none", "weak", "strong"],
            [null, null, null],
            [.. Clusters.SelectMany((cluster, row) => new float[] { row % 3, row + (2 * cluster), row + (50 * cluster) })]);
        var profile = ProfilesOf(new ProfileOptions { Source = source, ColumnCount = 1 })[0];
        Assert.Equal("strong", profile.GetColumns()[0].Column);
        Assert.Equal([1, 2, 3], profile.GetColumns().Select(column => column.Rank));
        Assert.StartsWith("strong low (", profile.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain(",", profile.Summary!, StringComparison.Ordinal);
    }

    [Fact]
    public void Constants_ThatDiffer_ComeFirst_AndHaveNoEffectSize()
    {
        var source = Clusterings.Table(
            ["spread", "constant"],
            [null, null],
            [.. Clusters.SelectMany((cluster, row) => new float[] { row + (50 * cluster), 2 * cluster })]);
        var profile = ProfilesOf(new ProfileOptions { Source = source })[1];
        Assert.Null(profile.GetColumns()[0].EffectSize);
        Assert.StartsWith("constant always 2 (elsewhere 0), spread high (", profile.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnsThatDoNotDiffer_AreSaidSo()
    {
        var source = Clusterings.Table(["a"], [null], [.. Clusters.Select(_ => 5f)]);
        Assert.Equal("no column differs by 0.5 or more (effect size)", ProfilesOf(new ProfileOptions { Source = source })[0].Summary);
        Assert.Null(ProfilesOf(new ProfileOptions { Source = source })[0].GetColumns()[0].Text);
    }

    [Fact]
    public void CategoriesThatDoNotDiffer_AreSaidSo_WithoutStandardDeviations()
    {
        var source = Clusterings.Table(["color"], [["red", "blue"]], 0, 0, 0, 1, 1, 1, 1);
        Assert.Equal("no column differs by 0.5 or more (effect size)", ProfilesOf(new ProfileOptions { Source = source })[0].Summary);
    }

    [Fact]
    public void Weights_AreNotUsed_WithAWarning()
    {
        var rows = Matrix.Own([0, 1, 2, 10, 12], 1);
        var data = new Dataset("five", rows).WithWeights([9, 1, 1, 1, 1]);
        var result = ClusterResult.Create(data, KMeans.Fit(rows, new KMeansOptions(2), Execution.Default), Execution.Default);
        var warnings = new List<string>();
        var profile = ClusterProfiles.Of(result, new ProfileOptions(), Execution.Default with { Warn = warnings.Add })[0];
        Assert.Equal((0.6, 1.0), (profile.Share, profile.GetColumns()[0].Mean!.Value));
        Assert.StartsWith("Profiles do not use the weights", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Units_AreThoseOfTheSource_WhateverStagesCameAfter()
    {
        var (rows, _) = RandomRows.Blobs(60, 3, 2, 20);
        var data = new Dataset("raw", Matrix.Own([.. rows.Values.ToArray().Select(value => (1000 * value) + 5)], 3));
        var scaled = N2D.Data.Standardizer.Apply(data, N2D.Data.Standardization.ZScore, Execution.Default);
        var fit = KMeans.Fit(scaled.GetRows(), new KMeansOptions(2), Execution.Default);
        var result = ClusterResult.Create(scaled, fit, Execution.Default);
        var profile = ClusterProfiles.Of(result, new ProfileOptions(), Execution.Default)[0];
        var column = profile.GetColumns().Single(column => column.Column == "x2");
        float[] own = [.. Enumerable.Range(0, 60).Where(row => result.GetAssignments()[row] == 0).Select(row => data.GetRows()[row, 1])];
        Assert.Equal(own.Average(value => (double)value), column.Mean!.Value, 1e-9);
    }

    [Fact]
    public void Classes_AreCountedFromTheKnownLabels()
    {
        var labels = Labels.FromNames(["x", "y", "x", "y", null, "y", "y"]);
        var profiles = ClusterProfiles.Of(Clusterings.Of(Clusters, labels), new ProfileOptions(), Execution.Default);
        Assert.Equal(("x", "x (67 %), y (33 %)"), (profiles[0].Class, profiles[0].Classes));
        Assert.Equal(2 / 3.0, profiles[0].ClassShare!.Value, 1e-15);
        Assert.Equal([new ClassShare("y", 3, 1)], profiles[1].GetClasses());
        Assert.All(ProfilesOf(new ProfileOptions()), profile => Assert.Null(profile.Classes));
    }

    [Fact]
    public void CohesionAndSeparation_AreDistancesToCenters()
    {
        // Centers 1 and 11; distances to the own center 1, 0, 1 and 1, 1.
        var rows = Matrix.Own([0, 1, 2, 10, 12], 1);
        var result = ClusterResult.Create(
            new Dataset("five", rows), KMeans.Fit(rows, new KMeansOptions(2), Execution.Default), Execution.Default);
        var profiles = ClusterProfiles.Of(result, new ProfileOptions(), Execution.Default);
        Assert.Equal((2 / 3.0, 10, 1), (profiles[0].Cohesion!.Value, profiles[0].Separation!.Value, profiles[0].NearestCluster!.Value));
        Assert.Equal((1, 10, 0), (profiles[1].Cohesion!.Value, profiles[1].Separation!.Value, profiles[1].NearestCluster!.Value));
        Assert.Equal((0.6, 0.4), (profiles[0].Share, profiles[1].Share));

        // As silhouette_samples of scikit-learn: 0.8636364 0.9 0.8333333 0.7777778 0.8181818.
        Assert.Equal((0.8636363636363636 + 0.9 + (5 / 6.0)) / 3, profiles[0].Silhouette!.Value, 1e-9);
    }

    [Fact]
    public void Noise_IsTheLastProfile_WithoutShape()
    {
        var rows = Matrix.Own([0, 0.1f, 0.2f, 0.3f, 0.4f, 10, 10.1f, 10.2f, 10.3f, 10.4f, -20, 30], 1);
        var result = ClusterResult.Create(
            new Dataset("twelve", rows),
            Hdbscan.Fit(rows, new HdbscanOptions { MinimumSamples = 2 }, Execution.Default),
            Execution.Default);
        var profiles = ClusterProfiles.Of(result, new ProfileOptions(), Execution.Default);
        Assert.Equal([0, 1, -1], profiles.Select(profile => profile.Cluster));
        Assert.Equal((2, null, null, null), (profiles[2].RowCount, profiles[2].Cohesion, profiles[2].Probability, profiles[2].Name));
        Assert.Equal((5, 7), (profiles[0].GetColumns()[0].RowCount, profiles[0].GetColumns()[0].OtherRowCount));
    }

    [Fact]
    public void OneClusterAndNoise_AreComparedWithEachOther()
    {
        var profiles = ProfilesOf(true, 0, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, -20, 30);
        Assert.Equal([0, -1], profiles.Select(profile => profile.Cluster));
        Assert.Equal((6, 2), (profiles[0].RowCount, profiles[1].RowCount));
        Assert.Equal((null, null, null), (profiles[0].Separation, profiles[0].NearestCluster, profiles[0].Silhouette));
        Assert.Equal(0.25, profiles[0].GetColumns()[0].Mean!.Value, 1e-6);
        Assert.Equal(5, profiles[1].GetColumns()[0].Mean!.Value, 1e-6);
    }

    [Fact]
    public void NoiseOnly_IsOneProfile_WithNothingToCompareWith()
    {
        var noise = Assert.Single(ProfilesOf(false, 0, 100, 300, 700, 1500, 3100));
        Assert.Equal((-1, 6, 1.0, null), (noise.Cluster, noise.RowCount, noise.Share, noise.Summary));
        Assert.Equal((null, null, null), (noise.Probability, noise.Cohesion, noise.GetColumns()[0].EffectSize));
    }

    [Fact]
    public void ACanceledComparison_Stops()
    {
        var source = Clusterings.Table(["a"], [null], 1, 4, 2, 6, 3, 6, 8);
        var columns = ColumnGroups.Of(source, [0], Clusters, 2, Execution.Default);
        Assert.Throws<OperationCanceledException>(() => ColumnComparison.Of(columns, [0, 1], [null, null], new CancellationToken(true)));
    }

    [Fact]
    public void OneCluster_HasNothingToCompareWith()
    {
        var profile = Assert.Single(ClusterProfiles.Of(Clusterings.Of([0, 0, 0]), new ProfileOptions(), Execution.Default));
        Assert.Equal((null, null, null), (profile.Summary, profile.Separation, profile.GetColumns()[0].EffectSize));
    }

    [Fact]
    public void TextsThatDifferInEachRow_AreComparedOnlyIfTheyAreNamed()
    {
        string[] ids = [.. Enumerable.Range(0, 40).Select(row => $"id{row}")];
        var cells = Enumerable.Range(0, 40).SelectMany(row => new float[] { row, row % 2, row < 20 ? 0 : 5 });
        var source = Clusterings.Table(["id", "kind", "size"], [ids, ["a", "b"], null], [.. cells]);
        var result = Clusterings.Of([.. Enumerable.Range(0, 40).Select(row => row / 20)]);
        var explained = new List<string>();
        var execution = Execution.Default with { Explain = explained.Add };
        Assert.Equal(
            ["kind", "size"],
            ClusterProfiles.Of(result, new ProfileOptions { Source = source }, execution)[0].GetColumns().Select(column => column.Column).Distinct().Order());
        Assert.Contains("Not compared, because the text differs in each row: id.", Assert.Single(explained), StringComparison.Ordinal);
        Assert.Equal(40, ClusterProfiles.Of(result, new ProfileOptions { Source = source, Columns = ["id"] }, execution)[0].GetColumns().Count);
    }

    [Fact]
    public void Pixels_AreComparedOnlyIfTheyAreNamed()
    {
        var rows = Matrix.Own([0, 0, 9, 9, 0, 1, 9, 8], 2);
        var images = new Dataset("images", rows, imageShape: new ImageShape(1, 2));
        var result = ClusterResult.Create(images, KMeans.Fit(rows, new KMeansOptions(2), Execution.Default), Execution.Default);
        var profile = ClusterProfiles.Of(result, new ProfileOptions(), Execution.Default)[0];
        Assert.Empty(profile.GetColumns());
        Assert.Null(profile.Summary);
        Assert.Equal("x2", Assert.Single(
            ClusterProfiles.Of(result, new ProfileOptions { Columns = ["x2"] }, Execution.Default)[0].GetColumns()).Column);
    }

    [Fact]
    public void SameBytes_ForAnyThreadCount()
    {
        var (rows, _) = RandomRows.Blobs(500, 4, 5, 20);
        var result = ClusterResult.Create(
            new Dataset("blobs", rows), KMeans.Fit(rows, new KMeansOptions(5), Execution.Default), Execution.Default);
        var (one, several) = (Of(1), Of(5));
        Assert.Equal(one.Select(profile => profile.Cohesion), several.Select(profile => profile.Cohesion));
        Assert.Equal(one.Select(profile => profile.Separation), several.Select(profile => profile.Separation));
        Assert.Equal(one.Select(profile => profile.Silhouette), several.Select(profile => profile.Silhouette));
        Assert.Equal(one.Select(profile => profile.Probability), several.Select(profile => profile.Probability));
        Assert.Equal(one.Select(profile => profile.ToString()), several.Select(profile => profile.ToString()));
        Assert.Equal(one.SelectMany(profile => profile.GetColumns()), several.SelectMany(profile => profile.GetColumns()));

        IReadOnlyList<ClusterProfile> Of(int threads) =>
            ClusterProfiles.Of(result, new ProfileOptions(), new Execution { ThreadCount = threads });
    }

    [Fact]
    public void AnotherNumberOfRows_IsAnError()
    {
        var source = Clusterings.Table(["a"], [null], 1, 2, 3);
        Assert.Equal("RowCountMismatch", Assert.Throws<N2DException>(() => ProfilesOf(new ProfileOptions { Source = source })).Id);
        Assert.Equal("RowCountMismatch", Assert.Throws<N2DException>(() => ProfilesOf(new ProfileOptions { Texts = ["a"] })).Id);
        Assert.Equal("ColumnNotFound", Assert.Throws<N2DException>(() => ProfilesOf(new ProfileOptions { Columns = ["b"] })).Id);
    }

    /// <summary>The profiles of values that were clustered by HDBSCAN, with noise.</summary>
    private static IReadOnlyList<ClusterProfile> ProfilesOf(bool allowsOne, params float[] values)
    {
        var rows = Matrix.Own(values, 1);
        var options = new HdbscanOptions { MinimumClusterSize = 5, MinimumSamples = 2, AllowSingleCluster = allowsOne };
        var result = ClusterResult.Create(new Dataset("values", rows), Hdbscan.Fit(rows, options, Execution.Default), Execution.Default);
        return ClusterProfiles.Of(result, new ProfileOptions(), Execution.Default);
    }

    private static IReadOnlyList<ClusterProfile> ProfilesOf(ProfileOptions options) =>
        ClusterProfiles.Of(Clusterings.Of(Clusters), options, Execution.Default);
}
