<#
.SYNOPSIS
Fits N2D to a data set's train part, applies it to the test part, and compares that with fitting it to both together.

.DESCRIPTION
With the module's defaults but for the epochs. Shown are the accuracy of the clusters of the test rows, which the fit has not seen, the same of the fit to all
rows, what a row costs, and the share of the test rows that are novel. The model goes by a file, as it would to another machine.

.PARAMETER Name
Mnist, Fashion or Pendigits.

.PARAMETER Path
The folder that the data set's files are in: four IDX files, or pendigits' .tra and .tes.

.PARAMETER Epoch
The epochs of the autoencoder; 0 to do without it.

.PARAMETER Seed
The seed of all stages.

.PARAMETER ModelPath
Where the model is saved.

.PARAMETER SkipTogether
Leaves out the fit to all rows, which takes as long again.

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- bench/transform.ps1 -Name Mnist -Path ~/data/mnist -Epoch 15
#>
param(
    [ValidateSet('Mnist', 'Fashion', 'Pendigits')] [string] $Name = 'Mnist',
    [Parameter(Mandatory)] [string] $Path,
    [int] $Epoch = 15,
    [int] $Seed = 0,
    [string] $ModelPath = "$Name.n2d",
    [switch] $SkipTogether
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

function Import-Part($Part) {
    $files = Get-ChildItem $Path
    if ($Name -eq 'Pendigits') {
        # Scaled as the named data set is, by a copy of the file: the last of 17 cells is the digit.
        $extension = @{ train = '*.tra'; t10k = '*.tes' }[$Part]
        $scaled = [System.IO.Path]::GetTempFileName()
        Get-Content @($files | Where-Object Name -Like $extension)[0].FullName | ForEach-Object {
            $cells = $_ -split ','
            (@($cells[0..15] | ForEach-Object { ([float] $_ / 100).ToString('R', [cultureinfo]::InvariantCulture) }) + $cells[16].Trim()) -join ','
        } | Set-Content $scaled
        Import-N2DDataset -Path $scaled -LabelColumn -1 -Delimiter ','
        Remove-Item $scaled
        return
    }

    $images = $files | Where-Object Name -Like "$Part-images*"
    $labels = $files | Where-Object Name -Like "$Part-labels*"
    Import-N2DDataset -Path $images.FullName -LabelPath $labels.FullName
}

function Invoke-Fit($Dataset) {
    $embedding = $Dataset
    if ($Epoch -gt 0) {
        $embedding = $embedding | New-N2DAutoencoder -Epoch $Epoch -Seed $Seed
    }

    $embedding | Invoke-N2DUmap -Seed $Seed | Invoke-N2DCluster -ClusterCount 10 -Seed $Seed
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
$fit | Export-N2DModel $ModelPath
$model = Import-N2DModel $ModelPath

# The first call prepares what later ones use.
$null = $test | Invoke-N2DModel $model -EmbeddingOnly
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$applied = $test | Invoke-N2DModel $model
$seconds = $watch.Elapsed.TotalSeconds
'{0}: {1} rows scored in {2:F2} s, {3:F0} microseconds a row; {4:P2} of them novel' -f $Name, $test.RowCount, $seconds, (1e6 * $seconds / $test.RowCount), $applied.NovelShare

$scores = @([pscustomobject] @{ Fit = 'train part'; Scored = 'train part'; Acc = $fit.Acc })
$scores += [pscustomobject] @{ Fit = 'train part'; Scored = 'test part, transformed'; Acc = Measure-Accuracy $applied $fit }
if (-not $SkipTogether) {
    $together = Invoke-Fit (Import-N2DDataset $Name -Path $Path)
    $scores += [pscustomobject] @{ Fit = 'both parts'; Scored = 'both parts'; Acc = $together.Acc }
    $scores += [pscustomobject] @{ Fit = 'both parts'; Scored = 'test part'; Acc = Measure-Accuracy $together $together $train.RowCount }
}

$scores | ForEach-Object { 'fit to the {0}, scored on the {1}: ACC {2:F4}' -f $_.Fit, $_.Scored, $_.Acc }
