<#
.SYNOPSIS
Runs the N2D study anew: its six data sets, by its settings, with several seeds, beside its published figures.

.DESCRIPTION
Writes into a folder: runs.csv, a row a run; report.md, the table of mean and spread beside the paper's figures (McConville et al., ICPR 2020); and of each data set pictures of
its first run: clusters beside classes, confusion, silhouettes, training, and of images those nearest each center. A run that runs.csv already holds is not repeated, and a stopped training resumes,
so a stopped command can simply be given again. If it was stopped before the pictures, the first seed is run once more for them, without its training where that was saved; its row in runs.csv stays.
A data set that is missing is reported, with where to get it, and the others go on.

By the study's settings an autoencoder trains for 1000 epochs, which takes hours on processors alone: see -Epoch and -Preset.

.PARAMETER DataPath
The folder that has a folder or an archive for each data set, called like it: mnist, usps, fashion, pendigits, har. Without it they are looked for where Import-N2DDataset does.

.PARAMETER Name
The data sets: Mnist, MnistTest, Usps, Fashion, Pendigits, Har.

.PARAMETER Seed
The seeds, such as 0..4 or 0,3.

.PARAMETER Epoch
The epochs of the autoencoder, instead of the recipe's own.

.PARAMETER Preset
The recipe: Paper, the study's, or Default, this module's, with fewer epochs and twenty starts of the mixture. Either way, manifold and codes have as many dimensions as there are classes.

.PARAMETER Method
The methods, as Compare-N2DMethod knows them. The paper's figures are of N2D.

.PARAMETER OutputPath
The folder for what is written; it is made if it is not there.

.PARAMETER SkipPlot
Draws no plots.

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- examples/reproduce.ps1 -DataPath ~/data -OutputPath study

.EXAMPLE
./examples/reproduce.ps1 -DataPath ~/data -Name Pendigits, Har -Preset Default -Epoch 100 -Method N2D, AE+KM, UMAP+GMM -OutputPath quick
#>
param(
    [string] $DataPath,
    [string[]] $Name = @('Mnist', 'MnistTest', 'Usps', 'Fashion', 'Pendigits', 'Har'),
    [string[]] $Seed = '0..4',
    [Nullable[int]] $Epoch,
    [ValidateSet('Paper', 'Default')] [string] $Preset = 'Paper',
    [string[]] $Method = 'N2D',
    [Parameter(Mandatory)] [string] $OutputPath,
    [switch] $SkipPlot
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

# ACC and NMI of N2D as published.
$published = @{
    Mnist     = .979, .942
    MnistTest = .948, .882
    Usps      = .958, .901
    Fashion   = .672, .684
    Pendigits = .885, .863
    Har       = .801, .683
}

# From a command line an array comes as one string.
$sets = @($Name -split ',' | ForEach-Object { $_.Trim() } | ForEach-Object { $asked = $_; $published.Keys | Where-Object { $_ -eq $asked } })
$methods = @([N2D.Study.StudyMethod]::Select([string[]] @($Method -split ',' | ForEach-Object { $_.Trim() })) | ForEach-Object Name)
$seeds = @($Seed -split ',' | ForEach-Object { $first, $last = $_.Trim() -split '\.\.'; if ($null -eq $last) { [int] $first } else { ([int] $first)..([int] $last) } })
if ($sets.Count -ne @($Name -split ',').Count) {
    throw "-Name takes of the study's data sets: $($published.Keys | Sort-Object). It was given: $Name."
}

if ($DataPath -and -not (Test-Path $DataPath -PathType Container)) {
    throw "-DataPath: there is no folder '$DataPath'. Give the one that has a folder or an archive for each data set."
}

$folder = (New-Item $OutputPath -ItemType Directory -Force).FullName
$runFile = "$folder/runs.csv"
$script:runs = @(if (Test-Path $runFile) { Import-Csv $runFile })
$recipe = @{ Preset = $Preset }
if ($null -ne $Epoch) {
    $recipe.Epoch = $Epoch
}

# A file is there as a whole or not at all, whenever the script is stopped.
function Move-IntoPlace($File) {
    [System.IO.File]::Move("$File.new", $File, $true)
}

# What a stopped command left half written is written anew.
Remove-Item "$runFile.new", "$folder/report.md.new" -ErrorAction Ignore

$pictures = 'clusters', 'confusion', 'silhouette', 'exemplars', 'training'

# What a data set's files are called: another recipe's are others.
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

# The clusters were found in as many dimensions as classes; for the eye, what the method looked at is laid out in two.
function Export-Picture($Score, $Data) {
    $result = $Score.GetResult()
    $layout = $Score.GetInput() | Invoke-N2DUmap -Dimension 2 -Seed $Score.Seed
    $stem = "$folder/$(Get-Stem $Score.Dataset)"

    # Those of a stopped command may be of another run.
    $pictures | ForEach-Object { Remove-Item "$stem-$_.png" -ErrorAction Ignore }
    $result | Export-N2DPlot "$stem-confusion.png" -Kind Confusion
    $result | Export-N2DPlot "$stem-silhouette.png" -Kind Silhouette
    if ($Data.ImageShape) {
        $result | Export-N2DPlot "$stem-exemplars.png" -Kind Exemplar
    }

    if ($Score.Representation -eq 'Autoencoder') {
        $result | Get-N2DTrainingHistory | Export-N2DPlot "$stem-training.png"
    }

    # The last, as its presence says that all are there.
    $result | Export-N2DPlot "$stem-clusters.png" -Layout $layout
}

function Test-PictureMissing($Set) {
    -not $SkipPlot -and -not (Test-Path "$folder/$(Get-Stem $Set)-clusters.png")
}

# The method that the pictures show: N2D, if it is among those asked for.
$pictureMethod = $methods | Sort-Object { $_ -ne 'N2D' } -Stable | Select-Object -First 1

function Invoke-Set($Set) {
    $done = @($seeds | Where-Object { @(Get-Pending $Set $_).Count -eq 0 }).Count
    Write-Host "${Set}: $done of $($seeds.Count) seeds are done."
    $data = $null
    foreach ($number in $seeds) {
        $checkpoint = "$folder/$(Get-Stem $Set)-$number.training"
        $pending = @(Get-Pending $Set $number)
        $needed = $pending
        if ((Test-PictureMissing $Set) -and $pending -notcontains $pictureMethod) {
            Write-Host "${Set}: the pictures are missing, and seed $number is run for them again."
            $needed = @($pending) + $pictureMethod
        }

        if ($needed.Count -gt 0) {
            $data = $data ?? (Import-N2DDataset $Set)
            $scores = @($data | Compare-N2DMethod $needed -Seed $number -Dimension $data.ClassCount -CheckpointPath $checkpoint @recipe |
                    ForEach-Object { if ($pending -contains $_.Method) { Save-Run $_ }; $_ } | Where-Object { -not $_.Error })
            if (Test-PictureMissing $Set) {
                $scores | Sort-Object { $_.Method -ne $pictureMethod } -Stable | Select-Object -First 1 | ForEach-Object { Export-Picture $_ $data }
            }
        }

        # The training of a run that failed is kept for the next attempt, and one that another process is at is that process's.
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
                $paper = if ($one -eq 'N2D') { $published[$set] } else { $null, $null }
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
    $epochs = if ($null -ne $Epoch) { [N2D.Quantity]::Of($Epoch, 'epoch') } elseif ($Preset -eq 'Paper') { '1000 epochs' } else { 'as many epochs as make 4096 steps, 10 to 100' }
    $machine = "$([Environment]::ProcessorCount) processors, $([System.Runtime.InteropServices.RuntimeInformation]::OSDescription), module $((Get-Command Compare-N2DMethod).Version)"
    $lines = @(
        '# The N2D study'
        ''
        "Preset $Preset, $epochs; codes and manifolds of as many dimensions as classes, 20 neighbours; seeds $($seeds -join ', '). Mean of the runs, lowest to highest; the paper is"
        "McConville et al., ICPR 2020. $machine. The runs are in runs.csv."
        ''
        '| data | method | runs | ACC | paper | difference | NMI | paper | difference | seconds a run |'
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
            # Only what cannot be read keeps a set out; what else goes wrong is for the user to see.
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
