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

.PARAMETER MaximumNovelShare
The largest acceptable share of novel rows.

.EXAMPLE
./examples/scheduled-scoring.ps1 -Model sensors.n2d -Path today.csv -OutputPath today-clusters.csv -IdColumn id
#>
param(
    [Parameter(Mandatory)] [string] $Model,
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $OutputPath,
    [string] $IdColumn,
    [ValidateRange(0, 1)] [double] $MaximumNovelShare = 0.05
)

$ErrorActionPreference = 'Stop'
try {
    if (-not (Get-Command Import-N2DDataset -ErrorAction Ignore)) {
        Import-Module "$PSScriptRoot/../out/N2D.PowerShell"
    }

    $columns = @{}
    if ($IdColumn) { $columns.IdColumn = $IdColumn }
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
    [Console]::Error.WriteLine("Not scored: $_")
    exit 1
}

'{0} rows scored, {1:P1} of them novel.' -f $result.RowCount, $result.NovelShare
if ($result.NovelShare -gt $MaximumNovelShare) {
    [Console]::Error.WriteLine("Drift: the share of novel rows exceeds $MaximumNovelShare. Inspect these rows, and fit the model again.")
    exit 2
}

exit 0
