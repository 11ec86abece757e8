<#
.SYNOPSIS
Fits N2D to MNIST's train part, applies it to the test part, and compares that with fitting it to both together.

.DESCRIPTION
With the module's defaults but for the epochs. Shown are the accuracy of the clusters of the test rows, which the fit has not seen, the same of the fit to all
70000 rows, and what a row of the transform costs.

.PARAMETER Path
The folder that MNIST's four IDX files are in.

.PARAMETER Epoch
The epochs of the autoencoder; 0 to do without it.

.PARAMETER Seed
The seed of all stages.

.PARAMETER SkipTogether
Leaves out the fit to all rows, which takes as long again.

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- bench/transform.ps1 -Path ~/data/mnist -Epoch 15
#>
param(
    [Parameter(Mandatory)] [string] $Path,
    [int] $Epoch = 15,
    [int] $Seed = 0,
    [switch] $SkipTogether
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

function Import-Part($Name) {
    $images = Get-ChildItem $Path | Where-Object Name -Like "$Name-images*"
    $labels = Get-ChildItem $Path | Where-Object Name -Like "$Name-labels*"
    Import-N2DDataset -Path $images.FullName -LabelPath $labels.FullName
}

function Invoke-Fit($Dataset) {
    $embedding = $Dataset
    if ($Epoch -gt 0) {
        $embedding = $embedding | New-N2DAutoencoder -Epoch $Epoch -Seed $Seed
    }

    $embedding | Invoke-N2DUmap -Seed $Seed | Invoke-N2DCluster -Seed $Seed
}

# The share of a result's rows, from one on, whose cluster is of their class; which class that is was settled by the fit.
function Measure-Accuracy($Result, $Fit, $FirstRow = 0) {
    $names = $Fit.GetEmbedding().GetLabels().ClassNames
    $classes = $Fit.GetClassMapping()
    $rows = @($Result.EnumerateAssignments() | Where-Object Index -GE $FirstRow)
    @($rows | Where-Object { $names[$classes[$_.Cluster]] -eq $_.Label }).Count / $rows.Count
}

$train = Import-Part train
$test = Import-Part t10k
$fit = Invoke-Fit $train

# Objects of the module are asked for their types, as these are not in scripts' reach by name.
$execution = $fit.GetType().Assembly.GetType('N2D.Execution')::Default
$embedding = $test
$costs = foreach ($stage in $fit.GetEmbedding().GetStages()) {
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $rows = $stage.Transform($embedding.GetRows(), $execution)
    $watch.Stop()
    $embedding = $embedding.Append($stage, $rows)
    [pscustomobject] @{ Stage = $stage.Name; Seconds = $watch.Elapsed.TotalSeconds; MicrosecondsPerRow = 1e6 * $watch.Elapsed.TotalSeconds / $rows.RowCount }
}

$applied = $fit.GetType()::Create($embedding, $fit.GetClusterer(), $execution)
$scores = @([pscustomobject] @{ Fit = 'train part'; Scored = 'train part'; Acc = $fit.Acc })
$scores += [pscustomobject] @{ Fit = 'train part'; Scored = 'test part, transformed'; Acc = Measure-Accuracy $applied $fit }
if (-not $SkipTogether) {
    $together = Invoke-Fit (Import-N2DDataset Mnist -Path $Path)
    $scores += [pscustomobject] @{ Fit = 'both parts'; Scored = 'both parts'; Acc = $together.Acc }
    $scores += [pscustomobject] @{ Fit = 'both parts'; Scored = 'test part'; Acc = Measure-Accuracy $together $together $train.RowCount }
}

$costs | ForEach-Object { '{0}: {1:F2} s, {2:F1} microseconds a row' -f $_.Stage, $_.Seconds, $_.MicrosecondsPerRow }
$scores | ForEach-Object { 'fit to the {0}, scored on the {1}: ACC {2:F4}' -f $_.Fit, $_.Scored, $_.Acc }
