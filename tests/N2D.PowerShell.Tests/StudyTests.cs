using System.Buffers.Binary;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Text;

namespace N2D.PowerShell.Tests;

/// <summary>Studies whose tasks run in this process.</summary>
public sealed class StudyTests : IDisposable
{
    private const int RowCount = 60;

    private readonly PowerShellSession _session = new();

    public StudyTests()
    {
        _session.SetVariable("csv", FileOf("rows.csv"));
        _session.SetVariable("study", FileOf("study"));
        File.WriteAllText(FileOf("rows.csv"), "id,a,b,c,class\n" + string.Concat(Enumerable.Range(0, RowCount).Select(row =>
            string.Create(CultureInfo.InvariantCulture, $"r{row},{Value(row, 0)},{Value(row, 1)},{Value(row, 2)},k{row % 3}\n"))));
        _session.Run("$rows = @{ path = $csv; LabelColumn = 'class'; IdColumn = 'id' }");
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void TheRows_AreThoseOfCompareN2DMethod()
    {
        var plan = Assert.Single(_session.Run(
            "Start-N2DStudy $study -Dataset $rows -Method KM, PCA+KM -Seed 0..1 -Parameter @{ StartCount = 2, 3 } -PlanOnly"));
        Assert.Equal([4, 4, 0], Numbers(plan, "TaskCount", "Waiting", "Done"));
        Assert.Empty(_session.Run("Receive-N2DStudy $study"));

        var rows = Csv("Invoke-N2DStudyTask $study -Index 0..3", "*Seconds", "StartCount");
        var direct = Csv(
            """
            Import-N2DDataset @rows | ForEach-Object {
                foreach ($count in 2, 3) {
                    foreach ($seed in 0, 1) { $_ | Compare-N2DMethod KM, PCA+KM -Seed $seed -StartCount $count }
                }
            }
            """,
            "*Seconds");
        Assert.Equal(9, direct.Length);
        Assert.Equal(direct, rows);
        Assert.Equal(direct, Csv("Receive-N2DStudy $study", "*Seconds", "StartCount"));
        Assert.Equal(
            [2L, 2L, 2L, 2L, 3L, 3L, 3L, 3L], _session.Run("Receive-N2DStudy $study").Select(row => row.Properties["StartCount"].Value));
        Assert.All(_session.Run("Receive-N2DStudy $study"), row => Assert.True((double)row.Properties["TotalSeconds"].Value >= 0));
        Assert.Equal([0, 4], Numbers(_session.Run("Get-N2DStudy $study")[0], "Waiting", "Done"));
    }

    [Fact]
    public void MoreSeedsAndMethods_AddTasks_AndAResultIsNotComputedAgain()
    {
        Plan("-Method KM -Seed 0");
        _session.Run("Invoke-N2DStudyTask $study 0");
        var written = File.GetLastWriteTimeUtc(Directory.GetFiles(FileOf("study/results")).Single());

        Assert.Equal([3, 2, 1], Numbers(Plan("-Method KM, GMM -Seed 0..1"), "TaskCount", "Waiting", "Done"));
        Assert.Equal(["KM", "GMM", "GMM, KM"], TaskTexts("Method"));
        Assert.Single(_session.Run("Invoke-N2DStudyTask $study 0"));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Directory.GetFiles(FileOf("study/results")).Single()));
    }

    [Theory]
    [InlineData("0..2", "0 1 2")]
    [InlineData("(0..2)", "0 1 2")]
    [InlineData("2..0", "2 1 0")]
    [InlineData("0..1, 7", "0 1 7")]
    [InlineData("'0..1', 1, '4'", "0 1 4")]
    [InlineData("5", "5")]
    public void Seeds_AreRanges(string seeds, string expected)
    {
        Plan($"-Method KM -Seed {seeds}");
        Assert.Equal(expected, string.Join(' ', TaskTexts("Seed")));
    }

    [Theory]
    [InlineData("-Dataset $rows -Method KM -Parameter @{ Epochs = 5 }", "StudyParameterUnknown", "Epochs")]
    [InlineData("-Dataset $rows -Method N2D -Parameter @{ Epoch = 'many' }", null, "Epoch")]
    [InlineData("-Dataset $rows -Method N2D -Parameter @{ Epoch = 5, 0 }", null, "Epoch")]
    [InlineData("-Dataset $rows -Fit -Parameter @{ HiddenUnit = 5 }", "StudyParameterUnknown", "HiddenUnit")]
    [InlineData("-Dataset $rows -Fit -Parameter @{ NeighborCount = 'x' }", null, "NeighborCount")]
    [InlineData("-Dataset none.csv -Method KM", "FileNotFound", "none.csv")]
    [InlineData("-Dataset Digts -Method KM", "DatasetNotFound", "Did you mean Digits?")]
    [InlineData("-Dataset nonsense -Method KM", "DatasetNotFound", "The published data sets are Digits,")]
    [InlineData("-Dataset @{ Path = $csv; LabelColumn = 'none' } -Method KM", null, "none")]
    [InlineData("-Dataset @{ Path = $csv; Column = 'a', 'b' } -Method KM", "ClusterCountRequired", "LabelColumn = 'class'")]
    [InlineData("-Dataset @{ Path = $csv; Column = 'a', 'b' } -Fit", "ClusterCountRequired", "LabelColumn = 'class'")]
    [InlineData("-Dataset $rows -Fit -Parameter @{ Optimize = $true }", "TooFewRows", "60")]
    [InlineData("-Dataset $rows -Fit -Parameter @{ NeighborCount = 8, 70 }", null, "NeighborCount")]
    [InlineData("-Dataset $rows -Fit -Parameter @{ ClusterCount = 61 }", null, "61")]
    [InlineData("-Dataset $rows -Method nonsense", null, "nonsense")]
    [InlineData("-Dataset $rows -Method KM -Seed 0..x", null, "Seed")]
    [InlineData("-Dataset $rows -Method KM -Seed -1..2", null, "Seed")]
    [InlineData("-Dataset $rows -Method KM -ThrottleLimit 0", null, "ThrottleLimit")]
    [InlineData("-Dataset $rows -Method KM -Slurm @{ Array = '0-3' }", "SlurmOptionReserved", "Array")]
    [InlineData("-Model none.n2d -Shard $csv", "FileNotFound", "none.n2d")]
    [InlineData("", "StudyNotFound", "study")]
    public void WhatIsWrong_IsAnError_BeforeTheFolderExists(string arguments, string? id, string part)
    {
        var error = _session.RunFailing($"Start-N2DStudy $study {arguments} -PlanOnly");
        Assert.StartsWith(id is null ? "" : $"N2D.{id},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(part, error.Exception.Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(FileOf("study")));
    }

    [Fact]
    public void TasksOfAnotherKind_AreRefused()
    {
        Plan("-Method KM");
        var error = _session.RunFailing("Start-N2DStudy $study -Dataset $rows -Fit -Seed 0 -PlanOnly");
        Assert.StartsWith("N2D.StudyKindDiffers,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal([1], Numbers(_session.Run("Get-N2DStudy $study")[0], "TaskCount"));
    }

    [Fact]
    public void AProgramThatIsNotThere_IsAnError_BeforeTheFolderExists()
    {
        var error = _session.RunFailing("Start-N2DStudy $study -Dataset $rows -Method KM -ShellPath /none/pwsh");
        Assert.StartsWith("N2D.ShellNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.False(Path.Exists(FileOf("study")));
    }

    [Fact]
    public void WhatIf_MakesNothing()
    {
        _session.Run("$shell = @{ ShellPath = [Environment]::ProcessPath }");
        Assert.Empty(_session.Run("Start-N2DStudy $study -Dataset $rows -Method KM @shell -WhatIf"));
        Assert.False(Path.Exists(FileOf("study")));

        Plan("-Method KM");
        Assert.Empty(_session.Run("Start-N2DStudy $study @shell -WhatIf; Start-N2DStudy $study @shell -RetryFailed -WhatIf"));
        Assert.Empty(_session.Errors);
        Assert.Empty(Directory.GetFiles(FileOf("study/submissions")));
    }

    [UnixFact]
    public void ATaskThatFails_SaysWhy_AndIsStartedAgainOnRequest()
    {
        Plan("-Method KM -Seed 0..1");
        _session.Run("Invoke-N2DStudyTask $study 1");
        File.Move(FileOf("rows.csv"), FileOf("moved.csv"));

        var error = _session.RunFailing("Invoke-N2DStudyTask $study 0");
        Assert.StartsWith("N2D.FileNotFound", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("Task 0 failed: ", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("rows.csv", error.Exception.Message, StringComparison.Ordinal);
        var task = _session.Run("Get-N2DStudy $study -Task")[0];
        Assert.Equal("Failed", task.Properties["State"].Value.ToString());
        Assert.Equal(error.Exception.Message, "Task 0 failed: " + task.Properties["Reason"].Value);

        // A failed task has no row, and prevents none.
        Assert.Single(_session.Run("Receive-N2DStudy $study -Wait"));

        // The program ends at once, so the task that it should run waits.
        Assert.Equal([1, 0, 1], Numbers(_session.Run("Start-N2DStudy $study -ShellPath /bin/true")[0], "Failed", "Waiting", "Done"));
        Assert.Empty(Directory.GetFiles(FileOf("study/submissions")));
        Assert.Equal(
            [0, 1, 1],
            Numbers(_session.Run("Start-N2DStudy $study -ShellPath /bin/true -RetryFailed")[0], "Failed", "Waiting", "Done"));
        File.Move(FileOf("moved.csv"), FileOf("rows.csv"));
        Assert.Single(_session.Run("Invoke-N2DStudyTask $study 0"));
        Assert.Equal([2, 0], Numbers(_session.Run("Get-N2DStudy $study")[0], "Done", "Failed"));
    }

    [UnixFact]
    public void ATaskWithAMethodThatFailed_IsStartedAgainOnRequest_AndKeepsItsRows()
    {
        Plan("-Method KM, UMAP+KM -Parameter @{ NeighborCount = 70 }");
        _session.Run("Invoke-N2DStudyTask $study 0");
        Assert.Equal([1, 0], Numbers(_session.Run("Get-N2DStudy $study")[0], "Done", "Failed"));
        var rows = Csv("Receive-N2DStudy $study", "none");
        Assert.Contains("methods failed", Assert.Single(_session.Warnings), StringComparison.Ordinal);

        Assert.Equal([1, 0], Numbers(_session.Run("Start-N2DStudy $study -ShellPath /bin/true")[0], "Done", "Waiting"));
        Assert.Equal([0, 1], Numbers(_session.Run("Start-N2DStudy $study -ShellPath /bin/true -RetryFailed")[0], "Done", "Waiting"));
        Assert.Equal(rows, Csv("Receive-N2DStudy $study", "none"));
        Assert.Equal(2, _session.Run("Invoke-N2DStudyTask $study 0").Length);
        Assert.Equal([1, 0], Numbers(_session.Run("Get-N2DStudy $study")[0], "Done", "Waiting"));
    }

    [Theory]
    [InlineData("-Method KM, AE+KM -Parameter @{ Epoch = 100000 }")]
    [InlineData("-Fit -Parameter @{ Epoch = 100000; NeighborCount = 8 }")]
    public void ATaskThatAnotherProcessTrains_IsLeftToIt(string arguments)
    {
        Plan(arguments);
        using var other = new PowerShellSession();
        other.SetVariable("study", FileOf("study"));
        using var training = other.Start("Invoke-N2DStudyTask $study 0");
        training.BeginInvoke();
        Assert.True(SpinWait.SpinUntil(
            () => Directory.GetFiles(FileOf("study/checkpoints"), ".n2d-*.lock").Length > 0, TimeSpan.FromSeconds(60)));

        var error = _session.RunFailing("Invoke-N2DStudyTask $study 0");
        Assert.StartsWith("N2D.TaskInUse,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(FileOf("study/failures")));
        Assert.Empty(Directory.GetFiles(FileOf("study/results")));
        Assert.NotEmpty(Directory.GetFiles(FileOf("study/checkpoints"), ".n2d-*.lock"));
        training.Stop();
    }

    [Fact]
    public void KeepCheckpoint_HoldsForLaterRuns()
    {
        _session.Run("$null = Start-N2DStudy $study -Dataset $rows -Method AE+KM -Parameter @{ Epoch = 1 } -PlanOnly -KeepCheckpoint");
        _session.Run("Invoke-N2DStudyTask $study 0");
        Assert.Single(Directory.GetFiles(FileOf("study/checkpoints")));
    }

    [UnixFact]
    public void TheFolderAlone_StartsWhatIsMissing()
    {
        Plan("-Method KM -Seed 0..2");
        _session.Run("Invoke-N2DStudyTask $study 1");
        _session.Run("Start-N2DStudy $study -ShellPath /bin/true");
        Assert.Equal(
            _session.Run("Get-N2DStudy $study -Task | Where-Object State -NE Done | ForEach-Object Key").Select(key => key.ToString()),
            File.ReadAllLines(FileOf("study/submissions/1.txt")));
    }

    [Fact]
    public void AFittedModel_IsSaved_AndCanBeApplied()
    {
        Plan("-Fit -Parameter @{ ClusterCount = 3; Epoch = 1; NeighborCount = 8 }");
        var row = Assert.Single(_session.Run("$row = Invoke-N2DStudyTask $study 0; $row"));
        Assert.Equal("Fit", TaskTexts("Kind").Single());
        Assert.Equal((3L, 8L, 1L), ((long)Value("ClusterCount"), (long)Value("NeighborCount"), (long)Value("Epoch")));

        var applied = Assert.Single(_session.Run("Import-N2DDataset @rows | Invoke-N2DModel $row.Path"));
        Assert.Equal(RowCount, applied.Properties["RowCount"].Value);

        object Value(string name) => row.Properties[name].Value;
    }

    [Fact]
    public void AllParametersOfAFit_AreCheckedWithTheRows()
    {
        var plan = Plan("-Fit -Parameter @{ ClusterCount = 2, 'Auto'; Preset = 'Paper'; Device = 'cpu'; Dimension = 2; Optimize = $false }");
        Assert.Equal([2], Numbers(plan, "TaskCount"));
    }

    [Fact]
    public void AScoredFile_IsTheSame_AsAWhole_InParts_AndByExportCsv()
    {
        _session.SetVariable("npy", WriteNpy("rows.npy"));
        _session.SetVariable("whole", FileOf("whole"));
        _session.SetVariable("model", FileOf("rows.n2d"));
        _session.SetVariable("exported", FileOf("exported.csv"));
        _session.Run("""
            Import-N2DDataset $npy | Invoke-N2DPca -Dimension 2 | Invoke-N2DCluster -ClusterCount 3 | Export-N2DModel $model
            Import-N2DDataset $npy | Invoke-N2DModel $model | Get-N2DAssignment | Export-Csv $exported
            """);

        var plan = Assert.Single(_session.Run("Start-N2DStudy $study -Model $model -Shard $npy -RowPerTask 25 -PlanOnly"));
        Assert.Equal([3], Numbers(plan, "TaskCount"));
        Assert.StartsWith(
            "N2D.NothingScored", _session.RunFailing("Receive-N2DStudy $study -Total").FullyQualifiedErrorId, StringComparison.Ordinal);
        var parts = _session.Run("Invoke-N2DStudyTask $study -Index 0..2");
        Assert.Equal([(0L, 25L), (25L, 25L), (50L, 10L)], parts.Select(part => (Long(part, "FirstRow"), Long(part, "RowCount"))));
        var whole = Assert.Single(_session.Run(
            "$null = Start-N2DStudy $whole -Model $model -Shard $npy -PlanOnly; Invoke-N2DStudyTask $whole 0"));

        var expected = File.ReadAllLines(FileOf("exported.csv"));
        Assert.Equal(RowCount + 1, expected.Length);
        Assert.Equal(expected, LinesOf(whole));
        Assert.Equal(expected, parts.SelectMany(part => LinesOf(part)[1..]).Prepend(expected[0]));

        var total = Assert.Single(_session.Run("Receive-N2DStudy $study -Total"));
        Assert.Equal(whole.Properties["ClusterSizes"].Value, total.Properties["ClusterSizes"].Value);
        Assert.Equal(RowCount, Long(total, "RowCount"));
        foreach (var mean in new[] { "Probability", "Novelty", "UnusualShare" })
        {
            Assert.Equal(Double(whole, mean), Double(total, mean), 12);
        }

        static double Double(PSObject row, string name) => Convert.ToDouble(row.Properties[name].Value, CultureInfo.InvariantCulture);

        static long Long(PSObject row, string name) => Convert.ToInt64(row.Properties[name].Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void AScoredTable_HasItsIdsLabelsAndNames_AsExportCsvWritesThem()
    {
        _session.SetVariable("model", FileOf("rows.n2d"));
        _session.SetVariable("exported", FileOf("exported.csv"));
        _session.Run("""
            Import-N2DDataset @rows | Invoke-N2DCluster -Method KMeans -ClusterCount 3 |
                Rename-N2DCluster 0 'low, "cheap"' | Rename-N2DCluster 2 'é' | Export-N2DModel $model
            Import-N2DDataset @rows -Model $model | Invoke-N2DModel $model | Get-N2DAssignment | Export-Csv $exported
            $null = Start-N2DStudy $study -Model $model -Shard $rows -PlanOnly
            $row = Invoke-N2DStudyTask $study 0
            """);

        var written = File.ReadAllText((string)_session.Run("$row.Path")[0].BaseObject);
        Assert.Contains("\"low, \"\"cheap\"\"\"\n", written, StringComparison.Ordinal);
        Assert.Contains("\"r59\",\"59\",\"k2\",", written, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(FileOf("exported.csv")).ReplaceLineEndings("\n"), written);
    }

    [Fact]
    public void AnArrayOfDoubles_WithLargeOffsets_IsScoredInPartsAsAWhole()
    {
        // Without its offset, a column of float has steps of 64.
        _session.SetVariable("npy", WriteNpy("times.npy", value => 1_000_000_000.0 + value));
        _session.SetVariable("model", FileOf("times.n2d"));
        _session.SetVariable("whole", FileOf("whole"));
        _session.Run("""
            Import-N2DDataset $npy -Standardize ZScore | Invoke-N2DCluster -Method KMeans -ClusterCount 3 | Export-N2DModel $model
            $null = Start-N2DStudy $study -Model $model -Shard $npy -RowPerTask 7 -PlanOnly
            $null = Start-N2DStudy $whole -Model $model -Shard $npy -RowPerTask ([long]::MaxValue) -PlanOnly
            """);
        var whole = Assert.Single(_session.Run("Invoke-N2DStudyTask $whole 0"));
        var parts = _session.Run("Invoke-N2DStudyTask $study (0..8)");
        Assert.Equal("20 20 20", whole.Properties["ClusterSizes"].Value);
        Assert.Equal(LinesOf(whole)[1..], parts.SelectMany(part => LinesOf(part)[1..]));
    }

    [Fact]
    public void FilesWithTheSameNumbers_AndOtherColumns_AreOtherTasks()
    {
        File.WriteAllText(FileOf("renamed.csv"), File.ReadAllText(FileOf("rows.csv")).Replace("a,b,c", "a,b,d", StringComparison.Ordinal));
        File.Copy(FileOf("rows.csv"), FileOf("moved.csv"));
        Plan("-Method KM");
        _session.Run("$rows.Path = Join-Path (Split-Path $csv) moved.csv");
        Assert.Equal([1], Numbers(Plan("-Method KM"), "TaskCount"));
        _session.Run("$rows.Path = Join-Path (Split-Path $csv) renamed.csv");
        Assert.Equal([2], Numbers(Plan("-Method KM"), "TaskCount"));
    }

    [Fact]
    public void ARunOfAnotherScheduler_IsSeen()
    {
        Plan("-Method KM -Seed 0, 1");
        _session.Run("Invoke-N2DStudyTask $study 0");
        File.Delete(Directory.GetFiles(FileOf("study/results")).Single());
        Assert.Contains("has no result yet", TaskTexts("Reason").First(), StringComparison.Ordinal);
        Assert.Equal("It was not started.", TaskTexts("Reason").Last());
    }

    [Fact]
    public void AParameterThatAMethodDoesNotUse_GivesOneWarning_AndTheRowsAreATable()
    {
        Plan("-Method KM, UMAP+KM -Parameter @{ NeighborCount = 8, 9; StartCount = 2 }");
        Assert.Contains("KM: NeighborCount has no effect on this method", Assert.Single(_session.Warnings), StringComparison.Ordinal);
        _session.Run("Invoke-N2DStudyTask $study 0..1");
        var table = Assert.Single(_session.Run("Receive-N2DStudy $study | Out-String -Width 120")).ToString();
        Assert.Matches(@"(?m)^Method +Clusters +Seed +Acc +Nmi +Silhouette +Parameter *\r?$", table);
        Assert.Contains("NeighborCount = 8; StartCount = 2", table, StringComparison.Ordinal);
        var tasks = Assert.Single(_session.Run("Get-N2DStudy $study -Task | Out-String -Width 120")).ToString();
        Assert.Contains("rows: KM, UMAP+KM, seed 0,", tasks, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UMAP+KM, PCA+KM", "", null)]
    [InlineData("KM, UMAP+KM, t-SNE+KM, GMM, AE+KM", "", "KM, t-SNE+KM: Preset has no effect on these methods")]
    [InlineData("KM, UMAP+KM, AE+KM", "Dimension = 2; ", "KM, UMAP+KM: Preset has no effect on these methods")]
    [InlineData("AE+KM, N2D", "Dimension = 2; Epoch = 3; ", "AE+KM: Preset has no effect on this method")]
    public void APreset_SetsDimensionAndEpochs_IfTheyAreNotGiven(string methods, string parameter, string? warning)
    {
        Plan($"-Method {methods} -Parameter @{{ {parameter}Preset = 'Default', 'Paper' }}");
        Assert.Equal(warning, _session.Warnings.SingleOrDefault()?.Split(", so ")[0]);
    }

    [Fact]
    public void AShard_MayBeARangeOfAFile()
    {
        _session.SetVariable("npy", WriteNpy("rows.npy"));
        _session.SetVariable("model", FileOf("rows.n2d"));
        _session.Run("Import-N2DDataset $npy | Invoke-N2DCluster -Method KMeans -ClusterCount 3 | Export-N2DModel $model");
        var row = Assert.Single(_session.Run("""
            $null = Start-N2DStudy $study -Model $model -Shard @{ path = $npy; skip = 20; first = 30 } -RowPerTask 10 -PlanOnly
            Invoke-N2DStudyTask $study 0
            """));
        Assert.Equal([20, 30], Numbers(row, "FirstRow", "RowCount"));
    }

    private PSObject Plan(string arguments) => Assert.Single(
        _session.Run($"Start-N2DStudy $study -Dataset $rows {arguments} -PlanOnly"));

    private string FileOf(string name) => Path.Combine(_session.TemporaryFolder, name);

    private IEnumerable<string?> TaskTexts(string property) =>
        _session.Run("Get-N2DStudy $study -Task").Select(task => task.Properties[property].Value?.ToString());

    private static IEnumerable<int> Numbers(PSObject item, params string[] names) =>
        names.Select(name => Convert.ToInt32(item.Properties[name].Value, CultureInfo.InvariantCulture));

    private string[] Csv(string script, params string[] excluded) => [.. _session.Run(
        $"& {{ {script} }} | Select-Object -Property * -ExcludeProperty {string.Join(',', excluded)} | ConvertTo-Csv")
        .Select(line => line.ToString())];

    private static string[] LinesOf(PSObject row) => File.ReadAllLines((string)row.Properties["Path"].Value);

    /// <summary>The same numbers as in the table, as numpy.save writes them.</summary>
    private string WriteNpy(string name) => WriteNpy(name, "f4", Values<float>(value => value));

    /// <summary>Doubles made of these numbers.</summary>
    private string WriteNpy(string name, Func<float, double> convert) => WriteNpy(name, "f8", Values(convert));

    private string WriteNpy<T>(string name, string type, T[] values)
        where T : struct
    {
        var header = Encoding.ASCII.GetBytes($"{{'descr': '<{type}', 'fortran_order': False, 'shape': ({RowCount}, 3), }}\n");
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        File.WriteAllBytes(
            FileOf(name), [0x93, .. "NUMPY"u8, 1, 0, .. length, .. header, .. MemoryMarshal.AsBytes<T>(values)]);
        return FileOf(name);
    }

    private static T[] Values<T>(Func<float, T> convert) =>
        [.. Enumerable.Range(0, 3 * RowCount).Select(place => convert(Value(place / 3, place % 3)))];

    /// <summary>Three groups of rows, without ties.</summary>
    private static float Value(int row, int column) => (row % 3 * (column + 4)) + (MathF.Sin((row * 7) + (column * 3)) / 2);
}
