<#
.SYNOPSIS
Sorts a folder of images into groups that look alike.

.DESCRIPTION
Reads PNG, JPEG, WebP, GIF and binary PGM files. Each pixel's grey is a column. Writes a row an image: Name, Cluster, Probability; and puts out the run.

.PARAMETER Path
The folder.

.PARAMETER OutputPath
The CSV file that is written.

.PARAMETER ClusterCount
The number of groups, or Auto.

.PARAMETER ImageSize
The width and the height that images are brought to, or one number for both; small is enough to tell forms apart. Without it they must be of one size.

.PARAMETER Epoch
The epochs of the autoencoder.

.EXAMPLE
./examples/images.ps1 -Path ./scans -OutputPath scans.csv -ClusterCount 12 -ImageSize 32
#>
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $OutputPath,
    [string] $ClusterCount = 'Auto',
    [int[]] $ImageSize,
    [int] $Epoch = 100
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

$size = if ($ImageSize) { @{ ImageSize = $ImageSize } } else { @{} }
$result = Import-N2DDataset -Path $Path @size | Invoke-N2D $ClusterCount -Epoch $Epoch
$result | Get-N2DAssignment | Select-Object @{ Name = 'Name'; Expression = { $_.Id } }, Cluster, Probability | Export-Csv $OutputPath
$result
