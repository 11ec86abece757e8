using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>The metrics of Invoke-N2DUmap, and its cached neighbors.</summary>
public sealed class UmapMetricTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Euclidean")]
    [InlineData("SquaredEuclidean")]
    [InlineData("Manhattan")]
    [InlineData("Chebyshev")]
    [InlineData("Minkowski")]
    [InlineData("Cosine")]
    [InlineData("Correlation")]
    [InlineData("Canberra")]
    [InlineData("BrayCurtis")]
    [InlineData("Hamming")]
    [InlineData("Jaccard")]
    [InlineData("Hellinger")]
    public void EveryMetric_LaysOutTheDigits(string metric)
    {
        // Lower case, as users type it.
        var layout = Assert.Single(
            _session.Run(
                $"Import-N2DDataset Digits | Invoke-N2DUmap -Metric {metric.ToLowerInvariant()} -Epoch 2 -Initialization Random -Verbose"));
        Assert.Empty(_session.Errors);
        Assert.Equal("Umap", layout.Properties["Stages"].Value);
        Assert.Contains(
            _session.Verbose, line => line.Contains($" {(metric == "Minkowski" ? "Euclidean" : metric)} metric", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Umap -Metric cityblock", "Manhattan")]
    [InlineData("Umap -Metric L1", "Manhattan")]
    [InlineData("Umap -Metric sqeuclidean", "SquaredEuclidean")]
    [InlineData("Isomap -Metric taxicab", "Manhattan")]
    [InlineData("Tsne -Metric infinity -Iteration 1", "Chebyshev")]
    public void NamesOfScikitLearnAndUmapLearn_AreKnownToEveryLearner(string learner, string metric)
    {
        var own = learner.StartsWith('T') ? "-Perplexity 5" : "-NeighborCount 5";
        var settings = _session.Run($$"""
            $rows = 0..29 | ForEach-Object { [pscustomobject]@{ a = $_; b = $_ * $_ % 7; c = $_ % 3 } } | ConvertTo-N2DDataset
            ($rows | Invoke-N2D{{learner}} -Dimension 2 {{own}}).GetStages()[0].Settings
            """);
        Assert.Empty(_session.Errors);
        Assert.Contains($"Metric={metric}", (string)Assert.Single(settings).BaseObject, StringComparison.Ordinal);
    }

    [Fact]
    public void Metric_CompletesByItself()
    {
        var completions = _session.Run(
            "[System.Management.Automation.CommandCompletion]::CompleteInput('Invoke-N2DUmap -Metric C', 24, $null).CompletionMatches");
        Assert.Equal(
            ["Canberra", "Chebyshev", "Correlation", "Cosine"],
            completions.Select(completion => completion.Properties["CompletionText"].Value).Order());
    }

    [Fact]
    public void UnknownMetric_IsRefused_NamingTheKnown()
    {
        var error = _session.RunFailing("Import-N2DDataset Digits | Invoke-N2DUmap -Metric Mahalanobis");
        Assert.Contains("Hellinger", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-MinkowskiPower 3")]
    [InlineData("-p 3")]
    public void MinkowskiPower_IsTakenUp(string power)
    {
        _session.Run($"Import-N2DDataset Digits | Invoke-N2DUmap -Metric Minkowski {power} -Epoch 2 -Verbose");
        Assert.Empty(_session.Errors);
        Assert.Empty(_session.Warnings);
        Assert.Contains(_session.Verbose, line => line.Contains("Minkowski (p = 3) metric", StringComparison.Ordinal));
    }

    [Fact]
    public void MinkowskiPower_BelowOne_IsRefusedBeforeAnyTraining()
    {
        var error = _session.RunFailing(
            "Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 100000 | Invoke-N2DUmap -Metric Minkowski -MinkowskiPower 0.5");
        Assert.StartsWith("N2D.MinkowskiPowerOutOfRange", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.DoesNotContain(_session.Progress, record => record.Activity == "Training the autoencoder");
    }

    [Fact]
    public void MinkowskiPower_WithAnotherMetric_Warns()
    {
        _session.Run("Import-N2DDataset Digits | Invoke-N2DUmap -Metric Manhattan -MinkowskiPower 3 -Epoch 2");
        Assert.Contains("Manhattan", Assert.Single(_session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void RowsWithoutAngle_AreRefusedByTheCosine()
    {
        var path = Path.Combine(_session.TemporaryFolder, "a.csv");
        File.WriteAllLines(path, ["x,y", .. Enumerable.Range(0, 40).Select(row => $"{row},{row * row}")]);
        var error = _session.RunFailing($"Import-N2DDataset '{path}' | Invoke-N2DUmap -Metric Cosine");
        Assert.StartsWith("N2D.UndefinedDistance", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Contains("Row 1 ", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneEmbedding_IsSearchedOnce_ForSeveralSeeds_AndVerboseTells()
    {
        _session.Run("$digits = Import-N2DDataset Digits; $digits | Invoke-N2DUmap -Epoch 2 -Seed 1 -Verbose");
        Assert.DoesNotContain(_session.Verbose, line => line.Contains("reused", StringComparison.Ordinal));
        _session.Run("$digits | Invoke-N2DUmap -Epoch 2 -Seed 2 -NeighborCount 15 -Verbose");
        Assert.Matches(
            @"reused from an earlier call on the same rows, which saves \d+\.\d\d s",
            Assert.Single(_session.Verbose, line => line.StartsWith("Neighbors", StringComparison.Ordinal)));
        _session.Run("$digits | Invoke-N2DUmap -Epoch 2 -Metric Cosine -Verbose");
        Assert.DoesNotContain(_session.Verbose, line => line.Contains("reused", StringComparison.Ordinal));
    }
}
