<#
.SYNOPSIS
Runs N2D on one data set with several seeds and appends a row a run to a CSV file.

.DESCRIPTION
With the module's defaults but for the epochs: 10 dimensions, 20 neighbours, minimum distance 0, 20 starts of the mixture. A run that the
file holds already is not run again, so that a stopped command can be given once more.

.PARAMETER Name
The data set, as Import-N2DDataset knows it.

.PARAMETER Path
The folder that its files are in.

.PARAMETER Epoch
The epochs of the autoencoder.

.PARAMETER SeedCount
How many seeds: 0, 1, 2, ...

.PARAMETER ResultPath
The CSV file.

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- bench/accuracy.ps1 -Name Pendigits -Path ~/data/pendigits -Epoch 100
#>
param(
    [Parameter(Mandatory)] [string] $Name,
    [string] $Path,
    [Parameter(Mandatory)] [int] $Epoch,
    [int] $SeedCount = 5,
    [string] $ResultPath = "$PSScriptRoot/accuracy.csv"
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

$source = if ($Path) { @{ Name = $Name; Path = $Path } } else { @{ Name = $Name } }
$dataset = Import-N2DDataset @source
$done = if (Test-Path $ResultPath) { Import-Csv $ResultPath } else { @() }
foreach ($seed in 0..($SeedCount - 1)) {
    if ($done | Where-Object { $_.Dataset -eq $dataset.Dataset -and [int] $_.Seed -eq $seed }) {
        continue
    }

    $dataset | New-N2DAutoencoder -Epoch $Epoch -Seed $seed | Invoke-N2DUmap | Invoke-N2DCluster | Export-Csv $ResultPath -Append
}

$runs = Import-Csv $ResultPath | Where-Object Dataset -EQ $dataset.Dataset
$runs | Format-Table Dataset, Seed, Acc, Nmi, Ari, Silhouette, AutoencoderSeconds, ManifoldSeconds, ClusterSeconds
$runs | Measure-Object Acc -Average -Minimum -Maximum
