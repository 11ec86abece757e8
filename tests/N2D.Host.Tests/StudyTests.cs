namespace N2D.Host.Tests;

/// <summary>Studies in child processes.</summary>
public sealed class StudyTests : IDisposable
{
    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    [UnixFact]
    public void ALocalStudy_RunsInChildProcesses_IsWaitedFor_AndStopped()
    {
        // The second study would take days.
        var result = _host.RunScript("""
            $ErrorActionPreference = 'Stop'
            $odd = "./a b'`$(id)%j`"é"
            $started = Start-N2DStudy $odd -Dataset Digits -Method KM -Seed 0..1 -Parameter @{ StartCount = 2 } -ThrottleLimit 1
            "started: $($started.TaskCount)"
            "seeds: $((Receive-N2DStudy -LiteralPath $odd -Wait).Seed)"
            $null = Start-N2DStudy ./endless -Dataset Digits -Method AE+KM -Parameter @{ Epoch = 10000000; HiddenUnit = 20 }
            while ("$(Get-Content ./endless/logs/*.log -Raw -ErrorAction Ignore)" -notlike '*10000000 epochs*') {
                Start-Sleep -Milliseconds 100
            }

            "running: $((Get-N2DStudy ./endless).Running)"
            Stop-N2DStudy ./endless
            while ((Get-N2DStudy ./endless).Stopped -eq 0) { Start-Sleep -Milliseconds 100 }
            "reason: $((Get-N2DStudy ./endless -Task).Reason)"
            "checkpoints: $(@(Get-ChildItem ./endless/checkpoints).Count)"
            """);

        Assert.Equal("", result.Error);
        Assert.Equal(["started: 2", "seeds: 0 1", "running: 1", "reason: The study was stopped.", "checkpoints: 1"], result.Lines);
    }
}
