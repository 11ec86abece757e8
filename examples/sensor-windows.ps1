<#
.SYNOPSIS
Cuts a sensor's readings into windows, finds the states that it is in, and tells for each window which one.

.DESCRIPTION
A window is described by figures that do not hang on where it begins: mean, spread, how far it moves from one reading to the next, and how often it crosses its mean. The whole
of N2D looks for the states in them. Writes a row a window: Start, the figures, Cluster, Probability.

.PARAMETER Path
A CSV file with a column 'value', a reading a row, in the order of time.

.PARAMETER OutputPath
The CSV file that is written.

.PARAMETER WindowLength
The readings of a window.

.PARAMETER ClusterCount
The number of states, or Auto.

.PARAMETER Epoch
The epochs of the autoencoder.

.EXAMPLE
./examples/sensor-windows.ps1 -Path pump.csv -OutputPath pump-states.csv -ClusterCount 3
#>
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $OutputPath,
    [ValidateRange(4, 1000000)] [int] $WindowLength = 50,
    [string] $ClusterCount = 'Auto',
    [int] $Epoch = 100
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

$rows = @(Import-Csv $Path)
if ($rows.Count -eq 0 -or -not $rows[0].PSObject.Properties['value']) {
    throw "'$Path' has no column 'value' of readings. It has: $($rows[0].PSObject.Properties.Name -join ', ')."
}

$readings = [double[]] @($rows | ForEach-Object value)
$windows = for ($start = 0; $start + $WindowLength -le $readings.Length; $start += $WindowLength) {
    $mean, $square, $moves, $crossings = 0.0, 0.0, 0.0, 0
    $window = $readings[$start..($start + $WindowLength - 1)]
    foreach ($value in $window) { $mean += $value / $WindowLength }
    for ($i = 0; $i -lt $WindowLength; $i++) {
        $square += [math]::Pow($window[$i] - $mean, 2)
        if ($i -gt 0) {
            $moves += [math]::Abs($window[$i] - $window[$i - 1])
            $crossings += [int] (($window[$i] -lt $mean) -ne ($window[$i - 1] -lt $mean))
        }
    }

    [pscustomobject]@{
        Start     = $start
        Mean      = $mean
        Spread    = [math]::Sqrt($square / $WindowLength)
        Movement  = $moves / ($WindowLength - 1)
        Crossings = $crossings
    }
}

$result = $windows | ConvertTo-N2DDataset -ExcludeProperty Start -Standardize ZScore -Name ([System.IO.Path]::GetFileNameWithoutExtension($Path)) |
    Invoke-N2D $ClusterCount -Epoch $Epoch
$windows | Add-N2DAssignment $result | Export-Csv $OutputPath
$result
