<#
.SYNOPSIS
Stops stages and readers at random times, as Ctrl+C does, and measures how long they take to end.

.DESCRIPTION
A stage must end within a second after Ctrl+C. This script is the only test of that time; the unit tests only check that canceled work ends.

Each stage runs in its own runspace and is stopped at random times in its first seconds. The script measures the time until it ends and the
processor time of the process. It creates the inputs in a temporary folder.

On a busy machine, a stage can end late through no fault of its own. A watcher thread that sleeps for 20 ms at a time therefore measures how
late the system wakes it. A late stop is a fault if it used a second of processor time, or if the watcher was not late.

Returns one object for each stage:

Stops           the number of stops
Window          the range of the stop times, in seconds
Median, Max     the median and the largest time to end, in seconds
MaxProcessor    the largest processor time, in seconds
LateMeanwhile   the lateness of the watcher in the slowest stop, in seconds
At              when the slowest stop was, in seconds
AtFault         the number of faults
Error           the error of the stage, if it failed

.PARAMETER Name
The stages. Wildcards are supported.

.PARAMETER Count
The number of stops of each stage.

.PARAMETER WindowSecond
The range of the stop times, in seconds from the start. A stage that takes less time is stopped within that time.

.PARAMETER Seed
The seed of the stop times.

.PARAMETER InputPath
The folder of the inputs. Existing inputs are reused. Default: a temporary folder, which is deleted.

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- bench/stops.ps1

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- bench/stops.ps1 -Name *reader, Umap -Count 10
#>
param(
    [string[]] $Name = '*',
    [ValidateRange(1, 10000)] [int] $Count = 50,
    [ValidateRange(0.1, 600)] [double] $WindowSecond = 3,
    [int] $Seed = 1,
    [string] $InputPath
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

$module = (Get-Command Import-N2DDataset).Module.Path
$folder = $InputPath ? (New-Item $InputPath -ItemType Directory -Force).FullName : [IO.Directory]::CreateTempSubdirectory('n2d-stops-').FullName
$random = [Random]::new($Seed)

# ---- The inputs

# Writes a file once, under a temporary name until it is complete.
function New-InputFile($FileName, [scriptblock] $Write) {
    $path = "$folder/$FileName"
    if (-not [IO.File]::Exists($path)) {
        Write-Host "Creating $FileName"
        $stream = [IO.File]::Create("$path.new")
        try { & $Write $stream } finally { $stream.Dispose() }
        [IO.File]::Move("$path.new", $path)
    }
}

function Write-Text($Stream, $Text, $Times = 1) {
    $bytes = [Text.Encoding]::UTF8.GetBytes($Text)
    for ($i = 0; $i -lt $Times; $i++) { $Stream.Write($bytes, 0, $bytes.Length) }
}

function Get-RandomBytes($Length) {
    $bytes = [byte[]]::new($Length)
    [Random]::new(7).NextBytes($bytes)
    , $bytes
}

function Write-NpyHeader($Stream, $RowCount, $ColumnCount) {
    $header = "{'descr': '|u1', 'fortran_order': False, 'shape': ($RowCount, $ColumnCount), }"
    $header = $header.PadRight(118 - 1) + "`n"
    $Stream.Write([byte[]] (0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0), 0, 10)
    Write-Text $Stream $header
}

# Random bytes have no clusters, so all methods need many iterations.
function Write-Npy($Stream, $RowCount, $ColumnCount) {
    Write-NpyHeader $Stream $RowCount $ColumnCount
    $bytes = Get-RandomBytes ($RowCount * $ColumnCount)
    $Stream.Write($bytes, 0, $bytes.Length)
}

# Images of random bytes, in the format of MNIST.
function Write-Images($Stream, $Count, $Side) {
    $Stream.Write([byte[]] (0, 0, 8, 3), 0, 4)
    foreach ($size in $Count, $Side, $Side) { $Stream.Write([byte[]] (0, 0, ($size -shr 8), ($size -band 255)), 0, 4) }
    $bytes = Get-RandomBytes ($Count * $Side * $Side)
    $Stream.Write($bytes, 0, $bytes.Length)
}

function Get-Lines($LineCount, $ColumnCount, [scriptblock] $Format) {
    $source = [Random]::new(3)
    $lines = foreach ($i in 1..$LineCount) { & $Format @(foreach ($j in 1..$ColumnCount) { $source.Next(-9999, 9999) / 100 }) }
    ($lines -join "`n") + "`n"
}

# The parts of Thrift's compact protocol that a Parquet file of integers needs.
function Get-Varint([long] $Value) {
    $zigzag = $Value * 2
    while ($zigzag -ge 128) { [byte] ($zigzag % 128 + 128); $zigzag = [long] [Math]::Floor($zigzag / 128) }
    [byte] $zigzag
}

function Get-ThriftText($Text) { [byte] $Text.Length; [Text.Encoding]::ASCII.GetBytes($Text) }

function Write-Parquet($Stream, $RowCount, $ColumnCount) {
    Write-Text $Stream 'PAR1'
    $pageBytes = 4 * $RowCount
    $values = Get-RandomBytes $pageBytes
    $size = Get-Varint $pageBytes
    $rows = Get-Varint $RowCount
    [byte[]] $header = @(0x15, 0, 0x15) + $size + @(0x15) + $size + @(0x2c, 0x15) + $rows + @(0x15, 0, 0x15, 6, 0x15, 6, 0, 0)
    $total = Get-Varint ($pageBytes + $header.Length)
    $chunks = foreach ($column in 1..$ColumnCount) {
        $offset = Get-Varint $Stream.Position
        $Stream.Write($header, 0, $header.Length)
        $Stream.Write($values, 0, $values.Length)
        @(0x26) + $offset + @(0x1c, 0x15, 2, 0x19, 0x15, 0, 0x19, 0x18) + @(Get-ThriftText "c$column") + @(0x15, 0, 0x16) + $rows + @(0x16) + $total + @(0x16) + $total + @(0x26) + $offset + @(0, 0)
    }

    $schema = @(0x48) + @(Get-ThriftText 'schema') + @(0x15, (2 * $ColumnCount), 0) + @(foreach ($column in 1..$ColumnCount) { @(0x15, 2, 0x25, 0, 0x18) + @(Get-ThriftText "c$column") + @(0) })
    [byte[]] $footer = @(0x15, 2, 0x19, 0xfc, ($ColumnCount + 1)) + $schema + @(0x16) + $rows + @(0x19, 0x1c, 0x19, 0xfc, $ColumnCount) + $chunks + @(0x16) + (Get-Varint ($pageBytes * $ColumnCount)) + @(0x16) + $rows + @(0, 0)
    $Stream.Write($footer, 0, $footer.Length)
    $Stream.Write([BitConverter]::GetBytes($footer.Length), 0, 4)
    Write-Text $Stream 'PAR1'
}

function Write-Workbook($Stream, $RowCount, $ColumnCount) {
    $zip = [IO.Compression.ZipArchive]::new($Stream, 'Create')
    $parts = [ordered] @{
        '[Content_Types].xml' = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
        '_rels/.rels' = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        'xl/workbook.xml' = '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>'
        'xl/_rels/workbook.xml.rels' = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    }
    foreach ($part in $parts.Keys) {
        $entry = $zip.CreateEntry($part).Open()
        Write-Text $entry $parts[$part]
        $entry.Dispose()
    }

    $entry = $zip.CreateEntry('xl/worksheets/sheet1.xml', 'Fastest').Open()
    Write-Text $entry '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    $titles = (1..$ColumnCount | ForEach-Object { "<c t=`"inlineStr`"><is><t>c$_</t></is></c>" }) -join ''
    Write-Text $entry "<row>$titles</row>"
    Write-Text $entry (Get-Lines 2000 $ColumnCount { param($numbers) '<row>' + (@($numbers | ForEach-Object { "<c><v>$_</v></c>" }) -join '') + '</row>' }) ($RowCount / 2000)
    Write-Text $entry '</sheetData></worksheet>'
    $entry.Dispose()
    $zip.Dispose()
}

New-InputFile table.csv {
    param($stream)
    Write-Text $stream (((1..20 | ForEach-Object { "c$_" }) -join ',') + "`n")
    Write-Text $stream (Get-Lines 5000 20 { param($numbers) $numbers -join ',' }) 200
}
New-InputFile record.csv {
    param($stream)
    Write-Text $stream "a,b`n1,2`n3,`""
    Write-Text $stream ('x' * 1000000) 400
}
New-InputFile wide.csv {
    param($stream)
    for ($i = 0; $i -lt 2; $i++) {
        Write-Text $stream ('1,' * 1000000) 3
        Write-Text $stream "1`n"
    }
}
New-InputFile wider.csv {
    param($stream)
    Write-Text $stream ('1,' * 1000000) 100
}
New-InputFile zeros.csv.gz {
    param($stream)
    $gzip = [IO.Compression.GZipStream]::new($stream, [IO.Compression.CompressionLevel]::Fastest)
    Write-Text $gzip ("0,0`n" * 250000) 1000
    $gzip.Dispose()
}
New-InputFile zeros.npy.gz {
    param($stream)
    $gzip = [IO.Compression.GZipStream]::new($stream, [IO.Compression.CompressionLevel]::Fastest)
    Write-NpyHeader $gzip 900000 1000
    $zeros = [byte[]]::new(1000000)
    for ($i = 0; $i -lt 900; $i++) { $gzip.Write($zeros, 0, $zeros.Length) }
    $gzip.Dispose()
}
New-InputFile line.svm {
    param($stream)
    Write-Text $stream "1 1:0.5 2:1.5`n-1 1:0.25 2:3`n1 1:2"
    Write-Text $stream (' ' * 1000000) 250
    Write-Text $stream " 2:4`n"
}
New-InputFile features.svm {
    param($stream)
    Write-Text $stream "1 1:0.5 2:1.5`n-1 1:0.25 2:3`n1"
    $piece = [Text.StringBuilder]::new()
    for ($i = 1; $i -le 8000000; $i++) {
        $null = $piece.Append(' ').Append($i).Append(':1')
        if ($i % 100000 -eq 0) { Write-Text $stream $piece.ToString(); $null = $piece.Clear() }
    }
    Write-Text $stream "`n"
}
New-InputFile rows.svm {
    param($stream)
    Write-Text $stream (Get-Lines 5000 20 { param($numbers) $i = 0; '1 ' + (@($numbers | ForEach-Object { $i++; "${i}:$_" }) -join ' ') }) 160
}
New-InputFile table.parquet { param($stream) Write-Parquet $stream 2000000 40 }
New-InputFile large.npy { param($stream) Write-Npy $stream 1000000 400 }
New-InputFile table.xlsx { param($stream) Write-Workbook $stream 200000 20 }
New-InputFile table.json {
    param($stream)
    $lines = (Get-Lines 5000 10 { param($numbers) $i = 0; '{' + (@($numbers | ForEach-Object { $i++; "`"c$i`":$_" }) -join ',') + '},' })
    Write-Text $stream '['
    Write-Text $stream $lines 200
    Write-Text $stream '{"c1":1,"c2":1,"c3":1,"c4":1,"c5":1,"c6":1,"c7":1,"c8":1,"c9":1,"c10":1}]'
}
New-InputFile table.arff {
    param($stream)
    Write-Text $stream ("@relation r`n" + ((1..20 | ForEach-Object { "@attribute c$_ numeric`n" }) -join '') + "@data`n")
    Write-Text $stream (Get-Lines 5000 20 { param($numbers) $numbers -join ',' }) 160
}
New-InputFile rows.npy { param($stream) Write-Npy $stream 10992 16 }
New-InputFile many.npy { param($stream) Write-Npy $stream 60000 32 }
New-InputFile few.npy { param($stream) Write-Npy $stream 3000 16 }
New-InputFile columns.npy { param($stream) Write-Npy $stream 3000 2500 }
New-InputFile large-images-idx3-ubyte { param($stream) Write-Images $stream 300 256 }
New-InputFile many-images-idx3-ubyte { param($stream) Write-Images $stream 5000 28 }

# ---- The stages: their setup, and the command to stop

$rows = '$data = Import-N2DDataset -LiteralPath "$folder/rows.npy"'
$many = '$data = Import-N2DDataset -LiteralPath "$folder/many.npy"'
$result = "$rows; `$result = `$data | Invoke-N2DPca -Dimension 2 | Invoke-N2DCluster -Method KMeans -ClusterCount 10"
$fitted = "$rows; `$result = `$data | New-N2DAutoencoder -Epoch 1 -HiddenUnit 2000, 2000, 500 | Invoke-N2DCluster -Method KMeans -ClusterCount 10"
$images = '$result = Import-N2DDataset -LiteralPath "$folder/many-images-idx3-ubyte" | Invoke-N2DCluster -Method KMeans -ClusterCount 3'
$largeImages = '$result = Import-N2DDataset -LiteralPath "$folder/large-images-idx3-ubyte" | Invoke-N2DCluster -Method KMeans -ClusterCount 3'
$map = '$model = Import-N2DDataset -LiteralPath "$folder/few.npy" | Invoke-N2DUmap -Epoch 10 | Export-N2DModel "$folder/umap.n2d" -Force -PassThru'
$stages = [ordered] @{
    'Csv reader'           = '', 'Import-N2DDataset -LiteralPath "$folder/table.csv"'
    'Huge record reader'   = '', 'Import-N2DDataset -LiteralPath "$folder/record.csv"'
    'Wide line reader'     = '', 'Import-N2DDataset -LiteralPath "$folder/wide.csv"'
    'Wider line reader'    = '', 'Import-N2DDataset -LiteralPath "$folder/wider.csv"'
    'Csv of zeros reader'  = '', 'Import-N2DDataset -LiteralPath "$folder/zeros.csv.gz"'
    'Npy of zeros reader'  = '', 'Import-N2DDataset -LiteralPath "$folder/zeros.npy.gz"'
    'Libsvm line reader'   = '', 'Import-N2DDataset -LiteralPath "$folder/line.svm"'
    'Libsvm wide reader'   = '', 'Import-N2DDataset -LiteralPath "$folder/features.svm"'
    'Libsvm reader'        = '', 'Import-N2DDataset -LiteralPath "$folder/rows.svm"'
    'Parquet reader'       = '', 'Import-N2DDataset -LiteralPath "$folder/table.parquet"'
    'Npy reader'           = '', 'Import-N2DDataset -LiteralPath "$folder/large.npy"'
    'Excel reader'         = '', 'Import-N2DDataset -LiteralPath "$folder/table.xlsx"'
    'Json reader'          = '', 'Import-N2DDataset -LiteralPath "$folder/table.json"'
    'Arff reader'          = '', 'Import-N2DDataset -LiteralPath "$folder/table.arff"'
    'Objects reader'       = '$objects = 1..20000 | ForEach-Object { [pscustomobject] @{ a = $_; b = $_ / 7; c = "x$($_ % 5)" } }', '$objects * 20 | ConvertTo-N2DDataset -CategoryProperty c'
    'Mapped reader'        = '', 'Import-N2DDataset -LiteralPath "$folder/large.npy" -MemoryMapped'
    'Autoencoder'          = $rows, '$data | New-N2DAutoencoder'
    'Autoencoder alone'    = $rows, '$data | New-N2DAutoencoder -HiddenUnit 50, 20 -ThreadCount 1'
    'Autoencoder saving'   = $rows, '$data | New-N2DAutoencoder -CheckpointPath "$folder/stopped.training" -CheckpointIntervalSec 0'
    'Umap'                 = $many, '$data | Invoke-N2DUmap'
    'Umap random start'    = $rows, '$data | Invoke-N2DUmap -Initialization Random -Dimension 10'
    'Umap of 512 dimensions' = $rows, '$data | Invoke-N2DUmap -Dimension 512'
    'Umap of new rows'     = "$rows; $map", '1..20 | ForEach-Object { $data | Invoke-N2DModel $model -EmbeddingOnly }'
    'Tsne'                 = $many, '$data | Invoke-N2DTsne'
    'Isomap'               = $rows, '$data | Invoke-N2DIsomap'
    'Isomap landmarks'     = $many, '$data | Invoke-N2DIsomap -LandmarkCount 1000'
    'LocallyLinear'        = $rows, '$data | Invoke-N2DLocallyLinearEmbedding'
    'LocallyLinear modified' = $rows, '$data | Invoke-N2DLocallyLinearEmbedding -Variant Modified'
    'Pca'                  = '$data = Import-N2DDataset -LiteralPath "$folder/large.npy" -MemoryMapped', '$data | Invoke-N2DPca'
    'Mixture'              = $many, '$data | Invoke-N2DCluster -ClusterCount 20 -StartCount 20'
    'Mixture of 2500 columns' = '$data = Import-N2DDataset -LiteralPath "$folder/columns.npy"', '$data | Invoke-N2DCluster -ClusterCount 2'
    'Mixture counts'       = $rows, '$data | Invoke-N2DCluster -ClusterCount Auto'
    'KMeans'               = $many, '$data | Invoke-N2DCluster -Method KMeans -ClusterCount 50 -StartCount 50'
    'Spectral'             = $many, '$data | Invoke-N2DCluster -Method Spectral -ClusterCount 10'
    'Hdbscan'              = $many, '$data | Invoke-N2DCluster -Method Hdbscan'
    'Agglomerative'        = $many, '$data | Invoke-N2DCluster -Method Agglomerative -ClusterCount 10'
    'Stability'            = $rows, '$data | Invoke-N2DCluster -Method KMeans -ClusterCount 10 -Stability'
    'Optimize-N2DCluster'  = $images, '$result | Optimize-N2DCluster -MinimumAgreement 0 -MinimumNetworkAgreement 0'
    'Optimize large images' = $largeImages, '$result | Optimize-N2DCluster -MinimumAgreement 0 -MinimumNetworkAgreement 0'
    'Compare-N2DMethod'    = '$data = Import-N2DDataset -LiteralPath "$folder/few.npy"', '$data | Compare-N2DMethod -ClusterCount 10 -Epoch 5'
    'Invoke-N2D'           = $rows, '$data | Invoke-N2D -ClusterCount 10 -Epoch 1'
    'Apply a model'        = "$fitted; `$result | Export-N2DModel `"`$folder/applied.n2d`" -Force", '$data | Invoke-N2DModel "$folder/applied.n2d"'
    'Scatter plot'         = $result, '$result | Export-N2DPlot "$folder/plot.png" -Force'
    'Silhouette plot'      = $result, '$result | Export-N2DPlot "$folder/plot.png" -Kind Silhouette -Force'
    'Export-N2DModel'      = $fitted, '$result | Export-N2DModel "$folder/model.n2d" -Force'
    'Import-N2DModel'      = "$fitted; `$result | Export-N2DModel `"`$folder/import.n2d`" -Force", 'Import-N2DModel "$folder/import.n2d"'
    'ConvertFrom-N2DEmbedding' = $many, '$data | ConvertFrom-N2DEmbedding'
    'Get-N2DAssignment'    = "$many; `$result = `$data | Invoke-N2DPca | Invoke-N2DCluster -Method KMeans -ClusterCount 5", '1..100 | ForEach-Object { $result | Get-N2DAssignment }'
    'Measure-N2DAssignment' = "$result; `$assigned = `$result | Get-N2DAssignment | ForEach-Object { [pscustomobject] @{ Cluster = `$_.Cluster; Label = `$_.Index % 7 } }", '$assigned * 50 | Measure-N2DAssignment'
}
# pwsh -File passes a list as one string.
$patterns = @($Name -split ',' | ForEach-Object Trim)
$unknown = $patterns | Where-Object { -not ($stages.Keys -like $_) }
if ($unknown) { throw "There is no stage '$unknown'. There are: $($stages.Keys -join ', ')." }

# ---- The watcher thread

$watch = [hashtable]::Synchronized(@{ Late = 0.0; Ends = $false })
$watcher = [powershell]::Create().AddScript({
        param($watch)
        $clock = [Diagnostics.Stopwatch]::new()
        while (-not $watch.Ends) {
            $clock.Restart()
            [Threading.Thread]::Sleep(20)
            $watch.Late = [Math]::Max($watch.Late, $clock.Elapsed.TotalSeconds - 0.02)
        }
    }).AddArgument($watch)
$watching = $watcher.BeginInvoke()
$process = [Diagnostics.Process]::GetCurrentProcess()

function Get-ProcessorSecond {
    $process.Refresh()
    $process.TotalProcessorTime.TotalSeconds
}

# Runs a stage and stops it after some seconds. EndedAfter is set if it ended before.
function Measure-Stop($Runspace, $Work, $Second) {
    $shell = [powershell]::Create()
    $shell.Runspace = $Runspace
    $null = $shell.AddScript("$Work | Out-Null")
    try {
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $running = $shell.BeginInvoke()
        while (-not $running.IsCompleted -and $clock.Elapsed.TotalSeconds -lt $Second) {
            $null = $running.AsyncWaitHandle.WaitOne([int] [Math]::Max(1, 1000 * ($Second - $clock.Elapsed.TotalSeconds)))
        }

        if ($running.IsCompleted) {
            $failed = $shell.InvocationStateInfo.Reason
            return [pscustomobject] @{ EndedAfter = $clock.Elapsed.TotalSeconds; Error = $failed ? $failed.Message : "$($shell.Streams.Error | Select-Object -First 1)" }
        }

        $spent = Get-ProcessorSecond
        $watch.Late = 0.0
        $clock.Restart()
        $shell.Stop()
        $seconds = $clock.Elapsed.TotalSeconds
        [pscustomobject] @{ Seconds = $seconds; ProcessorSeconds = (Get-ProcessorSecond) - $spent; Late = $watch.Late; EndedAfter = $null; After = $Second }
    }
    finally {
        $shell.Dispose()
    }
}

try {
    foreach ($stage in $stages.Keys) {
        if (-not ($patterns | Where-Object { $stage -like $_ })) { continue }
        $before, $work = $stages[$stage]
        $state = [initialsessionstate]::CreateDefault2()
        $null = $state.ImportPSModule($module)
        $runspace = [runspacefactory]::CreateRunspace($state)
        $runspace.Open()
        $runspace.SessionStateProxy.SetVariable('folder', $folder)
        $runspace.SessionStateProxy.SetVariable('WarningPreference', 'SilentlyContinue')
        $shell = [powershell]::Create()
        $shell.Runspace = $runspace
        $null = $shell.AddScript("`$ErrorActionPreference = 'Stop'; $before; `$ErrorActionPreference = 'Continue'").Invoke()
        $shell.Dispose()

        # The first run compiles the code and gives an upper limit of the duration.
        $stops = [Collections.Generic.List[object]]::new()
        $window = $WindowSecond
        $ended = 0
        $failed = $null
        while ($stops.Count -lt $Count -and $ended -lt 3 * $Count) {
            $stop = Measure-Stop $runspace $work (($stops.Count + $ended) -eq 0 ? $window : $window * $random.NextDouble())
            if ($null -ne $stop.EndedAfter) {
                $ended++
                $failed = $stop.Error
                $window = [Math]::Min($window, [Math]::Max(0.05, $stop.EndedAfter))
            }
            else {
                $stops.Add($stop)
            }

            Remove-Item "$folder/stopped.training" -ErrorAction Ignore
        }

        $runspace.Dispose()
        [GC]::Collect()
        $sorted = @($stops | Sort-Object Seconds)
        $slowest = $sorted | Select-Object -Last 1
        [pscustomobject] @{
            Stage = $stage
            Stops = $sorted.Count
            Window = [Math]::Round($window, 2)
            Median = $sorted.Count ? [Math]::Round($sorted[[int] [Math]::Floor(($sorted.Count - 1) / 2)].Seconds, 3) : $null
            Max = [Math]::Round($slowest.Seconds, 3)
            MaxProcessor = [Math]::Round(($stops | Measure-Object ProcessorSeconds -Maximum).Maximum, 3)
            LateMeanwhile = [Math]::Round($slowest.Late, 3)
            At = [Math]::Round($slowest.After, 2)
            AtFault = @($stops | Where-Object { $_.Seconds -gt 1 -and ($_.ProcessorSeconds -gt 1 -or $_.Late -lt $_.Seconds - 1) }).Count
            Error = $failed
        }
    }
}
finally {
    $watch.Ends = $true
    $null = $watcher.EndInvoke($watching)
    $watcher.Dispose()
    if (-not $InputPath) {
        [IO.Directory]::Delete($folder, $true)
    }
}
