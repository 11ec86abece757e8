using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;

namespace N2D.Host.Tests;

/// <summary>The module in a new process, next to modules with other versions of the same libraries.</summary>
public sealed class LoadingTests : IDisposable
{
    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void OtherVersionsThatWereLoadedFirst_DoNoHarm()
    {
        // Empty assemblies: code that loads them finds no types.
        string[] libraries = ["ScottPlot", "SkiaSharp", "Snappier", "PureHDF", "TorchSharp"];
        foreach (var name in libraries)
        {
            WriteEmptyAssembly(name, new Version(1, 0, 0, 0));
        }

        _host.Write("x.csv", "x,y\n1,2\n3,4.5\n0,1\n");
        var result = _host.RunScript($$"""
            $ErrorActionPreference = 'Stop'
            foreach ($name in '{{string.Join("', '", libraries)}}') { $null = [System.Reflection.Assembly]::LoadFrom("$PSScriptRoot/$name.dll") }
            $rows = Import-N2DDataset ./x.csv
            $rows | Export-N2DPlot x.png
            $rows | New-N2DAutoencoder -Epoch 1 -HiddenUnit 4 -LatentDimension 2 -Activation Tanh | ForEach-Object RowCount
            foreach ($context in [System.Runtime.Loader.AssemblyLoadContext]::All) {
                foreach ($assembly in $context.Assemblies) {
                    $known = $assembly.GetName()
                    if ($known.Name -in 'SkiaSharp', 'TorchSharp') { "$($known.Name) $($context.Name) $($known.Version.Major -gt 1 -or $known.Version.Minor -gt 0)" }
                }
            }
            """);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("3", result.Lines[0]);
        Assert.Equal(
            ["SkiaSharp Default False", "SkiaSharp N2D.PowerShell True", "TorchSharp Default False", "TorchSharp N2D.PowerShell True"],
            result.Lines.Skip(1).Order(StringComparer.Ordinal));
        Assert.Equal([0x89, .. "PNG"u8], File.ReadAllBytes(_host.FileOf("x.png"))[..4]);
    }

    [Fact]
    public void AModuleForAllSystems_FindsItsNativeLibrariesInTheFolderOfTheSystem()
    {
        var bin = Path.Combine(_host.CopyModuleWithoutLibtorch(), "bin");
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var folder = Directory.CreateDirectory(
            Path.Combine(bin, $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}"));
        foreach (var library in new DirectoryInfo(bin).GetFiles().Where(file => file.Name.StartsWith("lib", StringComparison.OrdinalIgnoreCase)))
        {
            library.MoveTo(Path.Combine(folder.FullName, library.Name));
        }

        var libtorch = Path.Combine(HostProcess.RepositoryRoot, "out", "N2D.PowerShell", "bin", "libtorch");
        _host.Variables["N2D_LIBTORCH"] = Directory.Exists(libtorch) ? libtorch : Path.Combine(AppContext.BaseDirectory, "libtorch");
        _host.Write("x.csv", "x,y\n1,2\n3,4.5\n0,1\n");
        var result = _host.RunScript("""
            $ErrorActionPreference = 'Stop'
            Import-Module ./N2D.PowerShell
            $rows = Import-N2DDataset ./x.csv
            $rows | Export-N2DPlot x.png
            $rows | New-N2DAutoencoder -Epoch 1 -HiddenUnit 4 -LatentDimension 2 -Activation Tanh | ForEach-Object RowCount
            """);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["3"], result.Lines);
        Assert.Equal([0x89, .. "PNG"u8], File.ReadAllBytes(_host.FileOf("x.png"))[..4]);
    }

    [Fact]
    public void Ilgpu_IsLoadedForAGpuOnly_AndItsGeneratedCodeFindsTheModule()
    {
        var result = _host.RunScript("""
            $ErrorActionPreference = 'Stop'
            function Test-Loaded {
                @([System.Runtime.Loader.AssemblyLoadContext]::All.Assemblies | Where-Object { $_.GetName().Name -eq 'ILGPU' }).Count
            }
            $objects = 0..59 | ForEach-Object { [pscustomobject]@{ x = $_ * 7 % 60; y = $_ * $_ % 17 } }
            $options = @{ NeighborCount = 5; Dimension = 2; Epoch = 2 }
            ($objects | ConvertTo-N2DDataset | Invoke-N2DUmap @options -Device auto).GetStages()[0].Device
            $null = Get-N2DDevice
            Test-Loaded
            $emulation = [N2D.N2DException].Assembly.GetType('N2D.Devices.EmulatedGpu').GetMethod('Start')
            & { $script:gpu = $emulation.Invoke($null, @($false, 1GB)); ($objects | ConvertTo-N2DDataset | Invoke-N2DUmap @options -Device cuda).GetStages()[0].Device }
            Test-Loaded
            """);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["cpu", "0", "cuda:0", "1"], result.Lines);
    }

    [Fact]
    public void Import_IsQuick()
    {
        // The lowest processor time of three runs, which does not depend on other work of the machine as the clock does. Most of it is
        // compilation.
        var quickest = Enumerable.Range(0, 3).Min(_ => double.Parse(_host.RunScript("""
            $process = [System.Diagnostics.Process]::GetCurrentProcess()
            $before = $process.TotalProcessorTime
            Import-Module N2D.PowerShell
            $process.Refresh()
            ($process.TotalProcessorTime - $before).TotalMilliseconds.ToString('R', [cultureinfo]::InvariantCulture)
            """).Lines[0], CultureInfo.InvariantCulture));
        Assert.InRange(quickest, 0, 1000);
    }

    private void WriteEmptyAssembly(string name, Version version)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = version }, typeof(object).Assembly);
        assembly.DefineDynamicModule(name).DefineType("Other.Version", TypeAttributes.Public).CreateType();
        assembly.Save(_host.FileOf(name + ".dll"));
    }
}
