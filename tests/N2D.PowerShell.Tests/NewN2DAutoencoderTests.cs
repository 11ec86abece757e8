namespace N2D.PowerShell.Tests;

/// <summary>New-N2DAutoencoder: its kinds, its checkpoint, and rejected arguments.</summary>
public sealed class NewN2DAutoencoderTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData(
        "-Kind Denoising -Corruption 0.3 -HiddenUnit 30", "Kind=Denoising; LatentDimension=10; HiddenUnit=30; Corruption=0.3; Epoch=1;")]
    [InlineData(
        "-Kind Variational -HiddenUnit 30 -Activation Tanh", "Kind=Variational; LatentDimension=10; HiddenUnit=30; Activation=Tanh;")]
    [InlineData("-Kind Convolutional -HiddenUnit 4,8 -Dropout 0.1", "Kind=Convolutional; LatentDimension=10; HiddenUnit=4-8; Dropout=0.1;")]
    [InlineData(
        "-HiddenUnit 30 -Optimizer Sgd -LearningRate 0.5 -LearningRateSchedule Cosine",
        "Optimizer=Sgd; LearningRate=0.5; LearningRateSchedule=Cosine;")]
    [InlineData(
        "-HiddenUnit 30 -WeightDecay 0.01 -WeightAveraging 0.9 -validation_split 0.1 -patience 4",
        "WeightDecay=0.01; WeightAveraging=0.9; ValidationFraction=0.1; EarlyStopping=4;")]
    [InlineData("-HiddenUnit 30 -StopWhenSettled", "Epoch=1; BatchSize=256; LearningRate=0.001; StopWhenSettled=True;")]
    public void EveryOption_IsHeeded_AndTold(string options, string settings)
    {
        var result = Assert.Single(
            _session.Run($"Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 1 {options} | Invoke-N2DCluster -StartCount 1"));
        Assert.Empty(_session.Errors);
        Assert.Contains(settings, (string)result.Properties["Settings"].Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Dropout 1", "N2D.DropoutOutOfRange")]
    [InlineData("-Corruption -0.1", "N2D.CorruptionOutOfRange")]
    [InlineData("-WeightDecay -1", "N2D.WeightDecayOutOfRange")]
    [InlineData("-WeightAveraging 1", "N2D.WeightAveragingOutOfRange")]
    [InlineData("-ValidationFraction 1", "N2D.ValidationFractionOutOfRange")]
    [InlineData("-EarlyStopping 0", "N2D.PatienceOutOfRange")]
    [InlineData("-StopWhenSettled -EarlyStopping 3", "N2D.ConflictingStops")]
    [InlineData("-StopWhenSettled -LearningRateSchedule Cosine", "N2D.ConflictingStops")]
    [InlineData("-HiddenUnit 2000000,2000000", "N2D.NetworkTooLarge")]
    [InlineData("-CheckpointPath no/such/folder/a.safetensors", "N2D.FolderNotFound")]
    [InlineData("-CheckpointPath .", "N2D.FolderGiven")]
    [InlineData("-CheckpointPath env:x", "N2D.NotAFilePath")]
    [InlineData("-CodePath no/such/folder/codes.npy", "N2D.FolderNotFound")]
    public void BadOptions_AreRefused(string options, string id)
    {
        var error = _session.RunFailing($"Import-N2DDataset Digits | New-N2DAutoencoder -ErrorAction Stop {options}");
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain(_session.Progress, record => record.StatusDescription.Contains("epoch", StringComparison.Ordinal));
    }

    [Fact]
    public void SeveralSeeds_GiveAnEmbeddingEach_AndLaterStagesUseTheSameSeed()
    {
        const string Train = "$digits | New-N2DAutoencoder -Epoch 1 -HiddenUnit 8 -LatentDimension 3 -Seed";
        _session.Run("$digits = Import-N2DDataset Digits");
        var results = _session.Run($"{Train} 4,0..1 -Verbose | Invoke-N2DUmap -Epoch 10 | Invoke-N2DCluster 10 -StartCount 1");
        Assert.Empty(_session.Errors);
        Assert.Equal([4, 0, 1], results.Select(result => (int)result.Properties["Seed"].Value));
        Assert.Contains("Training with seed 4.", _session.Verbose);
        Assert.Contains(_session.Progress, record => record.StatusDescription.StartsWith("seed 4, ", StringComparison.Ordinal));

        var alone = _session.Run($"{Train} 0 | ConvertFrom-N2DEmbedding | ForEach-Object D1");
        var together = _session.Run($"({Train} (4, 0))[1] | ConvertFrom-N2DEmbedding | ForEach-Object D1");
        Assert.Equal(alone, together);
    }

    [Fact]
    public void SeedsThatDiverge_AreErrors_OneEach()
    {
        var output = _session.Run(
            "Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 2 -HiddenUnit 8 -LearningRate 1e38 -Seed 0, 5");
        Assert.Empty(output);
        Assert.Equal(2, _session.Errors.Count);
        Assert.StartsWith("Seed 5: The training diverged", _session.Errors[1].Exception.Message, StringComparison.Ordinal);
        Assert.Contains("-LearningRate", _session.Errors[1].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_AreAppliedOnceForEachSeed()
    {
        var path = Path.Combine(_session.TemporaryFolder, "w.safetensors");
        var results = _session.Run(
            $"$d = Import-N2DDataset Digits; $d | New-N2DAutoencoder -Epoch 1 -HiddenUnit 8 | Export-N2DWeight '{path}'; "
            + $"$d | New-N2DAutoencoder -Weights '{path}' -Seed 2, 3 | ForEach-Object Seed");
        Assert.Empty(_session.Errors);
        Assert.Equal([2, 3], results.Select(seed => (int)seed.BaseObject));
    }

    [Theory]
    [InlineData("-CheckpointPath")]
    [InlineData("-CodePath")]
    public void AFile_TakesASingleSeed(string parameter)
    {
        var error = _session.RunFailing(
            $"Import-N2DDataset Digits | New-N2DAutoencoder -Seed 0, 1 {parameter} '{_session.TemporaryFolder}/f.npy' -ErrorAction Stop");
        Assert.StartsWith("N2D.FileOfSeveralSeeds", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"with its own {parameter}", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RowsThatAreNoImages_CannotBeConvolved()
    {
        var error = _session.RunFailing(
            "Import-N2DDataset Digits | Invoke-N2DUmap -Epoch 10 | New-N2DAutoencoder -Kind Convolutional -ErrorAction Stop");
        Assert.StartsWith("N2D.ImageShapeRequired", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-Kind Dense", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ParametersThatExcludeEachOther_AreNamed()
    {
        var error = _session.RunFailing(
            "Import-N2DDataset Digits | New-N2DAutoencoder -StopWhenSettled -EarlyStopping 3 -ErrorAction Stop");
        Assert.StartsWith("-StopWhenSettled and -EarlyStopping cannot be combined", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Corruption_OfAnotherKind_IsWarnedOf()
    {
        _session.Run("Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 1 -HiddenUnit 8 -Corruption 0.5");
        Assert.Contains(
            _session.Warnings,
            warning => warning.Contains("-Corruption has no effect: it requires -Kind Denoising", StringComparison.Ordinal));
    }

    [Fact]
    public void AStoppedTraining_GoesOnWhereItWas()
    {
        var path = Path.Combine(_session.TemporaryFolder, "training.safetensors");
        var command = $"Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 3 -HiddenUnit 40 -CheckpointPath '{path}' -Verbose";
        _session.Run(command);
        Assert.True(File.Exists(path));
        var first = _session.Run("$x = " + command + "; $x | ConvertFrom-N2DEmbedding | ForEach-Object D1");
        Assert.Contains(_session.Verbose, line => line.Contains("resumed from", StringComparison.Ordinal));
        var whole = _session.Run(
            "Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 3 -HiddenUnit 40 | ConvertFrom-N2DEmbedding | ForEach-Object D1");
        Assert.Equal(whole.Select(value => value.BaseObject), first.Select(value => value.BaseObject));

        var error = _session.RunFailing(
            $"Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 4 -HiddenUnit 40 -CheckpointPath '{path}' -ErrorAction Stop");
        Assert.StartsWith("N2D.CheckpointMismatch", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
