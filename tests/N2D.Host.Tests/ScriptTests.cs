using System.Diagnostics;

namespace N2D.Host.Tests;

/// <summary>The host is unchanged PowerShell with the built module on its path.</summary>
public sealed class ScriptTests : IDisposable
{
    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Arguments_BindByName_AsSwitches_AndByPosition()
    {
        var result = _host.RunScript(
            "param([string]$Name, [switch]$Fast, [switch]$Slow = $true, [int]$Count, [Parameter(ValueFromRemainingArguments)]$Rest)\n"
            + "\"$Name|$Fast|$Slow|$($Count + 1)|$($Rest -join ',')|$($PSScriptRoot)\"",
            "-Name", "a b", "-Fast", "-Slow:$false", "-Count:-9", "more", "$stuff");
        Assert.Equal([$"a b|True|False|-8|more,$stuff|{_host.Folder}"], result.Lines);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void ExitCode_IsTheScripts()
    {
        Assert.Equal(7, _host.RunScript("exit 7").ExitCode);
        Assert.Equal(1, _host.RunScript("throw 'stop here'").ExitCode);
    }

    [Fact]
    public void Module_IsFoundByName_AndSoAreTheCommandsOfPowerShell() => Assert.Equal(
        ["N2D.PowerShell", "{\"a\":1}", "True"],
        _host.RunScript(
            "(Get-Module -ListAvailable N2D.PowerShell).Name; @{ a = 1 } | ConvertTo-Json -Compress; Test-Path $PSScriptRoot").Lines);

    [Fact]
    public void NothingIsAskedOfTheNetwork() =>
        Assert.Equal(["1 Off"], _host.RunScript("\"$env:POWERSHELL_TELEMETRY_OPTOUT $env:POWERSHELL_UPDATECHECK\"").Lines);

    [Fact]
    public void FormatList_OfADataset_BeginsWithItsName_AndEndsWithTheImagesThatItHolds()
    {
        _host.Write("x.csv", "1,2\n3,4\n");
        var result = _host.RunScript("""
            'x.csv', 'Digits' | ForEach-Object { Import-N2DDataset $_ | Format-List | Out-String -Stream | Where-Object { $_ } | ForEach-Object { ($_ -split ':')[0].Trim() } }
            """);
        string[] shown = ["Dataset", "Stages", "RowCount", "Dimension", "ClassCount", "Columns", "Source"];
        Assert.Equal([.. shown, .. shown, "ImageShape"], result.Lines);
    }

    [InterruptFact]
    public void CtrlC_StopsATraining_AndLeavesNoHalfFile()
    {
        var script = _host.Write("script.ps1", "Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 100000 -CodePath codes.npy -Verbose");
        var process = _host.Start(script);
        while (HostProcess.ReadLine(process) is { } line && !line.Contains("100000 epochs", StringComparison.Ordinal))
        {
        }

        Assert.False(process.HasExited);
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        // The training would take hours.
        HostProcess.Collect(process);
        Assert.Equal(["script.ps1"], Directory.GetFiles(_host.Folder).Select(Path.GetFileName));
    }
}
