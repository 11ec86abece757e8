<#
.SYNOPSIS
Clusters 1797 real handwritten digits that come with the module, without telling it which digit is which.

.DESCRIPTION
Trains the autoencoder, finds the manifold, clusters it, and shows how well the clusters agree with the digits. Writes digits-runs.csv
(a row a run), digits-assignments.csv (a row a digit) and digits.png (the clusters, and beside them the digits).

.PARAMETER OutputFolder
Where the files go; the current folder unless told. It is made if it is not there.

.PARAMETER Seed
The seed of everything random. The same seed gives the same clusters.

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

# Three cmdlets are the whole method. The embedding is kept, as it is wanted again for the picture.
$embedding = Import-N2DDataset Digits | New-N2DAutoencoder -Seed $Seed
$result = $embedding | Invoke-N2DUmap | Invoke-N2DCluster -ClusterCount 10

# A row a run, and a row a digit.
$result | Export-Csv "$OutputFolder/digits-runs.csv"
$result | Get-N2DAssignment | Export-Csv "$OutputFolder/digits-assignments.csv"

# The clusters were found in ten dimensions; for the eye, the same embedding in two.
$picture = $embedding | Invoke-N2DUmap -Dimension 2
$result | Export-N2DPlot "$OutputFolder/digits.png" -Layout $picture

$result | Format-List
