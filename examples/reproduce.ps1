<#
.SYNOPSIS
Reproduces the N2D study on its six data sets with several seeds and compares the scores with the published ones.

.DESCRIPTION
Writes these files to the output folder:
- runs.csv: one row for each run
- report.md: a table of mean and spread next to the figures of the paper (McConville et al., ICPR 2020)
- plots of the first run of each data set: clusters next to classes, confusion matrix, silhouettes, training loss, and, for image data sets, the
  images nearest to each center

If the script is stopped, run the same command again. Runs in runs.csv are not repeated, and a stopped training resumes. If the plots of a data set
are missing, its first seed is run again for them, with the saved training if there is one. Its row in runs.csv does not change.

A missing data set is reported with its download location, and the script continues with the others.

With the settings of the study, an autoencoder trains 1000 epochs, which takes hours on a processor. See -Epoch and -Preset.

.PARAMETER DataPath
The folder that contains a folder or archive for each data set, with its name: mnist, usps, fashion, pendigits, har. Default: the folders that
Import-N2DDataset searches.

.PARAMETER Name
The data sets: Mnist, MnistTest, Usps, Fashion, Pendigits, Har, HarByPerson. HarByPerson is Har with each column standardized within each person,
which the paper does not do. Default: all, HarByPerson with -Preset Optimized only.

.PARAMETER Seed
The seeds, such as 0..4 or 0,3.

.PARAMETER Epoch
The number of epochs of the autoencoder. Default: that of the preset.

.PARAMETER Preset
The settings: Paper, those of the study, or Default, those of this module, with fewer epochs and twenty starts of the mixture. With both, the codes and
the manifold have as many dimensions as there are classes.

Optimized is another recipe, the same for all data sets, without an autoencoder and with the defaults of all cmdlets: images go through 50 principal
components, UMAP, the mixture and Optimize-N2DCluster; other rows through UMAP and the mixture.

.PARAMETER Method
The methods, as in Compare-N2DMethod. The figures of the paper are for N2D.

.PARAMETER OutputPath
The output folder. It is created if it does not exist.

.PARAMETER SkipPlot
Skips the plots.

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- examples/reproduce.ps1 -DataPath ~/data -OutputPath study

.EXAMPLE
./examples/reproduce.ps1 -DataPath ~/data -Name Pendigits, Har -Preset Default -Epoch 100 -Method N2D, AE+KM, UMAP+GMM -OutputPath quick
#>
param(
    [string] $DataPath,
    [string[]] $Name,
    [string[]] $Seed = '0..4',
    [Nullable[int]] $Epoch,
    [ValidateSet('Paper', 'Default', 'Optimized')] [string] $Preset = 'Paper',
    [string[]] $Method = 'N2D',
    [Parameter(Mandatory)] [string] $OutputPath,
    [switch] $SkipPlot
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

# The published ACC and NMI of N2D.
$published = @{
    Mnist     = .979, .942
    MnistTest = .948, .882
    Usps      = .958, .901
    Fashion   = .672, .684
    Pendigits = .885, .863
    Har       = .801, .683

    # The paper does not know the person of a row.
    HarByPerson = $null, $null
}

if (-not $Name) {
    $Name = 'Mnist', 'MnistTest', 'Usps', 'Fashion', 'Pendigits', 'Har'
    if ($Preset -eq 'Optimized') {
        $Name += 'HarByPerson'
    }
}

# pwsh -File passes a list as one string.
$names = @($Name -split ',' | ForEach-Object Trim)
$sets = @($names | ForEach-Object { $asked = $_; $published.Keys | Where-Object { $_ -eq $asked } })
$methods = if ($Preset -eq 'Optimized') { , 'Optimized' } else { @([N2D.Ablation.AblationMethod]::Select([string[]] @($Method -split ',' | ForEach-Object Trim)) | ForEach-Object Name) }
$seeds = @($Seed -split ',' | ForEach-Object Trim | ForEach-Object { $first, $last = $_ -split '\.\.'; if ($null -eq $last) { [int] $first } else { ([int] $first)..([int] $last) } })
if ($sets.Count -ne $names.Count) {
    throw "-Name accepts the data sets of the study: $($published.Keys | Sort-Object). The value was: $Name."
}

if ($Preset -eq 'Optimized' -and ($null -ne $Epoch -or $PSBoundParameters.ContainsKey('Method'))) {
    throw '-Preset Optimized trains no autoencoder and runs one method: remove -Epoch and -Method.'
}

if ($sets -contains 'HarByPerson' -and $Preset -ne 'Optimized') {
    throw "-Name HarByPerson requires -Preset Optimized."
}

if ($DataPath -and -not (Test-Path $DataPath -PathType Container)) {
    throw "-DataPath: the folder '$DataPath' does not exist. Specify the folder that contains a folder or archive for each data set."
}

$folder = (New-Item $OutputPath -ItemType Directory -Force).FullName
$runFile = "$folder/runs.csv"
$script:runs = @(if (Test-Path $runFile) { Import-Csv $runFile })
$recipe = @{ Preset = $Preset }
if ($null -ne $Epoch) {
    $recipe.Epoch = $Epoch
}

# A file is complete or absent, whenever the script is stopped.
function Move-IntoPlace($File) {
    [System.IO.File]::Move("$File.new", $File, $true)
}

# Delete partial files of a stopped command.
Remove-Item "$runFile.new", "$folder/report.md.new" -ErrorAction Ignore

$pictures = 'clusters', 'confusion', 'silhouette', 'exemplars', 'training'

# The common part of a data set's file names. It differs between presets.
function Get-Stem($Set) {
    "$Set-$Preset$Epoch"
}

function Test-Asked($Run, $Set, $MethodName, $SeedNumber) {
    $Run.Dataset -eq $Set -and $Run.Method -eq $MethodName -and $Run.Seed -eq "$SeedNumber" -and $Run.Preset -eq $Preset -and $Run.Epoch -eq "$Epoch"
}

function Save-Run($Score) {
    $run = $Score | Select-Object Dataset, Method, @{ Name = 'Preset'; Expression = { $Preset } }, @{ Name = 'Epoch'; Expression = { "$Epoch" } }, Seed, ClusterCount, Acc,
        Nmi, Ari, OwnSeconds, SharedSeconds, TotalSeconds, @{ Name = 'Error'; Expression = { "$($_.Error)" } }, Settings
    $script:runs = @($script:runs | Where-Object { -not (Test-Asked $_ $Score.Dataset $Score.Method $Score.Seed) }) + $run
    $script:runs | Export-Csv "$runFile.new"
    Move-IntoPlace $runFile
    if ($Score.Error) {
        Write-Warning "$($Score.Dataset), $($Score.Method), seed $($Score.Seed) failed: $($Score.Error)"
    }
    else {
        Write-Host ([string]::Format([cultureinfo]::InvariantCulture, '{0}, {1}, seed {2}: ACC {3:F4}, NMI {4:F4}, {5:F0} s', $Score.Dataset, $Score.Method, $Score.Seed, $Score.Acc,
                $Score.Nmi, $Score.TotalSeconds))
    }
}

# The clusters were found in as many dimensions as there are classes. The plots need a two-dimensional layout of the method's input.
function Export-Picture($Score, $Data) {
    $result = $Score.GetResult()
    $layout = $Score.GetInput() | Invoke-N2DUmap -Dimension 2 -Seed $Score.Seed
    $stem = "$folder/$(Get-Stem $Score.Dataset)"

    # Existing plots of a stopped command can belong to another run.
    $pictures | ForEach-Object { Remove-Item "$stem-$_.png" -ErrorAction Ignore }
    $result | Export-N2DPlot "$stem-confusion.png" -Kind Confusion
    $result | Export-N2DPlot "$stem-silhouette.png" -Kind Silhouette
    if ($Data.ImageShape) {
        $result | Export-N2DPlot "$stem-exemplars.png" -Kind Exemplar
    }

    if ($Score.Representation -eq 'Autoencoder') {
        $result | Get-N2DTrainingHistory | Export-N2DPlot "$stem-training.png"
    }

    # This plot is written last: if it exists, all plots exist.
    $result | Export-N2DPlot "$stem-clusters.png" -Layout $layout
}

function Test-PictureMissing($Set) {
    -not $SkipPlot -and -not (Test-Path "$folder/$(Get-Stem $Set)-clusters.png")
}

# The method to plot: N2D if it is one of the requested methods.
$pictureMethod = $methods | Sort-Object { $_ -ne 'N2D' } -Stable | Select-Object -First 1

function Import-Set($Set) {
    if ($Set -eq 'HarByPerson') { Import-N2DDataset Har -Standardize ZScore -StandardizeBy subject } else { Import-N2DDataset $Set }
}

function Invoke-Recipe($Set, $Data, $MethodNames, $SeedNumber, $Checkpoint) {
    if ($Preset -ne 'Optimized') {
        $Data | Compare-N2DMethod $MethodNames -Seed $SeedNumber -Dimension $Data.ClassCount -CheckpointPath $Checkpoint @recipe
        return
    }

    # The labels give the number of classes and, at the end, the scores.
    $isImage = $null -ne $Data.GetImageShape()
    $rows = if ($isImage) { $Data | Invoke-N2DPca -Dimension 50 } else { $Data }
    $result = $rows | Invoke-N2DUmap -Seed $SeedNumber | Invoke-N2DCluster $Data.ClassCount -Seed $SeedNumber
    if ($isImage) {
        $result = $result | Optimize-N2DCluster -Verbose:$VerbosePreference
    }

    [pscustomobject] @{
        Dataset        = $Set
        Method         = 'Optimized'
        Seed           = $SeedNumber
        ClusterCount   = $result.ClusterCount
        Acc            = $result.Acc
        Nmi            = $result.Nmi
        Ari            = $result.Ari
        OwnSeconds     = $result.TotalSeconds
        SharedSeconds  = 0
        TotalSeconds   = $result.TotalSeconds
        Settings       = $result.Settings
        Error          = $null
        Representation = 'Optimized'
    } | Add-Member ScriptMethod GetResult { $result }.GetNewClosure() -PassThru | Add-Member ScriptMethod GetInput { $rows }.GetNewClosure() -PassThru
}

function Invoke-Set($Set) {
    $done = @($seeds | Where-Object { @(Get-Pending $Set $_).Count -eq 0 }).Count
    Write-Host "${Set}: $done of $($seeds.Count) seeds are done."
    $data = $null
    foreach ($number in $seeds) {
        $checkpoint = "$folder/$(Get-Stem $Set)-$number.training"
        $pending = @(Get-Pending $Set $number)
        $needed = $pending
        if ((Test-PictureMissing $Set) -and $pending -notcontains $pictureMethod) {
            Write-Host "${Set}: the plots are missing. Seed $number is run again for them."
            $needed = @($pending) + $pictureMethod
        }

        if ($needed.Count -gt 0) {
            $data = $data ?? (Import-Set $Set)
            $scores = @(Invoke-Recipe $Set $data $needed $number $checkpoint |
                    ForEach-Object { if ($pending -contains $_.Method) { Save-Run $_ }; $_ } | Where-Object { -not $_.Error })
            if (Test-PictureMissing $Set) {
                $scores | Sort-Object { $_.Method -ne $pictureMethod } -Stable | Select-Object -First 1 | ForEach-Object { Export-Picture $_ $data }
            }
        }

        # Keep the training of a failed run for the next attempt, and one that another process is using.
        if (@(Get-Pending $Set $number).Count -eq 0) {
            Remove-Item $checkpoint -ErrorAction Ignore
        }
    }
}

function Get-Pending($Set, $SeedNumber) {
    $methods | Where-Object { $one = $_; -not ($script:runs | Where-Object { -not $_.Error -and (Test-Asked $_ $Set $one $SeedNumber) }) }
}

function Get-Summary {
    foreach ($set in $sets) {
        foreach ($one in $methods) {
            $these = @($script:runs | Where-Object { $run = $_; -not $run.Error -and @($seeds | Where-Object { Test-Asked $run $set $one $_ }).Count -gt 0 })
            if ($these.Count -gt 0) {
                $acc = $these | ForEach-Object { [double] $_.Acc } | Measure-Object -Average -Minimum -Maximum
                $nmi = $these | ForEach-Object { [double] $_.Nmi } | Measure-Object -Average -Minimum -Maximum
                $paper = if ($one -in 'N2D', 'Optimized') { $published[$set] } else { $null, $null }
                [pscustomobject] @{
                    Data       = $set
                    Method     = $one
                    Runs       = $these.Count
                    Acc        = Format-Mean $acc
                    Paper      = Format-Number $paper[0]
                    Difference = Format-Difference $acc.Average $paper[0]
                    Nmi        = Format-Mean $nmi
                    PaperNmi   = Format-Number $paper[1]
                    NmiDiff    = Format-Difference $nmi.Average $paper[1]
                    Seconds    = ($these | ForEach-Object { [double] $_.TotalSeconds } | Measure-Object -Average).Average.ToString('F0', [cultureinfo]::InvariantCulture)
                }
            }
        }
    }
}

function Format-Number($Number, $Pattern = '.000') {
    if ($null -eq $Number) { '' } else { ([double] $Number).ToString($Pattern, [cultureinfo]::InvariantCulture) }
}

function Format-Mean($Measured) {
    "$(Format-Number $Measured.Average) ($(Format-Number $Measured.Minimum) to $(Format-Number $Measured.Maximum))"
}

function Format-Difference($Ours, $Theirs) {
    if ($null -eq $Theirs) { '' } else { Format-Number ($Ours - $Theirs) '+.000;-.000;.000' }
}

function Export-Report($Summary) {
    $epochs = if ($Preset -eq 'Optimized') { 'no autoencoder' } elseif ($null -ne $Epoch) { [N2D.Quantity]::Of($Epoch, 'epoch') } elseif ($Preset -eq 'Paper') { '1000 epochs' } else { '4096 steps (10 to 100 epochs)' }
    $machine = "$([Environment]::ProcessorCount) processors, $([System.Runtime.InteropServices.RuntimeInformation]::OSDescription), module $((Get-Command Compare-N2DMethod).Version)"
    $lines = @(
        '# The N2D study'
        ''
        "Preset $Preset, $epochs; $(if ($Preset -eq 'Optimized') { 'images with self-training; 10 manifold dimensions' } else { 'as many code and manifold dimensions as classes' }); 20 neighbors; seeds $($seeds -join ', ')."
        "The table shows the mean of the runs, with the lowest and highest. The paper is McConville et al., ICPR 2020. $machine. The runs are in runs.csv."
        ''
        '| data | method | runs | ACC | paper | difference | NMI | paper | difference | seconds per run |'
        '| --- | --- | ---: | --- | ---: | ---: | --- | ---: | ---: | ---: |'
        $Summary | ForEach-Object { "| $($_.PSObject.Properties.Value -join ' | ') |" }
        ''
        $missing.Keys | Sort-Object | ForEach-Object { "- $_ is missing: $($missing[$_])" }
        $script:runs | Where-Object { $_.Error -and $sets -contains $_.Dataset } | ForEach-Object { "- $($_.Dataset), $($_.Method), seed $($_.Seed) failed: $($_.Error)" }
        foreach ($set in $sets) {
            foreach ($picture in $pictures) {
                if (Test-Path "$folder/$(Get-Stem $set)-$picture.png") {
                    ''
                    "![${set}: $picture]($(Get-Stem $set)-$picture.png)"
                }
            }
        }
    )
    $lines | Set-Content "$folder/report.md.new"
    Move-IntoPlace "$folder/report.md"
}

$missing = @{}
$before = $env:N2D_DATA
try {
    if ($DataPath) {
        $env:N2D_DATA = (Resolve-Path $DataPath).Path
    }

    foreach ($set in $sets) {
        try {
            Invoke-Set $set
        }
        catch {
            # Skip only data sets that cannot be read. Report all other errors to the user.
            if ($_.FullyQualifiedErrorId -notlike '*ImportN2DDatasetCommand') {
                throw
            }

            $missing[$set] = "$_"
            Write-Warning "$_"
        }

        Export-Report @(Get-Summary)
    }
}
finally {
    $env:N2D_DATA = $before
}

Get-Summary | Format-Table
Write-Host "The report is $folder/report.md."
