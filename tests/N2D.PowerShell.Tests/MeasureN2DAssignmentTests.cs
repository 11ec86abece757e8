using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>Measure-N2DAssignment: clusters of any origin against known classes.</summary>
public sealed class MeasureN2DAssignmentTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void RowsOfAClustering_ScoreAsTheClusteringDoes()
    {
        var score = Measure(
            "$result = Import-N2DDataset Digits | Invoke-N2DPca -Dimension 5 | Invoke-N2DCluster 10 -Method KMeans; $result | "
                + "Get-N2DAssignment | Measure-N2DAssignment");
        var result = Assert.Single(_session.Run("$result"));
        Assert.All(
            ["Acc", "Nmi", "Ari", "RowCount", "ClusterCount", "NoiseCount"],
            name => Assert.Equal(result.Properties[name].Value, score.Properties[name].Value));
        Assert.Equal(10, score.Properties["ClassCount"].Value);
    }

    /// <summary>
    /// sklearn.metrics 1.2.1: adjusted_rand_score([0,0,0,1,1,1], [2,2,0,0,1,1]) and normalized_mutual_info_score of the same.
    /// </summary>
    [Fact]
    public void NamesOfAnyKind_AreMatchedWithTheClassesThatTheyFitBest()
    {
        var score = Measure(
            "'x,red', 'x,red', 'y,red', 'y,blue', 'z,blue', 'z,blue' | ConvertFrom-Csv -Header found, true | Measure-N2DAssignment found "
                + "true");
        Assert.Equal(4 / 6d, (double)score.Properties["Acc"].Value, 1e-12);
        Assert.Equal(0.24242424242424243, (double)score.Properties["Ari"].Value, 1e-12);
        Assert.Equal(0.5158037429793889, (double)score.Properties["Nmi"].Value, 1e-12);
        Assert.Equal(
            (6, 3, 2), (score.Properties["RowCount"].Value, score.Properties["ClusterCount"].Value, score.Properties["ClassCount"].Value));
    }

    [Fact]
    public void ObjectsWithoutAClass_DoNotCount_AndNoiseIsWrong()
    {
        var score = Measure(
            "@{ Cluster = 0; Label = 'a' }, @{ Cluster = 0; Label = 'a' }, @{ Cluster = -1; Label = 'b' }, @{ Cluster = 1; Label = '' }, "
                + "@{ Cluster = 1; Label = $null } | Measure-N2DAssignment");
        Assert.Equal(
            (3, 1, 1), (score.Properties["RowCount"].Value, score.Properties["ClusterCount"].Value, score.Properties["NoiseCount"].Value));
        Assert.Equal(2 / 3d, (double)score.Properties["Acc"].Value, 1e-12);
        Assert.Equal(1d, (double)score.Properties["Nmi"].Value, 1e-12);
    }

    /// <summary>As pandas writes a column with a missing value.</summary>
    [Fact]
    public void WholeNumbers_AreTheSame_HoweverTheyAreWritten()
    {
        var score = Measure("'0.0,a', '0, a', ' -1.0,b', '1,b', '1.00,b' | ConvertFrom-Csv -Header Cluster, Label | Measure-N2DAssignment");
        Assert.Equal(
            (2, 1, 2),
            (score.Properties["ClusterCount"].Value, score.Properties["NoiseCount"].Value, score.Properties["ClassCount"].Value));
        Assert.Equal(0.8, (double)score.Properties["Acc"].Value, 1e-12);
    }

    [Theory]
    [InlineData(
        "Measure-N2DAssignment @([pscustomobject]@{ Cluster = 1; Label = 2 })",
        "$objects | Measure-N2DAssignment, or $objects | Measure-N2DAssignment cluster species.")]
    [InlineData("[pscustomobject]@{ Cluster = 1, 2; Label = 2 } | Measure-N2DAssignment", "Object 1, property 'Cluster' is a Object[]")]
    public void Objects_AreNoNames(string script, string part) =>
        Assert.Contains(part, _session.RunFailing(script).Exception.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(
        "[pscustomobject]@{ Group = 1; Label = 2 } | Measure-N2DAssignment",
        "PropertyNotFound",
        "Object 1, property 'Cluster' does not exist. The properties are: Group, Label. Name the right one with -ClusterProperty.")]
    [InlineData(
        "[pscustomobject]@{ Cluster = ' '; Label = 2 } | Measure-N2DAssignment", "MissingCluster", "Object 1, property 'Cluster' is empty")]
    [InlineData(
        "1..2 | % { [pscustomobject]@{ Cluster = 1; Label = '' } } | Measure-N2DAssignment",
        "MissingLabel",
        "'Label' is empty in all 2 objects")]
    [InlineData(
        "1..10001 | % { @{ Cluster = 1; Label = $_ } } | Measure-N2DAssignment",
        "TooManyNames",
        "'Label' has 10001 values in 10001 objects")]
    [InlineData("@() | Measure-N2DAssignment", "EmptyDataset", "nothing to score")]
    [InlineData(
        "Import-N2DDataset Digits | Invoke-N2DPca -Dimension 2 | Invoke-N2DCluster 10 -Method KMeans | Measure-N2DAssignment",
        "PropertyNotFound",
        "Get-N2DAssignment returns its rows")]
    public void WhatCannotBeScored_IsRefusedWithTheWayOut(string script, string id, string part)
    {
        var error = _session.RunFailing(script);
        Assert.StartsWith($"N2D.{id}", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(part, error.Exception.Message, StringComparison.Ordinal);
    }

    private PSObject Measure(string script)
    {
        var score = Assert.Single(_session.Run(script));
        Assert.Empty(_session.Errors);
        return score;
    }
}
