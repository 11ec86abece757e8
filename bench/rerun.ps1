<#
.SYNOPSIS
Scores the clusters that a third party saved when running the N2D study's own program.
.DESCRIPTION
The clusters were committed in 2022 (commit 7a4d9e4 of a fork of github.com/rymc/n2d; args.txt in each folder contains the settings). Each line of
a file is the cluster of one row. The order of the rows is that of the study's loaders and of Import-N2DDataset. The script compares the clusters
with the labels.
.PARAMETER RepositoryPath
A clone of github.com/rymc/n2d that contains the commit (git fetch origin 7a4d9e477ae31c7d15d9b6c78c3f5d874e0e3bbb).
.PARAMETER DataPath
The folder of the data sets, as in examples/reproduce.ps1.
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
    if ($LASTEXITCODE -ne 0) { throw "$RepositoryPath does not contain commit $commit." }
    $labels = (Import-N2DDataset $name).GetLabels()
    if ($clusters.Count -ne $labels.RowCount) { throw "$name has $($labels.RowCount) rows, but the file has $($clusters.Count) clusters." }
    0..($clusters.Count - 1) | ForEach-Object { [pscustomobject]@{ Cluster = $clusters[$_]; Label = $labels[$_] } } | Measure-N2DAssignment |
        Select-Object @{ n = 'Dataset'; e = { $name } }, RowCount, Acc, Nmi, Ari
}
