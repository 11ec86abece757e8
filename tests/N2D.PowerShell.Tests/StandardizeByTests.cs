using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>-StandardizeBy of Import-N2DDataset and ConvertTo-N2DDataset, from the file to the model.</summary>
public sealed class StandardizeByTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public StandardizeByTests()
    {
        // Two states on three devices. Each device runs 100 degrees hotter than the one before it.
        File.WriteAllText(
            Path.Combine(_session.TemporaryFolder, "readings.csv"),
            "device,temp,power,state\n" + string.Concat(Enumerable.Range(0, 120).Select(row => Line(row, row / 3 % 2))));
        _session.SetVariable("folder", _session.TemporaryFolder);
        _session.Run("Set-Location $folder");
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Import-N2DDataset ./readings.csv -LabelColumn state -Standardize ZScore -StandardizeBy device")]
    [InlineData("Import-Csv ./readings.csv | ConvertTo-N2DDataset -LabelProperty state -Standardize ZScore -StandardizeBy device")]
    [InlineData("Import-N2DDataset ./readings.csv -Column temp, power -LabelColumn state -Standardize ZScore -StandardizeBy 1")]
    [InlineData("Import-N2DDataset ./readings.csv -LabelColumn sta* -Standardize ZScore -StandardizeBy dev*")]
    [InlineData("Import-Csv ./readings.csv | ConvertTo-N2DDataset -LabelProperty ?tate -Standardize ZScore -StandardizeBy D*")]
    public void FileAndObjects_AreClusteredByState_NotByDevice(string script)
    {
        var dataset = Assert.Single(_session.Run(script));
        var result = Assert.Single(_session.Run($"{script} | Invoke-N2DCluster 2 -Method KMeans"));

        Assert.Empty(_session.Errors);
        Assert.Empty(_session.Warnings);
        Assert.Equal("ZScoreByGroup", Get(dataset, "Stages"));
        Assert.Equal("temp, power", Get(dataset, "Columns"));
        Assert.Equal(1.0, Get(result, "Acc"));
        Assert.StartsWith(
            "ZScoreByGroup(Standardize=ZScore; StandardizeBy=device)", (string)Get(result, "Settings")!, StringComparison.Ordinal);
    }

    [Fact]
    public void AModel_IsAppliedToKnownAndUnseenDevices_AndNamesItsGroups()
    {
        _session.Run("""
            Import-N2DDataset ./readings.csv -LabelColumn state -Standardize ZScore -StandardizeBy device |
                Invoke-N2DCluster 2 -Method KMeans | Export-N2DModel ./m.n2d
            0..39 | ForEach-Object {
                $state = $_ % 2
                [pscustomobject] @{ power = $state * 5 + $_ / 100; temp = 1000 + $state * 10 + $_ / 50; device = 'new'; state = "s$state" }
            } | Export-Csv ./new.csv
            """);

        var scored = Assert.Single(_session.Run("Import-N2DDataset ./new.csv -LabelColumn state -Model ./m.n2d | Invoke-N2DModel ./m.n2d"));

        Assert.Empty(_session.Errors);
        Assert.Equal(1.0, Get(scored, "Acc"));
        Assert.Equal(
            "'new.csv': the model was not fitted to 1 group in column 'device'. Scaled by their own rows: 'new' (40 rows). This assumes "
                + "the same mix of clusters as in the training rows.",
            Assert.Single(_session.Warnings));
        var model = Assert.Single(_session.Run("Get-N2DModel ./m.n2d"));
        Assert.Equal(("device", 2), (Get(model, "StandardizeBy"), Get(model, "ColumnCount")));
        Assert.Equal(2, Get(Assert.Single(_session.Run("Import-N2DModel ./m.n2d")), "ColumnCount"));
        Assert.Matches(
            "StandardizeBy *: device",
            string.Join('\n', _session.Run("Get-N2DModel ./m.n2d | Format-List | Out-String -Stream")));
        Assert.Equal(
            "'Objects' lacks 1 column of the model: 'device'. It has 'temp', 'power'. Rename its columns to the model's names, or fit a "
                + "model to the columns that it has.",
            MessageOf("[pscustomobject] @{ temp = 1; power = 2 } | ConvertTo-N2DDataset -Model ./m.n2d"));
    }

    [Theory]
    [InlineData(
        "-StandardizeBy device -LabelColumn state",
        "-StandardizeBy requires -Standardize ZScore or MinMax. Use one of them, or remove -StandardizeBy.")]
    [InlineData(
        "-Standardize ZScore -StandardizeBy state -LabelColumn state",
        "'readings.csv', column 'state': it cannot hold both labels and groups: scaling within classes would use the labels. Remove it from "
            + "-LabelColumn or from -StandardizeBy.")]
    [InlineData(
        "-Standardize ZScore -StandardizeBy device -LabelColumn state -IdColumn device",
        "'readings.csv', column 'device': it cannot hold both ids and groups. Each row has its own id, but rows share a group. Remove it from "
            + "-IdColumn or from -StandardizeBy.")]
    [InlineData(
        "-Standardize ZScore -LabelColumn state",
        "'readings.csv' has a column without numbers: 'device' (text, such as 'd0'). For it, choose: -IdColumn (what identifies a row), "
            + "-CategoryColumn (categories to cluster by), -StandardizeBy (the groups to scale within, with -Standardize), or "
            + "-ExcludeColumn device.")]
    [InlineData(
        "-Standardize ZScore -StandardizeBy device, state",
        "Cannot process argument transformation on parameter 'StandardizeBy'. The parameter takes one name, but 2 were given: device, "
            + "state.")]
    [InlineData(
        "-Standardize ZScore -StandardizeBy [dt]e* -LabelColumn state",
        "'readings.csv': '[dt]e*' matches 2 columns: 'device', 'temp'. A row has one group: name the column that holds it.")]
    [InlineData(
        "-StandardizeBy device -Model ./m.n2d",
        "-StandardizeBy cannot be used with -Model: the model prepares new rows like those of its fit. Remove -StandardizeBy.")]
    [InlineData(
        "-StandardizeBy machine -LabelColumn state",
        "'readings.csv' has no column 'machine'. It has 4: device, temp, power, state. Give one of these names, a wildcard that "
            + "matches one of them, or a position: 1 is the "
            + "first, -1 the last.")]
    public void WhatCannotBe_IsRefused_ByParameter(string parameters, string message) =>
        Assert.Equal(message, MessageOf($"Import-N2DDataset ./readings.csv {parameters}"));

    [Fact]
    public void ARowWithoutAGroup_IsRefused_OrDropped()
    {
        const string Objects = "0..89 | ForEach-Object { [pscustomobject] @{ Device = $_ -eq 7 ? $null : \"d$($_ % 3)\"; Value = $_ } } | "
            + "ConvertTo-N2DDataset -Standardize MinMax -StandardizeBy Device";

        Assert.Equal(
            "'Objects': 1 row has no group in column 'Device' (first: object 8). Fill in the groups, or use -MissingValue Drop to leave "
                + "out such rows.",
            MessageOf(Objects));
        Assert.Equal(89, Get(Assert.Single(_session.Run($"{Objects} -MissingValue Drop")), "RowCount"));
    }

    [Fact]
    public void GroupsThatDifferInCaseOnly_StaySeparate_WithAWarning()
    {
        const string Rows = "0..119 | ForEach-Object { [pscustomobject] @{ Device = ('a', 'A', 'b')[$_ % 3]; Value = $_ % 7 } } | ";
        _session.Run(Rows + "ConvertTo-N2DDataset -Standardize ZScore -StandardizeBy Device");
        Assert.Equal(
            "'Objects': column 'Device' has groups whose names differ in case only, and each is scaled on its own: 'A' and 'a'. If they "
                + "are the same group, write its name in one way.",
            Assert.Single(_session.Warnings));
    }

    [Fact]
    public void AnUnseenGroup_ThatDiffersInCaseFromAKnownOne_IsReported()
    {
        _session.Run("""
            Import-N2DDataset ./readings.csv -LabelColumn state -Standardize ZScore -StandardizeBy device |
                Invoke-N2DCluster 2 -Method KMeans | Export-N2DModel ./m.n2d
            0..39 | ForEach-Object { [pscustomobject] @{ temp = $_ % 7; power = $_ % 5; device = 'D0' } } |
                ConvertTo-N2DDataset -Model ./m.n2d | Invoke-N2DModel ./m.n2d
            """);
        Assert.Empty(_session.Errors);
        Assert.Equal(2, _session.Warnings.Count);
        Assert.Contains(_session.Warnings, line => line.Contains("the model was not fitted to 1 group", StringComparison.Ordinal));
        Assert.Contains(_session.Warnings, line => line.Contains("is scaled on its own: 'd0' and 'D0'.", StringComparison.Ordinal));
    }

    [Fact]
    public void ASingleGroup_IsExplained()
    {
        _session.Run("0..39 | ForEach-Object { [pscustomobject] @{ Device = 'a'; Value = $_ % 7 } } | "
            + "ConvertTo-N2DDataset -Standardize MinMax -StandardizeBy Device -Verbose");
        Assert.Contains(
            "MinMaxByGroup: 1 group in column 'Device', 40 rows each. With a single group, -StandardizeBy has no effect on these rows: the "
                + "result is that of -Standardize MinMax alone.",
            _session.Verbose);
    }

    [Fact]
    public void ErrorsAndDescriptions_CountTheSameColumns()
    {
        _session.Run("Import-N2DDataset ./readings.csv -LabelColumn state -Standardize ZScore -StandardizeBy device | "
            + "Invoke-N2DCluster 2 -Method KMeans | Export-N2DModel ./m.n2d");
        Assert.Equal(2, Get(Assert.Single(_session.Run("Get-N2DModel ./m.n2d")), "ColumnCount"));
        Assert.StartsWith(
            "The model was fitted to 2 columns ('temp', 'power') and groups ('device'), but data set 'Objects' has 2 columns ('temp', "
                + "'power'); missing: 'device'.",
            MessageOf("[pscustomobject] @{ temp = 1; power = 2 } | ConvertTo-N2DDataset | Invoke-N2DModel ./m.n2d"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void DataSetsWithoutGroups_RefuseThem() => Assert.Equal(
        "Digits has no groups to scale by. Remove -StandardizeBy.",
        MessageOf("Import-N2DDataset Digits -Standardize ZScore -StandardizeBy writer"));

    [Theory]
    [InlineData("Import-N2DDataset ./readings.csv -StandardizeBy de", "device")]
    [InlineData("Import-N2DDataset Har -StandardizeBy ", "subject")]
    public void Columns_AreCompleted(string line, string completion) => Assert.Equal(
        completion,
        Assert.Single(((CommandCompletion)Assert.Single(_session.Run(
            $"[System.Management.Automation.CommandCompletion]::CompleteInput('{line}', {line.Length}, $null)")).BaseObject)
            .CompletionMatches).CompletionText);

    private static string Line(int row, int state) => FormattableString.Invariant(
        $"d{row % 3},{(row % 3 * 100) + (state * 10) + Math.Sin(row):F3},{(state * 5) + Math.Cos(row):F3},s{state}\n");

    private string MessageOf(string script)
    {
        _session.Run($"try {{ {script} -ErrorAction Stop }} catch {{ $message = $_.Exception.Message }}");
        return (string)Assert.Single(_session.Run("$message")).BaseObject;
    }

    private static object? Get(PSObject item, string name) => item.Properties[name].Value;
}
