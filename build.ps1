<#
.SYNOPSIS
Builds, tests, fuzzes or packages the module N2D.PowerShell.

.DESCRIPTION
Runs 'dotnet' with the right arguments. The first line of the output shows the command. Requires the .NET 10 SDK.

Build     creates the complete module in out/N2D.PowerShell, ready for Import-Module.
Test      builds and runs all tests.
Fuzz      changes data files of every format and model files at random and reads them. Intended for a nightly job. Each case must quickly return
          a data set, a model or a typed error; the output counts them.
Package   creates out/package/N2D.PowerShell-VERSION-RID.zip. Unpack it into a folder of $env:PSModulePath. Tests its manifest and shows the sizes
          of the contents.
Clean     deletes the output of the other tasks.

.PARAMETER Task
Build, Test, Fuzz, Package or Clean.

.PARAMETER Configuration
Release or Debug. They differ only in assertions; both are optimized.

.PARAMETER TorchBackend
The libtorch inside the module: cpu, cuda-windows, cuda-linux or none. The CUDA backends download several gigabytes and require an NVIDIA GPU.
Without a libtorch, the module is small and trains dense autoencoders with ReLU; for all others, set $env:N2D_LIBTORCH to the folder of one.

.PARAMETER RuntimeIdentifier
The target system: linux-x64, win-x64 or osx-arm64; with -TorchBackend none, also linux-arm64 or win-arm64. Default: the system of this computer, or that of the CUDA backend.

.PARAMETER FuzzCaseCount
The number of cases that Fuzz runs for each kind of file: data files, Parquet files and models. 20,000 take several minutes.

.PARAMETER FuzzSeed
The seed for the changes of Fuzz. Default: the current date. A failure reports its seed and the number of its case.

.EXAMPLE
./build.ps1
Import-Module ./out/N2D.PowerShell

.EXAMPLE
./build.ps1 -Task Package -RuntimeIdentifier win-x64

.EXAMPLE
./build.ps1 -Task Fuzz -FuzzCaseCount 1000000 -FuzzSeed 7

.EXAMPLE
./build.ps1 -TorchBackend cuda-windows

.EXAMPLE
./build.ps1 -Task Package -TorchBackend none
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Fuzz', 'Package', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [ValidateSet('cpu', 'cuda-windows', 'cuda-linux', 'none')]
    [string] $TorchBackend = 'cpu',

    [ValidateSet('linux-x64', 'win-x64', 'osx-arm64', 'linux-arm64', 'win-arm64')]
    [string] $RuntimeIdentifier,

    [ValidateRange(1, 1000000000)]
    [int] $FuzzCaseCount = 20000,

    [int] $FuzzSeed = [datetime]::UtcNow.ToString('yyyyMMdd', [cultureinfo]::InvariantCulture)
)

$ErrorActionPreference = 'Stop'
$solution = "$PSScriptRoot/N2D.PowerShell.sln"
$module = "$PSScriptRoot/src/N2D.PowerShell/N2D.PowerShell.csproj"
$options = @('--configuration', $Configuration, "-p:TorchBackend=$TorchBackend")
if ($RuntimeIdentifier) {
    $options += "-p:ModuleRuntimeIdentifier=$RuntimeIdentifier"
}

$arguments = switch ($Task) {
    'Build' { @('build', $module) + $options }
    'Test' { @('test', $solution) + $options }
    'Fuzz' { @('test', "$PSScriptRoot/tests/N2D.Tests", '--filter', 'FullyQualifiedName~FuzzTests', '--logger', 'console;verbosity=detailed') + $options }
    'Package' { @('build', $module, '-target:Package') + $options }
    'Clean' { @('clean', $solution) + $options }
}

if ($Task -eq 'Fuzz') {
    $env:N2D_FUZZ_CASES = $FuzzCaseCount
    $env:N2D_FUZZ_SEED = $FuzzSeed
    "N2D_FUZZ_CASES=$FuzzCaseCount N2D_FUZZ_SEED=$FuzzSeed"
}

"dotnet $arguments"
$package = $null
if ($Task -eq 'Package') {
    dotnet @arguments | ForEach-Object {
        $_
        if ($_ -match '^\s*Packaged (.+\.zip)\s*$') { $package = $Matches[1] }
    }
}
else {
    dotnet @arguments
}

$exitCode = $LASTEXITCODE

if ($package) {
    $folder = [System.IO.Directory]::CreateTempSubdirectory('n2d-package-').FullName
    $zip = [System.IO.Compression.ZipFile]::OpenRead($package)
    try {
        # Skip the libraries, which are most of the package. The manifest does not name them.
        foreach ($entry in $zip.Entries) {
            if ($entry.FullName -notlike '*/bin/*') {
                $path = [System.IO.Path]::Combine($folder, $entry.FullName)
                $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($path))
                [System.IO.Compression.ZipFileExtensions]::ExtractToFile($entry, $path)
            }
        }

        $module = Test-ModuleManifest "$folder/N2D.PowerShell/N2D.PowerShell.psd1"
        "The manifest is valid: $($module.Name) $($module.Version), $($module.ExportedCmdlets.Count) cmdlets."

        $size = { param($bytes) '{0,8:N1} MB' -f ($bytes / 1MB) }
        $zip.Entries | Where-Object FullName -Match '/bin/lib' | ForEach-Object { "$(& $size $_.Length)  $($_.FullName)" }
        $unpacked = 0
        $zip.Entries | ForEach-Object { $unpacked += $_.Length }
        "$(& $size $unpacked)  total of $($zip.Entries.Count) files, unpacked"
        "$(& $size ([System.IO.FileInfo]::new($package).Length))  $package"
    }
    finally {
        $zip.Dispose()
        [System.IO.Directory]::Delete($folder, $true)
    }
}

if ($Task -eq 'Clean' -and [System.IO.Directory]::Exists("$PSScriptRoot/out")) {
    [System.IO.Directory]::Delete("$PSScriptRoot/out", $true)
}

exit $exitCode
