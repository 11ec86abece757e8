<#
.SYNOPSIS
Measures how long Import-N2DDataset takes to read a file.

.DESCRIPTION
To compare two checkouts, run the script alternately in their hosts. Without -Path, it creates a CSV file of 1,000,000 rows with 20 numbers in the
temporary folder and reads it. The first reading of a process is not counted, because it compiles the code.

.PARAMETER Path
The file to read.

.PARAMETER Round
The number of readings that are timed.

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
