<#
.SYNOPSIS
Scores the clusters that a rerun of the N2D study's own program left behind.
.DESCRIPTION
In 2022 somebody ran the study's program and committed the clusters that it saved (commit 7a4d9e4 of a fork of github.com/rymc/n2d; each folder's args.txt tells how). The files have a cluster
a row, in the order of the study's loaders, which is that of Import-N2DDataset. Each is scored here against the labels.
.PARAMETER RepositoryPath
A clone of github.com/rymc/n2d that has the commit: git fetch origin 7a4d9e477ae31c7d15d9b6c78c3f5d874e0e3bbb.
.PARAMETER DataPath
As of examples/reproduce.ps1.
.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- bench/rerun.ps1 ./n2d ~/data
#>
param(
    [Parameter(Mandatory, Position = 0)] [string] $RepositoryPath,
    [Parameter(Mandatory, Position = 1)] [string] $DataPath
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

$env:N2D_DATA = (Resolve-Path $DataPath).Path
$commit = '7a4d9e477ae31c7d15d9b6c78c3f5d874e0e3bbb'
$folders = [ordered]@{ Mnist = 'mnist'; MnistTest = 'mnist-test'; Usps = 'usps'; Pendigits = 'pendigits'; Har = 'har' }
foreach ($name in $folders.Keys) {
    $folder = $folders[$name]
    $clusters = @(git -C $RepositoryPath show "${commit}:$folder-n2d/$folder-clusters.txt")
    if ($LASTEXITCODE -ne 0) { throw "$RepositoryPath has not got commit $commit." }
    $labels = (Import-N2DDataset $name).GetLabels()
    if ($clusters.Count -ne $labels.RowCount) { throw "$name has $($labels.RowCount) rows, and $($clusters.Count) clusters were saved." }
    0..($clusters.Count - 1) | ForEach-Object { [pscustomobject]@{ Cluster = $clusters[$_]; Label = $labels[$_] } } | Measure-N2DAssignment |
        Select-Object @{ n = 'Dataset'; e = { $name } }, RowCount, Acc, Nmi, Ari
}
