<#
.SYNOPSIS
Sorts a folder of grey images of one size into groups that look alike.

.DESCRIPTION
Reads binary PGM files, which most programs for pictures can write. Each pixel is a column. Writes a row an image: Name, Cluster, Probability; and puts out the run.

.PARAMETER Path
The folder.

.PARAMETER OutputPath
The CSV file that is written.

.PARAMETER ClusterCount
The number of groups, or Auto.

.PARAMETER Epoch
The epochs of the autoencoder.

.EXAMPLE
./examples/images.ps1 -Path ./scans -OutputPath scans.csv -ClusterCount 12
#>
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $OutputPath,
    [string] $ClusterCount = 'Auto',
    [int] $Epoch = 100
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

$images = @(Get-ChildItem $Path -File | Where-Object Extension -eq .pgm)
$rows = foreach ($image in $images) {
    # 'P5', width, height and the largest value in text, one blank, then a byte a pixel.
    $bytes = [System.IO.File]::ReadAllBytes($image.FullName)
    $head = [regex]::Match([System.Text.Encoding]::Latin1.GetString($bytes, 0, [math]::Min(100, $bytes.Length)), '^P5\s+(\d+)\s+(\d+)\s+(\d+)\s')
    if (-not $head.Success) { throw "$($image.Name) is no binary PGM image." }

    $row = [ordered]@{}
    for ($pixel = 0; $pixel -lt [int] $head.Groups[1].Value * [int] $head.Groups[2].Value; $pixel++) {
        $row["p$pixel"] = $bytes[$head.Length + $pixel] / [double] $head.Groups[3].Value
    }

    $row
}

$result = $rows | ConvertTo-N2DDataset -Name Images | Invoke-N2D $ClusterCount -Epoch $Epoch
$images | Add-N2DAssignment $result | Select-Object Name, Cluster, Probability | Export-Csv $OutputPath
$result
