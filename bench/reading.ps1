<#
.SYNOPSIS
Times how long Import-N2DDataset takes to read a file.

.DESCRIPTION
Run it in the hosts of two checkouts in turn to compare them. Without -Path it writes 1,000,000 rows of 20 numbers as CSV into the temporary folder, once, and reads that. The first reading of a process, which
compiles the code, is not counted.

.PARAMETER Path
The file to read.

.PARAMETER Round
How often it is read.

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- bench/reading.ps1
#>
param([string] $Path, [int] $Round = 5)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

if (-not $Path) {
    $Path = Join-Path ([IO.Path]::GetTempPath()) 'n2d-1000000x20.csv'
    if (-not (Test-Path $Path)) {
        $random = [Random]::new(1)
        $lines = foreach ($i in 1..20000) { (1..20 | ForEach-Object { ($random.NextDouble() * 2 - 1).ToString('F4', [cultureinfo]::InvariantCulture) }) -join ',' }
        $writer = [IO.StreamWriter]::new($Path)
        $writer.WriteLine((1..20 | ForEach-Object { "c$_" }) -join ',')
        foreach ($i in 1..1000000) { $writer.WriteLine($lines[$random.Next(20000)]) }
        $writer.Dispose()
    }
}

$seconds = foreach ($i in 0..$Round) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $data = Import-N2DDataset -Path $Path -WarningAction Ignore
    $clock.Elapsed.TotalSeconds
    $shape = "$($data.RowCount) x $($data.Dimension)"
    $data = $null
    [GC]::Collect()
}

$sorted = @($seconds[1..$Round] | Sort-Object)
[pscustomobject] @{
    File = [IO.Path]::GetFileName($Path)
    Shape = $shape
    Least = [Math]::Round($sorted[0], 2)
    Median = [Math]::Round($sorted[[int][Math]::Floor($Round / 2)], 2)
    PeakMiB = [int] ([Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB)
}
