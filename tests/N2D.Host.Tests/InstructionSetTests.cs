using System.Globalization;

namespace N2D.Host.Tests;

public sealed class InstructionSetTests : IDisposable
{
    // All stages except the autoencoder, whose products can be those of libtorch; all initializations of UMAP, and its density term.
    private const string Script = """
        $digits = Import-N2DDataset Digits
        foreach ($options in @{ }, @{ Initialization = 'Pca' }, @{ Metric = 'Cosine'; DensityWeight = 2 }) {
            $layout = $digits | Invoke-N2DUmap -Seed 3 -Epoch 60 @options
            $result = $layout | Invoke-N2DCluster -ClusterCount 10 -StartCount 2
            $layout | ConvertFrom-N2DEmbedding | Export-Csv layout.csv
            [Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData([IO.File]::ReadAllBytes("$PSScriptRoot/layout.csv")))
            $result.LogLikelihood.ToString('R'), $result.Silhouette.ToString('R')
        }
        ($digits | Invoke-N2DCluster -ClusterCount 10 -StartCount 2 -WarningAction Ignore).LogLikelihood.ToString('R')
        [System.Runtime.Intrinsics.Vector512]::IsHardwareAccelerated
        """;

    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    /// <summary>Can fail only on machines with AVX-512. Elsewhere, both runs do without it.</summary>
    [Fact]
    public void SameSeed_SameBytes_WithAndWithoutAvx512()
    {
        var widest = _host.RunScript(Script);
        _host.Variables["DOTNET_EnableAVX512"] = "0";
        var narrow = _host.RunScript(Script);

        Assert.Equal(11, widest.Lines.Length);
        Assert.Equal("False", narrow.Lines[^1]);
        Assert.Equal(widest.Lines[..^1], narrow.Lines[..^1]);
    }

    /// <summary>Without fused multiply-adds, sums are rounded more often: the bytes differ, the clusters hardly do.</summary>
    [Fact]
    public void WithoutAvx2_AllStagesWork()
    {
        _host.Variables["DOTNET_EnableAVX2"] = "0";
        var output = _host.RunScript("""
            $digits = Import-N2DDataset Digits
            $result = $digits | Invoke-N2DUmap -Epoch 100 | Invoke-N2DCluster -ClusterCount 10 -StartCount 2
            $result.Acc.ToString('R')
            ($digits | New-N2DAutoencoder -Epoch 2 | Get-N2DTrainingHistory)[-1].Loss.ToString('R')
            [System.Runtime.Intrinsics.Vector256]::IsHardwareAccelerated
            """);

        Assert.Equal("False", output.Lines[^1]);
        Assert.InRange(double.Parse(output.Lines[0], CultureInfo.InvariantCulture), 0.75, 1);
        Assert.InRange(double.Parse(output.Lines[1], CultureInfo.InvariantCulture), 0.001, 0.12);
    }
}
