<#
.SYNOPSIS
Groups the images of a folder by similarity.

.DESCRIPTION
Reads PNG, JPEG, WebP, GIF and binary PGM files. The gray value of each pixel is a column. Writes one row for each image (Name, Cluster,
Probability) to a CSV file and returns the result of the run.

.PARAMETER Path
The folder of the images.

.PARAMETER OutputPath
The CSV file to write.

.PARAMETER ClusterCount
The number of groups, or Auto.

.PARAMETER ImageSize
The width and height to which the images are resized, or one number for both. A small size is enough to distinguish shapes. Without it, all images
must have the same size.

.PARAMETER Epoch
The number of epochs of the autoencoder.

.EXAMPLE
./examples/images.ps1 -Path ./scans -OutputPath scans.csv -ClusterCount 12 -ImageSize 32
#>
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $OutputPath,
    [string] $ClusterCount = 'Auto',
    [string[]] $ImageSize,
    [int] $Epoch = 100
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

# pwsh -File passes a list as one string.
$size = if ($ImageSize) { @{ ImageSize = [int[]] @($ImageSize -split ',' | ForEach-Object Trim) } } else { @{} }
$result = Import-N2DDataset -Path $Path @size | Invoke-N2D $ClusterCount -Epoch $Epoch
$result | Get-N2DAssignment | Select-Object @{ Name = 'Name'; Expression = { $_.Id } }, Cluster, Probability | Export-Csv $OutputPath
$result
