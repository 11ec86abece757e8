<#
.SYNOPSIS
Runs every cmdlet of the module and writes the hashes of what they return.

.DESCRIPTION
wine.sh and qemu.sh run this script on Linux and on the other system, and compare the files. Each line has the name of an output and its SHA-256.
Nothing in it depends on times, paths, newlines or the number of threads.

.PARAMETER Module
The folder of the module.

.PARAMETER OutputFolder
An empty folder for plots, models and hashes.txt.

.PARAMETER Small
Uses fewer rows and epochs, for emulated processors.
#>
param(
    [Parameter(Mandatory)]
    [string] $Module,

    [Parameter(Mandatory)]
    [string] $OutputFolder,

    [switch] $Small
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module (Resolve-Path -LiteralPath $Module).ProviderPath
$OutputFolder = (Resolve-Path -LiteralPath $OutputFolder).ProviderPath
$script = [System.IO.File]::ReadAllText($PSCommandPath)
$unused = (Get-Command -Module N2D.PowerShell -CommandType Cmdlet).Name | Where-Object { $script -notmatch "\b$_\b" }
if ($unused) { throw "The scenario does not run: $unused" }
$hashes = [System.Collections.Generic.List[string]]::new()

function Add-Hash([string] $Name, [byte[]] $Bytes) {
    $hashes.Add("$Name $([Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData($Bytes)))")
    [System.IO.File]::WriteAllText("$OutputFolder/hashes.txt", ($hashes -join "`n") + "`n")
    [Console]::Out.WriteLine("$([datetime]::Now.ToString('HH:mm:ss')) $Name")
}

# Single, double and int values by their bits.
function Add-Value([string] $Name, [array] $Values) {
    $bytes = [byte[]]::new($Values.Length * [System.Runtime.InteropServices.Marshal]::SizeOf($Values[0]))
    [System.Buffer]::BlockCopy($Values, 0, $bytes, 0, $bytes.Length)
    Add-Hash $Name $bytes
}

function Add-Layout([string] $Name, $Embedding) {
    Add-Value $Name ([float[]] $Embedding.GetRows().GetValues())
}

function Add-Cluster([string] $Name, $Result) {
    Add-Value $Name ([int[]] $Result.GetAssignments())
    Add-Value "$Name probabilities" ([float[]] $Result.GetProbabilities().GetValues())
}

# Properties of objects, without those that hold times or paths.
function Add-Row([string] $Name, $Rows) {
    $text = foreach ($row in $Rows) {
        $cells = foreach ($property in $row.PSObject.Properties) {
            if ($property.Name -notmatch 'Seconds|Path|Saved|Created|Version') {
                $value = $property.Value
                "$($property.Name)=$(if ($value -is [double] -or $value -is [float]) { $value.ToString('R', [cultureinfo]::InvariantCulture) } else { $value })"
            }
        }
        $cells -join ';'
    }
    Add-Hash $Name ([System.Text.Encoding]::UTF8.GetBytes(($text -join "`n").Replace("`r`n", "`n")))
}

function Add-File([string] $Name) {
    Add-Hash $Name ([System.IO.File]::ReadAllBytes("$OutputFolder/$Name"))
}

# The first images of a data set of 8 x 8 pixels, from files with one byte for each pixel and label.
function Import-Image($Dataset, [int] $Count) {
    $values = $Dataset.GetRows().GetValues()
    $length = [byte[]] (0, 0, ($Count -shr 8), ($Count -band 255))
    $pixels = [byte[]] @(foreach ($value in $values[0..($Count * 64 - 1)]) { [Math]::Min(255, [int] (255 * $value)) })
    $labels = [byte[]] ($Dataset | ConvertFrom-N2DEmbedding | Select-Object -First $Count | ForEach-Object Label)
    [System.IO.File]::WriteAllBytes("$OutputFolder/images.idx3-ubyte", (0, 0, 8, 3) + $length + (0, 0, 0, 8, 0, 0, 0, 8) + $pixels)
    [System.IO.File]::WriteAllBytes("$OutputFolder/labels.idx1-ubyte", (0, 0, 8, 1) + $length + $labels)
    Import-N2DDataset "$OutputFolder/images.idx3-ubyte" -LabelPath "$OutputFolder/labels.idx1-ubyte"
}

# The pipeline of the quickstart, with fewer epochs and units, because emulated processors are slow.
$digits = Import-N2DDataset Digits
$layoutEpochs = $Small ? @{ Epoch = 30 } : @{}
if ($Small) { $digits = Import-Image $digits 300 }
$codes = $digits | New-N2DAutoencoder -Epoch ($Small ? 4 : 20) -HiddenUnit 128, 128, 256 -CodePath "$OutputFolder/codes.npy"
Add-File codes.npy
Add-Row history ($codes | Get-N2DTrainingHistory)
$umap = $codes | Invoke-N2DUmap @layoutEpochs
Add-Layout umap $umap
$result = $umap | Invoke-N2DCluster 10
Add-Cluster clusters $result
Add-Row run $result
Add-Row assignments ($result | Get-N2DAssignment)
$picture = $codes | Invoke-N2DUmap -Dimension 2 -Device auto @layoutEpochs
Add-Layout picture $picture

# Every kind of plot. The edges of letters in PNG files come from the rasterizer of the system, so their hashes are not compared.
$plots = @{
    Scatter = { $result | Export-N2DPlot $args[0] -Layout $picture }
    Comparison = { $result | Export-N2DPlot $args[0] -Layout $picture -Kind Comparison }
    Loss = { $codes | Get-N2DTrainingHistory | Export-N2DPlot $args[0] }
}
foreach ($kind in 'Confusion', 'Silhouette', 'Exemplar', 'Mismatch') { $plots[$kind] = { $result | Export-N2DPlot $args[0] -Kind $kind } }
foreach ($kind in $plots.Keys | Sort-Object) {
    foreach ($extension in 'svg', 'png') { & $plots[$kind] "$OutputFolder/$kind.$extension" }
    Add-File "$kind.svg"
}
$null = $picture | Show-N2DPlot -Width 40 -Height 10 6>&1

# The codes of an earlier training are still mapped; a file in another program is not replaced.
$again = $digits | New-N2DAutoencoder -Epoch 1 -HiddenUnit 16 -CodePath "$OutputFolder/codes.npy"
Add-Layout 'codes after replacement' $codes
Add-Layout 'codes of the second training' $again
if ($IsWindows) {
    $open = [System.IO.File]::Open("$OutputFolder/codes.npy", 'Open', 'ReadWrite', 'Read')
    try {
        $refusal = $null
        try { $null = $digits | New-N2DAutoencoder -Epoch 1 -HiddenUnit 16 -CodePath "$OutputFolder/codes.npy" } catch { $refusal = $_ }
        if ("$($refusal.FullyQualifiedErrorId)" -notlike 'N2D.FileNotReplaceable*') { throw "A file in use was not refused: $refusal" }
    }
    finally { $open.Dispose() }
}

# The other manifold learners and clusterers.
$pca = $digits | Invoke-N2DPca -Dimension 10
Add-Layout pca $pca
Add-Row variance ($pca | Get-N2DExplainedVariance)
Add-Layout tsne ($pca | Invoke-N2DTsne -Iteration 100)
Add-Layout isomap ($pca | Invoke-N2DIsomap -Dimension 2)
Add-Layout lle ($pca | Invoke-N2DLocallyLinearEmbedding -Dimension 2)
foreach ($metric in 'Cosine', 'Manhattan') { Add-Layout "umap $metric" ($pca | Invoke-N2DUmap -Dimension 2 -Epoch ($Small ? 20 : 50) -Metric $metric) }
foreach ($method in 'KMeans', 'Spectral', 'Hdbscan', 'Agglomerative') {
    $count = $method -eq 'Hdbscan' ? @{} : @{ ClusterCount = 10 }
    $other = $picture | Invoke-N2DCluster -Method $method @count
    Add-Cluster $method $other
    if ($method -eq 'KMeans') { Add-Row agreement (Compare-N2DResult $result $other | Select-Object RowCount, Ari, Ami, MovedCount) }
}

Add-Row decoded ($result | ConvertFrom-N2DCode)
Add-Row embedding ($picture | ConvertFrom-N2DEmbedding | Select-Object -First 100)
Add-Row score ($result | Get-N2DAssignment | Measure-N2DAssignment)
Add-Row profiles ($result | Get-N2DClusterProfile)
Add-Row exemplars ($result | Get-N2DExemplar 3)
Add-Row renamed ($result | Rename-N2DCluster 0, 1 first, second | Get-N2DAssignment)
Add-Row denoising ($digits | New-N2DAutoencoder -Kind Denoising -Epoch 2 -HiddenUnit 32 | Get-N2DTrainingHistory)
Add-Row seeds ($digits | New-N2DAutoencoder -Epoch 2 -HiddenUnit 32 -Seed 3, 1 | Get-N2DTrainingHistory)

# Saved weights and models.
$codes | Export-N2DWeight "$OutputFolder/digits.safetensors"
Add-File digits.safetensors
Add-Layout 'codes of weights' ($digits | New-N2DAutoencoder -Weights "$OutputFolder/digits.safetensors")
$result | Export-N2DModel "$OutputFolder/digits.n2d"
$model = Import-N2DModel "$OutputFolder/digits.n2d"
Add-Cluster applied ($digits | Invoke-N2DModel $model)
Add-Row model (Get-N2DModel "$OutputFolder/digits.n2d" | Select-Object Dataset, Stages, Method, RowCount, ColumnCount, Acc)
$picture | Export-N2DModel "$OutputFolder/picture.n2d"
Add-Value updated ([float[]] ($digits | Update-N2DModel "$OutputFolder/picture.n2d").GetStages()[-1].Layout.GetValues())

# Rows of the pipeline, and the whole method at once.
$sensors = foreach ($i in 0..199) {
    [pscustomobject]@{ name = "s$i"; temp = 20 + 30 * ($i % 3) + ($i * 7919 % 97) / 20; power = 5 * ($i % 3) + ($i * 104729 % 89) / 30 }
}
$table = $sensors | ConvertTo-N2DDataset temp, power -IdProperty name -Standardize ZScore
$whole = $table | Invoke-N2D 3 -Epoch ($Small ? 1 : 5)
Add-Cluster whole $whole
Add-Row differences ($whole | Get-N2DClusterProfile -Long)

# The text of a report. The packed arrays in it are compressed by a library whose bytes depend on the processor.
$whole | Export-N2DReport "$OutputFolder/report.html"
$text = [System.IO.File]::ReadAllText("$OutputFolder/report.html") -replace '[A-Za-z0-9+/=]{100,}'
Add-Hash report ([System.Text.Encoding]::UTF8.GetBytes($text))
if ($IsLinux) {
    $env:BROWSER = 'true'
    $whole | Show-N2DReport
}
Add-Row added ($sensors | Add-N2DAssignment $whole)
Add-Row methods ($table | Compare-N2DMethod KM, AE+KM, N2D -ClusterCount 3 -Epoch ($Small ? 1 : 5))
$null = Get-N2DDevice

# A study: its tasks, a task in this session, and its results.
$null = Start-N2DStudy "$OutputFolder/study" Digits -Method KM, UMAP+KM -Seed 0..1 -PlanOnly
$null = Invoke-N2DStudyTask "$OutputFolder/study" 0..1
if ((Get-N2DStudy "$OutputFolder/study").Done -ne 2) { throw 'The tasks of the study are not done.' }
Add-Row study (Receive-N2DStudy "$OutputFolder/study" | Select-Object Dataset, Method, Seed, Acc, Nmi, Ari)
Stop-N2DStudy "$OutputFolder/study"

# Nothing is installed, so both refuse. Why depends on whether TorchSharp supports the system.
foreach ($attempt in { Install-N2DBackend $OutputFolder -WhatIf }, { Uninstall-N2DBackend -WhatIf }) {
    try { & $attempt; throw "This was not refused: $attempt" } catch { if ($_.FullyQualifiedErrorId -notlike 'N2D.*') { throw } }
}

# Self-training on some of the images.
$images = Import-Image $digits ($Small ? 100 : 300)
$start = $images | Invoke-N2DPca | Invoke-N2DUmap @layoutEpochs | Invoke-N2DCluster 10
$optimized = $start | Optimize-N2DCluster -Round 1 -MinimumAgreement 0 -MinimumNetworkAgreement 0
if ($optimized.GetSelfTrainingRounds().Count -ne 1) { throw 'Self-training ended before its round.' }
Add-Cluster optimized $optimized

[System.IO.File]::WriteAllText("$OutputFolder/complete", '')
