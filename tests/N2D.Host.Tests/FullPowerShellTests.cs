namespace N2D.Host.Tests;

public sealed class FullPowerShellTests : IDisposable
{
    private readonly HostProcess _host = new() { Embedded = false };

    public void Dispose() => _host.Dispose();

    [UnixFact]
    public void RecentPwsh_GetsTheScript_WithItsArgumentsAndTheModulePath()
    {
        InstallPwsh("""if [ "$2" = -Version ]; then echo "PowerShell 7.6.5"; else echo "$@"; echo "${PSModulePath%%:*}"; exit 9; fi""");
        var script = _host.Write("s.ps1", "'embedded'");
        var result = _host.Run("-NoProfile", script, "-Name", "a b");
        Assert.Equal($"-NoProfile -File {script} -Name a b", result.Lines[0]);
        Assert.True(File.Exists(Path.Combine(result.Lines[1], "N2D.PowerShell", "N2D.PowerShell.psd1")));
        Assert.Equal(9, result.ExitCode);
        Assert.Equal(["embedded"], _host.Run("-Embedded", script).Lines);
    }

    [UnixFact]
    public void OldPwsh_IsPassedOver()
    {
        InstallPwsh("echo PowerShell 7.4.11");
        Assert.Equal(["embedded"], _host.Run("-Embedded", "-c", "'embedded'").Lines);
        Assert.Equal(["7"], _host.Run("-c", "$PSVersionTable.PSVersion.Major").Lines);
    }

    [UnixFact]
    public void BrokenPwsh_IsPassedOver()
    {
        InstallPwsh("echo 'cannot start' >&2; exit 127");
        Assert.Equal(["7"], _host.Run("-c", "$PSVersionTable.PSVersion.Major").Lines);
    }

    private void InstallPwsh(string body)
    {
        var folder = Directory.CreateDirectory(_host.FileOf("bin")).FullName;
        var file = Path.Combine(folder, "pwsh");
        File.WriteAllText(file, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _host.PathPrefix = folder;
    }
}
