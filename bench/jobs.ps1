<#
.SYNOPSIS
Does four jobs by the commands of README.md, and prints each command and what it shows: wine (a table with classes), sensors (readings with a
faulty pump), log lines, and tickets (embeddings of texts).

.PARAMETER WinePath
The file wine_data.csv of scikit-learn: 178 rows of 13 measurements and the cultivar.

.PARAMETER OutputPath
The folder for tables, pictures and pages.

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- bench/jobs.ps1 wine_data.csv jobs > bench/jobs.txt
#>
param(
    [Parameter(Mandatory)] [string] $WinePath,
    [Parameter(Mandatory)] [string] $OutputPath
)

$ErrorActionPreference = 'Stop'
$wineLines = Get-Content $WinePath
$logExample = (Resolve-Path "$PSScriptRoot/../examples/log-lines.ps1").Path
Push-Location (New-Item -ItemType Directory -Force $OutputPath)

# The first line of scikit-learn's file counts rows and columns.
$names = 'alcohol,malic_acid,ash,alcalinity,magnesium,phenols,flavanoids,nonflavanoids,proanthocyanins,color,hue,od280,proline,cultivar'
@($names) + ($wineLines | Select-Object -Skip 1) | Set-Content wine.csv

# Two pumps, each in three states. One runs hot at times.
$random = [random]::new(1)
$readings = foreach ($hour in 0..599) {
    $state = [int][math]::Floor($hour / 100) % 3
    $noise = { ($random.NextDouble() + $random.NextDouble() + $random.NextDouble() - 1.5) * $args[0] }
    [pscustomobject]@{
        time = [datetime]::new(2025, 3, 1).AddHours($hour).ToString('s')
        pump = 'AB'[$hour % 2]
        power = [math]::Round((0, 40, 75)[$state] + (& $noise 6), 2)
        flow = [math]::Round((0, 12, 21)[$state] + (& $noise 2), 2)
        temperature = [math]::Round((21, 38, 55)[$state] + (& $noise 3) + $(if ($hour % 2 -and $state -eq 2 -and $hour -gt 300) { 25 }), 2)
    }
}
$readings | Export-Csv sensors.csv

$hosts, $users = ('web1', 'web2', 'db1'), ('ann', 'bob', 'eve', 'joe')
$messages = foreach ($line in 0..599) {
    $server, $user, $number = $hosts[$random.Next(3)], $users[$random.Next(4)], $random.Next(1000)
    switch ($line % 5) {
        0 { "login of user $user from 10.0.0.$number accepted on $server" }
        1 { "disk /dev/sda$($number % 4) of $server is $($number % 100) percent full" }
        2 { "backup of database orders finished after $number seconds" }
        3 { "connection to $server timed out, retry $number" }
        4 { "password of user $user rejected, attempt $($number % 5)" }
    }
}
$messages | Set-Content app.log

# Tickets of a help desk with embeddings as a language model gives them, here by random indexing (Kanerva, Kristoferson and Holst, 2000): each
# word has a random vector, and a text the mean of those of its words.
$topics = @(
    @('my password expired', 'reset the password of my account', 'account locked after wrong password'),
    @('printer prints blank pages', 'the printer on floor 2 is out of toner', 'paper jam in the printer'),
    @('vpn connection drops every hour', 'cannot connect to the vpn from home', 'vpn client asks for a certificate'),
    @('laptop screen flickers', 'screen of the laptop stays black', 'laptop battery and screen are damaged'),
    @('need access to the sales folder', 'no permission to open the shared folder', 'grant access to folder of the team')
)
$vectors = @{}
function Get-WordVector($Word) {
    if (-not $vectors.Contains($Word)) {
        $vectors[$Word] = @(1..64 | ForEach-Object { $random.NextDouble() + $random.NextDouble() + $random.NextDouble() - 1.5 })
    }

    , $vectors[$Word]
}

$tickets = foreach ($number in 0..399) {
    $text = (@($topics[$number % 5][$random.Next(3)]) + @('please', 'urgent', 'since today', 'again', 'thanks')[$random.Next(5)]) -join ', '
    $words = $text -split '[ ,]+'
    $sums = [double[]]::new(64)
    foreach ($word in $words) {
        $vector = Get-WordVector $word
        for ($axis = 0; $axis -lt 64; $axis++) { $sums[$axis] += $vector[$axis] / $words.Count }
    }

    [pscustomobject]@{ id = "T$number"; text = $text; embedding = @($sums | ForEach-Object { [math]::Round($_, 4) }) }
}
ConvertTo-Json $tickets -Compress | Set-Content tickets.json

$jobs = [ordered]@{
    Wine = @(
        '$data = Import-N2DDataset ./wine.csv -LabelColumn cultivar -Standardize ZScore'
        '$embedding = $data | Invoke-N2DUmap'
        '$result = $embedding | Invoke-N2DCluster 3'
        '$result'
        '$result | Get-N2DClusterProfile'
        '$result | Export-N2DPlot wine.png -Layout ($data | Invoke-N2DUmap -Dimension 2) -Force'
        '$result | Export-N2DReport wine.html -Layout ($data | Invoke-N2DUmap -Dimension 2) -Force'
        '$result | Get-N2DAssignment | Sort-Object Confidence | Select-Object -First 5'
    )
    Sensors = @(
        '$data = Import-N2DDataset ./sensors.csv -IdColumn time -ExcludeColumn pump -Standardize ZScore'
        '$result = $data | Invoke-N2DUmap | Invoke-N2DCluster Auto'
        '$result'
        '$result | Get-N2DClusterProfile'
        'Import-Csv ./sensors.csv | Add-N2DAssignment $result | Group-Object Cluster, pump | Select-Object Name, Count'
        '$result | Export-N2DReport sensors.html -Layout ($data | Invoke-N2DUmap -Dimension 2) -Force'
    )
    'Log lines' = @(
        '& $logExample -Path app.log -OutputPath app-groups.csv | Format-Table -Wrap'
        'Import-Csv app-groups.csv | Select-Object -First 3'
    )
    Tickets = @(
        '$tickets = Get-Content tickets.json | ConvertFrom-Json'
        '$data = $tickets | ConvertTo-N2DDataset embedding -IdProperty id'
        '$result = $data | Invoke-N2DUmap -Metric Cosine | Invoke-N2DCluster Auto'
        '$profiles = $result | Get-N2DClusterProfile -SourceObject $tickets -TextProperty text'
        '$result = $result | Rename-N2DCluster -ClusterProfile $profiles'
        '$result | Get-N2DExemplar 2 -SourceObject $tickets | Select-Object Cluster, ClusterName, Id, text -First 8'
        '$tickets | Add-N2DAssignment $result | Group-Object ClusterName -NoElement'
        '$result | Export-N2DReport tickets.html -Layout ($data | Invoke-N2DUmap -Dimension 2 -Metric Cosine) -SourceObject $tickets -TextProperty text -Force'
    )
}
foreach ($job in $jobs.Keys) {
    "# $job", ''
    foreach ($command in $jobs[$job]) {
        "PS> $command"
        # The width is that of a terminal, wherever the output goes.
        $shown = (Invoke-Expression $command | Out-String -Width 120).TrimEnd()
        if ($shown) { $shown, '' }
    }
}

Pop-Location
