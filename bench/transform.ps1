<#
.SYNOPSIS
Fits N2D to the training rows of a data set, applies it to the test rows, and compares this with a fit of all rows.

.DESCRIPTION
Uses the defaults of the module except for the epochs. Prints the accuracy on the test rows for both fits, the time per row, and the share of novel
test rows. The model is saved to a file and loaded from it, as it would be on another computer.

.PARAMETER Name
Mnist, Fashion or Pendigits.

.PARAMETER Path
The folder of the data set's files: four IDX files, or pendigits' .tra and .tes.

.PARAMETER Epoch
The number of epochs of the autoencoder. 0 skips the autoencoder.

.PARAMETER Optimize
Fits the recipe of self-training for images instead: 50 principal components, UMAP, the mixture and Optimize-N2DCluster. There is no autoencoder.

.PARAMETER Seed
The seed for all stages.

.PARAMETER ModelPath
The file to save the model to.

.PARAMETER SkipTogether
Skips the fit of all rows, which takes about half of the time.

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- bench/transform.ps1 -Name Mnist -Path ~/data/mnist -Epoch 15

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- bench/transform.ps1 -Name Mnist -Path ~/data/mnist -Optimize
#>
param(
    [ValidateSet('Mnist', 'Fashion', 'Pendigits')] [string] $Name = 'Mnist',
    [Parameter(Mandatory)] [string] $Path,
    [int] $Epoch = 15,
    [switch] $Optimize,
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
        # Writes a copy that is scaled like the named data set. The last of the 17 cells is the digit.
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
    if ($Optimize) {
        $Dataset | Invoke-N2DPca -Dimension 50 | Invoke-N2DUmap -Seed $Seed | Invoke-N2DCluster 10 -Seed $Seed | Optimize-N2DCluster
        return
    }

    $embedding = $Dataset
    if ($Epoch -gt 0) {
        $embedding = $embedding | New-N2DAutoencoder -Epoch $Epoch -Seed $Seed
    }

    $embedding | Invoke-N2DUmap -Seed $Seed | Invoke-N2DCluster -ClusterCount 10 -Seed $Seed
}

# The share of a result's rows, starting at FirstRow, whose cluster matches their class. The fit determines the class of each cluster.
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

# The first call prepares data that later calls reuse.
$null = $test | Invoke-N2DModel $model -EmbeddingOnly
$watch = [System.Diagnostics.Stopwatch]::StartNew()
$applied = $test | Invoke-N2DModel $model
$seconds = $watch.Elapsed.TotalSeconds
'{0}: {1} rows scored in {2:F2} s, {3:F0} microseconds per row; {4:P2} of them novel' -f $Name, $test.RowCount, $seconds, (1e6 * $seconds / $test.RowCount), $applied.NovelShare

$scores = @([pscustomobject] @{ Fit = 'training rows'; Scored = 'training rows'; Acc = $fit.Acc })
$scores += [pscustomobject] @{ Fit = 'training rows'; Scored = 'transformed test rows'; Acc = Measure-Accuracy $applied $fit }
if (-not $SkipTogether) {
    $together = Invoke-Fit (Import-N2DDataset $Name -Path $Path)
    $scores += [pscustomobject] @{ Fit = 'all rows'; Scored = 'all rows'; Acc = $together.Acc }
    $scores += [pscustomobject] @{ Fit = 'all rows'; Scored = 'test rows'; Acc = Measure-Accuracy $together $together $train.RowCount }
}

$scores | ForEach-Object { 'fitted to {0}, scored on {1}: ACC {2:F4}' -f $_.Fit, $_.Scored, $_.Acc }
