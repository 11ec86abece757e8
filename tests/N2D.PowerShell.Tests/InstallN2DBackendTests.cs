using N2D.Tests.Autoencoders;

namespace N2D.PowerShell.Tests;

/// <summary>Install-N2DBackend and Uninstall-N2DBackend, with files that look like libtorch.</summary>
/// <remarks>Only on Linux: on other systems, no variable moves the folder of the user.</remarks>
public sealed class InstallN2DBackendTests : IDisposable
{
    private const string Variable = "XDG_DATA_HOME";

    private readonly PowerShellSession _session = new();
    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);
    private readonly string _target;

    public InstallN2DBackendTests()
    {
        Environment.SetEnvironmentVariable(Variable, FileOf("data"));
        _target = FileOf("data/N2D/libtorch/2.10-cpu");
        _session.SetVariable("archive", FakeLibtorch.WriteArchive(FileOf("x.zip"), FakeLibtorch.Archive(FakeLibtorch.Cpu)));
        _session.Run($"Set-Location '{_session.TemporaryFolder}'");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        _session.Dispose();
    }

    [LinuxFact]
    public void AnArchive_IsInstalled_AndRemoved()
    {
        var folder = Assert.Single(_session.Run("Install-N2DBackend -Path $archive -PassThru -Verbose"));

        Assert.Equal(_target, Assert.IsType<DirectoryInfo>(folder.BaseObject).FullName);
        Assert.Equal(["libc10.so", "libtorch_cpu.so"], Directory.GetFiles(_target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains($"Installed libtorch 2.10.0: 2 files, 0.1 MiB, in '{_target}'.", _session.Verbose);
        Assert.Contains(_session.Progress, record => record.Activity == "Installing libtorch");

        Assert.Empty(_session.Run("Uninstall-N2DBackend Cpu -WhatIf"));
        Assert.True(Directory.Exists(_target));
        Assert.Empty(_session.Run("Uninstall-N2DBackend Cpu"));
        Assert.Empty(Directory.GetFileSystemEntries(FileOf("data")));
        Assert.StartsWith(
            "N2D.LibtorchNotInstalled", _session.RunFailing("Uninstall-N2DBackend Cpu").FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void WhatIf_InstallsNothing()
    {
        Assert.Empty(_session.Run("Install-N2DBackend $archive -WhatIf"));
        Assert.Empty(_session.Run("Install-N2DBackend -Download -WhatIf"));
        Assert.False(Directory.Exists(FileOf("data")));
    }

    [LinuxFact]
    public void WhatIf_ChecksTheSource()
    {
        File.WriteAllText(FileOf("text.zip"), "text");
        Assert.StartsWith(
            "N2D.NotAnArchive", _session.RunFailing("Install-N2DBackend text.zip -WhatIf").FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith(
            "N2D.FileNotFound", _session.RunFailing("Install-N2DBackend none.zip -WhatIf").FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith(
            "N2D.LibtorchKind", _session.RunFailing("Install-N2DBackend x.zip Cuda -WhatIf").FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void TheFirstArgument_IsThePath()
    {
        Assert.Empty(_session.Run("Install-N2DBackend ./x.zip"));
        Assert.True(Directory.Exists(_target));
        Assert.EndsWith(" To choose this kind of libtorch, set -Kind to Cuda.", MessageOf("Install-N2DBackend cuda"), StringComparison.Ordinal);
        Assert.EndsWith(
            " To remove the installed one, set -Kind to Cpu.", MessageOf("Uninstall-N2DBackend Cuda"), StringComparison.Ordinal);
        Assert.Empty(_session.Run("Uninstall-N2DBackend"));
        Assert.False(Directory.Exists(_target));
    }

    [LinuxFact]
    public void APattern_ARelativePath_AndAHash_AreTaken()
    {
        FakeLibtorch.WriteCudaPackages(FileOf("packages"));
        Assert.Empty(_session.Run("Install-N2DBackend ./packages/*.nupkg Cuda"));
        Assert.True(File.Exists(FileOf("data/N2D/libtorch/2.10-cuda/libtorch_cuda.so")));

        _session.Run("Install-N2DBackend -Path x.zip -Hash (Get-FileHash x.zip).Hash");
        Assert.Empty(_session.Errors);
        Assert.Equal(
            $"'{FileOf("x.zip")}' does not match its hash '{new string('0', 64)}': it is incomplete, damaged or changed. "
                + "Download it again.",
            MessageOf("Install-N2DBackend -Path x.zip -Hash ('0' * 64) -Force"));
    }

    [LinuxFact]
    public void Messages_NameParameters()
    {
        Assert.StartsWith("Nothing is downloaded unless -Download is set", MessageOf("Install-N2DBackend"), StringComparison.Ordinal);
        Assert.Contains("and set -Path to the archive", MessageOf("Install-N2DBackend"), StringComparison.Ordinal);
        Assert.EndsWith(
            "has no CUDA. Set -Kind to Cpu, or use another libtorch.", MessageOf("Install-N2DBackend $archive Cuda"), StringComparison.Ordinal);
        Assert.EndsWith(
            "is an address. Set -Download to download several gigabytes from it.",
            MessageOf("Install-N2DBackend https://example.org/v3/index.json -Kind Cuda"),
            StringComparison.Ordinal);
        Assert.StartsWith("-Hash needs one hash", MessageOf("Install-N2DBackend -Path $archive -Hash a, b"), StringComparison.Ordinal);

        _session.Run("Install-N2DBackend -Path $archive");
        Assert.Equal(
            $"A libtorch is installed already in '{_target}'. Use -Force to replace it.", MessageOf("Install-N2DBackend -Path $archive"));
    }

    [LinuxFact]
    public void CtrlC_LeavesNothingBehind()
    {
        FakeLibtorch.WriteCpuPackage(FileOf("packages"));
        using var feed = new FakeFeed(FileOf("packages")) { IsEndless = true };
        _session.AssertStops($"Install-N2DBackend -Path {feed.Address} -Download", "Installing libtorch");

        Assert.Empty(Directory.GetFileSystemEntries(FileOf("data")));
    }

    private string FileOf(string name) => Path.Combine(_session.TemporaryFolder, name);

    private string MessageOf(string script) => _session.RunFailing(script).Exception.Message;
}
