using System.Diagnostics;

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

    [UnixFact]
    public void EndedBySigterm_TheTrainingIsSaved_AndTheSameCommandGoesOn_ToTheSameBytes()
    {
        // Some seconds, without saves in between: only the signal can cause the save.
        const string Long = "Import-N2DDataset Digits | New-N2DAutoencoder -HiddenUnit 30 -Epoch 1000 -ThreadCount 1";
        var script = _host.Write("train.ps1", $"{Long} -CheckpointPath training.safetensors -Verbose; 'not reached'");

        // A signal before the first step finds nothing to save. A later one must find it.
        for (var attempt = 1; !File.Exists(_host.FileOf("training.safetensors")); attempt++)
        {
            Assert.InRange(attempt, 1, 10);
            using var process = _host.Start(script);
            while (HostProcess.ReadLine(process) is { } line && !line.Contains("1000 epochs", StringComparison.Ordinal))
            {
            }

            using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            {
                kill.WaitForExit();
            }

            var rest = HostProcess.Collect(process);
            Assert.Equal(128 + 15, rest.ExitCode);
            Assert.DoesNotContain("not reached", rest.Said, StringComparison.Ordinal);
        }

        var both = _host.RunScript(
            $"$whole = {Long} {Codes}; {Long} -CheckpointPath training.safetensors -Verbose {Codes}; 'whole'; $whole");
        Assert.Contains("resumed from", both.Said, StringComparison.Ordinal);
        string[] lines = [.. both.Lines.Where(line => !line.Contains("VERBOSE", StringComparison.Ordinal))];
        Assert.Equal("whole", lines[50]);
        Assert.Equal(lines[51..], lines[..50]);
    }
}
