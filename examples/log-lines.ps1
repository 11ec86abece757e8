<#
.SYNOPSIS
Groups the lines of a log by message, without knowing the messages or their number.

.DESCRIPTION
A hash of each word selects one of a fixed number of columns, and the word adds 1 or -1 to it (feature hashing). This requires no word list, and new
lines have the same columns. All numbers count as the same word, because they usually vary within a message. UMAP with the cosine metric and
Hdbscan find the groups. Lines that are unlike all others are noise (cluster -1). Each group is named by the words that are frequent in it and
rare in the others. The script writes one row for each line (Line, Cluster, Probability, ClusterName) to a CSV file. For each group, it
returns its number, its name, the number of lines and a typical line.

.PARAMETER Path
The log file.

.PARAMETER OutputPath
The CSV file to write.

.PARAMETER ColumnCount
The number of columns for the words.

.PARAMETER MinimumClusterSize
The minimum number of lines in a group.

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

# FNV-1a gives the same hash in every process. The string hash of .NET does not.
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
$profiles = @($result | Get-N2DClusterProfile -SourceObject $lines -TextProperty Line)
$result = $result | Rename-N2DCluster -ClusterProfile $profiles
$typical = @{}
$result | Get-N2DExemplar 1 -Kind Central -SourceObject $lines | ForEach-Object { $typical[$_.Cluster] = $_.Line }
$lines | Add-N2DAssignment $result | Export-Csv $OutputPath
$profiles | ForEach-Object { [pscustomobject]@{ Cluster = $_.Cluster; Name = $_.Name; Lines = $_.RowCount; Example = $typical[$_.Cluster] } }
