using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>Add-N2DAssignment: adds clusters to the objects that a data set was made from.</summary>
public sealed class AddN2DAssignmentTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public AddN2DAssignmentTests() => _session.Run("""
        function New-Item([int] $i) { [pscustomobject]@{ Name = "n$i"; X = ($i % 2) * 10 + $i / 100; Y = $i / 50 } }
        $items = 0..19 | ForEach-Object { New-Item $_ }
        $result = $items | ConvertTo-N2DDataset X, Y -IdProperty Name | Invoke-N2DCluster 2 -Method KMeans
        """);

    public void Dispose() => _session.Dispose();

    [Fact]
    public void ByOrder_EachObjectGetsItsRowsCluster_AndStaysItself()
    {
        var items = _session.Run("$items | Add-N2DAssignment $result -ByOrder");
        Assert.Empty(_session.Errors);
        Assert.Empty(_session.Warnings);
        Assert.Equal(["Name", "X", "Y", "Cluster", "Probability", "Confidence"], items[0].Properties.Select(property => property.Name));
        var assignments = _session.Run("$result | Get-N2DAssignment");
        Assert.Equal(
            assignments.Select(row => (row.Properties["Id"].Value, row.Properties["Cluster"].Value)),
            items.Select(item => (item.Properties["Name"].Value, item.Properties["Cluster"].Value)));
        Assert.Equal(2, items.Select(item => item.Properties["Cluster"].Value).Distinct().Count());
        Assert.Equal(
            true,
            Assert.Single(_session.Run("[object]::ReferenceEquals($items[3], ($items | Add-N2DAssignment $result -Force)[3])")).BaseObject);
    }

    [Fact]
    public void ById_OrderAndGapsDoNotMatter()
    {
        var items = _session.Run("17, 2, 5 | ForEach-Object { New-Item $_ } | Add-N2DAssignment $result -IdProperty Name");
        var expected = _session.Run("$all = @($result | Get-N2DAssignment); $all[17, 2, 5] | ForEach-Object Cluster");
        Assert.Equal(expected.Select(value => value.BaseObject), items.Select(item => item.Properties["Cluster"].Value));
        Assert.IsType<int>(items[0].Properties["Cluster"].Value);
    }

    [Fact]
    public void ObjectsOfADatasetWithIds_AreFoundByThem_WhateverTheirOrder()
    {
        var sorted = _session.Run("19..0 | ForEach-Object { New-Item $_ } | Add-N2DAssignment $result");
        Assert.Empty(_session.Errors);
        var expected = _session.Run("$result | Get-N2DAssignment");
        Assert.Equal(
            expected.Select(row => row.Properties["Cluster"].Value).Reverse(), sorted.Select(item => item.Properties["Cluster"].Value));
        Assert.Equal("n19", sorted[0].Properties["Name"].Value);
    }

    [Fact]
    public void ObjectsOfOneId_AreWarnedOf_AsTheyMayNotBeTheSame()
    {
        Assert.Equal(4, _session.Run("2, 5, 2, 2 | ForEach-Object { New-Item $_ } | Add-N2DAssignment $result").Length);
        Assert.Contains(
            "2 objects had the id of an earlier one, such as object 3 ('n2')", Assert.Single(_session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void ObjectsThatWereSortedSince_AreWarnedOf_WhereTheirOrderIsAllThatTellsThem()
    {
        _session.Run(
            "$bare = $items | ConvertTo-N2DDataset X, Y -Standardize ZScore | Invoke-N2DCluster 2 -Method KMeans; $items | "
                + "Add-N2DAssignment $bare");
        Assert.Empty(_session.Warnings);
        Assert.Equal(20, _session.Run("19..0 | ForEach-Object { New-Item $_ } | Add-N2DAssignment $bare").Length);
        var warning = Assert.Single(_session.Warnings);
        Assert.Contains("20 of 20 objects", warning, StringComparison.Ordinal);
        Assert.Contains("object 1: 'X' is 10.19, and 0 in the row", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void RowsThatAModelWasAppliedTo_GetTheirNoveltyToo()
    {
        var path = Path.Combine(_session.TemporaryFolder, "m.n2d");
        var items = _session.Run(
            $"$items | ConvertTo-N2DDataset X, Y | Invoke-N2DUmap -NeighborCount 5 -Dimension 2 | Invoke-N2DCluster 2 | Export-N2DModel "
                + $"'{path}'; $scored = $items | ConvertTo-N2DDataset X, Y | Invoke-N2DModel (Import-N2DModel '{path}'); $items | "
                + $"Add-N2DAssignment $scored -Prefix N2D");
        Assert.Empty(_session.Errors);
        Assert.Equal(
            ["Name", "X", "Y", "N2DCluster", "N2DProbability", "N2DConfidence", "N2DNovelty"],
            items[0].Properties.Select(property => property.Name));
    }

    [Fact]
    public void EntriesOfDictionaries_AreAdded_AndPropertiesOfATypeAreHidden()
    {
        Assert.Equal("Cluster,Confidence,Probability,X,Y", Assert.Single(_session.Run("""
            $tables = $items | ForEach-Object { @{ X = $_.X; Y = $_.Y } }
            ($tables | Add-N2DAssignment $result -ByOrder)[0].Keys | ForEach-Object { $_ } | ForEach-Object { $names = @() } { $names += $_ } { ([string[]] [System.Linq.Enumerable]::Order([string[]] $names)) -join ',' }
            """)).BaseObject);
        var files = _session.Run("0..19 | ForEach-Object { [System.IO.FileInfo]::new(\"f$_\") } | Add-N2DAssignment $result -ByOrder");
        Assert.IsType<FileInfo>(files[0].BaseObject);
        Assert.Equal(2, files.Select(file => file.Properties["Cluster"].Value).Distinct().Count());
    }

    [Fact]
    public void ManyObjectsWithoutARow_AreTwoErrors_ThatNameThem()
    {
        var joined = _session.Run("3, 70, 71, 5, 72 | ForEach-Object { New-Item $_ } | Add-N2DAssignment $result");
        Assert.Equal(["n3", "n5"], joined.Select(item => item.Properties["Name"].Value));
        Assert.Equal(2, _session.Errors.Count);
        Assert.All(_session.Errors, error => Assert.StartsWith("N2D.IdNotFound", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.StartsWith(
            "Object 2 ('n70'): No row of 'Objects' has the id 'n70'.", _session.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "2 more objects were left out for the same reason as object 2: 3 ('n71'), 5 ('n72').",
            _session.Errors[1].Exception.Message,
            StringComparison.Ordinal);
        Assert.Equal(2, Assert.IsAssignableFrom<Array>(_session.Errors[1].TargetObject).Length);
    }

    [Fact]
    public void ObjectsThatWereJoinedBefore_AreTwoErrors_HoweverMany()
    {
        _session.Run("$items | Add-N2DAssignment $result -ByOrder");
        foreach (var by in new[] { "-ByOrder", "-IdProperty Name" })
        {
            Assert.Empty(_session.Run($"$items | Add-N2DAssignment $result {by}"));
            Assert.Equal(2, _session.Errors.Count);
            Assert.StartsWith("Object 1", _session.Errors[0].Exception.Message, StringComparison.Ordinal);
            Assert.StartsWith("19 more objects", _session.Errors[1].Exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("1..20", "'1'")]
    [InlineData("1..20 | ForEach-Object { \"line $_\" }", "'line 1'")]
    public void NumbersAndTexts_AreRefusedOnce_WithHowToMakeObjectsOfThem(string items, string first)
    {
        var error = _session.RunFailing($"{items} | Add-N2DAssignment $result -ByOrder");
        Assert.StartsWith("N2D.NoProperties", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(first, error.Exception.Message, StringComparison.Ordinal);
        var joined =
            _session.Run($"{items} | ForEach-Object {{ [pscustomobject] @{{ Value = $_ }} }} | Add-N2DAssignment $result -ByOrder");
        Assert.Equal(["Value", "Cluster", "Probability", "Confidence"], joined[19].Properties.Select(property => property.Name));
    }

    [Fact]
    public void AnEmptyIdOfTheFirstObject_LeavesOutThatObjectAlone()
    {
        Assert.Single(_session.Run("[pscustomobject] @{ Name = $null }, (New-Item 4) | Add-N2DAssignment $result"));
        Assert.StartsWith("Object 1: ", Assert.Single(_session.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "$items[0..18] | Add-N2DAssignment $result -ByOrder",
        "N2D.ObjectCountMismatch",
        ErrorCategory.InvalidArgument,
        "'Objects' has 20 rows, but there are 19 objects")]
    [InlineData("New-Item 77 | Add-N2DAssignment $result -IdProperty Name", "N2D.IdNotFound", ErrorCategory.ObjectNotFound, "'n77'")]
    [InlineData(
        "New-Item 7 | Add-N2DAssignment $result -IdProperty Nam",
        "N2D.PropertyNotFound",
        ErrorCategory.InvalidArgument,
        "Its properties are: Name, X, Y.")]
    [InlineData(
        "$items | Add-N2DAssignment $result -IdProperty nope", "N2D.PropertyNotFound", ErrorCategory.InvalidArgument, "no property 'nope'")]
    [InlineData("@{ X = 1 }, @{ X = 2 } | Add-N2DAssignment $result", "N2D.PropertyNotFound", ErrorCategory.InvalidArgument, "-ByOrder")]
    [InlineData(
        "[pscustomobject] @{ Name = $null } | Add-N2DAssignment $result -IdProperty Name",
        "N2D.IdEmpty",
        ErrorCategory.InvalidData,
        "'Name' is empty")]
    [InlineData(
        "[pscustomobject]@{ Name = 'n3'; Cluster = 'mine' } | Add-N2DAssignment $result Name",
        "N2D.PropertyExists",
        ErrorCategory.InvalidArgument,
        "-Prefix")]
    [InlineData(
        "$items | Add-N2DAssignment ($items | ConvertTo-N2DDataset X, Y | Invoke-N2DCluster 2 -Method KMeans) -IdProperty Name",
        "N2D.IdsRequired",
        ErrorCategory.InvalidArgument,
        "-IdProperty")]
    [InlineData(
        "New-Item 3 | Add-N2DAssignment ((@($items) + (New-Item 3)) | ConvertTo-N2DDataset X, Y -IdProperty Name | Invoke-N2DCluster 2 "
            + "-Method KMeans) Name",
        "N2D.IdAmbiguous",
        ErrorCategory.InvalidData,
        "Several rows of 'Objects' have the id 'n3'")]
    [InlineData(
        "$items | Add-N2DAssignment $items",
        "N2D.NotAClustering",
        ErrorCategory.InvalidType,
        "A clustering is required: the output of Invoke-N2DCluster, Optimize-N2DCluster, Invoke-N2D or Invoke-N2DModel, or a row of "
            + "Compare-N2DMethod whose method did not fail. ")]
    public void WhatCannotBeJoined_IsTold(string script, string id, ErrorCategory category, string part)
    {
        var error = _session.RunFailing(script);
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Contains(part, error.Exception.Message, StringComparison.Ordinal);
    }
}
