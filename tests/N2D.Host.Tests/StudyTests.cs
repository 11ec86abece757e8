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
        // A worker looks for the stop once a second. A training that was faster is tried again with more epochs.
        var result = _host.RunScript("""
            $ErrorActionPreference = 'Stop'
            foreach ($epoch in 6, 24, 96) {
                $fit = @{ Dataset = 'Digits'; Fit = $true; Parameter = @{ Epoch = $epoch; NeighborCount = 10 } }
                Remove-Item ./stopped -Recurse -ErrorAction Ignore
                $null = Start-N2DStudy ./stopped @fit
                while ("$(Get-Content ./stopped/logs/*.log -Raw -ErrorAction Ignore)" -notlike "*$epoch epochs*") {
                    Start-Sleep -Milliseconds 50
                }

                Stop-N2DStudy ./stopped
                do {
                    Start-Sleep -Milliseconds 100
                    $status = Get-N2DStudy ./stopped
                } while ($status.Stopped + $status.Done + $status.Failed -eq 0)

                if ($status.Stopped -eq 1) { break }
            }

            "stopped: $($status.Stopped)"
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
        Assert.Equal(["stopped: 1", "checkpoints: 1", "resumed: True", "checkpoints: 0"], result.Lines[..4]);
        Assert.Contains(".n2d", result.Lines[4], StringComparison.Ordinal);
        Assert.Equal(result.Lines[4], result.Lines[5]);
    }
}
