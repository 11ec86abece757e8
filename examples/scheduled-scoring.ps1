<#
.SYNOPSIS
Scores a file of rows by a saved model, as a scheduled job does, and tells by its exit code whether they are still of the kind that the model was fitted to.

.DESCRIPTION
Reads the columns of the model and ignores others. Writes a row for each row of the file: Id with -IdColumn, Index, Label, Cluster, Probability, Novelty. A novelty of 1 is what 99 of 100 rows like those of the training stay within, so that some
1 % of them lie above it. Where many more do, the data have drifted, and the clusters of such rows mean little.

Exit code 0: scored. 2: scored, and more rows are novel than -MaximumNovelShare allows. 1: not scored, and nothing is written; standard error tells why.

.PARAMETER Model
The model file, of Export-N2DModel.

.PARAMETER Path
The file of rows.

.PARAMETER OutputPath
The CSV file that is written.

.PARAMETER IdColumn
The column whose texts tell the rows apart; they stand beside the clusters as Id.

.PARAMETER MaximumNovelShare
The share of novel rows from which on the job raises the alarm.

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
        throw "'$Model' tells no novelty, so that there is nothing to watch: a pipeline with t-SNE cannot, nor can one that was fitted to rows that are all alike."
    }

    # The columns of the model alone are read: a new column in the file breaks nothing. Gaps are filled as the model was told to.
    $result = @(Import-N2DDataset -Path $Path -Model $fitted @columns | Invoke-N2DModel $fitted)
    if ($result.Count -ne 1) {
        throw "'$Path' are $($result.Count) files, and one is scored at a time."
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
    [Console]::Error.WriteLine("Drift: at most $MaximumNovelShare of the rows were to be novel. Look at them, and fit the model anew.")
    exit 2
}

exit 0
