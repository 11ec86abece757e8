namespace N2D.PowerShell.Tests;

/// <summary>Get-N2DDevice, and its names in -Device.</summary>
public sealed class GetN2DDeviceTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void TheProcessor_IsListed_AndItsNameIsTaken()
    {
        var devices = _session.Run("Get-N2DDevice");
        Assert.Equal("cpu", devices[0].Properties["Name"].Value);
        Assert.Equal(true, devices[0].Properties["IsUsable"].Value);
        Assert.Equal("all", devices[0].Properties["Stages"].Value);
        Assert.True((long)devices[0].Properties["MemoryBytes"].Value > 0);

        _session.Run(
            "Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 1 -HiddenUnit 8 -Device (Get-N2DDevice)[0].Name -Precision BFloat16");
        Assert.Empty(_session.Errors);
    }

    [NoCudaModuleFact]
    public void WithoutCudaInTheBuild_TheErrorSaysSo_BeforeAnyWork()
    {
        var error = _session.RunFailing("Import-N2DDataset Digits | New-N2DAutoencoder -Device cuda:1");
        Assert.StartsWith("N2D.DeviceUnavailable", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("CUDA", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal("cuda:1", error.TargetObject);
        Assert.Empty(_session.Progress);
    }

    [Fact]
    public void AnUnknownDevice_IsRefused_ByWhatThereIs()
    {
        var error = _session.RunFailing("Import-N2DDataset Digits | New-N2DAutoencoder -Device gpu");
        Assert.Contains("Use auto, cpu, cuda", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DeviceNames_AreCompleted()
    {
        const string Line = "New-N2DAutoencoder -Device cu";
        var names = _session.Run($"(TabExpansion2 '{Line}' {Line.Length}).CompletionMatches.CompletionText");
        Assert.Equal(["cuda", "cuda:1"], names.Select(name => (string)name.BaseObject));
    }

    [Fact]
    public void KMeans_TakesADevice_AndOtherMethodsRefuseIt()
    {
        const string Line = "Invoke-N2DCluster -Device ";
        var names = _session.Run($"(TabExpansion2 '{Line}' {Line.Length}).CompletionMatches.CompletionText");
        Assert.Equal(["auto", "cpu", "cuda", "cuda:1"], names.Select(name => (string)name.BaseObject));
        var result = _session.Run("Import-N2DDataset Digits | Invoke-N2DCluster 3 -Method KMeans -StartCount 1 -Device auto");
        Assert.Equal("cpu", result[0].Properties["Device"].Value);
        var error = _session.RunFailing("Import-N2DDataset Digits | Invoke-N2DCluster 3 -Device auto");
        Assert.StartsWith("N2D.ParameterNotForMethod", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Umap")]
    [InlineData("Tsne")]
    [InlineData("Isomap")]
    [InlineData("LocallyLinearEmbedding")]
    public void NoAppleGpu_IsCompletedForNeighbors(string learner)
    {
        var line = $"Invoke-N2D{learner} -Device ";
        var names = _session.Run($"(TabExpansion2 '{line}' {line.Length}).CompletionMatches.CompletionText");
        Assert.Equal(["auto", "cpu", "cuda", "cuda:1"], names.Select(name => (string)name.BaseObject));
    }

    [NoDriverFact]
    public void EveryLearner_RefusesAMissingGpu_BeforeAnyWork() => Assert.All(
        ["Tsne", "Isomap", "LocallyLinearEmbedding"],
        learner => Assert.Equal(
            "N2D.DeviceUnavailable",
            _session.RunFailing($"Import-N2DDataset Digits | Invoke-N2D{learner} -Device cuda").FullyQualifiedErrorId.Split(',')[0]));

    [NoDriverFact]
    public void NeighborsOnAGpu_AreRefusedWithoutOne_BeforeAnyWork_AndAutoIsTheProcessor()
    {
        var error = _session.RunFailing("Import-N2DDataset Digits | Invoke-N2DUmap -Device cuda");
        Assert.Equal("N2D.DeviceUnavailable", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("Set -Device to Cpu, or to Auto", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_session.Progress);

        var result = _session.Run(
            "(Import-N2DDataset Digits | Invoke-N2DUmap -Device auto -Epoch 1 -Initialization Random -Verbose).GetStages()[0].Device");
        Assert.Equal("cpu", Assert.Single(result).BaseObject);
        Assert.Contains(
            "Device: the processor, because the search takes less than about a second there.", _session.Verbose);
    }
}
