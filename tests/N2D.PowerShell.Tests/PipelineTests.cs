using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>New-N2DAutoencoder and Invoke-N2DUmap, alone and in the whole pipeline.</summary>
public sealed class PipelineTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void FourCmdlets_ClusterTheDigits()
    {
        var result = Assert.Single(
            _session.Run(
                "Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 12 -Seed 3 | Invoke-N2DUmap | Invoke-N2DCluster -ClusterCount 10"));
        Assert.Empty(_session.Errors);
        Assert.Equal("Autoencoder > Umap", result.Properties["Stages"].Value);
        Assert.Equal(3, result.Properties["Seed"].Value);
        Assert.Equal("cpu", result.Properties["Device"].Value);
        Assert.StartsWith(
            "Autoencoder(LatentDimension=10; Epoch=12; BatchSize=256; LearningRate=0.001; Seed=3) > Umap(NeighborCount=20; ",
            (string)result.Properties["Settings"].Value,
            StringComparison.Ordinal);

        // 0.1 by chance; 0.75 or more after ten times as many epochs.
        Assert.InRange((double)result.Properties["Acc"].Value, 0.6, 1);
        Assert.True((double)result.Properties["TotalSeconds"].Value >= (double)result.Properties["AutoencoderSeconds"].Value);
        Assert.Contains(
            _session.Progress,
            record => record.Activity == "Training the autoencoder"
                && record.StatusDescription.Contains("epoch", StringComparison.Ordinal));
    }

    [Fact]
    public void RawRows_CanGoStraightToTheManifold_AndOneEmbeddingFeedsMany()
    {
        var results = _session.Run("""
            $embedding = Import-N2DDataset Digits | Invoke-N2DUmap -Epoch 60 -n_neighbors 15 -min_dist 0.1
            $embedding | Invoke-N2DCluster -StartCount 3
            $embedding | Invoke-N2DCluster -StartCount 3 -ClusterCount 5
            """);
        Assert.Equal(["Umap", "Umap"], results.Select(result => result.Properties["Stages"].Value));
        Assert.Equal([10, 5], results.Select(result => result.Properties["ClusterCount"].Value));
        Assert.Null(results[0].Properties["AutoencoderSeconds"].Value);
    }

    [Fact]
    public void Verbose_TellsStagesAndTheirTimes()
    {
        _session.Run("Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 1 -Verbose | Invoke-N2DUmap -Epoch 10 -Verbose");
        Assert.Contains(_session.Verbose, line => line.Contains("64-500-500-2000-10", StringComparison.Ordinal));
        Assert.Contains(
            _session.Verbose, line => line.Contains("layout", StringComparison.Ordinal) && line.Contains(" s", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("New-N2DAutoencoder -Epoch 0", "N2D.EpochsOutOfRange")]
    [InlineData("New-N2DAutoencoder -LatentDimension 0", "N2D.LatentDimensionOutOfRange")]
    [InlineData("Invoke-N2DUmap -NeighborCount 1", "N2D.NeighborCountOutOfRange")]
    [InlineData("Invoke-N2DUmap -NeighborCount 1797", "N2D.TooFewRows")]
    [InlineData("Invoke-N2DUmap -Dimension 0", "N2D.DimensionOutOfRange")]
    [InlineData("Invoke-N2DUmap -MinimumDistance 5", "N2D.MinimumDistanceOutOfRange")]
    public void BadArguments_AreRefused(string command, string id)
    {
        var error = _session.RunFailing($"Import-N2DDataset Digits | {command}");
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
    }

    [Theory]
    [InlineData("Invoke-N2DCluster -ClusterCount 0", "N2D.ClusterCountOutOfRange")]
    [InlineData("Invoke-N2DUmap -NeighborCount 1", "N2D.NeighborCountOutOfRange")]
    [InlineData("Invoke-N2DUmap -MinimumDistance 5", "N2D.MinimumDistanceOutOfRange")]
    [InlineData("Invoke-N2DUmap -NeighborCount 1797", "N2D.TooFewRows")]
    [InlineData("Invoke-N2DUmap | Invoke-N2DCluster -ClusterCount 1798", "N2D.ClusterCountOutOfRange")]
    [InlineData("Invoke-N2DUmap | Invoke-N2DCluster | Export-N2DPlot a.bmp", "N2D.UnknownPlotFormat")]
    public void BadArgumentsDownstream_AreRefusedBeforeAnyTraining(string command, string id)
    {
        var error = _session.RunFailing($"Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 100000 | {command}");
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain(_session.Progress, record => record.Activity == "Training the autoencoder");
    }

    [Fact]
    public void UnlabeledRows_WithoutClusterCount_AreRefusedBeforeAnyTraining()
    {
        var path = Path.Combine(_session.TemporaryFolder, "a.csv");
        File.WriteAllLines(path, ["x,y", .. Enumerable.Range(0, 40).Select(row => $"{row},{row * row}")]);
        var error =
            _session.RunFailing($"Import-N2DDataset '{path}' | New-N2DAutoencoder -Epoch 100000 | Invoke-N2DUmap | Invoke-N2DCluster");
        Assert.StartsWith("N2D.ClusterCountRequired", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain(_session.Progress, record => record.Activity == "Training the autoencoder");
    }

    [Fact]
    public void RowsThatAnotherCommandMayChange_AreCheckedWhereTheyArrive()
    {
        var result = Assert.Single(_session.Run("""
            $digits = Import-N2DDataset Digits
            $digits | New-N2DAutoencoder -Epoch 1 -HiddenUnit 4 | ForEach-Object { $digits | Invoke-N2DUmap -Epoch 10 } | Invoke-N2DCluster -StartCount 1
            """));
        Assert.Empty(_session.Errors);
        Assert.Equal("Umap", result.Properties["Stages"].Value);
        _session.Run("$digits | New-N2DAutoencoder -Epoch 1 -HiddenUnit 4 | ForEach-Object { $_ } | Invoke-N2DCluster -ClusterCount 1798");
        Assert.Single(_session.Errors);
        Assert.Contains(_session.Progress, record => record.Activity == "Training the autoencoder");
    }

    [Fact]
    public void ADeviceThatIsNotThere_IsRefusedBeforeTraining()
    {
        // No machine has both an NVIDIA and an Apple GPU.
        var errors = new List<ErrorRecord>();
        foreach (var device in new[] { "Cuda", "Mps" })
        {
            _session.Run($"Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 1 -HiddenUnit 4 -Device {device}");
            errors.AddRange(_session.Errors);
        }

        Assert.Contains(errors, error => error.FullyQualifiedErrorId.StartsWith("N2D.DeviceUnavailable", StringComparison.Ordinal)
            && error.CategoryInfo.Category == ErrorCategory.ResourceUnavailable);
    }

    [Theory]
    [InlineData("Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 100000", "Training the autoencoder")]
    [InlineData("Import-N2DDataset Digits | Invoke-N2DUmap -Epoch 1000000", "Finding the manifold")]
    public void CtrlC_Stops_AndTheSessionGoesOn(string script, string activity)
    {
        _session.AssertStops(script, activity);
        Assert.Equal(1797, Assert.Single(_session.Run("Import-N2DDataset Digits")).Properties["RowCount"].Value);
    }
}
