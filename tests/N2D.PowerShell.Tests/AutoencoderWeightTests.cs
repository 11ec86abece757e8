using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>Export-N2DWeight, New-N2DAutoencoder -Weights and -Preset, and Get-N2DTrainingHistory.</summary>
public sealed class AutoencoderWeightTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public AutoencoderWeightTests()
    {
        _session.SetVariable("folder", _session.TemporaryFolder);
        _session.SetVariable("keras", Path.Combine(AppContext.BaseDirectory, "Expected", "keras-ae_weights.h5"));
        _session.Run("""
            $digits = Import-N2DDataset Digits
            $small = @{ HiddenUnit = 30, 20; LatentDimension = 6; Epoch = 3; LearningRate = 0.01; BatchSize = 64; ThreadCount = 2 }
            'a,b,c,d,e,f', '0,1,2,3,4,5', '1,1,0,3,2,5', '5,1,2,0,4,1' | ForEach-Object { [System.IO.File]::AppendAllText("$folder/six.csv", "$_`n") }
            """);
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void AFileCalledLikeAnotherFormats_IsNotWritten()
    {
        var error = _session.RunFailing("$digits | New-N2DAutoencoder @small | Export-N2DWeight \"$folder/digits.h5\"");
        Assert.StartsWith("N2D.ExtensionNotWritten", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_session.TemporaryFolder, "digits.h5")));
    }

    [Fact]
    public void ExportedWeights_AreAppliedWithoutTraining()
    {
        var file = Assert.Single(_session.Run("""
            $trained = $digits | New-N2DAutoencoder @small
            $trained | Invoke-N2DCluster -StartCount 1 | Export-N2DWeight "$folder/digits.safetensors" -PassThru
            """));
        Assert.Equal("digits.safetensors", file.Properties["Name"].Value);

        var codes = _session.Run("$trained | ConvertFrom-N2DEmbedding | ForEach-Object D3");
        var again = _session.Run(
            "$loaded = $digits | New-N2DAutoencoder -Weights \"$folder/digits.safetensors\" -Verbose; $loaded | ConvertFrom-N2DEmbedding "
                + "| ForEach-Object D3");
        Assert.Equal(codes.Select(value => value.BaseObject), again.Select(value => value.BaseObject));
        Assert.Contains(_session.Verbose, line => line.Contains("no training", StringComparison.Ordinal));
        Assert.Empty(_session.Warnings);

        var result = Assert.Single(_session.Run("$loaded | Invoke-N2DCluster -StartCount 1 -Stability"));
        Assert.StartsWith(
            "Autoencoder(LatentDimension=6; HiddenUnit=30-20; Weights=digits.safetensors)",
            (string)result.Properties["Settings"].Value,
            StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsOfTheStudysProgram_AreApplied()
    {
        var embedding = Assert.Single(_session.Run("Import-N2DDataset \"$folder/six.csv\" | New-N2DAutoencoder -ae_weights $keras"));
        Assert.Equal(2, embedding.Properties["Dimension"].Value);
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void CodesOfWeights_AreLeftInAFile_ByCodePath()
    {
        const string Csv = "Import-N2DDataset \"$folder/six.csv\" | New-N2DAutoencoder -Weights $keras";
        var codes = _session.Run($"{Csv} | ConvertFrom-N2DEmbedding | ForEach-Object D2");
        var inFile = _session.Run($"{Csv} -CodePath \"$folder/codes.npy\" | ConvertFrom-N2DEmbedding | ForEach-Object D2");
        Assert.Equal(3, codes.Length);
        Assert.Equal(codes.Select(value => value.BaseObject), inFile.Select(value => value.BaseObject));
        var read = _session.Run("Import-N2DDataset \"$folder/codes.npy\" | ConvertFrom-N2DEmbedding | ForEach-Object D2");
        Assert.Equal(codes.Select(value => value.BaseObject), read.Select(value => value.BaseObject));
    }

    [Theory]
    [InlineData("$digits | New-N2DAutoencoder -Weights $keras", "N2D.WeightsMismatch", "layer encoder_0 is 6 x 5")]
    [InlineData(
        "Import-N2DDataset \"$folder/six.csv\" | New-N2DAutoencoder -Weights $keras -HiddenUnit 5,4,9",
        "N2D.WeightsMismatch",
        "layer encoder_2 is 4 x 3")]
    [InlineData("$digits | New-N2DAutoencoder -Weights \"$folder/six.csv\"", "N2D.CorruptSafetensors", "not a safetensors file")]
    [InlineData("$digits | New-N2DAutoencoder -Weights \"$folder/none.h5\"", "N2D.FileNotFound", "none.h5")]
    [InlineData("$digits | Export-N2DWeight \"$folder/a.safetensors\"", "N2D.NoAutoencoder", "the raw rows of")]
    [InlineData("5 | Export-N2DWeight \"$folder/a.safetensors\"", "N2D.NoAutoencoder", "Int32")]
    [InlineData("$digits | Export-N2DWeight \"$folder/none/a.safetensors\"", "N2D.FolderNotFound", "none")]
    [InlineData("$digits | Export-N2DWeight \"$folder/six.csv\" -NoClobber", "N2D.FileExists", "six.csv")]
    [InlineData("$digits | Get-N2DTrainingHistory", "N2D.NoAutoencoder", "the raw rows of")]
    public void WhatDoesNotFit_IsRefused(string script, string id, string reason)
    {
        var error = _session.RunFailing(script);
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(reason, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_WritesNothing()
    {
        _session.Run("$digits | New-N2DAutoencoder @small | Export-N2DWeight \"$folder/a.safetensors\" -WhatIf");
        Assert.Empty(_session.Errors);
        Assert.False(File.Exists(Path.Combine(_session.TemporaryFolder, "a.safetensors")));
    }

    [Fact]
    public void ParametersOfTraining_BesideWeights_AreWarnedOf()
    {
        _session.Run("Import-N2DDataset \"$folder/six.csv\" | New-N2DAutoencoder -Weights $keras -Epoch 5 -batch_size 3");
        Assert.Contains(_session.Warnings, warning => warning.StartsWith("No effect: -Epoch, -BatchSize.", StringComparison.Ordinal));
    }

    [Fact]
    public void ThePapersPreset_IsTheStudysRecipe_DownToTheMixture_AndGivenParametersWin()
    {
        string SettingsOf(string autoencoder, string cluster) => (string)Assert.Single(
            _session.Run($"$digits | New-N2DAutoencoder {autoencoder} | Invoke-N2DCluster {cluster}")).Properties["Settings"].Value;

        var settings = SettingsOf("-Preset Paper -Epoch 1 -HiddenUnit 9", "");
        Assert.Contains("LatentDimension=10; HiddenUnit=9; Epoch=1; BatchSize=256; LearningRate=0.001", settings, StringComparison.Ordinal);
        Assert.Contains("StartCount=1;", settings, StringComparison.Ordinal);
        Assert.Contains("StartCount=3;", SettingsOf("-Preset Paper -Epoch 1 -HiddenUnit 9", "-StartCount 3"), StringComparison.Ordinal);
        Assert.Contains("StartCount=20;", SettingsOf("-Preset Paper -Epoch 1 -HiddenUnit 9", "-Preset Default"), StringComparison.Ordinal);
        Assert.Contains("StartCount=20;", SettingsOf("-Epoch 1 -HiddenUnit 9", ""), StringComparison.Ordinal);
        Assert.Contains("StartCount=1;", SettingsOf("-Epoch 1 -HiddenUnit 9", "-Preset Paper"), StringComparison.Ordinal);
    }

    [Fact]
    public void TheHistory_HasAnObjectAnEpoch_AndIsDrawn()
    {
        var history =
            _session.Run("$trained = $digits | New-N2DAutoencoder @small -ValidationFraction 0.2; $trained | Get-N2DTrainingHistory");
        Assert.Equal([1, 2, 3], history.Select(epoch => (int)epoch.Properties["Epoch"].Value));
        Assert.Equal(["Epoch", "Loss", "ValidationLoss", "Seconds"], history[0].Properties.Select(property => property.Name));
        Assert.True((double)history[2].Properties["Loss"].Value < (double)history[0].Properties["Loss"].Value);

        foreach (var name in new[] { "loss.png", "loss.svg" })
        {
            var file = Assert.Single(_session.Run($"$trained | Get-N2DTrainingHistory | Export-N2DPlot \"$folder/{name}\" -PassThru"));
            Assert.Equal(name, file.Properties["Name"].Value);
            Assert.True(new FileInfo(Path.Combine(_session.TemporaryFolder, name)).Length > 5_000);
        }

        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void APlotOfEpochs_AndOfSomethingElse_IsAnError()
    {
        var error = _session.RunFailing(
            "$trained = $digits | New-N2DAutoencoder @small; $trained, ($trained | Get-N2DTrainingHistory) | ForEach-Object { $_ } | "
                + "Export-N2DPlot \"$folder/a.png\"");
        Assert.StartsWith("N2D.FileAlreadyWritten", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
    }

    [Fact]
    public void WeightsOutOfAFile_HaveNoHistory()
    {
        Assert.Empty(_session.Run("Import-N2DDataset \"$folder/six.csv\" | New-N2DAutoencoder -Weights $keras | Get-N2DTrainingHistory"));
        Assert.Contains(_session.Warnings, warning => warning.Contains("no training history", StringComparison.Ordinal));
    }
}
