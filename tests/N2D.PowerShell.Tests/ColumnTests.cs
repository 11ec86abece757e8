using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>The properties of output objects in Export-Csv, Select-Object * and ConvertTo-Json, in order.</summary>
public sealed class ColumnTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public ColumnTests() => _session.Run("""
        $digits = Import-N2DDataset Digits
        $embedding = $digits | Invoke-N2DPca -Dimension 2
        $result = $embedding | Invoke-N2DCluster 10 -Method KMeans
        """);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("$digits", "ImageShape Source Divisor DroppedCount Dataset Stages RowCount Dimension ClassCount Seed Seconds Columns")]
    [InlineData("$embedding", "Dataset Stages RowCount Dimension ClassCount Seed Seconds Columns")]
    [InlineData(
        "$result",
        "Dataset Stages Method ClusterCount NoiseCount RowCount DroppedCount Dimension Acc Nmi Ari Silhouette "
            + "DaviesBouldin CalinskiHarabasz Dbcv LogLikelihood Bic Aic StartCount BestStartCount OptimumGap Stability "
            + "LayoutAgreement NetworkAgreement NovelShare AutoencoderSeconds ClassifierSeconds ManifoldSeconds ClusterSeconds "
            + "TotalSeconds ScoringSeconds Device Seed Settings")]
    [InlineData("$result | Get-N2DAssignment", "Index Label Cluster Probability Confidence Novelty OutlierScore ClusterName")]
    [InlineData("$embedding | ConvertFrom-N2DEmbedding", "Index Label D1 D2")]
    [InlineData("$digits | New-N2DAutoencoder -Epoch 1 -HiddenUnit 4 | Get-N2DTrainingHistory", "Epoch Loss ValidationLoss Seconds")]
    [InlineData("$result | Get-N2DExplainedVariance", "Component Variance Ratio CumulativeRatio")]
    [InlineData(
        "($embedding | Invoke-N2DCluster Auto -MaximumClusterCount 2 -StartCount 1).GetClusterCountCurve()",
        "ClusterCount Criterion Score IsChosen")]
    public void Properties_AreTheseColumns_AndHoldNoBulk(string script, string columns)
    {
        var item = _session.Run(script)[0];
        var properties = item.Properties.Where(property => property.IsGettable).ToArray();
        Assert.Equal(columns.Split(' '), properties.Select(property => property.Name));
        Assert.All(
            properties,
            property => Assert.True(
                IsScalar(property.Value), $"{property.Name} is a {property.Value?.GetType()}, which a cell of a table cannot show."));
    }

    private static bool IsScalar(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null or string or Enum or ValueType => true,
        { } other => other.GetType().FullName == "N2D.Pipeline.ImageShape",
    };
}
