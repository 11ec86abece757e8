namespace N2D.Host.Tests;

public sealed class MemoryLimitTests : IDisposable
{
    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    /// <summary>One gigabyte is less than any machine that runs these tests already uses.</summary>
    [Fact]
    public void UnderAHeapLimit_TheProcessOwnUseCounts_AndNotTheMachines()
    {
        _host.Variables["DOTNET_GCHeapHardLimit"] = "40000000";
        var result = _host.RunScript("""
            1..50 | ForEach-Object { "$($_ % 2) 3:1.5" } | Set-Content sparse.libsvm
            (Import-N2DDataset ./sparse.libsvm).RowCount
            (Import-N2DDataset Digits | Invoke-N2DPca -Dimension 2).Dimension
            """);
        Assert.Equal(["50", "2"], result.Lines);
    }
}
