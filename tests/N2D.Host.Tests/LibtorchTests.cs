namespace N2D.Host.Tests;

/// <summary>libtorch is loaded only by what requires it, and the module works without it.</summary>
public sealed class LibtorchTests : IDisposable
{
    /// <summary>Shows whether a native library of libtorch is loaded. The managed assembly TorchSharp does not count.</summary>
    private const string IsLoaded = """
        function IsLoaded {
            [bool]([System.Diagnostics.Process]::GetCurrentProcess().Modules.ModuleName -cmatch '^(lib)?(torch|c10|LibTorchSharp\.)')
        }
        """;

    private const string Pipeline = """
        $WarningPreference = 'SilentlyContinue'
        $result = Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 1 -HiddenUnit 30 | Invoke-N2DUmap -Epoch 20 | Invoke-N2DCluster -ClusterCount 10
        $result | Export-N2DModel ./digits.n2d
        (Import-N2DDataset Digits | Invoke-N2DModel ./digits.n2d).RowCount
        """;

    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void ThePipeline_AndTheListOfDevices_DoNotLoadLibtorch_ButOtherActivationsDo()
    {
        // GPUs are hidden, because one that libtorch supports would be used.
        _host.Variables["CUDA_VISIBLE_DEVICES"] = "-1";
        var result = _host.RunScript($$"""
            $ErrorActionPreference = 'Stop'
            {{IsLoaded}}
            {{Pipeline}}
            Import-N2DDataset Digits | New-N2DAutoencoder -Kind Denoising -Optimizer Sgd -LearningRate 0.1 -Epoch 1 -HiddenUnit 30 | Export-N2DWeight ./w.safetensors
            (Import-N2DDataset Digits | New-N2DAutoencoder -Weights ./w.safetensors).RowCount
            (Get-N2DDevice)[0].Problem -eq $null
            IsLoaded
            $null = Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 1 -HiddenUnit 4 -Activation Tanh
            IsLoaded
            """);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["1797", "1797", "True", "False", "True"], result.Lines);
    }

    [Fact]
    public void WithoutLibtorch_ThePipelineWorks_AndWhatRequiresIt_FailsBeforeAnyWork()
    {
        _host.Variables["N2D_LIBTORCH"] = "";
        var module = _host.CopyModuleWithoutLibtorch();
        var result = _host.RunScript($$"""
            Import-Module '{{module}}/N2D.PowerShell.psd1' -ErrorAction Stop
            {{Pipeline}}
            foreach ($options in @{ Kind = 'Convolutional' }, @{ Kind = 'Variational' }, @{ Activation = 'Tanh' }, @{ Dropout = 0.1 }, @{ Precision = 'BFloat16' }) {
                # Without input: the parameters are checked before the rows arrive.
                try { & { throw 'the rows were read' } | New-N2DAutoencoder @options } catch { "$($_.FullyQualifiedErrorId) $($_.Exception.Message)" }
            }
            (Get-N2DDevice)[0].Problem
            """);

        var lines = result.Lines;
        Assert.Equal("1797", lines[0]);
        var forGpu = OperatingSystem.IsMacOS() ? "" : " (for an NVIDIA GPU, with Install-N2DBackend -Kind Cuda -Download)";
        var reason = $"requires libtorch. libtorch is not installed. Install it with Install-N2DBackend -Kind Cpu -Download{forGpu}, or set "
            + "the environment variable N2D_LIBTORCH to the folder of a libtorch 2.10.";
        string[] starts = ["-Kind Convolutional", "-Kind Variational", "-Activation Tanh", "-Dropout 0.1", "-Precision BFloat16"];
        Assert.Equal(
            starts.Select(start => $"N2D.TorchUnavailable,N2D.PowerShell.Commands.NewN2DAutoencoderCommand {start} {reason}"),
            lines[1..^1]);
        Assert.Contains("libtorch is not installed. Install it with Install-N2DBackend -Kind Cpu -Download", lines[^1], StringComparison.Ordinal);
    }

    [LinuxFact]
    public void AnInstalledLibtorch_IsUsedByAModuleWithoutOne()
    {
        _host.Variables["N2D_LIBTORCH"] = "";
        _host.Variables["CUDA_VISIBLE_DEVICES"] = "-1";
        var module = _host.CopyModuleWithoutLibtorch();
        var folder = _host.FileOf("data/N2D/libtorch/2.10-cpu");
        var used = _host.RunScript($$"""
            $ErrorActionPreference = 'Stop'
            Import-Module '{{module}}/N2D.PowerShell.psd1'
            (Install-N2DBackend -Path '{{HostProcess.Metadata("LibtorchPackage")}}' -PassThru).FullName
            $device = (Get-N2DDevice)[0]
            "$($device.LibtorchFolder) $($null -eq $device.Problem)"
            (Import-N2DDataset Digits | New-N2DAutoencoder -Kind Convolutional -Epoch 1).RowCount
            try { Uninstall-N2DBackend Cpu } catch { $_.FullyQualifiedErrorId }
            try { Install-N2DBackend -Path '{{HostProcess.Metadata("LibtorchPackage")}}' -Force } catch { $_.FullyQualifiedErrorId }
            """);

        Assert.True(used.ExitCode == 0, used.Error);
        Assert.Equal(
            [
                folder,
                $"{folder} True",
                "1797",
                "N2D.LibtorchLoaded,N2D.PowerShell.Commands.UninstallN2DBackendCommand",
                "N2D.LibtorchLoaded,N2D.PowerShell.Commands.InstallN2DBackendCommand",
            ],
            used.Lines);

        var removed = _host.RunScript($$"""
            Import-Module '{{module}}/N2D.PowerShell.psd1'
            Uninstall-N2DBackend Cpu
            (Get-N2DDevice)[0].Problem -like '*libtorch is not installed*'
            """);
        Assert.Equal(["True"], removed.Lines);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void AVariableThatNamesNoLibtorch_StopsOnlyWhatRequiresIt()
    {
        _host.Variables["N2D_LIBTORCH"] = _host.FileOf("nowhere");
        var result = _host.RunScript($$"""
            {{Pipeline}}
            try { Import-N2DDataset Digits | New-N2DAutoencoder -Kind Convolutional } catch { $_.Exception.Message }
            """);

        Assert.Equal("1797", result.Lines[0]);
        Assert.StartsWith(
            $"-Kind Convolutional requires libtorch. The environment variable N2D_LIBTORCH is '{_host.FileOf("nowhere")}', but this "
                + "folder does not exist.",
            result.Lines[1],
            StringComparison.Ordinal);
    }
}
