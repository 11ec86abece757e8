<#
.SYNOPSIS
Builds, tests, fuzzes or packages the module N2D.PowerShell.

.DESCRIPTION
A face over 'dotnet', which does the work; each task says on its first line what it runs. Needs the .NET 10 SDK.

Build     leaves the complete module in out/N2D.PowerShell, ready for Import-Module.
Test      builds and runs all tests.
Fuzz      changes model files at random and reads them: for a nightly job. Each ends in a model or in one of the errors of a damaged file; how many in which is told.
Package   leaves out/package/N2D.PowerShell-VERSION-RID.zip, to be unpacked into a folder of $env:PSModulePath.
Clean     deletes what the other tasks made.

.PARAMETER Task
Build, Test, Fuzz, Package or Clean.

.PARAMETER Configuration
Release or Debug. They differ in assertions alone: both are optimised.

.PARAMETER TorchBackend
cpu, cuda-windows or cuda-linux. The CUDA ones download several gigabytes and need an NVIDIA GPU to be of use.

.PARAMETER RuntimeIdentifier
The system that the module is for: linux-x64, win-x64 or osx-arm64. Default: this machine's, or that of the CUDA backend.

.PARAMETER FuzzCaseCount
The number of files that Fuzz reads. A hundred thousand take some minutes.

.PARAMETER FuzzSeed
The seed of what is changed in them. Without one each day has its own; a failure tells it, and the number of its case.

.EXAMPLE
./build.ps1
Import-Module ./out/N2D.PowerShell

.EXAMPLE
./build.ps1 -Task Package -RuntimeIdentifier win-x64

.EXAMPLE
./build.ps1 -Task Fuzz -FuzzCaseCount 1000000 -FuzzSeed 7

.EXAMPLE
./build.ps1 -TorchBackend cuda-windows
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Fuzz', 'Package', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [ValidateSet('cpu', 'cuda-windows', 'cuda-linux')]
    [string] $TorchBackend = 'cpu',

    [ValidateSet('linux-x64', 'win-x64', 'osx-arm64')]
    [string] $RuntimeIdentifier,

    [ValidateRange(1, 1000000000)]
    [int] $FuzzCaseCount = 100000,

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
    'Fuzz' { @('test', "$PSScriptRoot/tests/N2D.Tests", '--filter', 'FullyQualifiedName~ModelFuzz', '--logger', 'console;verbosity=detailed') + $options }
    'Package' { @('build', $module, '-target:Package') + $options }
    'Clean' { @('clean', $solution) + $options }
}

if ($Task -eq 'Fuzz') {
    $env:N2D_FUZZ_CASES = $FuzzCaseCount
    $env:N2D_FUZZ_SEED = $FuzzSeed
    "N2D_FUZZ_CASES=$FuzzCaseCount N2D_FUZZ_SEED=$FuzzSeed"
}

"dotnet $arguments"
dotnet @arguments
$exitCode = $LASTEXITCODE

if ($Task -eq 'Clean' -and [System.IO.Directory]::Exists("$PSScriptRoot/out")) {
    [System.IO.Directory]::Delete("$PSScriptRoot/out", $true)
}

exit $exitCode
