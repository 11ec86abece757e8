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

    [UnixFact]
    public void AFitThatIsStoppedInTheMiddle_IsResumed_ToTheBytesOfAnUndisturbedOne()
    {
        // The training takes some seconds.
        var result = _host.RunScript("""
            $ErrorActionPreference = 'Stop'
            $fit = @{ Dataset = 'Digits'; Fit = $true; Parameter = @{ Epoch = 6; NeighborCount = 10 } }
            $null = Start-N2DStudy ./stopped @fit
            while ("$(Get-Content ./stopped/logs/*.log -Raw -ErrorAction Ignore)" -notlike '*6 epochs*') { Start-Sleep -Milliseconds 50 }
            Stop-N2DStudy ./stopped
            while ((Get-N2DStudy ./stopped).Stopped -eq 0) { Start-Sleep -Milliseconds 100 }
            "checkpoints: $(@(Get-ChildItem ./stopped/checkpoints).Count)"
            $null = Start-N2DStudy ./stopped
            $null = Receive-N2DStudy ./stopped -Wait
            "resumed: $("$(Get-Content ./stopped/logs/*.log -Raw)" -like '*resumed from*')"
            "checkpoints: $(@(Get-ChildItem ./stopped/checkpoints).Count)"
            $null = Start-N2DStudy ./whole @fit -PlanOnly
            $null = Invoke-N2DStudyTask ./whole 0
            foreach ($study in 'stopped', 'whole') {
                "$(Get-ChildItem ./$study/results | Sort-Object Name | ForEach-Object { $_.Name; (Get-FileHash $_).Hash })"
            }
            """);

        Assert.Equal("", result.Error);
        Assert.Equal(["checkpoints: 1", "resumed: True", "checkpoints: 0"], result.Lines[..3]);
        Assert.Contains(".n2d", result.Lines[3], StringComparison.Ordinal);
        Assert.Equal(result.Lines[3], result.Lines[4]);
    }
}
