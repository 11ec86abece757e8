using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>The behavior that the cmdlets of all manifold learners share.</summary>
public sealed class ManifoldCmdletTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Invoke-N2DPca", "Pca", "Pca(Dimension=10)", 10)]
    [InlineData("Invoke-N2DPca -n_components 3 -random_state 7", "Pca", "Pca(Dimension=3)", 3)]
    [InlineData("Invoke-N2DPca -ExplainedVariance 0.5", "Pca", "Pca(ExplainedVariance=0.5)", 5)]
    [InlineData(
        "Invoke-N2DTsne -n_iter 20 -Perplexity 12.5 -Seed 4", "Tsne", "Tsne(Perplexity=12.5; Dimension=2; Iteration=20; Seed=4)", 2)]
    [InlineData(
        "Invoke-N2DIsomap -n_neighbors 8 -Dimension 4 -LandmarkCount 90 -Seed 2",
        "Isomap",
        "Isomap(NeighborCount=8; Dimension=4; LandmarkCount=90; Seed=2)",
        4)]
    [InlineData(
        "Invoke-N2DLocallyLinearEmbedding -n_components 3",
        "LocallyLinearEmbedding",
        "LocallyLinearEmbedding(NeighborCount=20; Dimension=3; Seed=0)",
        3)]
    [InlineData(
        "Invoke-N2DLocallyLinearEmbedding -Dimension 3 -method modified",
        "ModifiedLocallyLinearEmbedding",
        "ModifiedLocallyLinearEmbedding(NeighborCount=20; Dimension=3; Seed=0)",
        3)]
    public void ARunsRow_TellsTheLearnerAndItsSettings(string command, string stages, string settings, int dimension)
    {
        var result = Assert.Single(_session.Run($"Import-N2DDataset Digits | {command} | Invoke-N2DCluster -StartCount 1"));
        Assert.Empty(_session.Errors);
        Assert.Equal(stages, result.Properties["Stages"].Value);
        Assert.Equal(dimension, result.Properties["Dimension"].Value);
        Assert.StartsWith($"{settings} > ", (string)result.Properties["Settings"].Value, StringComparison.Ordinal);
        Assert.InRange((double)result.Properties["ManifoldSeconds"].Value, 1e-6, 600);
    }

    [Fact]
    public void ExplainedVariance_IsListed_OfEmbeddingsAndClusterings()
    {
        _session.Run("""
            $embedding = Import-N2DDataset Digits | Invoke-N2DPca -Dimension 4
            $components = $embedding | Get-N2DExplainedVariance
            $same = $embedding | Invoke-N2DCluster 2 -Method KMeans | Get-N2DExplainedVariance
            """);
        Assert.Empty(_session.Errors);

        // PCA().fit(load_digits().data / 16).explained_variance_ and explained_variance_ratio_ of scikit-learn: 0.699246, 0.1489 of the
        // first component.
        Assert.Equal("1 2 3 4", _session.Run("$components.Component -join ' '")[0].BaseObject);
        Assert.Equal(0.699246, (double)_session.Run("$components[0].Variance")[0].BaseObject, 1e-4);
        Assert.Equal(0.1489, (double)_session.Run("$components[0].Ratio")[0].BaseObject, 1e-4);
        Assert.Equal(
            "True",
            _session.Run("\"$(($components.Ratio | Measure-Object -Sum).Sum - $components[3].CumulativeRatio -lt 1e-9)\"")[0].BaseObject);
        Assert.Equal(true, _session.Run("($components | ConvertTo-Csv) -join '' -eq (($same | ConvertTo-Csv) -join '')")[0].BaseObject);
        Assert.StartsWith(
            "\"Component\",\"Variance\",\"Ratio\",\"CumulativeRatio\"",
            (string)_session.Run("($components | ConvertTo-Csv)[0]")[0].BaseObject,
            StringComparison.Ordinal);
        var error = _session.RunFailing("Import-N2DDataset Digits | Get-N2DExplainedVariance");
        Assert.StartsWith("N2D.NoPca", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Invoke-N2DPca", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Invoke-N2DTsne -Iteration 5")]
    [InlineData("Invoke-N2DIsomap -LandmarkCount 50")]
    public void MinkowskiPower_IsTakenUp_AndWarnsWithAnotherMetric(string command)
    {
        _session.Run($"Import-N2DDataset Digits | {command} -Metric Minkowski -MinkowskiPower 3 -Verbose");
        Assert.Empty(_session.Warnings);
        Assert.Contains(_session.Verbose, line => line.Contains("Minkowski (p = 3) metric", StringComparison.Ordinal));
        _session.Run($"Import-N2DDataset Digits | {command} -Metric Manhattan -MinkowskiPower 3");
        Assert.Contains("Manhattan", Assert.Single(_session.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Invoke-N2DPca -Dimension 0", "N2D.DimensionOutOfRange")]
    [InlineData("Invoke-N2DPca -Dimension 61", "N2D.TooFewRows")]
    [InlineData("Invoke-N2DPca -ExplainedVariance 1", "N2D.ExplainedVarianceOutOfRange")]
    [InlineData("Invoke-N2DPca -ExplainedVariance 0", "N2D.ExplainedVarianceOutOfRange")]
    [InlineData("Invoke-N2DPca -ExplainedVariance 0.5 -Dimension 3", "N2D.DimensionTwice")]
    [InlineData("Invoke-N2DIsomap -NeighborCount 60", "N2D.TooFewRows")]
    [InlineData("Invoke-N2DIsomap -NeighborCount 0", "N2D.NeighborCountOutOfRange")]
    [InlineData("Invoke-N2DIsomap -LandmarkCount 10", "N2D.LandmarkCountOutOfRange")]
    [InlineData("Invoke-N2DLocallyLinearEmbedding -NeighborCount 60", "N2D.TooFewRows")]
    [InlineData("Invoke-N2DLocallyLinearEmbedding -reg 0", "N2D.RegularizationOutOfRange")]
    [InlineData("Invoke-N2DLocallyLinearEmbedding -NeighborCount 5 -Dimension 6 -Variant Modified", "N2D.TooFewNeighbors")]
    [InlineData("Invoke-N2DTsne -Perplexity 0", "N2D.PerplexityOutOfRange")]
    [InlineData("Invoke-N2DTsne -Perplexity 60", "N2D.TooFewRows")]
    [InlineData("Invoke-N2DTsne -Metric Minkowski -MinkowskiPower 0.5", "N2D.MinkowskiPowerOutOfRange")]
    [InlineData("Invoke-N2DIsomap -Metric Minkowski -p 0", "N2D.MinkowskiPowerOutOfRange")]
    [InlineData("Invoke-N2DTsne -Angle 2", "N2D.AngleOutOfRange")]
    [InlineData("Invoke-N2DTsne -n_iter -1", "N2D.IterationsOutOfRange")]
    [InlineData("Invoke-N2DTsne -learning_rate 0", "N2D.LearningRateOutOfRange")]
    [InlineData("Invoke-N2DTsne -early_exaggeration 0.5", "N2D.EarlyExaggerationOutOfRange")]
    public void UnfittingArguments_AreRefusedBeforeAnyTraining(string command, string id)
    {
        var path = Path.Combine(_session.TemporaryFolder, "rows.csv");
        File.WriteAllLines(path, ["a,b,c", .. Enumerable.Range(0, 60).Select(row => $"{row * 7 % 11},{row * row % 13},{row * 3 % 17}")]);
        var error = _session.RunFailing($"Import-N2DDataset '{path}' | New-N2DAutoencoder -Epoch 100000 | {command}");
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.DoesNotContain(_session.Progress, record => record.Activity == "Training the autoencoder");
    }
}
