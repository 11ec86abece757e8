using System.Globalization;
using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>What the parameters of Invoke-N2DUmap do, and what they refuse.</summary>
public sealed class InvokeN2DUmapTests : IDisposable
{
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
            "-LocalConnectivity 2 -SetOperationMixRatio 0.75 -DisconnectionDistance 90 -LearningRate 0.5 -NegativeSampleRate 7 -RepulsionStrength 1.5 -UseLabel -TargetWeight 0.25 -DensityWeight 3",
            "-local_connectivity 2 -set_op_mix_ratio 0.75 -disconnection_distance 90 -learning_rate 0.5 -negative_sample_rate 7 -repulsion_strength 1.5 -UseLabel -target_weight 0.25 -dens_lambda 3",
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

    [Theory]
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
            $"Import-N2DDataset '{WriteUnlabelledRows()}' | New-N2DAutoencoder -Epoch 100000 | {command}");
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.DoesNotContain(_session.Progress, record => record.Activity == "Training the autoencoder");
    }

    /// <summary>60 rows in 3 columns around two places, a quarter of them without a label.</summary>
    private string WriteRows() => Write("labelled.csv", "a,b,c,kind", row => row % 4 == 3 ? "," : row % 2 == 0 ? ",even" : ",odd");

    private string WriteUnlabelledRows() => Write("unlabelled.csv", "a,b,c", _ => "");

    private string Write(string name, string header, Func<int, string> label)
    {
        var path = Path.Combine(_session.TemporaryFolder, name);
        File.WriteAllLines(path, [header, .. Enumerable.Range(0, 60).Select(row => string.Create(
            CultureInfo.InvariantCulture, $"{row * 7 % 11 + (50 * (row % 2))},{row * row % 13},{row * 3 % 17}{label(row)}"))]);
        return path;
    }
}
