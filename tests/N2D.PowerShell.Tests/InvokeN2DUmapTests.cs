using System.Globalization;
using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>The parameters of Invoke-N2DUmap: their effects, and the values that they reject.</summary>
public sealed class InvokeN2DUmapTests : IDisposable
{
    private const string Places =
        """function Places { ($input | ConvertFrom-N2DEmbedding | ForEach-Object { "$($_.D1) $($_.D2)" }) -join ';' }""";

    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void EveryOption_ReachesTheFittedStage_ByUmapLearnsNamesToo()
    {
        const string Script = """
            $options = (Import-N2DDataset '{0}' -LabelColumn kind | Invoke-N2DUmap -Epoch 2 -n_components 2 {1}).GetStages()[0].Options
            '{{0}} {{1}} {{2}} {{3}} {{4}} {{5}} {{6}} {{7}}' -f $options.LocalConnectivity, $options.SetOperationMixRatio, $options.DisconnectionDistance,
                $options.LearningRate, $options.NegativeSampleRate, $options.RepulsionStrength, $options.TargetWeight, $options.DensityWeight
            """;
        string[] spellings =
        [
            "-LocalConnectivity 2 -SetOperationMixRatio 0.75 -DisconnectionDistance 90 -LearningRate 0.5 -NegativeSampleRate 7 "
                + "-RepulsionStrength 1.5 -UseLabel -TargetWeight 0.25 -DensityWeight 3",
            "-local_connectivity 2 -set_op_mix_ratio 0.75 -disconnection_distance 90 -learning_rate 0.5 -negative_sample_rate 7 "
                + "-repulsion_strength 1.5 -UseLabel -target_weight 0.25 -dens_lambda 3",
        ];
        var path = WriteRows();
        foreach (var spelling in spellings)
        {
            var options = Assert.Single(_session.Run(string.Format(CultureInfo.InvariantCulture, Script, path, spelling)));
            Assert.Empty(_session.Errors);
            Assert.Equal("2 0.75 90 0.5 7 1.5 0.25 3", options.BaseObject);
        }
    }

    [Fact]
    public void Labels_OfWhichSomeAreMissing_TakePartOnlyIfAskedTo()
    {
        var results = _session.Run($"""
            $data = Import-N2DDataset '{WriteRows()}' -LabelColumn kind
            $data | Invoke-N2DUmap -Epoch 20 -Dimension 2 | Invoke-N2DCluster -StartCount 1
            $data | Invoke-N2DUmap -Epoch 20 -Dimension 2 -UseLabel -Verbose | Invoke-N2DCluster -StartCount 1
            """);
        Assert.Empty(_session.Errors);
        Assert.Equal(["Umap", "SupervisedUmap"], results.Select(result => result.Properties["Stages"].Value));
        Assert.Contains(_session.Verbose, line => line.Contains("labels of 45 of 60 rows", StringComparison.Ordinal));
        Assert.Contains(_session.Verbose, line => line.Contains("connected component", StringComparison.Ordinal));
    }

    [Fact]
    public void AnEmbedding_IsStartedAt_AndLendsItsDimension()
    {
        var result = Assert.Single(_session.Run($"""
            $data = Import-N2DDataset '{WriteRows()}' -LabelColumn kind
            $first = $data | Invoke-N2DUmap -Epoch 20 -Dimension 3 -Initialization Pca
            $data | Invoke-N2DUmap -Epoch 20 -InitialEmbedding $first
            """));
        Assert.Empty(_session.Errors);
        Assert.Equal(3, result.Properties["Dimension"].Value);
    }

    [Fact]
    public void Numbers_OrderTheLayout_AsATargetOrAsLabels_ByUmapLearnsNamesToo()
    {
        var results = _session.Run($$"""
            {{Places}}
            $data = Import-N2DDataset '{{WriteRows()}}' -LabelColumn kind
            $target = 0..59 | ForEach-Object { if ($_ % 5) { "$($_ / 7)" } elseif ($_ % 2) { 'NA' } else { $null } }
            $rows = 0..59 | ForEach-Object { [pscustomobject]@{ a = $_ * 7 % 11; b = $_ * $_ % 13; target = $target[$_] } }
            $numbers = $rows | ConvertTo-N2DDataset a, b -LabelProperty target -WarningAction Ignore
            $umap = $data | Invoke-N2DUmap -Epoch 20 -Dimension 2 -Target $target -TargetNeighborCount 8 -TargetWeight 0.6
            $umap.Stages, $umap.GetStages()[0].Settings
            $numbers | Invoke-N2DUmap -Epoch 20 -Dimension 2 -Target $target | Places
            $numbers | Invoke-N2DUmap -Epoch 20 -Dimension 2 -UseLabel -target_metric l2 -target_n_neighbors 20 -Verbose | Places
            """).Select(result => (string)result.BaseObject).ToArray();
        Assert.Empty(_session.Errors);
        Assert.Equal("SupervisedUmap", results[0]);
        Assert.Contains("TargetWeight=0.6; TargetMetric=Euclidean; TargetNeighborCount=8; ", results[1], StringComparison.Ordinal);
        Assert.Contains(_session.Verbose, line => line.Contains("numbers of 48 of 60 rows", StringComparison.Ordinal));
        Assert.Equal(results[2], results[3]);
    }

    [Fact]
    public void ATargetForEachRowOfTheSource_FitsRowsOfWhichSomeWereLeftOut()
    {
        var results = _session.Run($$"""
            {{Places}}
            $rows = 0..79 | ForEach-Object { [pscustomobject]@{ a = $(if ($_ % 10) { $_ * 7 % 11 } else { $null }); b = $_ * $_ % 13; price = $_ } }
            $data = $rows | ConvertTo-N2DDataset a, b -MissingValue Drop -WarningAction Ignore
            $data | Invoke-N2DUmap -Epoch 20 -Dimension 2 -Target $rows.price | Places
            $data | Invoke-N2DUmap -Epoch 20 -Dimension 2 -Target (0..79 | Where-Object { $_ % 10 }) | Places
            """).Select(result => (string)result.BaseObject).ToArray();
        Assert.Empty(_session.Errors);
        Assert.Equal(72, results[0].Split(';').Length);
        Assert.Equal(results[0], results[1]);
    }

    [Fact]
    public void IdenticalRows_ShareAPlace_IfAskedTo_InASavedModelToo()
    {
        var path = Path.Combine(_session.TemporaryFolder, "unique.n2d");
        var places = _session.Run($$"""
            {{Places}}
            $rows = 0..89 | ForEach-Object { [pscustomobject]@{ a = [Math]::Max(0, $_ - 30); b = [Math]::Max(0, $_ - 30) * 3 % 17 } }
            $umap = $rows | ConvertTo-N2DDataset | Invoke-N2DUmap -Epoch 20 -Dimension 2 -Unique
            $umap | Export-N2DModel '{{path}}'
            $umap | Places
            $rows | ConvertTo-N2DDataset | Invoke-N2DModel -Model '{{path}}' -EmbeddingOnly | Places
            """).Where(result => result.BaseObject is string).Select(result => ((string)result.BaseObject).Split(';')).ToArray();
        Assert.Empty(_session.Errors);
        Assert.Single(places[0].Take(31).Distinct());
        Assert.Equal(60, places[0].Distinct().Count());
        Assert.Equal(places[0], places[1]);
    }

    [Theory]
    [InlineData("Invoke-N2DUmap -Epoch 0")]
    [InlineData("Invoke-N2DTsne -Iteration 0 -Perplexity 10")]
    public void Coordinates_AreStartedAt_AsListsAsATableOrAsAnEmbedding(string command)
    {
        var starts = _session.Run($$"""
            {{Places}}
            $data = Import-N2DDataset '{{WriteRows()}}' -LabelColumn kind
            $lists = 0..59 | ForEach-Object { , @(($_ / 10), "$($_ % 3)") }
            $table = [double[,]]::new(60, 2)
            0..59 | ForEach-Object { $table[$_, 0] = $_ / 10; $table[$_, 1] = $_ % 3 }
            $embedding = 0..59 | ForEach-Object { [pscustomobject]@{ x = $_ / 10; y = $_ % 3 } } | ConvertTo-N2DDataset -WarningAction Ignore
            $started = $data | {{command}} -InitialEmbedding $lists
            "$($started.RowCount) x $($started.Dimension), $($started.GetStages()[0].Settings)"
            $started | Places
            $data | {{command}} -InitialLayout $table | Places
            $data | {{command}} -InitialEmbedding $embedding | Places
            """).Select(result => (string)result.BaseObject).ToArray();
        Assert.Empty(_session.Errors);
        Assert.StartsWith("60 x 2, ", starts[0], StringComparison.Ordinal);
        Assert.Contains("InitialEmbedding=given", starts[0], StringComparison.Ordinal);
        Assert.Equal(starts[1], starts[2]);
        Assert.Equal(starts[1], starts[3]);
    }

    [Theory]
    [InlineData("Invoke-N2DUmap -Target 1, 2, high", "Value 3, 'high', is not a number.")]
    [InlineData("Invoke-N2DUmap -Target 1, ([double]::PositiveInfinity)", "Value 2 is infinite.")]
    [InlineData("Invoke-N2DUmap -InitialEmbedding (1, 2), (3, 4, 5)", "The first row has 2 numbers, but row 2 has 3.")]
    [InlineData("Invoke-N2DTsne -InitialEmbedding (1, 2), (3, 'x')", "Value 2 of row 2, 'x', is not a number.")]
    [InlineData("Invoke-N2DTsne -init (1, 2), (3, 4)", "For initial coordinates, use -InitialEmbedding.")]
    public void ArgumentsThatAreNoNumbers_AreRefused_WithTheirPlace(string command, string message)
    {
        var error = _session.RunFailing($"Import-N2DDataset Digits | {command}");
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Invoke-N2DUmap -Target (0..58)", "N2D.TargetCountMismatch")]
    [InlineData("Invoke-N2DUmap -Target (0..59) -TargetNeighborCount 61", "N2D.TooFewTargets")]
    [InlineData("Invoke-N2DUmap -Target (0..59) -UseLabel", "N2D.TargetAmbiguous")]
    [InlineData("Invoke-N2DUmap -Target (0..59) -TargetMetric Categorical", "N2D.TargetNotCategorical")]
    [InlineData("Invoke-N2DUmap -TargetMetric Euclidean", "N2D.TargetMetricWithoutLabel")]
    [InlineData("Invoke-N2DUmap -TargetNeighborCount 5", "N2D.TargetNeighborCountWithoutLabel")]
    [InlineData("Invoke-N2DUmap -UseLabel -TargetNeighborCount 5", "N2D.TargetNeighborCountWithoutNumber")]
    [InlineData("Invoke-N2DTsne -InitialEmbedding $rows -Initialization Pca", "N2D.InitializationAmbiguous")]
    [InlineData("Invoke-N2DTsne -InitialEmbedding $rows -Dimension 2", "N2D.InitialLayoutMismatch")]
    [InlineData("Invoke-N2DUmap -UseLabel", "N2D.LabelsRequired")]
    [InlineData("Invoke-N2DUmap -TargetWeight 0.9", "N2D.TargetWeightWithoutLabel")]
    [InlineData("Invoke-N2DUmap -UseLabel -TargetWeight 1.5", "N2D.TargetWeightOutOfRange")]
    [InlineData("Invoke-N2DUmap -LocalConnectivity -1", "N2D.LocalConnectivityOutOfRange")]
    [InlineData("Invoke-N2DUmap -SetOperationMixRatio 2", "N2D.SetOperationMixRatioOutOfRange")]
    [InlineData("Invoke-N2DUmap -DensityWeight -1", "N2D.DensityWeightOutOfRange")]
    [InlineData("Invoke-N2DUmap -DisconnectionDistance 0", "N2D.DisconnectionDistanceOutOfRange")]
    [InlineData("Invoke-N2DUmap -LearningRate 0", "N2D.LearningRateOutOfRange")]
    [InlineData("Invoke-N2DUmap -NegativeSampleRate -1", "N2D.NegativeSampleRateOutOfRange")]
    [InlineData("Invoke-N2DUmap -RepulsionStrength -1", "N2D.RepulsionStrengthOutOfRange")]
    [InlineData("Invoke-N2DUmap -InitialEmbedding $rows -Initialization Pca", "N2D.InitializationAmbiguous")]
    [InlineData("Invoke-N2DUmap -InitialEmbedding $rows -Dimension 2", "N2D.InitialLayoutMismatch")]
    [InlineData("Invoke-N2DUmap -InitialEmbedding (Import-N2DDataset Digits)", "N2D.InitialLayoutMismatch")]
    public void UnfittingArguments_AreRefusedBeforeAnyTraining(string command, string id)
    {
        var error = _session.RunFailing($"$rows = Import-N2DDataset '{WriteRows()}' -LabelColumn kind | ForEach-Object {{ $_ }}; " +
            $"Import-N2DDataset '{WriteUnlabeledRows()}' | New-N2DAutoencoder -Epoch 100000 | {command}");
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.DoesNotContain(_session.Progress, record => record.Activity == "Training the autoencoder");
    }

    /// <summary>60 rows in 3 columns around two places, a quarter of them without a label.</summary>
    private string WriteRows() => Write("labeled.csv", "a,b,c,kind", row => row % 4 == 3 ? "," : row % 2 == 0 ? ",even" : ",odd");

    private string WriteUnlabeledRows() => Write("unlabeled.csv", "a,b,c", _ => "");

    private string Write(string name, string header, Func<int, string> label)
    {
        var path = Path.Combine(_session.TemporaryFolder, name);
        File.WriteAllLines(path, [header, .. Enumerable.Range(0, 60).Select(row => string.Create(
            CultureInfo.InvariantCulture, $"{row * 7 % 11 + (50 * (row % 2))},{row * row % 13},{row * 3 % 17}{label(row)}"))]);
        return path;
    }
}
