using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>Parallel pipelines in one process, and results from other processes.</summary>
public sealed class ConcurrencyTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void PipelinesAtOnce_GiveTheSameBytesAsAlone()
    {
        const string Pipeline = "$digits | New-N2DAutoencoder -HiddenUnit 32 -Epoch 3 -Seed $_ | Invoke-N2DUmap -Epoch 100 -Seed $_ | "
            + "Invoke-N2DCluster -Seed $_ -StartCount 2";
        var alone = _session.Run($"$digits = Import-N2DDataset Digits; 0..3 | ForEach-Object {{ {Pipeline} }}");
        var atOnce = _session.Run(
            $"0..3 | ForEach-Object -ThrottleLimit 4 -Parallel {{ Import-Module '{PowerShellSession.ModuleFolder}'; $digits = "
                + $"$using:digits; {Pipeline} }}");

        Assert.Empty(_session.Errors);
        Assert.Equal(4, alone.Select(Fingerprint).Distinct().Count());
        Assert.Equal(alone.Select(Fingerprint).Order(), atOnce.Select(Fingerprint).Order());

        static string Fingerprint(PSObject result) => FormattableString.Invariant(
            $"{result.Properties["Seed"].Value}: {result.Properties["LogLikelihood"].Value:R}, {result.Properties["Silhouette"].Value:R}");
    }

    [Fact]
    public void AResultThatCrossedAProcess_KeepsItsColumns_AndSaysHowToGetItsRows()
    {
        _session.Run("$result = Import-N2DDataset Digits | Invoke-N2DPca | Invoke-N2DCluster 10 -Method KMeans");
        var crossed = _session.Run(
            "$crossed = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($result)); $crossed")[0];
        var original = _session.Run("$result")[0];

        Assert.Equal("Deserialized.N2D.Models.ClusterResult", crossed.TypeNames[0]);
        foreach (var column in original.Properties)
        {
            Assert.Equal(column.Value, crossed.Properties[column.Name].Value);
        }

        string[] scripts =
        [
            "$crossed | Get-N2DAssignment", "$crossed | Invoke-N2DUmap", "$crossed | Export-N2DModel x.n2d",
            "$crossed | Export-N2DPlot x.png",
            "$crossed | Export-N2DWeight x.safetensors", "$crossed | Show-N2DPlot", "$crossed | Get-N2DTrainingHistory",
            "$crossed | Get-N2DExplainedVariance", "$crossed | ConvertFrom-N2DCode", "$crossed | ConvertTo-N2DDataset",
            "$crossed | Measure-N2DAssignment", "$crossed | Import-N2DDataset", "Import-N2DDataset $crossed", "$crossed | Import-N2DModel",
            "$crossed | Get-N2DModel", "Import-N2DDataset Digits | Invoke-N2DModel $crossed", "1..3 | Add-N2DAssignment $crossed",
            "Import-N2DDataset Digits | Invoke-N2DUmap -InitialEmbedding $crossed", "$result | Export-N2DPlot x.png -Layout $crossed",
        ];
        Assert.All(scripts, script => Assert.Contains(
            "run this cmdlet there, or save the model there with Export-N2DModel and apply it here with Invoke-N2DModel",
            _session.RunFailing(script).Exception.Message, StringComparison.Ordinal));
    }
}
