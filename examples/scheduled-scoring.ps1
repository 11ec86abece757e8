<#
.SYNOPSIS
Applies a saved model to a file and reports data drift by its exit code. Intended for scheduled jobs.

.DESCRIPTION
Reads the columns of the model and ignores others. Writes one row for each row of the file: Id (with -IdColumn), Index, Label, Cluster,
Probability, Novelty. About 1 % of rows like the training data have a novelty above 1. If many more do, the data has drifted, and the clusters of
these rows mean little.

Exit codes:
0: The rows were scored.
1: The rows were not scored, and no file was written. Standard error contains the reason.
2: The rows were scored, but the share of novel rows exceeds -MaximumNovelShare.

.PARAMETER Model
The model file from Export-N2DModel.

.PARAMETER Path
The file with the rows to score.

.PARAMETER OutputPath
The CSV file to write.

.PARAMETER IdColumn
The column that identifies the rows. Its values are written as Id.

.PARAMETER ExcludeColumn
Columns of the file to ignore: names or wildcards. Columns that the model does not use are ignored in any case.

.PARAMETER MissingMark
More texts that mark a missing value, such as None or -999.

.PARAMETER MaximumNovelShare
The largest acceptable share of novel rows.

.PARAMETER LogPath
A log file. Each run appends a line with the time, the exit code and the console output. Use it for scheduled runs without a console.

.EXAMPLE
./examples/scheduled-scoring.ps1 -Model sensors.n2d -Path today.csv -OutputPath today-clusters.csv -IdColumn id

.EXAMPLE
15 6 * * * cd /srv/n2d && pwsh -NoProfile -File examples/scheduled-scoring.ps1 -Model sensors.n2d -Path today.csv -OutputPath out.csv -MissingMark None,-999 -LogPath scoring.log

A line of a crontab (Linux, macOS): runs every day at 6:15. A list is written without spaces.

.EXAMPLE
schtasks /Create /TN "N2D scoring" /SC DAILY /ST 06:15 /TR "pwsh -NoProfile -File C:\n2d\examples\scheduled-scoring.ps1 -Model C:\n2d\sensors.n2d -Path C:\n2d\today.csv -OutputPath C:\n2d\out.csv -LogPath C:\n2d\scoring.log"

The same with the Task Scheduler of Windows. Its tasks start in another folder, so all paths are absolute. The exit code is the task's last result.
#>
param(
    [Parameter(Mandatory)] [string] $Model,
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $OutputPath,
    [string] $IdColumn,
    [string[]] $ExcludeColumn,
    [string[]] $MissingMark,
    [ValidateRange(0, 1)] [double] $MaximumNovelShare = 0.05,
    [string] $LogPath
)

$ErrorActionPreference = 'Stop'

# Adds a line to the log, writes the messages, and ends the script.
function Exit-Run([int] $Code, [string] $Text, [string] $Problem) {
    if ($LogPath) { "$([datetime]::UtcNow.ToString('u')) exit code ${Code}: $(@($Text, $Problem) -ne '')" -replace '\r?\n', ' ' | Add-Content $LogPath }
    if ($Text) { $Text }
    if ($Problem) { [Console]::Error.WriteLine($Problem) }
    exit $Code
}

try {
    # Rejects a log that cannot be written before the work.
    if ($LogPath) { Add-Content $LogPath '' -NoNewline }

    if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
        Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
    }

    $columns = @{}
    if ($IdColumn) { $columns.IdColumn = $IdColumn }

    # pwsh -File passes a list as one string.
    if ($ExcludeColumn) { $columns.ExcludeColumn = @($ExcludeColumn -split ',' | ForEach-Object Trim) }
    if ($MissingMark) { $columns.MissingMark = @($MissingMark -split ',' | ForEach-Object Trim) }
    $fitted = Import-N2DModel $Model
    if (-not (Get-N2DModel $Model).TellsNovelty) {
        throw "'$Model' cannot measure novelty, so drift cannot be detected. Models with t-SNE, and models of identical rows, have no novelty."
    }

    # Only the columns of the model are read, so a new column in the file does no harm. Missing values are filled as in the training data.
    $result = @(Import-N2DDataset -Path $Path -Model $fitted @columns | Invoke-N2DModel $fitted)
    if ($result.Count -ne 1) {
        throw "'$Path' matches $($result.Count) files. Only one file can be scored at a time."
    }

    $result = $result[0]
    $result | Get-N2DAssignment -IncludeDropped | Export-Csv $OutputPath
}
catch {
    if ($LogPath -and -not (Test-Path $LogPath)) { $LogPath = '' }
    Exit-Run 1 '' "Not scored: $_"
}

$text = '{0} rows scored, {1:P1} of them novel.' -f $result.RowCount, $result.NovelShare
if ($result.NovelShare -gt $MaximumNovelShare) {
    Exit-Run 2 $text "Drift: the share of novel rows exceeds $MaximumNovelShare. Inspect these rows, and fit the model again."
}

Exit-Run 0 $text
