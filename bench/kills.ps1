<#
.SYNOPSIS
Kills processes that write files at random times, and checks that no data is lost.

.DESCRIPTION
The script kills three kinds of processes at a random time after they start to work, as the system does when it runs out of memory:

Training   An autoencoder that saves a checkpoint after each step. The next process resumes the training and is killed again, until one
           completes. Its codes must equal those of an uninterrupted training.
Export     Models, pictures and weights of two clusterings, written repeatedly in turn. Each file must be complete, from one clustering or
           the other, whenever its writer is killed.
Study      examples/reproduce.ps1 on generated data, restarted until it completes. Its runs and plots must equal those of an uninterrupted
           study, without any other files.

Returns one object for each kind: the number of kills, how many left a temporary file, and the first problem. After the last process of each
kind, no temporary file may be left.

.PARAMETER Name
The kinds of processes.

.PARAMETER Count
The total number of kills.

.PARAMETER Seed
The seed of the times.

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- bench/kills.ps1

.EXAMPLE
dotnet run -c Release --project src/N2D.Host -- bench/kills.ps1 -Name Study -Count 20
#>
param(
    [string[]] $Name = @('Training', 'Export', 'Study'),
    [ValidateRange(1, 100000)] [int] $Count = 200,
    [int] $Seed = 1
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
    Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
}

$random = [Random]::new($Seed)

# pwsh -File passes a list as one string.
$kinds = @($Name -split ',' | ForEach-Object Trim)
$killsOfEach = [int] [Math]::Ceiling($Count / $kinds.Count)
$root = [IO.Directory]::CreateTempSubdirectory('n2d-kills-').FullName
$module = (Get-Command Import-N2DDataset).Module.ModuleBase

# The program that runs this script also runs the others. The .NET host needs the name of its library.
$program = [Environment]::ProcessPath
$library = [IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet' ? @([Environment]::GetCommandLineArgs()[0]) : @()

# The script of a process creates a file when its work starts.
function Start-Script($Folder, $Script, $Arguments = @()) {
    [IO.File]::Delete("$Folder/begun")
    $start = [Diagnostics.ProcessStartInfo]::new($program)
    $library + '-NoProfile' + $Script + $Arguments | ForEach-Object { $start.ArgumentList.Add($_) }
    $start.WorkingDirectory = $Folder
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.Environment['N2D_DATA'] = "$root/data"
    $process = [Diagnostics.Process]::Start($start)
    [pscustomobject] @{ Process = $process; Output = $process.StandardOutput.ReadToEndAsync(); Error = $process.StandardError.ReadToEndAsync() }
}

# Kills a process at a random time. Returns whether it ended before. Adds its errors to the list.
function Stop-AtRandom($Started, $Folder, $MostSecond, $Problems) {
    $process = $Started.Process
    while (-not [IO.File]::Exists("$Folder/begun") -and -not $process.HasExited) {
        [Threading.Thread]::Sleep(5)
    }

    $ended = $process.WaitForExit([int] (1000 * $MostSecond * $random.NextDouble()))
    if (-not $ended) {
        $process.Kill()
    }

    $process.WaitForExit()
    if ($ended -and $process.ExitCode -ne 0 -or $Started.Error.Result.Trim()) {
        $Problems.Add("exit code $($ended ? $process.ExitCode : 'of a kill'): $($Started.Error.Result) $($Started.Output.Result)")
    }

    $process.Dispose()
    $ended
}

function Wait-Script($Started, $Problems) {
    $Started.Process.WaitForExit()
    if ($Started.Process.ExitCode -ne 0 -or $Started.Error.Result.Trim()) {
        $Problems.Add("exit code $($Started.Process.ExitCode): $($Started.Error.Result) $($Started.Output.Result)")
    }

    $Started.Process.Dispose()
}

# Temporary files and locks, and files that a script renames later.
function Get-LeftOver($Folder) {
    [IO.Directory]::GetFiles($Folder) | Where-Object { [IO.Path]::GetFileName($_) -like '.n2d-*' -or $_ -like '*.new' }
}

function Get-Digest($Path) {
    [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([IO.File]::ReadAllBytes($Path)))
}

function New-Result($Kind, $Kills, $Starts, $LeftOver, $Problems) {
    [pscustomobject] @{ Kind = $Kind; Kills = $Kills; Ends = $Starts; KillsWithLeftOver = $LeftOver; ProblemCount = $Problems.Count; Problem = "$($Problems | Select-Object -First 1)" }
}

function New-Folder($FolderName) {
    [IO.Directory]::CreateDirectory("$root/$FolderName").FullName
}

function Test-Training {
    $folder = New-Folder training
    $problems = [Collections.Generic.List[string]]::new()
    $work = "Import-N2DDataset Digits | New-N2DAutoencoder -HiddenUnit 30 -Epoch 60 -ThreadCount 1"
    [IO.File]::WriteAllText("$folder/whole.ps1", "Import-Module '$module'; $work -CodePath whole.npy | Out-Null")
    [IO.File]::WriteAllText("$folder/train.ps1", "Import-Module '$module'; `$data = Import-N2DDataset Digits; [IO.File]::WriteAllText(`"`$PSScriptRoot/begun`", ''); `$data | New-N2DAutoencoder -HiddenUnit 30 -Epoch 60 -ThreadCount 1 -CheckpointPath training.safetensors -CheckpointIntervalSec 0 -CodePath codes.npy | Out-Null")
    Wait-Script (Start-Script $folder "$folder/whole.ps1") $problems
    $expected = Get-Digest "$folder/whole.npy"
    $kills = 0
    $ends = 0
    $left = 0
    while ($kills -lt $killsOfEach -or $last -eq 'killed') {
        $ended = $kills -ge $killsOfEach
        if ($ended) {
            Wait-Script (Start-Script $folder "$folder/train.ps1") $problems
        }
        else {
            $ended = Stop-AtRandom (Start-Script $folder "$folder/train.ps1") $folder 2 $problems
        }

        $last = $ended ? 'ended' : 'killed'
        if ($ended) {
            $ends++
            if ((Get-Digest "$folder/codes.npy") -ne $expected) { $problems.Add("The codes differ from those of an uninterrupted training.") }
            if (Get-LeftOver $folder) { $problems.Add("These files are left: $(Get-LeftOver $folder)") }
            Remove-Item "$folder/training.safetensors", "$folder/codes.npy"
        }
        else {
            $kills++
            $left += @(Get-LeftOver $folder).Count -gt 0
        }

        if ($problems.Count) { break }
    }

    New-Result Training $kills $ends $left $problems
}

# Models contain the seconds of their fit, which differ, so a model is complete if it can be read.
function Test-Whole($Path, $Digests) {
    if ([IO.Path]::GetExtension($Path) -ne '.n2d') {
        return $Digests -contains (Get-Digest $Path)
    }

    $model = Import-N2DModel -LiteralPath $Path -ErrorAction SilentlyContinue
    $null -ne $model -and 3, 7 -contains $model.ClusterCount
}

function Test-Export {
    $folder = New-Folder export
    $problems = [Collections.Generic.List[string]]::new()
    $prepare = "Import-Module '$module'
`$data = Import-N2DDataset Digits
`$results = 3, 7 | ForEach-Object { `$data | New-N2DAutoencoder -HiddenUnit 200 -Epoch 1 -ThreadCount 1 | Invoke-N2DCluster -Method KMeans -ClusterCount `$_ -ThreadCount 1 }
function Export-All(`$Result, `$Folder) {
    `$Result | Export-N2DModel `"`$Folder/a.n2d`" -Force
    `$Result | Export-N2DPlot `"`$Folder/a.png`" -Kind Silhouette -Force
    `$Result | Export-N2DPlot `"`$Folder/a.svg`" -Kind Silhouette -Force
    `$Result | Export-N2DWeight `"`$Folder/a.safetensors`" -Force
}
"
    [IO.File]::WriteAllText("$folder/whole.ps1", "$prepare foreach (`$i in 0, 1) { `$null = New-Item `"`$PSScriptRoot/`$i`" -ItemType Directory; Export-All `$results[`$i] `"`$PSScriptRoot/`$i`" }")
    [IO.File]::WriteAllText("$folder/export.ps1", "$prepare
[IO.File]::WriteAllText(`"`$PSScriptRoot/begun`", '')
for (`$i = 0; -not [IO.File]::Exists(`"`$PSScriptRoot/once`") -or `$i -lt 1; `$i++) { Export-All `$results[`$i % 2] `"`$PSScriptRoot/out`" }")
    $out = (New-Folder 'export/out')
    Wait-Script (Start-Script $folder "$folder/whole.ps1") $problems
    $files = if (-not $problems.Count) { [IO.Directory]::GetFiles("$folder/0") | ForEach-Object { [IO.Path]::GetFileName($_) } }
    $expected = @{}
    foreach ($file in $files) { $expected[$file] = @((Get-Digest "$folder/0/$file"), (Get-Digest "$folder/1/$file")) }
    $kills = 0
    $left = 0
    while ($kills -lt $killsOfEach -and -not $problems.Count) {
        $seen = @([IO.Directory]::GetFiles($out) | ForEach-Object { [IO.Path]::GetFileName($_) } | Where-Object { $files -contains $_ })
        $ended = Stop-AtRandom (Start-Script $folder "$folder/export.ps1") $folder 1.5 $problems
        if ($ended) { $problems.Add('The exports came to an end by themselves.') }
        $kills++
        $left += @(Get-LeftOver $out).Count -gt 0
        foreach ($file in $files) {
            if ([IO.File]::Exists("$out/$file")) {
                if (-not (Test-Whole "$out/$file" $expected[$file])) { $problems.Add("$file is neither of the two whole files.") }
            }
            elseif ($seen -contains $file) {
                $problems.Add("$file was there and is not there any more.")
            }
        }
    }

    [IO.File]::WriteAllText("$folder/once", '')
    Wait-Script (Start-Script $folder "$folder/export.ps1") $problems
    if (Get-LeftOver $out) { $problems.Add("These files are left: $(Get-LeftOver $out)") }
    New-Result Export $kills 1 $left $problems
}

# Generated pen digits in the published format: each class is a place with noise.
function New-Pendigits {
    $source = [Random]::new(5)
    foreach ($part in @{ Name = 'pendigits.tra'; Rows = 200 }, @{ Name = 'pendigits.tes'; Rows = 100 }) {
        $lines = foreach ($row in 1..$part.Rows) {
            $class = $row % 10
            (@(1..16 | ForEach-Object { [Math]::Clamp(($class * 7 * $_) % 90 + $source.Next(10), 0, 100) }) + $class) -join ','
        }

        [IO.File]::WriteAllLines("$(New-Folder 'data/pendigits')/$($part.Name)", [string[]] $lines)
    }
}

function Test-Study {
    New-Pendigits
    $folder = New-Folder study
    $problems = [Collections.Generic.List[string]]::new()
    $script = [IO.Path]::GetFullPath("$PSScriptRoot/../examples/reproduce.ps1")
    $text = "[IO.File]::WriteAllText(`"`$PSScriptRoot/begun`", ''); Import-Module '$module'; & '$script' -Name Pendigits -Seed 0,1 -Epoch 3 -Preset Default"
    [IO.File]::WriteAllText("$folder/whole.ps1", "$text -OutputPath `"`$PSScriptRoot/whole`"")
    [IO.File]::WriteAllText("$folder/study.ps1", "$text -OutputPath `"`$PSScriptRoot/out`"")

    # The seconds differ between runs, also in the plot of the training. Everything else is equal.
    $scores = { param($path) Import-Csv "$path/runs.csv" | ForEach-Object { "$($_.Seed) $($_.Acc) $($_.Nmi) $($_.Ari) $($_.Error)" } }
    $clock = [Diagnostics.Stopwatch]::StartNew()
    Wait-Script (Start-Script $folder "$folder/whole.ps1") $problems
    $most = $clock.Elapsed.TotalSeconds
    $names = { param($path) [IO.Directory]::GetFiles($path) | ForEach-Object { [IO.Path]::GetFileName($_) } | Sort-Object }
    $expected = if (-not $problems.Count) { & $names "$folder/whole" }
    $kills = 0
    $ends = 0
    $left = 0
    while (($kills -lt $killsOfEach -or $last -eq 'killed') -and -not $problems.Count) {
        $ended = $kills -ge $killsOfEach
        $rows = [IO.File]::Exists("$folder/out/runs.csv") ? [IO.File]::ReadAllLines("$folder/out/runs.csv") : @()
        if ($ended) {
            Wait-Script (Start-Script $folder "$folder/study.ps1") $problems
        }
        else {
            $ended = Stop-AtRandom (Start-Script $folder "$folder/study.ps1") $folder $most $problems
        }

        # Completed output is still there, byte for byte.
        $now = [IO.File]::Exists("$folder/out/runs.csv") ? [IO.File]::ReadAllLines("$folder/out/runs.csv") : @()
        for ($i = 0; $i -lt $rows.Length; $i++) {
            if ($rows[$i] -cne $now[$i]) { $problems.Add("runs.csv lost a row: $($rows[$i])") }
        }

        $last = $ended ? 'ended' : 'killed'
        if ($ended) {
            $ends++
            if (Compare-Object (& $scores "$folder/whole") (& $scores "$folder/out")) { $problems.Add('The scores differ from those of an uninterrupted study.') }
            if (Compare-Object $expected (& $names "$folder/out")) { $problems.Add("These files are there: $(& $names "$folder/out"); and these should be: $expected") }
            foreach ($file in $expected -like '*.png' -notlike '*training.png') {
                if ((Get-Digest "$folder/whole/$file") -ne (Get-Digest "$folder/out/$file")) { $problems.Add("$file is another picture.") }
            }

            Remove-Item "$folder/out" -Recurse
        }
        else {
            $kills++
            $left += [IO.Directory]::Exists("$folder/out") -and @(Get-LeftOver "$folder/out").Count -gt 0
        }
    }

    New-Result Study $kills $ends $left $problems
}

try {
    foreach ($kind in $kinds) {
        & "Test-$kind"
    }
}
finally {
    [IO.Directory]::Delete($root, $true)
}
