<#
.SYNOPSIS
Splits the readings of a sensor into windows and finds the state of the sensor in each window.

.DESCRIPTION
Four features describe a window, regardless of where it starts: its mean, its spread, the mean change between readings, and how often it crosses its
mean. N2D clusters the windows by these features. The script writes one row for each window (Start, the features, Cluster, Probability) to a CSV
file and returns the result of the run.

.PARAMETER Path
A CSV file with a column 'value': one reading for each row, in order of time.

.PARAMETER OutputPath
The CSV file to write.

.PARAMETER WindowLength
The number of readings in a window.

.PARAMETER ClusterCount
The number of states, or Auto.

.PARAMETER Epoch
The number of epochs of the autoencoder.

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
    throw "'$Path' has no column 'value' with readings. Its columns are: $($rows[0].PSObject.Properties.Name -join ', ')."
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
