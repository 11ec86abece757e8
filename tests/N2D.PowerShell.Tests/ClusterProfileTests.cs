using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>Get-N2DClusterProfile, Get-N2DExemplar and Rename-N2DCluster.</summary>
public sealed class ClusterProfileTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public ClusterProfileTests()
    {
        _session.SetVariable("folder", _session.TemporaryFolder);
        _session.Run("""
            $lines = 0..59 | ForEach-Object {
                [pscustomobject] @{
                    id = "r$_"; a = $_ % 3 * 10 + $_ % 7 / 10; b = $_ % 3 * 4 + $_ % 5 / 5
                    level = ('info', 'warn', 'error')[$_ % 3]; part = if ($_ % 4) { "p$($_ % 2)" }
                    message = ("user $_ logged in", "disk sda is almost full", "login failed for user $_")[$_ % 3]
                }
            }
            $result = $lines | ConvertTo-N2DDataset a, b -IdProperty id -LabelProperty level -Standardize ZScore |
                Invoke-N2DCluster 3 -Method KMeans
            """);
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void AProfile_IsInTheUnitsOfTheProperties()
    {
        var profiles = _session.Run("$result | Get-N2DClusterProfile | Sort-Object Class");
        Assert.Equal(["error 20", "info 20", "warn 20"], profiles.Select(profile => $"{Of(profile, "Class")} {Of(profile, "RowCount")}"));
        Assert.Matches(@"\ba high \(3\.\d sd\)", Of(profiles[0], "Summary"));
        Assert.Equal(
            "20.285",
            Text("($result | Get-N2DClusterProfile -Long | Where-Object { $_.Cluster -eq $result.GetAssignments()[2] -and $_.Column -eq 'a' }).Mean.ToString('F3')"));
    }

    [Theory]
    [InlineData("-LabelProperty level", true)]
    [InlineData("", false)]
    public void OnlyRowsWithLabels_HaveAColumnOfClasses(string labels, bool hasClass)
    {
        var table = Text($"$lines | ConvertTo-N2DDataset a, b {labels} | Invoke-N2DCluster 3 -Method KMeans | Get-N2DClusterProfile | Out-String");
        Assert.Matches(@"Cluster +Rows Silhouette", table);
        Assert.Equal(hasClass, table.Contains("Class ", StringComparison.Ordinal));
    }

    [Fact]
    public void OtherProperties_AreCompared_ById_InAnyOrder()
    {
        var shown = Text("""
            $profiles = $result | Get-N2DClusterProfile level, part -SourceObject ($lines | Sort-Object message)
            ($profiles | Where-Object Class -eq warn).Summary
            """);
        Assert.Equal("level warn 100 % (elsewhere 0 %)", shown);
        Assert.Equal("45", Text("($result | Get-N2DClusterProfile part -SourceObject $lines -Long)[0] | ForEach-Object { $_.RowCount + $_.OtherRowCount }"));
    }

    [Fact]
    public void AddedAssignments_AreNoColumns_ButAClusterOfTheObjectsIsOne()
    {
        const string Columns = "($result | Get-N2DClusterProfile -SourceObject $lines -Long).Column | Sort-Object -Unique";
        _session.Run("$lines | ForEach-Object { $_ | Add-Member Cluster \"k$($_.a -gt 9)\" }");
        Assert.Contains("Cluster", _session.Run(Columns).Select(name => name.ToString()));
        _session.Run("$lines = $lines | Add-N2DAssignment $result -Force");
        Assert.Equal(["a", "b", "level", "message", "part"], _session.Run(Columns).Select(name => name.ToString()));
    }

    [Fact]
    public void EqualNames_AreWarnedOf()
    {
        _session.Run("$result | Rename-N2DCluster 0, 1, 2 same, other, same");
        Assert.Contains("Clusters 0, 2 have the same name, 'same'.", Assert.Single(_session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void ATableOfNames_IsRejected_WithTheRightForm()
    {
        _session.Run("$result | Rename-N2DCluster @{ 0 = 'strong' }");
        Assert.Contains("Rename-N2DCluster 0, 1 'first', 'second'", Assert.Single(_session.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ADataSet_CanHoldTheOtherColumns() => Assert.Equal(
        "b",
        Text("($result | Get-N2DClusterProfile -SourceObject ($lines | ConvertTo-N2DDataset b) -Long).Column | Select-Object -Unique"));

    [Fact]
    public void Words_NameTheClusters_AndRenameKeepsThem()
    {
        _session.Run("""
            $profiles = $result | Get-N2DClusterProfile -SourceObject $lines -TextProperty message
            $named = $result | Rename-N2DCluster -ClusterProfile $profiles
            """);
        Assert.Equal("almost, disk, full", Text("($named | Get-N2DAssignment)[1].ClusterName"));
        Assert.Equal("logged, user", Text("($named | Get-N2DClusterProfile | Where-Object Class -eq info).Name"));
        Assert.Equal("0", Text("@($result | Get-N2DAssignment | Where-Object ClusterName).Count"));
        Assert.Equal("disk trouble", Text("""
            $named = $named | Rename-N2DCluster ($named.GetAssignments()[1]) 'disk trouble'
            ($lines | Add-N2DAssignment $named)[1].ClusterName
            """));
        Assert.Equal("disk trouble", Text("""
            $null = $named | Export-N2DModel $folder/m.n2d
            ($lines | ConvertTo-N2DDataset -Model $folder/m.n2d -IdProperty id | Invoke-N2DModel $folder/m.n2d | Get-N2DAssignment)[1].ClusterName
            """));
        Assert.Equal("0", Text("@(0..2 | ForEach-Object { $named = $named | Rename-N2DCluster $_ '' }; $named | Get-N2DAssignment | Where-Object ClusterName).Count"));
    }

    [Theory]
    [InlineData("$null")]
    [InlineData("''")]
    public void AProfileWithoutAName_KeepsTheNameOfItsCluster(string name) => Assert.Equal("kept, new", Text($$"""
        $named = $result | Rename-N2DCluster 0 kept |
            Rename-N2DCluster -ClusterProfile @{ Cluster = 0; Name = {{name}} }, @{ Cluster = '1'; Name = 'new' }, @{ Cluster = -1; Name = 'x' }
        $named.GetClusterNames()[0, 1] -join ', '
        """));

    [Fact]
    public void ASingleProfile_NamesItsCluster_AndOneWithoutAName_LeavesTheOthers() => Assert.Equal("mine  other", Text("""
        $named = $result | Rename-N2DCluster 2 'other' | Rename-N2DCluster -ClusterProfile ([pscustomobject]@{ Cluster = 0; Name = 'mine' })
        $named = $named | Rename-N2DCluster -ClusterProfile ($result | Get-N2DClusterProfile)
        $named.GetClusterNames() -join ' '
        """));

    [Fact]
    public void Exemplars_HaveTheColumns_OrTheProperties()
    {
        Assert.Equal("30", Text("@($result | Get-N2DExemplar).Count"));
        var own = _session.Run("($result | Get-N2DExemplar 1 -Kind Central)[0]")[0];
        Assert.Equal(["a", "b"], own.Properties.Where(property => property is PSNoteProperty).Select(property => property.Name));
        var first = _session.Run("($result | Get-N2DExemplar 1 -SourceObject $lines)[0]")[0];
        Assert.Equal(Of(first, "Id"), Of(first, "Sourceid"));
        Assert.Equal(Of(first, "Label"), Of(first, "level"));
        Assert.NotEmpty(Of(first, "message"));
        Assert.Equal("Boundary", Text("($result | Get-N2DExemplar 1 -Kind Boundary)[0].Kind"));
    }

    [Fact]
    public void TheTableOfExemplars_BeginsWithTheColumnsThatSetTheClusterApart()
    {
        var shown = Text("""
            $rows = 0..39 | ForEach-Object { [pscustomobject] @{ same = [math]::Floor($_ / 2) % 5; other = $_ % 2 * 20 } }
            $rows | ConvertTo-N2DDataset | Invoke-N2DCluster 2 -Method KMeans | Get-N2DExemplar 1 -Kind Central | Out-String -Width 120
            """);
        Assert.Matches(@"other=\d+, same=\d", shown);
    }

    [Fact]
    public void TheExemplarsOfImages_AreThoseOfThePlot_WithoutPixels()
    {
        var exemplars = _session.Run("""
            $digits = Import-N2DDataset Digits | Invoke-N2DPca -Dimension 5 | Invoke-N2DCluster 3 -StartCount 1
            $digits | Get-N2DExemplar 1 -Kind Central
            """);
        Assert.Equal(3, exemplars.Length);
        Assert.DoesNotContain(exemplars[0].Properties, property => property is PSNoteProperty);
        Assert.Equal("", Text("($digits | Get-N2DClusterProfile).Summary | Where-Object { $_ }"));
    }

    [Theory]
    [InlineData("$result | Get-N2DClusterProfile none", "N2D.ColumnNotFound")]
    [InlineData("$result | Get-N2DClusterProfile none -SourceObject $lines", "N2D.ColumnNotFound")]
    [InlineData("$result | Get-N2DClusterProfile -TextProperty message", "N2D.SourceObjectRequired")]
    [InlineData("$result | Get-N2DClusterProfile -SourceObject $lines -TextProperty none", "N2D.PropertyNotFound")]
    [InlineData("$result | Get-N2DClusterProfile -SourceObject $lines[0..3]", "N2D.IdNotFound")]
    [InlineData("$lines | ConvertTo-N2DDataset a, b | Invoke-N2DCluster 2 | Get-N2DExemplar -SourceObject $lines[0..3]", "N2D.ObjectCountMismatch")]
    [InlineData("Import-N2DDataset Digits | Invoke-N2DCluster 2 -Method KMeans | Get-N2DClusterProfile -Long", "N2D.NoColumnsToCompare")]
    [InlineData("$result | Rename-N2DCluster 3 x", "N2D.ClusterNotFound")]
    [InlineData("$result | Rename-N2DCluster 0, 1 x", "N2D.NameCountMismatch")]
    [InlineData("$result | Rename-N2DCluster 1, 1 a, b", "N2D.RepeatedCluster")]
    [InlineData("$result | Rename-N2DCluster -ClusterProfile $lines", "N2D.NotAProfile")]
    [InlineData("$result | Rename-N2DCluster -ClusterProfile @{ Cluster = '1.7'; Name = 'x' }", "N2D.NotAProfile")]
    [InlineData("$result | Rename-N2DCluster -ClusterProfile @{ Cluster = 4294967297; Name = 'x' }", "N2D.NotAProfile")]
    [InlineData(
        "$result | Rename-N2DCluster -ClusterProfile @{ Cluster = 1; Name = 'x' }, @{ Cluster = 1; Name = 'y' }", "N2D.RepeatedCluster")]
    [InlineData("1 | Get-N2DClusterProfile", "N2D.NotAClustering")]
    [InlineData("1 | Get-N2DExemplar", "N2D.NotAClustering")]
    [InlineData("1 | Rename-N2DCluster 0 x", "N2D.NotAClustering")]
    public void WrongInput_IsRefused(string script, string id) =>
        Assert.StartsWith(id, _session.RunFailing(script).FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public void Summaries_AreBrokenBetweenWords()
    {
        var shown = ScreenHost.Show("[N2D.PowerShell.WordLines]::Of('alcohol high (1.9 sd), ash low', $Host, 8)", 28);
        Assert.Equal("alcohol high (1.9\nsd), ash low", shown.TrimEnd('\n'));
    }

    private static string Of(PSObject item, string property) => item.Properties[property].Value?.ToString() ?? "";

    private string Text(string script) => string.Join('\n', _session.Run(script).Select(item => item?.ToString()));
}
