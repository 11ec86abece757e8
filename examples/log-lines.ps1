<#
.SYNOPSIS
Groups the lines of a log by what they say, without being told the messages or how many there are.

.DESCRIPTION
Each word of a line adds 1 or -1 to one of a fixed number of columns, which a hash of the word chooses (feature hashing): no list of words has to be kept, and a line of
tomorrow has the same columns. Numbers count as one word, as they tell lines of one message apart. UMAP by cosine and Hdbscan find the groups; lines that are like no others are
noise, cluster -1. Writes a row a line: Line, Cluster, Probability; and puts out for each group its number of lines and one of them.

.PARAMETER Path
The log.

.PARAMETER OutputPath
The CSV file that is written.

.PARAMETER ColumnCount
The number of columns that words are spread over.

.PARAMETER MinimumClusterSize
The fewest lines that make a group.

.EXAMPLE
./examples/log-lines.ps1 -Path app.log -OutputPath app-groups.csv
#>
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $OutputPath,
    [ValidateRange(8, 4096)] [int] $ColumnCount = 64,
    [int] $MinimumClusterSize = 10
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

# FNV-1a: the same in every process, which .NET's own hash of a string is not.
function Get-WordHash([string] $Word) {
    [long] $hash = 2166136261
    foreach ($letter in $Word.ToCharArray()) { $hash = (($hash -bxor [int] $letter) * 16777619) -band 0xffffffffL }
    $hash
}

$hashes = @{}
$lines = @(Get-Content $Path | Where-Object { $_.Trim() } | ForEach-Object { [pscustomobject]@{ Line = $_ } })
$rows = foreach ($line in $lines) {
    $row = [ordered]@{}
    for ($i = 0; $i -lt $ColumnCount; $i++) { $row["h$i"] = 0 }
    foreach ($word in ($line.Line.ToLowerInvariant() -replace '\d+', '0') -split '\W+' | Where-Object { $_ }) {
        if (-not $hashes.ContainsKey($word)) { $hashes[$word] = Get-WordHash $word }
        $row["h$($hashes[$word] % $ColumnCount)"] += if ($hashes[$word] -band 0x80000000L) { -1 } else { 1 }
    }

    $row
}

$result = $rows | ConvertTo-N2DDataset -Name Log | Invoke-N2DUmap -Metric Cosine | Invoke-N2DCluster -Method Hdbscan -MinimumClusterSize $MinimumClusterSize
$lines | Add-N2DAssignment $result | Export-Csv $OutputPath
$lines | Group-Object Cluster | ForEach-Object { [pscustomobject]@{ Cluster = [int] $_.Name; Lines = $_.Count; Example = $_.Group[0].Line } } | Sort-Object Cluster
