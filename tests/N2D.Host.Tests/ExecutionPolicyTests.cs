using System.Text.Json;

namespace N2D.Host.Tests;

/// <summary>Windows clients run no script without a policy, which PowerShell reads beside its own assembly.</summary>
public sealed class ExecutionPolicyTests
{
    [Fact]
    public void TheHost_RunsLocalScriptsOnWindows()
    {
        var folder = Path.GetDirectoryName(HostProcess.Metadata("Host"))!;
        var library = Assert.Single(
            Directory.GetFiles(folder, "System.Management.Automation.dll", SearchOption.AllDirectories),
            path => Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar) is not ["runtimes", not "win", ..]);
        var settings = File.ReadAllText(Path.Combine(Path.GetDirectoryName(library)!, "powershell.config.json"));
        Assert.Equal(
            "RemoteSigned",
            JsonDocument.Parse(settings).RootElement.GetProperty("Microsoft.PowerShell:ExecutionPolicy").GetString());
    }
}
