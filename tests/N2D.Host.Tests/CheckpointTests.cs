namespace N2D.Host.Tests;

public sealed class CheckpointTests : IDisposable
{
    // About 600 steps, each followed by a save. They take about ten seconds.
    private const string Training = "Import-N2DDataset Digits | New-N2DAutoencoder -HiddenUnit 30 -Epoch 80 -ThreadCount 1";
    private const string Codes = "| ConvertFrom-N2DEmbedding | Select-Object -First 50 | ForEach-Object { $_.D1 }";

    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void KilledInTheMiddle_TheSameCommandGoesOn_ToTheSameBytes()
    {
        var command = $"{Training} -CheckpointPath training.safetensors -CheckpointIntervalSec 0";
        using (var process = _host.Start(_host.Write("train.ps1", command)))
        {
            SpinWait.SpinUntil(() => File.Exists(_host.FileOf("training.safetensors")) || process.HasExited);

            Assert.False(process.HasExited);
            process.Kill();
            process.WaitForExit();
        }

        var whole = _host.RunScript($"{Training} {Codes}");
        var resumed = _host.RunScript($"{command} -Verbose {Codes}");
        Assert.Contains("resumed from", resumed.Said, StringComparison.Ordinal);
        Assert.Equal(50, whole.Lines.Length);
        Assert.Equal(whole.Lines, resumed.Lines.Where(line => !line.Contains("VERBOSE", StringComparison.Ordinal)));
    }
}
