namespace N2D.PowerShell.Tests;

/// <summary>The members of the objects that cmdlets return, as scripts use them.</summary>
public sealed class ResultMemberTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    /// <summary>One object of each type that the cmdlets return.</summary>
    private const string Objects = """
        $data = 0..89 | ForEach-Object { [pscustomobject] @{ a = $_ % 3 * 10 + $_ % 7 / 10; b = $_ % 5; c = $_ % 11; kind = "k$($_ % 3)" } } |
            ConvertTo-N2DDataset -LabelProperty kind
        $codes = $data | New-N2DAutoencoder -HiddenUnit 4 -LatentDimension 2 -Epoch 1
        $mixture = $codes | Invoke-N2DCluster 3 -StartCount 1 -Stability
        $objects = @(
            $data; $codes; $mixture
            'KMeans', 'Spectral', 'Agglomerative' | ForEach-Object { $data | Invoke-N2DCluster 3 -Method $_ }
            $data | Invoke-N2DCluster -Method Hdbscan
            $data | Invoke-N2DUmap -Epoch 2 -NeighborCount 5
            $data | Invoke-N2DTsne -Iteration 2 -Perplexity 5
            $data | Invoke-N2DIsomap -NeighborCount 30
            $data | Invoke-N2DLocallyLinearEmbedding -NeighborCount 30
            $data | Invoke-N2DPca -Dimension 2
            $data | Compare-N2DMethod KM
            $codes | Get-N2DTrainingHistory
            $data | Invoke-N2DPca -Dimension 2 | Get-N2DExplainedVariance
            $mixture | Get-N2DAssignment
            $mixture | Get-N2DClusterProfile
            $mixture | Rename-N2DCluster 0 first
            $mixture | Get-N2DExemplar 1
            $mixture | Get-N2DAssignment | Select-Object Cluster, Label | Measure-N2DAssignment
            $mixture | Export-N2DModel $folder/m.n2d
            Get-N2DModel $folder/m.n2d
            Import-N2DModel $folder/m.n2d
            $data | Invoke-N2DModel $folder/m.n2d
            Get-N2DDevice
        )
        """;

    [Fact]
    public void EveryPublicMember_CanBeUsedInASession_AndShowsItsValue()
    {
        _session.SetVariable("folder", _session.TemporaryFolder);
        var faults = _session.Run($$"""
            {{Objects}}
            $library = $data.GetType().Assembly
            $arguments = @{ [int] = 0; $library.GetType('N2D.Execution') = $library.GetType('N2D.Execution')::Default }
            $seen = @{}
            $queue = [Collections.Generic.Queue[object]]::new([object[]] $objects)
            while ($queue.Count) {
                $object = $queue.Dequeue()
                $type = $object.GetType()
                if ($seen[$type] -or $type.Assembly -ne $library -or $type.IsEnum -or $type.IsArray) { continue }
                $seen[$type] = $true
                foreach ($member in $type.GetMembers('Public, Instance')) {
                    if ($member.DeclaringType.Assembly -ne $library) { continue }
                    $parameters = @(if ($member -is [Reflection.MethodInfo] -and -not $member.IsSpecialName) { $member.GetParameters() })
                    if ($member -is [Reflection.PropertyInfo] ? $member.PropertyType.IsByRefLike : @($member.ReturnType) + $parameters.ParameterType | Where-Object IsByRefLike) {
                        "$($type.Name).$($member.Name) has a span"
                        continue
                    }

                    $given = @($parameters | Where-Object { -not $_.IsOptional })
                    if ($member -is [Reflection.PropertyInfo] -and $member.GetIndexParameters().Count -eq 0) { $value = $object.($member.Name) }
                    elseif ($member -isnot [Reflection.MethodInfo] -or $member.IsSpecialName -or $member.Name -in 'Equals', 'Deconstruct', 'GetHashCode') { continue }
                    elseif ($given | Where-Object { -not $arguments.ContainsKey($_.ParameterType) }) { continue }
                    else {
                        try { $value = $object.PSObject.Methods[$member.Name].Invoke([object[]] @($given | ForEach-Object { $arguments[$_.ParameterType] })) }
                        catch {
                            # The library may reject the call. The member can be called all the same.
                            $cause = $_.Exception.GetBaseException()
                            if ($cause.GetType().Name -ne 'N2DException') { "$($type.Name).$($member.Name): $cause" }
                            continue
                        }
                    }

                    if ($null -eq $value) { continue }
                    $items = @($value)
                    if ($items.Count -and "$items" -ne '' -and -not ($value | Out-String).Trim()) { "$($type.Name).$($member.Name) shows nothing" }
                    $queue.Enqueue($value)
                    $items | Where-Object { $null -ne $_ } | Select-Object -First 50 | ForEach-Object { $queue.Enqueue($_) }
                }
            }

            if ($seen.Count -lt 25) { "only $($seen.Count) types: $($seen.Keys)" }
            """);
        Assert.Empty(faults.Select(fault => fault.ToString()));
        Assert.Empty(_session.Errors);
    }

    [Fact]
    public void BulkData_ComesAsLists()
    {
        _session.SetVariable("folder", _session.TemporaryFolder);
        Assert.Equal(
            ["90", "3", "2", "4", "2", "2", "90", "180", "k0, k1, k2", "90", "0"],
            _session.Run($$"""
                {{Objects}}
                $hdbscan = $data | Invoke-N2DCluster -Method Hdbscan
                $mixture.GetAssignments().Count
                ($mixture.GetAssignments() | Sort-Object -Unique).Count
                $mixture.GetClusterer().GetMean(0).Count
                $mixture.GetClusterer().GetCovariance(0).Count
                ($codes | Invoke-N2DCluster 3 -Method KMeans).GetClusterer().GetCenter(2).Length
                $codes.GetRows().GetRow(89).Length
                ($data | Invoke-N2DModel $folder/m.n2d).GetNovelty().Count
                $codes.GetRows().GetValues().Count
                ($data.GetLabels().GetCodes() | Sort-Object -Unique | ForEach-Object { $data.GetLabels().ClassNames[$_] }) -join ', '
                $hdbscan.GetOutlierScores().Count
                $mixture.GetOutlierScores().Count
                """).Select(value => value.ToString()));
    }

    [Fact]
    public void ContingencyTable_IsShownAsATable()
    {
        var shown = _session.Run("""
            $score = 0..59 | ForEach-Object { [pscustomobject] @{ Cluster = $_ % 3 + 1; Label = $_ -lt 30 ? 'left' : 'right' } } | Measure-N2DAssignment
            $table = $score.GetContingencyTable()
            ($table | Out-String).Trim() -split '\r?\n'
            $table[1, 2]
            $table.GetClusters() -join ' '
            """).Select(line => line.ToString());
        Assert.Equal(["class \\ cluster   0   1   2", "left             10  10  10", "right            10  10  10", "10", "0 1 2"], shown);
    }
}
