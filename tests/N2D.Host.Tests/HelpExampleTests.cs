using System.Globalization;
using N2D.Tests.Autoencoders;

namespace N2D.Host.Tests;

/// <summary>Runs every example of the help unchanged, page by page.</summary>
public sealed class HelpExampleTests : IClassFixture<HelpExampleTests.Examples>
{
    private readonly Examples _examples;

    public HelpExampleTests(Examples examples) => _examples = examples;

    /// <summary>All pages. Only on Linux is there a folder of the user from which libtorch can be removed.</summary>
    public static TheoryData<string> Pages => [
        .. Directory.EnumerateFiles(Path.Combine(HostProcess.RepositoryRoot, "docs", "cmdlets"))
        .Select(page => Path.GetFileNameWithoutExtension(page)!)
        .Where(page => OperatingSystem.IsLinux() || page != "Uninstall-N2DBackend")
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Examples_Run(string cmdlet)
    {
        var lines = _examples.Lines.Where(line => line.StartsWith(cmdlet + "|", StringComparison.Ordinal)).ToArray();
        Assert.True(lines.Length >= 2, $"{cmdlet}: fewer than two examples were run.\n{_examples.Error}");
        Assert.All(lines, line => Assert.EndsWith("|ok", line, StringComparison.Ordinal));
    }

    [Fact]
    public void CodeOfTheAboutTopic_Runs() => Examples_Run("about_N2D");

    [Fact]
    public void GetHelp_ShowsItAll_InTheHost()
    {
        string[] parts = [
            "NAME",
            "SYNOPSIS",
            "SYNTAX",
            "DESCRIPTION",
            "PARAMETERS",
            "INPUTS",
            "OUTPUTS",
            "NOTES",
            "RELATED LINKS",
            "-MinimumDistance <Single>",
            "Example 1: "
        ];
        Assert.All(parts, part => Assert.Contains(part, _examples.UmapHelp, StringComparison.Ordinal));
        Assert.Contains("about_N2D", _examples.AboutHelp, StringComparison.Ordinal);
    }

    /// <summary>
    /// Runs all examples in one process. The examples of a page run in order in one scope, in a folder with the files that they read.
    /// Default parameters of the session keep the runs short.
    /// </summary>
    public sealed class Examples : IDisposable
    {
        private const string Script = """
            $ErrorActionPreference = 'Continue'
            $PSDefaultParameterValues = @{ 'New-N2DAutoencoder:Epoch' = 1; 'Invoke-N2D:Epoch' = 1; 'Invoke-N2DUmap:Epoch' = 10; 'Invoke-N2DTsne:Iteration' = 20; 'Compare-N2DMethod:Epoch' = 1; 'Optimize-N2DCluster:Round' = 1; 'Install-N2DBackend:WhatIf' = $true }
            $env:BROWSER = 'true'
            Import-Module N2D.PowerShell
            function Test-Code([string] $Page, [string[]] $Code) {
                for ($number = 1; $number -le $Code.Length; $number++) {
                    $outcome = 'ok'
                    $global:Error.Clear()
                    try { . ([scriptblock]::Create($Code[$number - 1])) 3> $null 4> $null | Out-String > $null } catch { $outcome = "$_" }
                    if ($global:Error.Count) { $outcome = "$($global:Error[0])" }
                    [Console]::Out.WriteLine("$Page|$number|$($outcome -replace '\s+', ' ')")
                }
            }

            Get-Command -Module N2D.PowerShell | ForEach-Object { Test-Code $_.Name @((Get-Help $_.Name -Examples).examples.example | ForEach-Object code) }
            Test-Code about_N2D @([regex]::Matches((Get-Content "$args/docs/about_N2D.md" -Raw), '(?s)```powershell\n(.*?)```') | ForEach-Object { $_.Groups[1].Value })
            Get-Help Invoke-N2DUmap -Full | Out-String | Set-Content umap.txt
            Get-Help about_N2D | Out-String | Set-Content about.txt
            """;

        private readonly HostProcess _host = new();

        public Examples()
        {
            _host.Write(
                "sensors.csv",
                "name,temp1,temp2,power,kind\n" + string.Concat(Enumerable.Range(0, 90).Select(row => $"{Sensor(row)},k{row % 3}\n")));
            _host.Write("today.csv", "name,temp1,temp2,power\n" + string.Concat(Enumerable.Range(0, 30).Select(row => Sensor(row) + "\n")));
            _host.Write("penguins.csv", "id,species,island,bill,mass,sex\n" + string.Concat(Enumerable.Range(0, 60).Select(Penguin)));
            _host.Write("penguins-today.csv", "note,sex,mass,bill,island,id\nx,male,3700,,Dream,p1\n");
            _host.Write("german.csv", "Ort;Wert;Menge\nKoeln;1,5;1.000\nBonn;2,5;2.500\nTrier;3,5;1.250\n");
            WriteArray(
                "vectors.npy",
                "<f4",
                [200, 6],
                Enumerable.Range(0, 1200).SelectMany(value => BitConverter.GetBytes((value % 7 * (value / 600)) + (float)Math.Sin(value))));
            WriteArray("classes.npy", "|u1", [200], Enumerable.Range(0, 200).Select(row => (byte)(row / 100)));
            WriteImages("scans");

            // What Install-N2DBackend would install, and Uninstall-N2DBackend removes.
            FakeLibtorch.WriteCpuPackage(_host.FileOf("packages"));
            FakeLibtorch.WriteArchive(_host.FileOf("libtorch.zip"), FakeLibtorch.Archive([.. FakeLibtorch.Cpu, .. FakeLibtorch.Cuda]));
            Directory.CreateDirectory(_host.FileOf("data/N2D/libtorch/2.10-cuda"));
            var result = _host.RunScript(Script, HostProcess.RepositoryRoot);
            (Lines, Error) = (result.Lines, result.Error);
            (UmapHelp, AboutHelp) = (File.ReadAllText(_host.FileOf("umap.txt")), File.ReadAllText(_host.FileOf("about.txt")));
        }

        private static string Penguin(int row) => FormattableString.Invariant(
            $"p{row},{(row % 2 == 0 ? "Adelie" : "Gentoo")},{(row % 2 == 0 ? "Dream" : "Biscoe")},{(row % 20 == 3 ? "NA" : $"{38 + (row % 2 * 10) + (row % 7 / 5.0)}")},{3700 + (row % 2 * 1300) + (row * 3 % 11)},{(row % 3 == 0 ? "male" : "female")}\n");

        /// <summary>The result of each example: page, number, and ok or the error.</summary>
        public IReadOnlyList<string> Lines { get; }

        public string Error { get; }

        public string UmapHelp { get; }

        public string AboutHelp { get; }

        public void Dispose() => _host.Dispose();

        /// <summary>A sensor of one of three well-separated kinds.</summary>
        private static string Sensor(int row) => string.Create(
            CultureInfo.InvariantCulture,
            $"s{row},{20 + (row % 3 * 10) + Math.Sin(row):F3},{15 + (row % 3 * 5) + Math.Cos(3 * row):F3},{100 + (row % 3 * 200) + (10 * Math.Sin(7 * row)):F3}");

        /// <summary>Writes a folder of gray images of two sizes, as binary PGM.</summary>
        private void WriteImages(string folder)
        {
            Directory.CreateDirectory(_host.FileOf(folder));
            for (var image = 0; image < 6; image++)
            {
                var width = 40 + (image % 2 * 8);
                File.WriteAllBytes(
                    _host.FileOf(Path.Combine(folder, $"scan{image}.pgm")),
                    [.. System.Text.Encoding.ASCII.GetBytes($"P5 {width} 40 255\n"), .. Enumerable.Range(
                        0, width * 40).Select(pixel => (byte)(pixel * (image + 1)))]);
            }
        }

        /// <summary>Writes an array in NumPy's format, version 1.</summary>
        private void WriteArray(string name, string type, int[] shape, IEnumerable<byte> values)
        {
            var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({string.Join(", ", shape)},), }}".PadRight(117) + "\n";
            File.WriteAllBytes(
                _host.FileOf(name),
                [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), .. values]);
        }
    }
}
