<#
.SYNOPSIS
Clusters the 1797 real handwritten digits of the module without using their labels.

.DESCRIPTION
Trains the autoencoder, finds the manifold, clusters it, and shows how well the clusters match the digits. Writes digits-runs.csv (one row for
each run), digits-assignments.csv (one row for each digit) and digits.png (a plot of the labels and the clusters).

.PARAMETER OutputFolder
The folder for the files. It is created if it does not exist. Default: the current folder.

.PARAMETER Seed
The seed for all stages. The same seed gives the same clusters.

.EXAMPLE
./examples/quickstart.ps1 -Seed 1 -OutputFolder ~/digits
#>
param(
    [string] $OutputFolder = '.',
    [int] $Seed = 0
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

$null = New-Item $OutputFolder -ItemType Directory -Force

# These cmdlets are the whole method. The embedding is kept because the plot uses it again.
$embedding = Import-N2DDataset Digits | New-N2DAutoencoder -Seed $Seed
$result = $embedding | Invoke-N2DUmap | Invoke-N2DCluster -ClusterCount 10

# One row for each run, and one row for each digit.
$result | Export-Csv "$OutputFolder/digits-runs.csv"
$result | Get-N2DAssignment | Export-Csv "$OutputFolder/digits-assignments.csv"

# The clusters were found in ten dimensions. The plot needs a two-dimensional layout of the same embedding.
$picture = $embedding | Invoke-N2DUmap -Dimension 2
$result | Export-N2DPlot "$OutputFolder/digits.png" -Layout $picture

$result | Format-List
