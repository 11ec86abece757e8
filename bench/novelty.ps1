<#
.SYNOPSIS
Measures the share of novel rows for several pipelines.

.DESCRIPTION
Fits each pipeline to every other row of the digits. Then prints one line for each pipeline, with the share of novel rows among:
- the training rows
- the held-out rows, of which about 1 % should be novel
- the held-out rows with shuffled columns, and rows of random values, of which nearly all should be novel

.PARAMETER Seed
The seed for all stages.

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- bench/novelty.ps1
#>
param([int] $Seed = 0)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

$names = 1..64 | ForEach-Object { "D$_" }
$digits = @(Import-N2DDataset Digits | ConvertFrom-N2DEmbedding)
$fitted = $digits | Where-Object { $_.Index % 2 -eq 0 } | ConvertTo-N2DDataset $names
$heldOut = $digits | Where-Object { $_.Index % 2 -eq 1 }
$random = [System.Random]::new(1)
$others = [ordered] @{
    'held out'         = $heldOut | ConvertTo-N2DDataset $names
    'columns shuffled' = $heldOut | ForEach-Object { $row = [ordered] @{}; foreach ($column in 1..64) { $row["D$column"] = $_."D$(1 + 37 * $column % 64)" }; [pscustomobject] $row } | ConvertTo-N2DDataset $names
    'random values'    = $heldOut | ForEach-Object { $row = [ordered] @{}; foreach ($name in $names) { $row[$name] = $random.NextDouble() }; [pscustomobject] $row } | ConvertTo-N2DDataset $names
}

$pipelines = [ordered] @{
    'autoencoder of 100 epochs, UMAP, mixture' = { $fitted | New-N2DAutoencoder -Epoch 100 -Seed $Seed | Invoke-N2DUmap -Seed $Seed | Invoke-N2DCluster 10 -Seed $Seed }
    'autoencoder of 20 epochs, UMAP, mixture'  = { $fitted | New-N2DAutoencoder -Epoch 20 -Seed $Seed | Invoke-N2DUmap -Seed $Seed | Invoke-N2DCluster 10 -Seed $Seed }
    'UMAP, mixture'                            = { $fitted | Invoke-N2DUmap -Seed $Seed | Invoke-N2DCluster 10 -Seed $Seed }
    '10 components, mixture'                   = { $fitted | Invoke-N2DPca -Dimension 10 | Invoke-N2DCluster 10 -Seed $Seed }
    'mixture'                                  = { $fitted | Invoke-N2DCluster 10 -Seed $Seed }
    'k-means'                                  = { $fitted | Invoke-N2DCluster 10 -Seed $Seed -Method KMeans }
}

$path = [System.IO.Path]::GetTempFileName()
foreach ($name in $pipelines.Keys) {
    & $pipelines[$name] | Export-N2DModel $path
    $model = Import-N2DModel $path
    $shares = @("of the fit {0:P1}" -f ($fitted | Invoke-N2DModel $model).NovelShare)
    $shares += $others.Keys | ForEach-Object { "$_ {0:P1}" -f ($others[$_] | Invoke-N2DModel $model).NovelShare }
    "${name}: $($shares -join ', ')"
}

[System.IO.File]::Delete($path)
