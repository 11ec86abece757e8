<#
.SYNOPSIS
Builds, tests, fuzzes, packages or publishes the module N2D.PowerShell.

.DESCRIPTION
Runs 'dotnet' with the right arguments. The first line of the output shows the command. Requires the .NET 10 SDK.

Build     creates the complete module in out/N2D.PowerShell, ready for Import-Module.
Test      builds and runs all tests.
Fuzz      changes data files of every format and model files at random and reads them. Intended for a nightly job. Each case must quickly return
          a data set, a model or a typed error; the output counts them.
Package   creates out/package/N2D.PowerShell-VERSION-RID.zip. Unpack it into a folder of $env:PSModulePath. Tests its manifest and shows the sizes
          of the contents.
Publish   publishes the same package to a repository, from which Install-PSResource installs it. Requires Microsoft.PowerShell.PSResourceGet, which
          PowerShell contains ('dotnet tool install --global PowerShell'), but src/N2D.Host does not.
Clean     deletes the output of the other tasks.

.PARAMETER Task
Build, Test, Fuzz, Package, Publish or Clean.

.PARAMETER Configuration
Release or Debug. They differ only in assertions; both are optimized.

.PARAMETER TorchBackend
The libtorch inside the module: none, cpu, cuda-windows or cuda-linux. Without one, the module is small and trains dense autoencoders with ReLU;
users install libtorch for the others by Install-N2DBackend. The CUDA backends download several gigabytes and require an NVIDIA GPU.

.PARAMETER RuntimeIdentifier
The target system: linux-x64, win-x64 or osx-arm64; with -TorchBackend none, also linux-arm64, win-arm64 or any: one module
for all of them. Default: any for Package and Publish with -TorchBackend none; otherwise the system of this computer, or that of
the CUDA backend.

.PARAMETER Repository
The repository that Publish publishes to, as registered by Register-PSResourceRepository. It can be a folder.

.PARAMETER ApiKey
The key that the repository requires. Folders require none.

.PARAMETER ModulePath
A module folder that exists already, such as an unpacked package. Publish publishes it and builds nothing.

.PARAMETER Prerelease
The label of a prerelease: letters and digits, such as preview1. The version becomes VERSION-preview1.

.PARAMETER ProjectUri
The address of the project. The manifest gets it and the addresses of the license and the icon below it, as GitHub and GitLab have them.
Get-Help -Online opens it. Without it, the manifest has none of them.

.PARAMETER HelpInfoUri
The address that Update-Help asks for newer help. Give it only if the address has a HelpInfo.xml: otherwise, Update-Help reports an error.

.PARAMETER Certificate
A certificate for code signing. Package and Publish sign the module's own files and a catalog of all files. Requires Windows.

.PARAMETER TimestampServer
The address of the server that dates the signatures, so that they stay valid after the certificate expires.

.PARAMETER FuzzCaseCount
The number of cases that Fuzz runs for each kind of file: data files, Parquet files and models. 20,000 take several minutes.

.PARAMETER FuzzSeed
The seed for the changes of Fuzz. Default: the current date. A failure reports its seed and the number of its case.

.EXAMPLE
./build.ps1
Import-Module ./out/N2D.PowerShell

.EXAMPLE
./build.ps1 -Task Package

.EXAMPLE
./build.ps1 -Task Fuzz -FuzzCaseCount 1000000 -FuzzSeed 7

.EXAMPLE
./build.ps1 -TorchBackend cuda-windows

.EXAMPLE
./build.ps1 -Task Package -TorchBackend cpu -RuntimeIdentifier win-x64

.EXAMPLE
Register-PSResourceRepository Team -Uri /srv/packages -Trusted
./build.ps1 -Task Publish -Repository Team
Install-PSResource N2D.PowerShell -Repository Team

.EXAMPLE
./build.ps1 -Task Package -Certificate (Get-Item Cert:/CurrentUser/My/0123456789ABCDEF0123456789ABCDEF01234567)
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Fuzz', 'Package', 'Publish', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [ValidateSet('none', 'cpu', 'cuda-windows', 'cuda-linux')]
    [string] $TorchBackend = 'none',

    [ValidateSet('linux-x64', 'win-x64', 'osx-arm64', 'linux-arm64', 'win-arm64', 'any')]
    [string] $RuntimeIdentifier,

    [string] $Repository,

    [string] $ApiKey,

    [string] $ModulePath,

    [ValidatePattern('^[A-Za-z0-9]+$')]
    [string] $Prerelease,

    [uri] $ProjectUri,

    [uri] $HelpInfoUri,

    [System.Security.Cryptography.X509Certificates.X509Certificate2] $Certificate,

    [uri] $TimestampServer,

    [ValidateRange(1, 1000000000)]
    [int] $FuzzCaseCount = 20000,

    [int] $FuzzSeed = [datetime]::UtcNow.ToString('yyyyMMdd', [cultureinfo]::InvariantCulture)
)

$ErrorActionPreference = 'Stop'
$solution = "$PSScriptRoot/N2D.PowerShell.sln"
$project = "$PSScriptRoot/src/N2D.PowerShell/N2D.PowerShell.csproj"
if (-not $RuntimeIdentifier -and $TorchBackend -eq 'none' -and $Task -in 'Package', 'Publish') { $RuntimeIdentifier = 'any' }
$options = @('--configuration', $Configuration, "-p:TorchBackend=$TorchBackend")
if ($RuntimeIdentifier) { $options += "-p:ModuleRuntimeIdentifier=$RuntimeIdentifier" }
if ($Prerelease) { $options += "-p:VersionSuffix=$Prerelease" }
if ($ProjectUri) { $options += "-p:ProjectUri=$($ProjectUri.AbsoluteUri)" }
if ($HelpInfoUri) { $options += "-p:HelpInfoUri=$($HelpInfoUri.AbsoluteUri)" }

# Check before the build what would fail after it.
if ($Task -eq 'Publish') {
    if (-not $Repository) { throw '-Task Publish requires -Repository, the name of a repository (Get-PSResourceRepository lists them).' }
    if (-not (Get-Command Publish-PSResource -ErrorAction Ignore)) {
        throw '-Task Publish requires the module Microsoft.PowerShell.PSResourceGet. Run it in pwsh: dotnet tool install --global PowerShell'
    }

    $null = Get-PSResourceRepository $Repository -ErrorAction Stop
}
elseif ($Repository -or $ApiKey -or $ModulePath) {
    throw "-Repository, -ApiKey and -ModulePath require -Task Publish, but the task is $Task."
}

if ($Certificate -and -not $IsWindows) { throw '-Certificate requires Windows: no other system has Set-AuthenticodeSignature and New-FileCatalog.' }

# Signs the module's own files, then lists all files in a catalog and signs that. Install-PSResource -AuthenticodeCheck checks both.
function Add-Signature([string] $Path) {
    $signing = @{ Certificate = $Certificate; HashAlgorithm = 'SHA256'; IncludeChain = 'NotRoot' }
    if ($TimestampServer) { $signing.TimestampServer = $TimestampServer.AbsoluteUri }
    $sign = {
        foreach ($signature in Set-AuthenticodeSignature -LiteralPath $args @signing) {
            if ($signature.Status -ne 'Valid') { throw "$($signature.Path) was not signed: $($signature.StatusMessage)" }
        }
    }
    & $sign @(Get-ChildItem "$Path/*.ps*1", "$Path/*.ps1xml", "$Path/bin/N2D*.dll" | ForEach-Object FullName)

    # Outside of the folder at first, so that the catalog does not list itself.
    $catalog = [System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "$([guid]::NewGuid()).cat")
    $null = New-FileCatalog -Path $Path -CatalogFilePath $catalog -CatalogVersion 2
    [System.IO.File]::Move($catalog, "$Path/N2D.PowerShell.cat", $true)
    & $sign "$Path/N2D.PowerShell.cat"
}

function Show-Size([string] $Path, [string] $Package) {
    $size = { param($bytes) '{0,8:N1} MB' -f ($bytes / 1MB) }
    $files = [System.IO.DirectoryInfo]::new($Path).GetFiles('*', 'AllDirectories')
    $files | Where-Object FullName -Match '[\\/]bin[\\/]([^\\/]+[\\/])?lib' | ForEach-Object { "$(& $size $_.Length)  $([System.IO.Path]::GetRelativePath($Path, $_))" }
    $total = 0
    $files | ForEach-Object { $total += $_.Length }
    "$(& $size $total)  total of $($files.Count) files"
    if ($Package) { "$(& $size ([System.IO.FileInfo]::new($Package).Length))  $Package" }
}

if ($Task -eq 'Fuzz') {
    $env:N2D_FUZZ_CASES = $FuzzCaseCount
    $env:N2D_FUZZ_SEED = $FuzzSeed
    "N2D_FUZZ_CASES=$FuzzCaseCount N2D_FUZZ_SEED=$FuzzSeed"
}

$arguments = switch ($Task) {
    'Build' { @('build', $project) + $options }
    'Test' { @('test', $solution) + $options }
    'Fuzz' { @('test', "$PSScriptRoot/tests/N2D.Tests", '--filter', 'FullyQualifiedName~FuzzTests', '--logger', 'console;verbosity=detailed') + $options }
    'Clean' { @('clean', $solution) + $options }
    default { @('build', $project, '-target:LayOutPackage') + $options }
}

$module = $ModulePath ? (Convert-Path -LiteralPath $ModulePath) : $null
if (-not $module) {
    "dotnet $arguments"
    if ($Task -in 'Package', 'Publish') {
        dotnet @arguments | ForEach-Object {
            $_
            if ($_ -match '^\s*Module: (.+?)\s*$') { $module = $Matches[1] }
        }
    }
    else {
        dotnet @arguments
    }

    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

if ($Task -in 'Package', 'Publish') {
    try {
        if ($Certificate) { Add-Signature $module }
        $manifest = Test-ModuleManifest "$module/N2D.PowerShell.psd1"
        $version = $manifest.Version, $manifest.PrivateData.PSData.Prerelease -ne $null -join '-'
        "The manifest is valid: $($manifest.Name) $version, $($manifest.ExportedCmdlets.Count) cmdlets, $($manifest.FileList.Count) files."
        if ($Task -eq 'Package') {
            $folder = [System.IO.Path]::GetDirectoryName($module)
            $package = "$folder.zip"
            [System.IO.File]::Delete($package)
            [System.IO.Compression.ZipFile]::CreateFromDirectory($folder, $package)
            Show-Size $module $package
        }
        else {
            $key = $ApiKey ? @{ ApiKey = $ApiKey } : @{}
            Publish-PSResource -Path $module -Repository $Repository @key
            Show-Size $module
            "Published $($manifest.Name) $version to $Repository."
        }
    }
    finally {
        if (-not $ModulePath) { [System.IO.Directory]::Delete([System.IO.Path]::GetDirectoryName($module), $true) }
    }
}

if ($Task -eq 'Clean' -and [System.IO.Directory]::Exists("$PSScriptRoot/out")) {
    [System.IO.Directory]::Delete("$PSScriptRoot/out", $true)
}
