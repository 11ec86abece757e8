<#
.SYNOPSIS
Reproduces the N2D study on its six data sets with several seeds and compares the scores with the published ones.

.DESCRIPTION
Writes these files to the output folder:
- runs.csv: one row for each run
- study-PRESET: the study that runs the tasks, see docs/study.md
- report.md: a table of mean and spread next to the figures of the paper (McConville et al., ICPR 2020)
- plots of the first run of each data set: clusters next to classes, confusion matrix, silhouettes, training loss, and, for image data sets, the
  images nearest to each center

The seeds are tasks of a study, which run in processes on this machine, or with -Slurm on a cluster. They continue if the script is stopped: run the
same command again to wait for them, or Stop-N2DStudy OutputPath/study-PRESET to stop them. Runs in runs.csv are not repeated, and a stopped training
resumes. If the plots of a data set are missing, its first seed is run again for them in this session, with the training of the study. Its row in
runs.csv does not change.

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
components, UMAP, the mixture and Optimize-N2DCluster; other rows through UMAP and the mixture. It runs in this session.

.PARAMETER Method
The methods, as in Compare-N2DMethod. The figures of the paper are for N2D.

.PARAMETER OutputPath
The output folder. It is created if it does not exist.

.PARAMETER SkipPlot
Skips the plots.

.PARAMETER Slurm
Options of sbatch, as in Start-N2DStudy, to run the seeds on a Slurm cluster. The plots are made in this session.

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- examples/reproduce.ps1 -DataPath ~/data -OutputPath study

.EXAMPLE
./examples/reproduce.ps1 -DataPath ~/data -Name Pendigits, Har -Preset Default -Epoch 100 -Method N2D, AE+KM, UMAP+GMM -OutputPath quick

.EXAMPLE
./examples/reproduce.ps1 -DataPath ~/data -OutputPath ~/study -SkipPlot -Slurm @{ Time = '8:00:00'; Mem = '16G'; CpusPerTask = 8 }
#>
param(
    [string] $DataPath,
    [string[]] $Name,
    [string[]] $Seed = '0..4',
    [Nullable[int]] $Epoch,
    [ValidateSet('Paper', 'Default', 'Optimized')] [string] $Preset = 'Paper',
    [string[]] $Method = 'N2D',
    [Parameter(Mandatory)] [string] $OutputPath,
    [switch] $SkipPlot,
    [System.Collections.IDictionary] $Slurm
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
$methods = if ($Preset -eq 'Optimized') { , 'Optimized' } else {
    @([N2D.Ablation.AblationMethod]::Select([string[]] @($Method -split ',' | ForEach-Object Trim)) | ForEach-Object Name)
}
$seeds = @($Seed -split ',' | ForEach-Object Trim | ForEach-Object {
        $first, $last = $_ -split '\.\.'
        if ($null -eq $last) { [int] $first } else { ([int] $first)..([int] $last) }
    })
if ($sets.Count -ne $names.Count) {
    throw "-Name accepts the data sets of the study: $($published.Keys | Sort-Object). The value was: $Name."
}

if ($Preset -eq 'Optimized' -and ($null -ne $Epoch -or $PSBoundParameters.ContainsKey('Method'))) {
    throw '-Preset Optimized trains no autoencoder and runs one method: remove -Epoch and -Method.'
}

if ($Preset -eq 'Optimized' -and $null -ne $Slurm) {
    throw '-Preset Optimized runs in this session: remove -Slurm.'
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
$study = "$folder/study-$Preset$Epoch"
$recipe = @{ Preset = $Preset }
if ($null -ne $Epoch) {
    $recipe.Epoch = $Epoch
}

# Codes and manifolds have as many dimensions as there are classes.
function Get-Recipe($Set) {
    $recipe + @{ Dimension = $Set -eq 'Har' ? 6 : 10 }
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
    $run = $Score | Select-Object Dataset, Method, @{ Name = 'Preset'; Expression = { $Preset } },
        @{ Name = 'Epoch'; Expression = { "$Epoch" } }, Seed, ClusterCount, Acc, Nmi, Ari, OwnSeconds, SharedSeconds, TotalSeconds,
        @{ Name = 'Error'; Expression = { "$($_.Error)" } }, Settings
    $script:runs = @($script:runs | Where-Object { -not (Test-Asked $_ $Score.Dataset $Score.Method $Score.Seed) }) + $run
    $script:runs | Export-Csv "$runFile.new"
    Move-IntoPlace $runFile
    if ($Score.Error) {
        $failures["$($Score.Dataset), $($Score.Method), $($Score.Seed)"] = "$($Score.Error)"
        Write-Warning "$($Score.Dataset), $($Score.Method), seed $($Score.Seed) failed: $($Score.Error)"
    }
    else {
        $numbers = $Score.Acc, $Score.Nmi, $Score.TotalSeconds
        $text = [string]::Format([cultureinfo]::InvariantCulture, 'ACC {0:F4}, NMI {1:F4}, {2:F0} s', $numbers)
        Write-Host "$($Score.Dataset), $($Score.Method), seed $($Score.Seed): $text"
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

function Invoke-Optimized($Set, $Data, $SeedNumber) {
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

# Runs the missing seeds of a data set in this session.
function Invoke-Set($Set) {
    $data = $null
    foreach ($number in $seeds) {
        $isPending = @(Get-Pending $Set $number).Count -gt 0
        if ($isPending -or (Test-PictureMissing $Set)) {
            $data = $data ?? (Import-Set $Set)
            $score = Invoke-Optimized $Set $data $number
            if ($isPending) { Save-Run $score }
            if (Test-PictureMissing $Set) { Export-Picture $score $data }
        }
    }
}

# Starts the missing seeds of a data set as tasks of the study.
function Start-Set($Set) {
    $pending = @($seeds | Where-Object { @(Get-Pending $Set $_).Count -gt 0 })
    if ($pending.Count -gt 0) {
        # An error of the files is that of Import-N2DDataset. The study repeats its warnings.
        $null = Import-Set $Set 3> $null

        $engine = $null -eq $Slurm ? @{} : @{ Slurm = $Slurm }
        $null = Start-N2DStudy $study $Set -Method $methods -Seed $pending -Parameter (Get-Recipe $Set) -RetryFailed -KeepCheckpoint @engine
    }
}

function Get-Task {
    if (Test-Path "$study/study.json") {
        Get-N2DStudy $study -Task | Where-Object { $sets -contains $_.Dataset -and $seeds -contains $_.Seed }
    }
}

# Whether this command has saved the row. A failed method stays pending, for the next command.
$failures = @{}
function Test-Saved($Row) {
    $Row.Error -and $failures["$($Row.Dataset), $($Row.Method), $($Row.Seed)"] -eq "$($Row.Error)"
}

# Saves the rows of completed tasks as they come, until no task of this command runs or is in a queue.
function Wait-Task {
    do {
        $tasks = @(Get-Task)
        $rows = if ($tasks.Count -gt 0) { Receive-N2DStudy $study -WarningAction Ignore }
        $rows | Where-Object { $sets -contains $_.Dataset -and $seeds -contains $_.Seed -and -not (Test-Saved $_) } |
            Where-Object { @(Get-Pending $_.Dataset $_.Seed) -contains $_.Method } |
            ForEach-Object { Save-Run $_; Export-Report @(Get-Summary) }
        $isPending = @($tasks | Where-Object State -In Queued, Running, Waiting).Count -gt 0
        if ($isPending) { Start-Sleep -Seconds ($null -eq $Slurm ? 1 : 30) }
    } while ($isPending)

    foreach ($task in $tasks | Where-Object State -In Failed, Stopped) {
        foreach ($name in Get-Pending $task.Dataset $task.Seed | Where-Object { $task.Method -split ', ' -contains $_ }) {
            Save-Run ([pscustomobject] @{ Dataset = $task.Dataset; Method = $name; Seed = $task.Seed; Error = "$($task.State): $($task.Reason)" })
        }
    }
}

# Makes the plots of a data set from its first seed. The study has kept its training.
function Invoke-Picture($Set) {
    $number = $seeds | Where-Object { @(Get-Pending $Set $_) -notcontains $pictureMethod } | Select-Object -First 1
    $ofSet = @(Get-Task | Where-Object Dataset -EQ $Set)
    if ((Test-PictureMissing $Set) -and $null -ne $number) {
        Write-Host "${Set}: the plots are missing. Seed $number is run again for them."
        $data = Import-Set $Set
        $task = $ofSet | Where-Object { $_.Seed -eq $number -and $_.Method -split ', ' -contains $pictureMethod } | Select-Object -First 1
        $training = $null -eq $task ? "$folder/$(Get-Stem $Set)-$number.training" : "$study/checkpoints/$($task.Key)"
        $options = Get-Recipe $Set
        $data | Compare-N2DMethod $pictureMethod -Seed $number -CheckpointPath $training @options |
            Where-Object { -not $_.Error } | ForEach-Object { Export-Picture $_ $data }
        Remove-Item $training -ErrorAction Ignore
    }

    # The plots need the training of one seed only, and no other training is left of a stopped command.
    if (-not (Test-PictureMissing $Set)) {
        Remove-Item "$folder/$(Get-Stem $Set)-*.training" -ErrorAction Ignore
        $ofSet | Where-Object State -EQ Done | ForEach-Object { Remove-Item "$study/checkpoints/$($_.Key)" -ErrorAction Ignore }
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
                $seconds = $these | ForEach-Object { [double] $_.TotalSeconds } | Measure-Object -Average
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
                    Seconds    = Format-Number $seconds.Average 'F0'
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
    $epochs = if ($Preset -eq 'Optimized') { 'no autoencoder' }
    elseif ($null -ne $Epoch) { [N2D.Quantity]::Of($Epoch, 'epoch') }
    elseif ($Preset -eq 'Paper') { '1000 epochs' }
    else { '4096 steps (10 to 100 epochs)' }
    $recipeText = if ($Preset -eq 'Optimized') { 'images with self-training; 10 manifold dimensions' }
    else { 'as many code and manifold dimensions as classes' }
    $system = [System.Runtime.InteropServices.RuntimeInformation]::OSDescription
    $machine = "$([Environment]::ProcessorCount) processors, $system, module $((Get-Command Compare-N2DMethod).Version)"
    $lines = @(
        '# The N2D study'
        ''
        "Preset $Preset, $epochs; $recipeText; 20 neighbors; seeds $($seeds -join ', ')."
        "The table shows the mean of the runs, with the lowest and highest. The paper is McConville et al., ICPR 2020. $machine. The runs are in runs.csv."
        ''
        '| data | method | runs | ACC | paper | difference | NMI | paper | difference | seconds per run |'
        '| --- | --- | ---: | --- | ---: | ---: | --- | ---: | ---: | ---: |'
        $Summary | ForEach-Object { "| $($_.PSObject.Properties.Value -join ' | ') |" }
        ''
        $missing.Keys | Sort-Object | ForEach-Object { "- $_ is missing: $($missing[$_])" }
        $script:runs | Where-Object { $_.Error -and $sets -contains $_.Dataset } |
            ForEach-Object { "- $($_.Dataset), $($_.Method), seed $($_.Seed) failed: $($_.Error)" }
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
        Write-Host "${set}: $(@($seeds | Where-Object { @(Get-Pending $set $_).Count -eq 0 }).Count) of $($seeds.Count) seeds are done."
        try {
            if ($Preset -eq 'Optimized') { Invoke-Set $set } else { Start-Set $set }
        }
        catch {
            # Skip a data set that is missing or damaged. Report all other errors to the user.
            if ($_.FullyQualifiedErrorId -notlike '*,*.ImportN2DDatasetCommand') {
                throw
            }

            $missing[$set] = "$_"
            Write-Warning "$_"
        }

        Export-Report @(Get-Summary)
    }

    if ($Preset -ne 'Optimized') {
        Wait-Task
        $sets | Where-Object { -not $missing.Contains($_) } | ForEach-Object { Invoke-Picture $_ }
        Export-Report @(Get-Summary)
    }
}
finally {
    $env:N2D_DATA = $before
}

Get-Summary | Format-Table
Write-Host "The report is $folder/report.md."
