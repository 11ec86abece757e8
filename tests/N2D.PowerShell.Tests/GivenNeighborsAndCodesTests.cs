namespace N2D.PowerShell.Tests;

/// <summary>-Neighbor of the manifold learners, Update-N2DModel and ConvertFrom-N2DCode.</summary>
public sealed class GivenNeighborsAndCodesTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public GivenNeighborsAndCodesTests()
    {
        _session.SetVariable("folder", _session.TemporaryFolder);
        _session.Run("""
            $objects = 0..59 | ForEach-Object { [pscustomobject]@{ a = 100 * ($_ % 3) + $_ / 60; b = ($_ * 7) % 11; color = ('red', 'green', 'blue')[$_ % 3] } }
            $data = $objects | Select-Object a, b | ConvertTo-N2DDataset
            $pairs = 0..59 | ForEach-Object {
                $i = $_
                0..59 | ForEach-Object {
                    $x = $objects[$i].a - $objects[$_].a; $y = $objects[$i].b - $objects[$_].b
                    [pscustomobject]@{ Index = $i; Neighbor = $_; Distance = [Math]::Sqrt($x * $x + $y * $y) }
                }
            }
            """);
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Invoke-N2DUmap -NeighborCount 6 -Dimension 2 -Epoch 5")]
    [InlineData("Invoke-N2DTsne -Perplexity 5 -Iteration 5")]
    [InlineData("Invoke-N2DIsomap -NeighborCount 25 -Dimension 2")]
    public void Neighbor_TakesObjects_FromACsvFileToo_AndADataSetOfDistances(string learner)
    {
        var same = _session.Run($$"""
            function Get-Place($embedding) { ($embedding | ConvertFrom-N2DEmbedding | ForEach-Object { "$($_.D1) $($_.D2)" }) -join ';' }
            $expected = $null
            $pairs | Export-Csv "$folder/n.csv"
            $square = 0..59 | ForEach-Object { , [float[]]@($pairs[(60 * $_)..(60 * $_ + 59)].Distance) }
            $matrix = $square | ForEach-Object { $row = [ordered]@{}; $n = 0; foreach ($v in $_) { $row["x$n"] = $v; $n++ }; [pscustomobject]$row } | ConvertTo-N2DDataset
            foreach ($neighbors in @(, $pairs), @(, (Import-Csv "$folder/n.csv")), @(, $matrix)) {
                $given = $data | {{learner}} -Neighbor $neighbors[0]
                $expected ??= Get-Place $given
                $expected.Length -gt 100 -and (Get-Place $given) -eq $expected
                $given.GetStages()[0].Settings
            }
            """);
        Assert.Empty(_session.Errors);
        Assert.Equal([true, true, true], same.Select(item => item.BaseObject).OfType<bool>());
        Assert.All(
            same.Select(item => item.BaseObject).OfType<string>(),
            settings => Assert.Contains("Neighbor=given", settings, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-Neighbor \"$folder/none.npz\"", "N2D.FileNotFound")]
    [InlineData("-Neighbor @([pscustomobject]@{ Index = 0; Neighbor = 1 })", "N2D.NeighborFormat")]
    [InlineData(
        "-Neighbor @([pscustomobject]@{ Index = 0; Neighbor = 1; Distance = 2 }, [pscustomobject]@{ Index = 1; Neighbor = 0; Distance = 2 "
            + "})",
        "N2D.NeighborRowMismatch")]
    public void NeighborsThatCannotBeUsed_AreRefused_BeforeAnyTraining(string arguments, string id)
    {
        var error = _session.RunFailing($"$data | New-N2DAutoencoder -Epoch 1000000 | Invoke-N2DUmap {arguments}");
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void MetricPrecomputed_NamesTheParameter()
    {
        var error = _session.RunFailing("$data | Invoke-N2DUmap -Metric precomputed");
        Assert.Contains("-Neighbor", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UpdateN2DModel_EmitsAModelOfAllRows_ThatIsSaved()
    {
        var rows = _session.Run("""
            $first = $objects[0..49] | Select-Object a, b | ConvertTo-N2DDataset
            $first | Invoke-N2DUmap -NeighborCount 6 -Dimension 2 -Epoch 20 | Invoke-N2DCluster 3 | Export-N2DModel "$folder/m.n2d"
            $updated = $objects[50..59] | Select-Object a, b | ConvertTo-N2DDataset | Update-N2DModel "$folder/m.n2d"
            $updated.RowCount, $updated.ClusterCount
            $updated | Export-N2DModel "$folder/m2.n2d"
            ($data | Invoke-N2DModel "$folder/m2.n2d").RowCount
            """);
        Assert.Empty(_session.Errors);
        Assert.Equal([60, 3, 60], rows.Select(item => item.BaseObject));

        var error = _session.RunFailing(
            "$data | Invoke-N2DPca -Dimension 2 | Export-N2DModel \"$folder/p.n2d\"; $data | Update-N2DModel \"$folder/p.n2d\"");
        Assert.StartsWith("N2D.UpdateNotPossible", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void ConvertFromN2DCode_GivesRowsBack_InTheirColumnsUnitsAndCategories()
    {
        var rows = _session.Run("""
            $kinds = $objects | ConvertTo-N2DDataset -CategoryProperty color -Standardize ZScore
            $back = @($kinds | ConvertFrom-N2DCode)
            $back.Count
            ($back[4].PSObject.Properties.Name) -join ','
            [Math]::Abs($back[4].a - $objects[4].a) -lt 1e-3
            $back[4].color
            $back[4].a.GetType().Name
            """);
        Assert.Empty(_session.Errors);
        Assert.Equal([60, "Index,a,b,color", true, "green", "Single"], rows.Select(item => item.BaseObject));
    }

    [Fact]
    public void ConvertFromN2DCode_GivesAPrototypeOfEachCluster()
    {
        var rows = _session.Run("""
            $layout = $data | Invoke-N2DUmap -NeighborCount 6 -Dimension 2 -Epoch 200
            $result = $layout | Invoke-N2DCluster 3
            $means = @($result | ConvertFrom-N2DCode)
            $means.Count
            ($means.Cluster -join ',')
            ($means.RowCount | Measure-Object -Sum).Sum
            [Math]::Abs((($means | ForEach-Object { $_.a * $_.RowCount }) | Measure-Object -Sum).Sum - ($objects.a | Measure-Object -Sum).Sum) -lt 0.1
            ($result | ConvertFrom-N2DCode -AsDataset).GetIds() -join ','
            """);
        Assert.Empty(_session.Errors);
        Assert.Equal([3, "0,1,2", 60.0, true, "0,1,2"], rows.Select(item => item.BaseObject));

        var error = _session.RunFailing("$layout | ConvertFrom-N2DCode");
        Assert.StartsWith("N2D.NoInverse", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
