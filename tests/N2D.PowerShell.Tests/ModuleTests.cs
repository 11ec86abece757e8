using System.Runtime.Loader;

namespace N2D.PowerShell.Tests;

public sealed class ModuleTests : IDisposable
{
    private const string LoadContext = "[System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([N2D.Pipeline.Dataset].Assembly)";

    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Import_WritesNothing()
    {
        using var session = new PowerShellSession(importModule: false);

        Assert.Empty(session.Run($"Import-Module '{PowerShellSession.ModuleFolder}'"));

        Assert.Empty(session.Errors);
        Assert.Empty(session.Warnings);
    }

    [Fact]
    public void Import_LoadsNoLibtorch() =>
        Assert.DoesNotContain(
            PowerShellSession.LibrariesAfterFirstImport, library => library.Contains("torch", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void RemovedModule_ImportsAgain()
    {
        var before = Names(_session.Run("Get-Command -Module N2D.PowerShell"));

        _session.Run("Remove-Module N2D.PowerShell");
        Assert.Empty(_session.Run("Get-Module N2D.PowerShell"));
        _session.Run($"Import-Module '{PowerShellSession.ModuleFolder}'");

        Assert.Equal(before, Names(_session.Run("Get-Command -Module N2D.PowerShell")));
        Assert.Equal("N2D.Pipeline.Dataset", Assert.Single(_session.Run("[N2D.Pipeline.Dataset].FullName")).BaseObject);
    }

    [Fact]
    public void EveryCmdlet_IsExported()
    {
        var cmdlets = _session.Run("[N2D.PowerShell.N2DCmdlet].Assembly.GetExportedTypes() | "
            + "ForEach-Object { $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) } | ForEach-Object { "
            + "$_.VerbName + '-' + $_.NounName }");

        Assert.Equal(Names(cmdlets), Names(_session.Run("Get-Command -Module N2D.PowerShell")));
    }

    [Fact]
    public void Assemblies_LiveInTheirOwnContext()
    {
        Assert.Equal("N2D.PowerShell", Assert.Single(_session.Run($"{LoadContext}.Name")).BaseObject);
        Assert.DoesNotContain(
            AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name is "N2D" or "N2D.PowerShell" or "TorchSharp");
    }

    [Fact]
    public void ManifestVersion_IsTheAssemblys() =>
        Assert.Equal(
            Assert.Single(_session.Run("(Get-Module N2D.PowerShell).Version.ToString(3)")).BaseObject,
            Assert.Single(_session.Run("[N2D.Pipeline.Dataset].Assembly.GetName().Version.ToString(3)")).BaseObject);

    [Fact]
    public void Manifest_ListsEveryFile()
    {
        string[] files = [.. Directory.GetFiles(PowerShellSession.ModuleFolder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(PowerShellSession.ModuleFolder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

        Assert.Equal(files, Manifest("FileList").Select(file => file.ToString()));
    }

    [Fact]
    public void Manifest_NamesTheSystemOfTheNativeLibraries_AndNoOther()
    {
        var system = OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "MacOS" : "Linux";

        Assert.Equal(
            [system],
            Manifest("PrivateData.PSData.Tags").Select(tag => tag.ToString()).Where(tag => tag is "Windows" or "Linux" or "MacOS"));
    }

    [Fact]
    public void Manifest_HasTheNotesOfItsVersion_AndNoAddressThatDoesNotExist()
    {
        Assert.StartsWith(
            "- The N2D pipeline", Assert.Single(Manifest("PrivateData.PSData.ReleaseNotes")).ToString(), StringComparison.Ordinal);
        Assert.Equal(
            "https://opensource.org/license/mit", Assert.Single(Manifest("PrivateData.PSData.LicenseUri")).ToString());
        Assert.DoesNotContain(Manifest("PrivateData.PSData.ProjectUri"), address => address is not null);
        Assert.DoesNotContain(Manifest("PrivateData.PSData.IconUri"), address => address is not null);
        Assert.DoesNotContain(Manifest("HelpInfoUri"), address => address is not null);
    }

    [Fact]
    public void Libtorch_RunsInTheModule()
    {
        var threads = _session.Run($$"""
            [N2D.Autoencoders.TorchRuntime]::EnsureLoaded()
            $torch = {{LoadContext}}.LoadFromAssemblyName('TorchSharp').GetType('TorchSharp.torch')
            $torch::get_num_threads()
            """);

        Assert.Empty(_session.Errors);
        Assert.InRange((int)Assert.Single(threads).BaseObject, 1, 1024);
        Assert.False(Directory.Exists(Path.Combine(PowerShellSession.ModuleFolder, "bin", "cpu")));
    }

    [Fact]
    public void DrawingLibraries_RunInTheModule()
    {
        var output = _session.Run($$"""
            $context = {{LoadContext}}
            $bitmap = $context.LoadFromAssemblyName('SkiaSharp').GetType('SkiaSharp.SKBitmap')::new(10, 20)
            $bitmap.ByteCount
            $text = $context.LoadFromAssemblyName('HarfBuzzSharp').GetType('HarfBuzzSharp.Buffer')::new()
            $text.AddUtf8('abc')
            $text.Length
            """);

        Assert.Empty(_session.Errors);
        Assert.Equal([800, 3], output.Select(value => (int)value.BaseObject));
    }

    [Fact]
    public void ReadersOfOtherFormats_RunInTheModule()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Data");
        var usps = Assert.Single(_session.Run($"Import-N2DDataset Usps -Path '{Path.Combine(folder, "usps.h5")}'"));
        var table = Path.Combine(_session.TemporaryFolder, "x.parquet");
        File.WriteAllText(table, "PAR1 and nothing of the rest PAR1");

        Assert.Equal(3, usps.Properties["RowCount"].Value);
        Assert.StartsWith(
            "N2D.ParquetUnreadable", _session.RunFailing($"Import-N2DDataset '{table}'").FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(
            ["PureHDF"],
            _session.Run(
                $"{LoadContext}.Assemblies | ForEach-Object {{ $_.GetName().Name }} | Where-Object {{ $_ -eq 'PureHDF' }}").Select(name =>
                    (string)name.BaseObject));
        Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name == "PureHDF");
    }

    [Fact]
    public void ModuleFolder_HoldsNothingOfPowerShell()
    {
        var files = Directory.GetFiles(PowerShellSession.ModuleFolder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToList();

        Assert.Contains("LICENSE", files);
        Assert.Contains("THIRD-PARTY-NOTICES", files);
        Assert.DoesNotContain("System.Management.Automation.dll", files);
    }

    [NoCudaModuleFact]
    public void ModuleFolder_HoldsTheNativeLibrariesThatAreNeeded_AndNoOthers()
    {
        var bin = Path.Combine(PowerShellSession.ModuleFolder, "bin");
        string[] found = [.. Directory.GetFiles(bin, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(bin, file).Replace('\\', '/'))
            .Where(IsNative)
            .Order(StringComparer.Ordinal)];
        // The hash in the name of libgomp depends on the build of libtorch.
        string needed = OperatingSystem.IsWindows()
            ? "LibTorchSharp.dll libHarfBuzzSharp.dll libSkiaSharp.dll libtorch/c10.dll libtorch/libiomp5md.dll libtorch/torch.dll "
                + "libtorch/torch_cpu.dll libtorch/torch_global_deps.dll libtorch/uv.dll"
            : OperatingSystem.IsMacOS()
                ? "libHarfBuzzSharp.dylib libLibTorchSharp.dylib libSkiaSharp.dylib libtorch/libc10.dylib libtorch/libomp.dylib "
                    + "libtorch/libshm.dylib libtorch/libtorch.dylib libtorch/libtorch_cpu.dylib libtorch/libtorch_global_deps.dylib"
            : "libHarfBuzzSharp.so libLibTorchSharp.so libSkiaSharp.so libtorch/libc10.so libtorch/libgomp.so.1 libtorch/libshm.so "
                + "libtorch/libtorch.so libtorch/libtorch_cpu.so libtorch/libtorch_global_deps.so";
        if (!Directory.Exists(Path.Combine(bin, "libtorch")))
        {
            needed = string.Join(' ', needed.Split(' ').Where(file => !file.StartsWith("libtorch/", StringComparison.Ordinal)));
        }

        Assert.Equal(
            needed,
            string.Join(
                ' ',
                found.Select(file => file.StartsWith("libtorch/libgomp-", StringComparison.Ordinal) ? "libtorch/libgomp.so.1" : file)));

        static bool IsNative(string file) => file.StartsWith("lib", StringComparison.OrdinalIgnoreCase);
    }

    private System.Management.Automation.PSObject[] Manifest(string property) =>
        _session.Run($"(Import-PowerShellDataFile '{PowerShellSession.ModuleFolder}/N2D.PowerShell.psd1').{property}");

    private static IEnumerable<string> Names(System.Management.Automation.PSObject[] output) =>
        output.Select(item => item.ToString()).Order(StringComparer.Ordinal);
}
