# Studies on a Slurm cluster of two nodes, side by side with the same studies on this computer. See run.sh.
param([string] $Cluster, [string] $Scripts)

$ErrorActionPreference = 'Stop'
$failures = 0
$clock = [System.Diagnostics.Stopwatch]::StartNew()

function Assert($Claim, [scriptblock] $Test) {
    $holds = & $Test
    Write-Host ('{0,4:F0} s  {1}  {2}' -f $clock.Elapsed.TotalSeconds, ($holds ? 'ok    ' : 'FAILED'), $Claim)
    if (-not $holds) { $script:failures++ }
}

# The results of a study, by their names.
function Get-ResultHash($Study) {
    Get-ChildItem -LiteralPath (Join-Path $Study results) | Sort-Object Name | ForEach-Object { "$($_.Name) $((Get-FileHash -LiteralPath $_.FullName).Hash)" }
}

function Wait-State($Study, $State, $Count = 1, $Seconds = 100) {
    $end = $clock.Elapsed.TotalSeconds + $Seconds
    while ($clock.Elapsed.TotalSeconds -lt $end) {
        $tasks = Get-N2DStudy -Path $Study -Task
        if (@($tasks | Where-Object State -EQ $State).Count -ge $Count) { return $true }
        Start-Sleep -Milliseconds 500
    }

    $tasks | Format-Table Index, State, Reason, JobId | Out-Host
    $false
}

# Names that shells and Slurm would expand.
$odd = "./a b'`$(id)%j`"é"
$sweep = @{ Dataset = 'Digits'; Method = 'UMAP+KM', 'KM'; Seed = '0..2'; Parameter = @{ NeighborCount = 10, 20 } }
$training = @{ Dataset = 'Digits'; Method = 'AE+KM'; Parameter = @{ Epoch = 250; HiddenUnit = 300, 300 } }

# 1. A sweep on two nodes. A node is lost while it runs a task.
$null = Start-N2DStudy $odd @sweep -Slurm @{ Mem = '1G'; Time = 10 }
Assert 'the tasks are queued or running' { (Get-N2DStudy -LiteralPath $odd).Queued + (Get-N2DStudy -LiteralPath $odd).Running -eq 6 }
Assert 'a start of what is queued submits nothing' { $null = Start-N2DStudy $odd @sweep -Slurm @{}; @(Get-ChildItem -LiteralPath "$odd/submissions" -Filter *.txt).Count -eq 1 }
Assert 'tasks run on both nodes' { Wait-State $odd Running 2 }
& "$Scripts/node-down.sh" $Cluster n2
& "$Scripts/node-up.sh" $Cluster n2

# 2. The same on this computer, meanwhile.
$null = Start-N2DStudy ./local @sweep -ThrottleLimit 1
$null = Receive-N2DStudy ./local -Wait
Assert 'the local study is done' { (Get-N2DStudy ./local).Done -eq 6 }
$null = Receive-N2DStudy $odd -Wait
Assert 'the study is done in spite of the lost node' { (Get-N2DStudy -LiteralPath $odd).Done -eq 6 }
Assert 'its results are the bytes of the local study' { -not (Compare-Object (Get-ResultHash $odd) (Get-ResultHash ./local)) }

# 3. A time limit: the training is saved, the task goes back to the queue and resumes, until it is done.
$null = Start-N2DStudy ./long @training -Slurm @{ Time = 1; Signal = 'B:USR1@45'; Mem = '1G' }

$null = Start-N2DStudy ./whole @training

# 4. Cancel, and resume.
$null = Start-N2DStudy ./stopped -Dataset Digits -Method KM -Seed 0..2 -Slurm @{ Begin = 'now+1hour' }
Stop-N2DStudy ./stopped
Assert 'a stopped study is stopped' { Wait-State ./stopped Stopped 3 20 }
$null = Start-N2DStudy ./stopped -Slurm @{ Mem = '1G' } -TaskPerJob 3

# 5. Out of memory: failed, not repeated, and done with more memory.
$null = Start-N2DStudy ./small -Dataset Digits -Method KM -Slurm @{ Mem = '60M' }
Assert 'a task without enough memory fails' { Wait-State ./small Failed }
Assert 'the reason is the memory' { (Get-N2DStudy ./small -Task).Reason -like '*memory*' }
Assert 'a start does not repeat it' { (Start-N2DStudy ./small -Slurm @{ Mem = '1G' }).Failed -eq 1 }
Assert 'a start with -RetryFailed does' { (Start-N2DStudy ./small -Slurm @{ Mem = '1G' } -RetryFailed).Failed -eq 0 }

# 6. More tasks than an array can have.
$null = Start-N2DStudy ./many -Dataset Digits -Method KM -Seed 0..104 -Slurm @{ Begin = 'now+1hour' }
Assert 'an array that is too large is divided' { @(Get-ChildItem ./many/submissions/*.txt).Count -eq 2 -and (Get-N2DStudy ./many).Queued -eq 105 }
Stop-N2DStudy ./many

Assert 'the resumed study is done' { $null = Receive-N2DStudy ./stopped -Wait; (Get-N2DStudy ./stopped).Done -eq 3 }
Assert 'the task with more memory is done' { $null = Receive-N2DStudy ./small -Wait; (Get-N2DStudy ./small).Done -eq 1 }
Assert 'the limited training is done' { $null = Receive-N2DStudy ./long -Wait; (Get-N2DStudy ./long).Done -eq 1 }
Assert 'it was resumed from its checkpoint' { (Get-Content ./long/logs/*.log -Raw) -like '*resumed from*' }
Assert 'the checkpoint is deleted' { @(Get-ChildItem ./long/checkpoints).Count -eq 0 }
$null = Receive-N2DStudy ./whole -Wait
Assert 'its result is that of an undisturbed training' { -not (Compare-Object (Get-ResultHash ./long) (Get-ResultHash ./whole)) }

# 7. Refused options.
Assert 'an unknown partition is an error, and leaves nothing' {
    try { $null = Start-N2DStudy ./refused -Dataset Digits -Method KM -Slurm @{ Partition = 'none' } } catch { $message = "$_" }
    $message -like '*partition*' -and -not (Test-Path ./refused/submissions/1.txt)
}

exit $failures
