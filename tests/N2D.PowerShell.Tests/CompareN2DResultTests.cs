using System.Globalization;
using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>Compare-N2DResult: clusterings of the same rows against each other.</summary>
public sealed class CompareN2DResultTests : IDisposable
{
    private const string ThreeRuns =
        "$runs = 0..2 | % { Import-N2DDataset Digits | Invoke-N2DPca -Dimension 5 | Invoke-N2DCluster 10 -Method KMeans -StartCount 1 "
        + "-Seed $_ }; ";

    // Cluster a is called 2 by the other program and b is called 1; one row of b has moved to c.
    private const string Pairs =
        "$first = 'a', 'a', 'a', 'b', 'b', 'b', '-1' | % { $i = 0 } { [pscustomobject]@{ Index = $i++; Cluster = $_ } }; "
        + "$second = 2, 2, 2, 1, 1, 3, -1 | % { $i = 0 } { [pscustomobject]@{ Index = $i++; Cluster = $_ } }; ";

    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void PipedResults_AreComparedInPairs_AndScoreAsMeasureDoes()
    {
        var pairs = _session.Run(ThreeRuns + "$runs | Compare-N2DResult");
        Assert.Equal(3, pairs.Length);
        Assert.Contains("seed 0", Text(pairs[0], "ReferenceName"), StringComparison.Ordinal);
        Assert.Equal(["seed 1", "seed 2", "seed 2"], pairs.Select(pair => Text(pair, "DifferenceName")[^6..]));

        var score = Assert.Single(_session.Run(
            "$other = $runs[1].GetAssignments(); $runs[0] | Get-N2DAssignment | Select-Object Cluster, @{ n = 'Label'; e = { "
                + "$other[$_.Index] } } | Measure-N2DAssignment"));
        Assert.Equal((double)score.Properties["Acc"].Value, (double)pairs[0].Properties["AgreedShare"].Value, 1e-12);
        Assert.Equal(score.Properties["Ari"].Value, pairs[0].Properties["Ari"].Value);
        Assert.Equal((double)score.Properties["Nmi"].Value, (double)pairs[0].Properties["Nmi"].Value, 1e-12);
        Assert.InRange((double)pairs[0].Properties["Ami"].Value, 0.3, (double)pairs[0].Properties["Nmi"].Value);
    }

    [Fact]
    public void AResult_AndItsOwnAssignments_Agree_InAnyOrder()
    {
        var same = Assert.Single(_session.Run(
            "$result = Import-N2DDataset Digits | Invoke-N2DPca -Dimension 5 | Invoke-N2DCluster 10 -Method KMeans -StartCount 1; "
                + "$rows = @($result | Get-N2DAssignment); [array]::Reverse($rows); $rows | Compare-N2DResult $result"));
        Assert.Equal(
            (1797, 1.0, 1.0, 1.0, 1.0, 0),
            (same.Properties["RowCount"].Value, same.Properties["Ari"].Value, same.Properties["Ami"].Value, same.Properties["Nmi"].Value,
                same.Properties["AgreedShare"].Value, same.Properties["MovedCount"].Value));
        Assert.Empty(_session.Run("Compare-N2DResult $result $rows -MovedRow"));
    }

    [Fact]
    public void ASingleObject_IsAClusteringToo() => Assert.Single(_session.Run(
        Pairs + "Compare-N2DResult $first[0] $second[0]"));

    [Fact]
    public void ListsInThePipeline_AreOneClusteringEach() =>
        Assert.Equal(3, _session.Run(Pairs + "$first, $second, $first | Compare-N2DResult").Length);

    [Fact]
    public void ObjectsWithoutACluster_AreSkipped()
    {
        var pair = Assert.Single(_session.Run(
            Pairs + "$first[0].Cluster = $null; $second[1].Cluster = ''; Compare-N2DResult $first $second -WarningAction Ignore"));
        Assert.Equal((5, 1), (pair.Properties["RowCount"].Value, pair.Properties["MovedCount"].Value));
    }

    [Fact]
    public void ClusteringsOfDataSetsWithoutIds_AreComparedWithAWarning()
    {
        _session.Run(
            "$a = 1..30 | % { [pscustomobject]@{ x = $_ % 3 } } | ConvertTo-N2DDataset -Name one | Invoke-N2DCluster 3 -Method KMeans; "
                + "$b = 1..30 | % { [pscustomobject]@{ x = $_ % 3 } } | ConvertTo-N2DDataset -Name two | Invoke-N2DCluster 3 -Method KMeans"
                + "; Compare-N2DResult $a $b");
        Assert.Contains(
            _session.Warnings,
            warning => warning.StartsWith(
                "The clusterings are of the data sets 'one' and 'two', whose rows have no ids.", StringComparison.Ordinal));
    }

    [Fact]
    public void Clusters_ArePaired_AndNoiseIsPairedWithNoise()
    {
        var matches = _session.Run(Pairs + "Compare-N2DResult $first $second -Cluster");
        Assert.Equal(
            ["a 2 3 3 3 1", "b 1 3 2 2 0.67", "-1 -1 1 1 1 1", " 3 0 1 0 0"],
            matches.Select(match => string.Join(' ', new[] { "Reference", "Difference", "ReferenceRows", "DifferenceRows",
                "SharedRows" }.Select(name => Text(match, name)).Append(Rounded(match, "Jaccard")))));
    }

    [Fact]
    public void MovedRows_SayWhereTheyWereAndAre()
    {
        var moved = Assert.Single(_session.Run(Pairs + "Compare-N2DResult $first $second -MovedRow"));
        Assert.Equal(
            (5, "b", "3", null),
            (moved.Properties["Index"].Value, moved.Properties["Reference"].Value, moved.Properties["Difference"].Value,
                moved.Properties["Aligned"].Value));
    }

    [Fact]
    public void TheContingencyTable_HasThePairsOnItsDiagonal()
    {
        var table = Assert.Single(_session.Run(Pairs + "(Compare-N2DResult $first $second).GetContingencyTable() | Out-String"));
        Assert.Equal(
            """
            reference \ difference  2  1 -1  3
            a                       3  0  0  0
            b                       0  2  0  1
            -1                      0  0  1  0
            """,
            string.Join('\n', table.ToString().Trim().Split('\n').Select(line => line.TrimEnd())));
    }

    [Fact]
    public void RowsAreMatchedById_AndRowsOfOneOnly_AreSkippedWithAWarning()
    {
        var pair = Assert.Single(_session.Run(
            "$a = 'x', 'y', 'z' | % { [pscustomobject]@{ Id = $_; Cluster = \"$_\" } }; $b = 'z', 'y', 'w' | % { [pscustomobject]@{ Id = "
                + "$_; Cluster = 'c' + $_ } }; Compare-N2DResult $a $b -WarningVariable warnings -WarningAction SilentlyContinue"));
        Assert.Equal((2, 0), (pair.Properties["RowCount"].Value, pair.Properties["MovedCount"].Value));
        Assert.Equal(
            "2 rows are in both clusterings, which have 3 and 3. Only the common rows are compared.",
            Assert.Single(_session.Run("$warnings")).ToString());
    }

    [Theory]
    [InlineData("Compare-N2DResult a.csv b.csv", "NotAClustering", "The input is the text 'a.csv', not a clustering. For a file of")]
    [InlineData("Import-N2DDataset Digits | Compare-N2DResult", "NotAClustering", "The input is a data set or an embedding, not a")]
    [InlineData(Pairs + "$second[1].Index = 'x'; Compare-N2DResult $first $second", "IndexNotNumeric", "Object 2, property 'Index' is 'x'")]
    [InlineData("@() | Compare-N2DResult", "WrongClusteringCount", "No clusterings were piped, so there is nothing to compare.")]
    [InlineData(
        ThreeRuns + "$runs[0] | Get-N2DAssignment | Compare-N2DResult $runs[0] -IdProperty Label",
        "IdsMissing",
        "the rows of the clustering 'Pca > KMeans(10), seed 0' have no ids")]
    [InlineData(Pairs + "$first | Compare-N2DResult", "WrongClusteringCount", "There is only one clustering. Pipe several")]
    [InlineData(ThreeRuns + "$runs[0] | Compare-N2DResult $runs", "WrongClusteringCount", "-ReferenceObject holds 3 clusterings")]
    [InlineData(Pairs + "Compare-N2DResult $first $second -ClusterProperty x", "PropertyNotFound", "Object 1, property 'x' does not exist")]
    [InlineData(Pairs + "Compare-N2DResult $first $second -IdProperty x", "MissingId", "Object 1, property 'x' is empty")]
    [InlineData(
        "$a = 'x', 'x' | % { [pscustomobject]@{ Id = $_; Cluster = 1 } }; $b = 'x', 'y' | % { [pscustomobject]@{ Id = $_; Cluster = 1 } }; "
            + "Compare-N2DResult $a $b",
        "DuplicateRow",
        "Rows 1 and 2 of the clustering '2 objects by Cluster' have the same id, 'x'")]
    [InlineData(
        "$a = [pscustomobject]@{ Id = 'x'; Cluster = 1 }; $b = [pscustomobject]@{ Id = 'y'; Cluster = 1 }; Compare-N2DResult $a $b",
        "NoCommonRows",
        "The two clusterings have no row in common")]
    [InlineData(
        ThreeRuns + "$copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::"
            + "Serialize($runs[0])); Compare-N2DResult $runs[0] $copy",
        "CopyWithoutRows",
        "This is a copy of a ClusterResult")]
    public void WrongInput_IsOneClearError(string script, string errorId, string message)
    {
        var error = _session.RunFailing(script);
        Assert.StartsWith($"N2D.{errorId}", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
    }

    private static string Rounded(PSObject item, string property) =>
        ((double)item.Properties[property].Value).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Text(PSObject item, string property) => item.Properties[property].Value?.ToString() ?? "";
}
