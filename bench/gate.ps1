<#
.SYNOPSIS
Measures what a gate of self-training can see without labels: the agreement of two layouts, and that of the two networks of the first round.

.DESCRIPTION
Runs one round of Optimize-N2DCluster without its gates. Writes one object for each data set, number of clusters and seed: AgreedShare is the share of
rows that both layouts put in the same cluster before the round, NetworkAgreement the share for which both networks predict the same cluster, StoppedBy
the gates that would stop the round, and Acc the accuracy before and after the round, if the rows have labels.

.PARAMETER Name
Gaussian (1500 x 8, one normal distribution), Uniform (1500 x 30), Digits, or a data set that Import-N2DDataset finds. The first two have no clusters.

.PARAMETER ClusterCount
The numbers of clusters.

.PARAMETER Seed
The seeds of the layouts and clusters. They are also the seeds of the drawn rows.

.PARAMETER MinimumAgreement
The threshold of AgreedShare, for StoppedBy. Default: that of Optimize-N2DCluster.

.PARAMETER MinimumNetworkAgreement
The threshold of NetworkAgreement, for StoppedBy. Default: that of Optimize-N2DCluster.

.PARAMETER DataPath
The folder that contains a folder for each named data set.

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- bench/gate.ps1 -Name Gaussian, Uniform, Digits -ClusterCount 5, 10, 20
#>
param(
    [string[]] $Name = @('Gaussian', 'Uniform', 'Digits'),
    [string[]] $ClusterCount = @('5', '10'),
    [string[]] $Seed = @('0', '1', '2'),
    [Nullable[double]] $MinimumAgreement,
    [Nullable[double]] $MinimumNetworkAgreement,
    [string] $DataPath
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

$default = (Get-Command Optimize-N2DCluster).ImplementingType::new()
$MinimumAgreement ??= $default.MinimumAgreement
$MinimumNetworkAgreement ??= $default.MinimumNetworkAgreement

# pwsh -File passes a list as one string.
$sets = @($Name -split ',' | ForEach-Object Trim)
$counts = @($ClusterCount -split ',' | ForEach-Object Trim | ForEach-Object { [int] $_ })
$seeds = @($Seed -split ',' | ForEach-Object Trim | ForEach-Object { [int] $_ })

if ($DataPath) {
    $env:N2D_DATA = (Resolve-Path $DataPath).Path
}

function New-Row($Count, $Dimension, $SeedNumber, [scriptblock] $Draw) {
    $random = [System.Random]::new($SeedNumber)
    1..$Count | ForEach-Object { [pscustomobject] @{ Value = [float[]] @(1..$Dimension | ForEach-Object { & $Draw $random }) } } |
        ConvertTo-N2DDataset -Property Value
}

# Box and Muller.
$normal = { param($Random) [Math]::Sqrt(-2 * [Math]::Log(1 - $Random.NextDouble())) * [Math]::Cos(2 * [Math]::PI * $Random.NextDouble()) }
$uniform = { param($Random) $Random.NextDouble() }

foreach ($set in $sets) {
    foreach ($number in $seeds) {
        $data = switch ($set) {
            'Gaussian' { New-Row 1500 8 $number $normal }
            'Uniform' { New-Row 1500 30 $number $uniform }
            default { Import-N2DDataset $set }
        }
        $isImage = $null -ne $data.GetImageShape()
        $rows = if ($isImage -and $data.Dimension -gt 50) { $data | Invoke-N2DPca -Dimension 50 } else { $data }
        $layout = $rows | Invoke-N2DUmap -Seed $number
        foreach ($count in $counts) {
            $start = $layout | Invoke-N2DCluster $count -Seed $number
            $augmentation = if ($isImage) { 'Auto' } else { 'Jitter' }
            $result = $start | Optimize-N2DCluster -Round 1 -MinimumAgreement 0 -MinimumNetworkAgreement 0 -Augmentation $augmentation
            $round = $result.GetSelfTrainingRounds()[0]
            $gates = @(
                if ($round.AgreedShare -lt $MinimumAgreement) { 'MinimumAgreement' }
                if ($round.NetworkAgreement -lt $MinimumNetworkAgreement) { 'MinimumNetworkAgreement' }
            )
            [pscustomobject] @{
                Dataset          = $set
                ClusterCount     = $count
                Seed             = $number
                AgreedShare      = $round.AgreedShare
                NetworkAgreement = $round.NetworkAgreement
                StoppedBy        = $gates -join ', '
                AccBefore        = $start.Acc
                AccAfter         = $result.Acc
            }
        }
    }
}
