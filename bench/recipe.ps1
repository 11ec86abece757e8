<#
.SYNOPSIS
Trains the autoencoder by a recipe, finishes N2D with the module's defaults, and appends a row a run to a CSV file.

.DESCRIPTION
A recipe is a row of the table in this script. All is the same for every data set, codes and layouts have as many columns as there are clusters, as in the study, and Step counts steps, so that small sets have as many epochs more as they have fewer
rows. Runs that the file holds already are not run again. At the end come the means over the seeds, and the agreement between the seeds: the mean adjusted Rand
index of each pair of their clusterings, which needs no labels.

.PARAMETER Name
The data set, as Import-N2DDataset knows it.

.PARAMETER Path
The folder or file that it is in.

.PARAMETER Recipe
The names of recipes.

.PARAMETER Seed
The seeds.

.PARAMETER ResultPath
The CSV file. Clusters are kept beside it, a file a run.

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- bench/recipe.ps1 -Name Har -Path ~/data/har.zip -Recipe linear -Seed 0

From a command line, one recipe and one seed at a time.
#>
param(
    [Parameter(Mandatory)] [string] $Name,
    [string] $Path,
    [string[]] $Recipe = @('constant'),
    [int[]] $Seed = 0..4,
    [string] $ResultPath = "$PSScriptRoot/recipe.csv"
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

$recipes = @{
    'constant' = @{ Step = 4096; LearningRateSchedule = 'Constant' }
    'linear' = @{ Step = 4096; LearningRateSchedule = 'Linear' }
    'cosine' = @{ Step = 4096; LearningRateSchedule = 'Cosine' }
    'cosine, half' = @{ Step = 2048; LearningRateSchedule = 'Cosine' }
    'linear, half' = @{ Step = 2048; LearningRateSchedule = 'Linear' }
    'linear, double' = @{ Step = 8192; LearningRateSchedule = 'Linear' }
    'constant, double' = @{ Step = 8192; LearningRateSchedule = 'Constant' }
    'linear, decay' = @{ Step = 4096; LearningRateSchedule = 'Linear'; WeightDecay = 0.01 }
    'linear, denoising' = @{ Step = 4096; LearningRateSchedule = 'Linear'; Kind = 'Denoising' }
    'linear, dropout' = @{ Step = 4096; LearningRateSchedule = 'Linear'; Dropout = 0.1 }
    'linear, high' = @{ Step = 4096; LearningRateSchedule = 'Linear'; LearningRate = 0.002 }
}

$source = if ($Path) { @{ Name = $Name; Path = $Path } } else { @{ Name = $Name } }
$dataset = Import-N2DDataset @source
$clusterPath = [IO.Path]::ChangeExtension($ResultPath, 'clusters')
$null = New-Item $clusterPath -ItemType Directory -Force
foreach ($recipeName in $Recipe) {
    $training = $recipes[$recipeName].Clone()
    $stepsAnEpoch = [Math]::Ceiling($dataset.RowCount / 256)
    $training.Epoch = [int] [Math]::Ceiling($training.Step / $stepsAnEpoch)
    $training.Remove('Step')
    foreach ($one in $Seed) {
        $clusters = "$clusterPath/$($dataset.Dataset) $recipeName $one.txt"
        $done = if (Test-Path $ResultPath) { @(Import-Csv $ResultPath) } else { @() }
        if ($done | Where-Object { $_.Dataset -eq $dataset.Dataset -and $_.Recipe -eq $recipeName -and [int] $_.Seed -eq $one }) {
            continue
        }

        $result = $dataset | New-N2DAutoencoder -LatentDimension $dataset.ClassCount -Seed $one @training |
            Invoke-N2DUmap -Dimension $dataset.ClassCount | Invoke-N2DCluster
        $loss = ($result | Get-N2DTrainingHistory)[-1].Loss
        ($result | Get-N2DAssignment).Cluster | Set-Content $clusters
        $result |
            Select-Object Dataset, @{ n = 'Recipe'; e = { $recipeName } }, Seed, Acc, Nmi, Ari, @{ n = 'Loss'; e = { $loss } }, Silhouette, LogLikelihood,
                BestStartCount, AutoencoderSeconds, ManifoldSeconds, ClusterSeconds |
            Export-Csv $ResultPath -Append
    }
}

Import-Csv $ResultPath | Where-Object { $_.Dataset -eq $dataset.Dataset -and $_.Recipe -in $Recipe } | Group-Object Recipe | ForEach-Object {
    $recipeName = $_.Name
    $runs = @($_.Group | Sort-Object { [int] $_.Seed })
    $labels = @(foreach ($run in $runs) { , [int[]] (Get-Content "$clusterPath/$($dataset.Dataset) $recipeName $($run.Seed).txt") })
    $agreements = @(for ($i = 1; $i -lt $labels.Count; $i++) {
            for ($j = 0; $j -lt $i; $j++) {
                [N2D.Metrics.AdjustedRandIndex]::Compute($labels[$i], $labels[$j])
            }
        })
    [pscustomobject] @{
        Dataset = $dataset.Dataset
        Recipe = $recipeName
        Seeds = $runs.Count
        Acc = ($runs.Acc | Measure-Object -Average).Average
        Lowest = ($runs.Acc | Measure-Object -Minimum).Minimum
        Nmi = ($runs.Nmi | Measure-Object -Average).Average
        Ari = ($runs.Ari | Measure-Object -Average).Average
        Loss = ($runs.Loss | Measure-Object -Average).Average
        Agreement = ($agreements | Measure-Object -Average).Average
        Seconds = ($runs.AutoencoderSeconds | Measure-Object -Average).Average
    }
} | Format-Table
