<#
.SYNOPSIS
Measures how long Import-Module takes in new processes.

.DESCRIPTION
Each process runs the program of this script (pwsh or the host) and imports one module, measured by a stopwatch around Import-Module. The
modules take turns, so that other work on the machine affects all of them.

Warm   the files are in the memory of the system.
Cold   the files of the module are dropped from that memory before each import, which only Linux can do. Files of PowerShell and .NET stay.

Returns one object for each module and state: the median, the lowest and the highest time in milliseconds, the median processor time, and
the ratio of the median to that of the first module. Processor time depends less on other work of the machine.

.PARAMETER ModulePath
The folders of the modules. Default: the built module.

.PARAMETER Count
The number of processes for each module and state.

.EXAMPLE
pwsh -NoProfile bench/import.ps1

.EXAMPLE
pwsh -NoProfile bench/import.ps1 -ModulePath out/N2D.PowerShell, ~/.nuget/packages/pester/6.2.0/tools/Pester.psd1
#>
param(
    [string[]] $ModulePath = @("$PSScriptRoot/../out/N2D.PowerShell"),
    [ValidateRange(1, 1000)] [int] $Count = 10
)

$ErrorActionPreference = 'Stop'

# pwsh -File passes a list as one string.
$modules = @($ModulePath -split ',' | ForEach-Object Trim | ForEach-Object { Convert-Path -LiteralPath $_ })
$states = $IsLinux ? @('Warm', 'Cold') : @('Warm')

# The program that runs this script also runs the others. The .NET host needs the name of its library.
$program = [Environment]::ProcessPath
$library = [IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet' ? @([Environment]::GetCommandLineArgs()[0]) : @()
$script = [IO.Path]::Combine([IO.Path]::GetTempPath(), "$([guid]::NewGuid()).ps1")
[IO.File]::WriteAllText($script, @'
param($Module)
$process = [Diagnostics.Process]::GetCurrentProcess()
$before = $process.TotalProcessorTime
$clock = [Diagnostics.Stopwatch]::StartNew()
Import-Module $Module
$clock.Stop()
$process.Refresh()
[string]::Format([cultureinfo]::InvariantCulture, '{0} {1}', $clock.Elapsed.TotalMilliseconds, ($process.TotalProcessorTime - $before).TotalMilliseconds)
'@)

function Get-Median($Numbers) {
    $sorted = @($Numbers | Sort-Object)
    ($sorted[[Math]::Floor(($sorted.Count - 1) / 2)] + $sorted[[Math]::Floor($sorted.Count / 2)]) / 2
}

function Measure-Import($Module, $State) {
    if ($State -eq 'Cold') {
        $folder = [IO.Directory]::Exists($Module) ? $Module : [IO.Path]::GetDirectoryName($Module)
        foreach ($file in [IO.Directory]::GetFiles($folder, '*', 'AllDirectories')) {
            dd "if=$file" iflag=nocache count=0 status=none
        }
    }

    $output = & $program @library -NoProfile -File $script $Module
    if ($LASTEXITCODE -ne 0) { throw "$Module was not imported: $output" }
    $elapsed, $processor = $output.Split(' ') | ForEach-Object { [double]::Parse($_, [cultureinfo]::InvariantCulture) }
    [pscustomobject] @{ Module = $Module; State = $State; Elapsed = $elapsed; Processor = $processor }
}

try {
    # The first process of each module only fills the memory of the system.
    foreach ($module in $modules) { $null = Measure-Import $module Warm }
    $times = foreach ($state in $states) {
        foreach ($i in 1..$Count) {
            foreach ($module in $modules) { Measure-Import $module $state }
        }
    }
}
finally {
    [IO.File]::Delete($script)
}

foreach ($state in $states) {
    $first = $null
    foreach ($module in $modules) {
        $own = @($times | Where-Object { $_.Module -eq $module -and $_.State -eq $state })
        $median = Get-Median $own.Elapsed
        $first ??= $median
        [pscustomobject] @{
            Module = [IO.Path]::GetFileName($module) -replace '\.psd1$'
            State = $state
            Count = $own.Count
            Median = [Math]::Round($median)
            Lowest = [Math]::Round(($own.Elapsed | Measure-Object -Minimum).Minimum)
            Highest = [Math]::Round(($own.Elapsed | Measure-Object -Maximum).Maximum)
            Processor = [Math]::Round((Get-Median $own.Processor))
            Ratio = [Math]::Round($median / $first, 2)
        }
    }
}
