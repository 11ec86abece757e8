using System.Management.Automation;
using System.Text.RegularExpressions;

namespace N2D.PowerShell.Tests;

/// <summary>Invoke-N2DCluster and Get-N2DAssignment, on rows that a script creates with the module's types.</summary>
public sealed partial class InvokeN2DClusterTests
{
    // The module's types are in their own load context. A script can create them through the assembly of a cmdlet.
    private const string MakeData = """
        $library = (Get-Command Invoke-N2DCluster).ImplementingType.BaseType.GetProperty('InputObject').PropertyType.Assembly
        $matrix = $library.GetType('N2D.Numerics.Matrix')
        $dataset = $library.GetType('N2D.Pipeline.Dataset')
        $labelType = $library.GetType('N2D.Pipeline.Labels')
        function New-TestData([int] $count, [bool] $labeled, [int] $columns = 2) {
            $random = [System.Random]::new(1)
            $values = [float[]]::new($count * $columns)
            for ($i = 0; $i -lt $values.Length; $i++) { $values[$i] = $random.NextSingle() + 5 * ([math]::Floor($i / $columns) % 3) }
            $codes = [int[]]::new($count)
            for ($i = 0; $i -lt $count; $i++) { $codes[$i] = $i % 3 }
            $labels = if ($labeled) { [System.Activator]::CreateInstance($labelType, @($codes, [string[]]('a', 'b', 'c'))) } else { $null }
            $rows = $matrix.GetMethod('Own').Invoke($null, @($values, $columns))
            $dataset::new('thirds', $rows, $labels)
        }
        """;

    private static readonly string[] AssignmentColumns = ["Index", "Label", "Cluster", "Probability", "Confidence", "Novelty", "OutlierScore", "ClusterName"];

    [Fact]
    public void LabeledRows_NeedNoClusterCount_AndAreScored()
    {
        using var session = NewSession();
        var result = Assert.Single(session.Run("New-TestData 300 $true | Invoke-N2DCluster"));
        Assert.Empty(session.Errors);
        Assert.Equal(3, Value<int>(result, "ClusterCount"));
        Assert.Equal("Raw", Value<string>(result, "Stages"));
        Assert.Equal(20, Value<int>(result, "StartCount"));
        Assert.Equal(1.0, Value<double>(result, "Acc"));
        Assert.Equal(1.0, Value<double>(result, "Ari"));
        Assert.InRange(Value<double>(result, "Silhouette"), 0.8, 1);
    }

    [Fact]
    public void UnlabeledRows_WithoutClusterCount_AreRefused()
    {
        using var session = NewSession();
        var error = session.RunFailing("New-TestData 30 $false | Invoke-N2DCluster");
        Assert.StartsWith("N2D.ClusterCountRequired", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-ClusterCount", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-ClusterCount 0", "ClusterCountOutOfRange")]
    [InlineData("-ClusterCount -3", "ClusterCountOutOfRange")]
    [InlineData("-ClusterCount 31", "ClusterCountOutOfRange")]
    [InlineData("-StartCount 0", "StartCountOutOfRange")]
    [InlineData("-CandidateCount 0", "CandidateCountOutOfRange")]
    [InlineData("-MaximumIteration 0", "MaxIterationsOutOfRange")]
    [InlineData("-Tolerance -1", "ToleranceOutOfRange")]
    [InlineData("-CovarianceRegularization -1", "CovarianceRegularizationOutOfRange")]
    public void OptionOutOfRange_IsOneErrorThatNamesIt(string option, string id)
    {
        using var session = NewSession();
        var error = session.RunFailing($"New-TestData 30 $true | Invoke-N2DCluster {option}");
        Assert.StartsWith($"N2D.{id}", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Contains(option.Split(' ')[1].TrimStart('-'), error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("KMeans", 3)]
    [InlineData("Spectral", 3)]
    [InlineData("Spectral -n_neighbors 20", 3)]
    [InlineData("Agglomerative -NeighborCount 20", 3)]
    [InlineData("Hdbscan", 3)]
    [InlineData("Hdbscan -min_cluster_size 60 -min_samples 4 -ClusterSelection Leaf", 3)]
    [InlineData("Hdbscan -Metric cityblock", 3)]
    [InlineData("Hdbscan -Metric Minkowski -p 3 -cluster_selection_epsilon 1", 3)]
    [InlineData("Agglomerative -distance_threshold 30", 3)]
    [InlineData("GaussianMixture -CovarianceKind Tied", 3)]
    [InlineData("GaussianMixture -covariance_type diag", 3)]
    [InlineData("GaussianMixture -CovarianceKind Spherical -StartCount 2", 3)]
    public void EveryMethod_FindsTheThirds(string method, int clusterCount)
    {
        using var session = NewSession();
        var result = Assert.Single(session.Run($"$result = New-TestData 300 $true | Invoke-N2DCluster -Method {method}; $result"));
        Assert.Empty(session.Errors);
        Assert.Equal(method.Split(' ')[0], Value<string>(result, "Method"));
        Assert.Equal(clusterCount, Value<int>(result, "ClusterCount"));
        Assert.InRange(Value<double>(result, "Acc"), 0.95, 1);
        Assert.Equal(300, session.Run("$result | Get-N2DAssignment").Length);
        Assert.InRange(Value<int>(result, "NoiseCount"), 0, method.StartsWith("Hdbscan", StringComparison.Ordinal) ? 15 : 0);
    }

    [Theory]
    [InlineData("KMeans", "-CovarianceKind Tied", "ParameterNotForMethod")]
    [InlineData("KMeans", "-CandidateCount 3", "ParameterNotForMethod")]
    [InlineData("Spectral", "-Tolerance 1", "ParameterNotForMethod")]
    [InlineData("Hdbscan", "-ClusterCount 3", "ParameterNotForMethod")]
    [InlineData("Hdbscan", "-NeighborCount 3", "ParameterNotForMethod")]
    [InlineData("Agglomerative", "-StartCount 3", "ParameterNotForMethod")]
    [InlineData("GaussianMixture", "-MinimumClusterSize 3", "ParameterNotForMethod")]
    [InlineData("Spectral", "-InitialCenter (1, 2), (3, 4)", "ParameterNotForMethod")]
    [InlineData("KMeans", "-ClusterCountCriterion Bic", "ParameterNotForMethod")]
    [InlineData("GaussianMixture", "-ClusterCount 3 -ClusterCountCriterion Bic", "LimitWithoutAuto")]
    [InlineData("KMeans", "-InitialCenter (1, 2), (3, 4) -StartCount 2", "NotWithInitialCenter")]
    [InlineData("GaussianMixture", "-InitialCenter (1, 2), (3, 4) -CandidateCount 2", "NotWithInitialCenter")]
    [InlineData("GaussianMixture", "-InitialCenter (1, 2), (3, 4) -Stability", "NotWithInitialCenter")]
    [InlineData("GaussianMixture", "-InitialCenter (1, 2), (3, 4) -ClusterCount Auto", "NotWithInitialCenter")]
    [InlineData("GaussianMixture", "-InitialCenter (1, 2), (3, 4) -ClusterCount 3", "InitialCenterCount")]
    [InlineData("KMeans", "-InitialCenter (1, 2, 3), (3, 4, 5)", "DimensionMismatch")]
    [InlineData("KMeans", "-InitialCenter 1, 2", "DimensionMismatch")]
    [InlineData("KMeans", "-ClusterCount Auto", "AutoNotForMethod")]
    [InlineData("Agglomerative", "-ClusterCount auto", "AutoNotForMethod")]
    [InlineData("GaussianMixture", "-ClusterCount 3 -MaximumClusterCount 5", "LimitWithoutAuto")]
    [InlineData("GaussianMixture", "-ClusterCount Auto -MinimumClusterCount 5 -MaximumClusterCount 4", "ClusterCountOutOfRange")]
    [InlineData("Spectral", "-NeighborCount 1", "NeighborCountOutOfRange")]
    [InlineData("Spectral", "-NeighborCount 31", "TooFewRows")]
    [InlineData("Hdbscan", "-MinimumClusterSize 1", "MinimumClusterSizeOutOfRange")]
    [InlineData("Hdbscan", "-MinimumSample 0", "MinimumSamplesOutOfRange")]
    [InlineData("Hdbscan", "-MinimumClusterSize 31", "TooFewRows")]
    [InlineData("Hdbscan", "-SelectionEpsilon -1", "SelectionEpsilonOutOfRange")]
    [InlineData("Hdbscan", "-Metric Minkowski -MinkowskiPower 0.5", "MinkowskiPowerOutOfRange")]
    [InlineData("Hdbscan", "-DistanceThreshold 1", "ParameterNotForMethod")]
    [InlineData("KMeans", "-Metric Manhattan", "ParameterNotForMethod")]
    [InlineData("KMeans", "-SelectionEpsilon 1", "ParameterNotForMethod")]
    [InlineData("Agglomerative", "-DistanceThreshold -1", "DistanceThresholdOutOfRange")]
    [InlineData("Agglomerative", "-ClusterCount 3 -DistanceThreshold 1", "ClusterCountAmbiguous")]
    public void WhatDoesNotGoWithAMethod_IsOneErrorThatSaysSo(string method, string options, string id)
    {
        using var session = NewSession();
        var error = session.RunFailing($"New-TestData 30 $true | Invoke-N2DCluster -Method {method} {options}");
        Assert.StartsWith($"N2D.{id}", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
    }

    [Theory]
    [InlineData("(0.5, 0.5), (5.5, 5.5), (10.5, 10.5)")]
    [InlineData("([float[]] (0.5, 0.5)), ([double[]] (5.5, 5.5)), ([int[]] (10, 10))")]
    [InlineData("$centers")]
    [InlineData("('.5,.5', '5.5,5.5', '10.5,10.5' | ConvertFrom-Csv -Header a, b | ConvertTo-N2DDataset)")]
    [InlineData("(Import-N2DDataset \"$folder/centers.csv\")")]
    public void InitialCenters_AreTakenAsPeopleHaveThem(string centers)
    {
        using var session = NewSession();
        File.WriteAllLines(Path.Combine(session.TemporaryFolder, "centers.csv"), ["a,b", "0.5,0.5", "5.5,5.5", "10.5,10.5"]);
        session.SetVariable("folder", session.TemporaryFolder);
        session.Run(
            "$centers = [double[,]]::new(3, 2); 0..2 | ForEach-Object { $centers[$_, 0] = $centers[$_, 1] = 0.5 + 5 * $_ }; $data = "
                + "New-TestData 300 $true");
        foreach (var (method, alias) in new[] { ("KMeans", "init"), ("GaussianMixture", "means_init") })
        {
            var result = Assert.Single(session.Run($"$data | Invoke-N2DCluster -Method {method} -{alias} {centers}"));
            Assert.Empty(session.Errors);
            Assert.Equal((3, 1, 1.0), (Value<int>(result, "ClusterCount"), Value<int>(result, "StartCount"), Value<double>(result, "Acc")));
            Assert.Contains("InitialCenter=3x2", Value<string>(result, "Settings"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("'centers.csv'", "not a list of centers")]
    [InlineData("(1, 2), (3, 4, 5)", "center 2 has 3")]
    [InlineData("(1, 2), (3, 'x')", "Value 2 of center 2, 'x', is not a number.")]
    [InlineData("@()", "The list has no numbers.")]
    public void CentersThatAreNone_AreRefused_WithWhatToGive(string centers, string reason)
    {
        using var session = NewSession();
        var message =
            session.RunFailing($"New-TestData 30 $false | Invoke-N2DCluster -Method KMeans -InitialCenter {centers}").Exception.Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains("(1, 2), (5, 6)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void BicAndAic_AreColumns_AndChooseTheNumber()
    {
        using var session = NewSession();
        var result = Assert.Single(
            session.Run(
                "$result = New-TestData 300 $false | Invoke-N2DCluster Auto -MaximumClusterCount 5 -StartCount 2 -ClusterCountCriterion "
                    + "Bic; $result"));
        Assert.Equal(
            session.Run("($result.GetClusterCountCurve() | Where-Object IsChosen).Score")[0].BaseObject, Value<double>(result, "Bic"));
        Assert.True(Value<double>(result, "Aic") < Value<double>(result, "Bic"));
        Assert.Equal("Bic", session.Run("$result.GetClusterCountCurve()[0].Criterion")[0].BaseObject);
        Assert.Equal(5, session.Run("$result.GetClusterCountCurve()").Length);
    }

    [Theory]
    [InlineData("Stability")]
    [InlineData("Eigengap")]
    public void StabilityAndEigengap_ChooseTheNumber_OfAMixture(string criterion)
    {
        using var session = NewSession();
        session.Run($"$result = New-TestData 300 $false | Invoke-N2DCluster Auto -MaximumClusterCount 4 -Criterion {criterion}");
        Assert.Empty(session.Errors);
        var points = session.Run("$result.GetClusterCountCurve()");
        Assert.Equal(4, points.Length);
        Assert.All(points, point => Assert.Equal(criterion, point.Properties["Criterion"].Value));
        Assert.Equal(
            session.Run("($result.GetClusterCountCurve() | Where-Object IsChosen).ClusterCount")[0].BaseObject,
            session.Run("$result.ClusterCount")[0].BaseObject);
    }

    [Fact]
    public void Weights_OfAColumnOrProperty_AreThoseOfRepeatedRows()
    {
        using var session = NewSession();
        session.SetVariable("folder", session.TemporaryFolder);
        session.Run("""
            $objects = foreach ($i in 0..89) { [pscustomobject] @{ a = $i % 7 + 20 * ($i % 3); b = $i % 5; n = $i % 4; id = "r$i" } }
            $objects | Export-Csv "$folder/weighted.csv"
            $repeated = foreach ($o in $objects) { for ($i = 0; $i -lt $o.n; $i++) { $o } }
            $first = (0, 2), (20, 2), (40, 2)
            $weighted = Import-N2DDataset "$folder/weighted.csv" -WeightColumn n -IdColumn id -Standardize None
            $ofObjects = $objects | ConvertTo-N2DDataset -sample_weight n -IdProperty id -Standardize None
            $plain = $repeated | ConvertTo-N2DDataset a, b -Standardize None
            """);
        Assert.Empty(session.Errors);
        Assert.Equal("a b", session.Run("$weighted.GetColumnNames() -join ' '")[0].BaseObject);
        foreach (var method in new[] { "KMeans", "GaussianMixture -CovarianceKind Diagonal" })
        {
            session.Run($"$results = $weighted, $ofObjects, $plain | Invoke-N2DCluster -Method {method} -InitialCenter $first");
            Assert.Empty(session.Errors);
            string[] Figures(
                int run) => [
                    .. new[] { "Bic", "Aic", "LogLikelihood" }.Select(name =>
                        session.Run($"'{{0:F3}}' -f $results[{run}].{name}")[0].ToString())
                ];
            Assert.Equal(Figures(2), Figures(0));
            Assert.Equal(Figures(2), Figures(1));
            if (method == "KMeans")
            {
                Assert.Equal(
                    session.Run("'{0:G6}' -f $results[2].GetClusterer().Inertia")[0].BaseObject,
                    session.Run("'{0:G6}' -f $results[0].GetClusterer().Inertia")[0].BaseObject);
            }
        }

        Assert.Empty(session.Warnings);
        session.Run("$weighted | Invoke-N2DPca -Dimension 1 | Invoke-N2DCluster -Method Hdbscan");
        Assert.Contains(session.Warnings, warning => warning.Contains("Invoke-N2DPca does not use the weights", StringComparison.Ordinal));
        Assert.Contains(session.Warnings, warning => warning.Contains("Hdbscan does not support row weights", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Import-N2DDataset \"$folder/w.csv\" -WeightColumn none", "N2D.WeightColumnNotFound")]
    [InlineData("Import-N2DDataset \"$folder/w.csv\" -WeightColumn bad", "N2D.WeightOutOfRange")]
    [InlineData("Import-N2DDataset \"$folder/w.csv\" -WeightColumn a -LabelColumn a", "N2D.WeightColumnTaken")]
    [InlineData("Import-Csv \"$folder/w.csv\" | ConvertTo-N2DDataset -WeightProperty bad", "N2D.WeightOutOfRange")]
    public void WeightsThatCannotBeUsed_AreOneError(string script, string id)
    {
        using var session = NewSession();
        File.WriteAllLines(Path.Combine(session.TemporaryFolder, "w.csv"), ["a,b,bad", "1,2,3", "2,3,-1", "5,4,1"]);
        session.SetVariable("folder", session.TemporaryFolder);
        Assert.StartsWith(id, session.RunFailing(script).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void ClusterCountOfNoSense_IsRefusedByWhatItMayBe()
    {
        using var session = NewSession();
        Assert.Contains(
            "Auto",
            session.RunFailing("New-TestData 30 $true | Invoke-N2DCluster -ClusterCount few").Exception.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GaussianMixture -StartCount 2", "Silhouette", 1)]
    [InlineData("Spectral", "Eigengap", 2)]
    public void Auto_FindsTheNumber_AndShowsTheCurve(string method, string criterion, int least)
    {
        using var session = NewSession();
        var result = Assert.Single(
            session.Run($"$result = New-TestData 300 $false | Invoke-N2DCluster Auto -MaximumClusterCount 8 -Method {method}; $result"));
        Assert.Equal(3, Value<int>(result, "ClusterCount"));
        var curve = session.Run("$result.GetClusterCountCurve()");
        // One cluster has no silhouette and no eigengap.
        Assert.Equal(Enumerable.Range(2, 7), curve.Select(point => Value<int>(point, "ClusterCount")));
        Assert.All(curve, point => Assert.Equal(criterion, Value<string>(point, "Criterion")));
        Assert.Equal(3, Value<int>(Assert.Single(curve, point => Value<bool>(point, "IsChosen")), "ClusterCount"));
        Assert.Contains($"ClusterCount=Auto({least}..8)", Value<string>(result, "Settings"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GaussianMixture -StartCount 2 -ClusterCountCriterion Stability", "Stability", "prediction strength")]
    [InlineData("Spectral", "Eigengap", "eigengap")]
    public void TheScoreOfTheChosenNumber_IsInTheListView_AndThatOfEachNumberIsVerbose(string method, string criterion, string measure)
    {
        using var session = NewSession();
        var shown = Assert.Single(session.Run(
            $"New-TestData 300 $false | Invoke-N2DCluster Auto -MaximumClusterCount 5 -Method {method} -Verbose | Format-List | Out-String"));
        Assert.Matches($@"ClusterCount\s+: 3 \({criterion} [01]\.\d{{4}}\)", shown.ToString()!);
        Assert.Contains(session.Verbose, message => Regex.IsMatch(message, $@"^3 clusters: {measure} [01]\.\d{{4}} \(chosen\)\.$"));
        Assert.Contains(session.Verbose, message => Regex.IsMatch(message, $@"^5 clusters: {measure} 0\.\d{{4}}\.$"));
    }

    [Fact]
    public void UnlabeledRows_NeedNoClusterCount_ForHdbscan()
    {
        using var session = NewSession();
        Assert.Equal(
            3, Value<int>(Assert.Single(session.Run("New-TestData 300 $false | Invoke-N2DCluster -Method Hdbscan")), "ClusterCount"));
    }

    [Fact]
    public void Noise_IsMinusOne_OfNoProbability()
    {
        using var session = NewSession();
        var path = Path.Combine(session.TemporaryFolder, "noisy.csv");
        File.WriteAllLines(path, Enumerable.Range(0, 40).Select(row => $"{(row % 2 * 50) + (row * 0.1)},0").Append("1000,1000"));
        session.SetVariable("path", path);
        var rows = session.Run("Import-N2DDataset $path | Invoke-N2DCluster -Method Hdbscan | Get-N2DAssignment");
        Assert.Equal((-1, 0f), (Value<int>(rows[40], "Cluster"), Value<float>(rows[40], "Probability")));
        Assert.Equal(1, rows.Count(row => Value<int>(row, "Cluster") == -1));
    }

    [Fact]
    public void MetricEpsilonAndDistance_AreInTheSettings_AndEndMerging()
    {
        using var session = NewSession();
        var settings = session.Run("""
            $data = New-TestData 300 $false
            $hdbscan = $data | Invoke-N2DCluster -Method Hdbscan -Metric Minkowski -MinkowskiPower 3 -SelectionEpsilon 0.5
            $hdbscan.Settings
            ($data | Invoke-N2DCluster -Method Agglomerative -DistanceThreshold 1e9).ClusterCount
            ($data | Invoke-N2DCluster -Method Agglomerative -DistanceThreshold 30).Settings
            """).Select(item => item.BaseObject).ToArray();
        Assert.Empty(session.Errors);
        Assert.Contains("SelectionEpsilon=0.5; Metric=Minkowski; MinkowskiPower=3", (string)settings[0], StringComparison.Ordinal);
        Assert.Equal(1, settings[1]);
        Assert.Contains("Agglomerative(DistanceThreshold=30; NeighborCount=10)", (string)settings[2], StringComparison.Ordinal);
        session.Run("$data | Invoke-N2DCluster -Method Hdbscan -Metric Manhattan -MinkowskiPower 3 -WarningVariable said 3> $null");
        Assert.Contains("it requires -Metric Minkowski", session.Run("\"$said\"")[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OutlierScores_AreOfHdbscanAlone()
    {
        using var session = NewSession();
        var path = Path.Combine(session.TemporaryFolder, "noisy.csv");
        File.WriteAllLines(path, Enumerable.Range(0, 40).Select(row => $"{(row % 2 * 50) + (row * 0.1)},0").Append("1000,1000"));
        session.SetVariable("path", path);
        var rows = session.Run("Import-N2DDataset $path | Invoke-N2DCluster -Method Hdbscan | Get-N2DAssignment");
        Assert.All(rows[..40], row => Assert.InRange(Value<float>(row, "OutlierScore"), 0, 0.9f));
        Assert.InRange(Value<float>(rows[40], "OutlierScore"), 0.99f, 1);
        Assert.Null(
            session.Run(
                "Import-N2DDataset $path | Invoke-N2DCluster 2 -Method KMeans | Get-N2DAssignment")[0].Properties["OutlierScore"].Value);
        Assert.Equal("1000 True", Assert.Single(session.Run("""
            $items = Import-Csv $path -Header X, Y
            $result = $items | ConvertTo-N2DDataset X, Y | Invoke-N2DCluster -Method Hdbscan
            $last = ($items | Add-N2DAssignment $result -ByOrder)[40]
            "$($last.X) $($last.OutlierScore -gt 0.99)"
            """)).BaseObject);
    }

    [Theory]
    [InlineData("Invoke-N2DCluster", "ClusterCount", "k", "n_clusters", "n_components")]
    [InlineData("Invoke-N2DCluster", "CovarianceKind", "covariance_type")]
    [InlineData("Invoke-N2DCluster", "NeighborCount", "n_neighbors")]
    [InlineData("Invoke-N2DUmap", "Dimension", "n_components")]
    [InlineData("New-N2DAutoencoder", "Seed", "random_state")]
    [InlineData("Invoke-N2DUmap", "Seed", "random_state")]
    public void NamesOfTheField_AreAliases(string command, string parameter, params string[] aliases)
    {
        // n_components is the dimension of an embedding, so it is not an alias of the number of clusters.
        using var session = new PowerShellSession();
        Assert.Equal(aliases, session.Run($"(Get-Command {command}).Parameters['{parameter}'].Aliases").Select(alias => alias.BaseObject));
    }

    [Fact]
    public void ErrorOfOneEmbedding_DoesNotEndThePipeline()
    {
        using var session = NewSession();
        var results = session.Run("(New-TestData 2 $false), (New-TestData 30 $false) | Invoke-N2DCluster -k 3 -n_init 2");
        Assert.Single(results);
        Assert.Single(session.Errors);
    }

    [Fact]
    public void Stability_ComparesTheWholePipelineWithOneOfOtherSeeds()
    {
        using var session = NewSession();
        var result = Assert.Single(
            session.Run(
                "New-TestData 300 $true | Invoke-N2DUmap -Epoch 50 -Dimension 2 | Invoke-N2DCluster -StartCount 4 -Stability -Verbose"));
        Assert.Equal(1.0, Value<double>(result, "Stability"));
        Assert.Contains(session.Verbose, message => message.Contains("refitting the pipeline", StringComparison.Ordinal));
        Assert.Null(Assert.Single(session.Run("New-TestData 300 $true | Invoke-N2DCluster -StartCount 4")).Properties["Stability"].Value);
    }

    [Fact]
    public void Verbose_TellsHowManyStartsReachedTheBest()
    {
        using var session = NewSession();
        session.Run("New-TestData 300 $true | Invoke-N2DCluster -StartCount 4 -Verbose");
        Assert.Contains(session.Verbose, message => message.Contains("of 4 starts reached it", StringComparison.Ordinal));
        Assert.NotEmpty(session.Progress);
        Assert.Contains(session.Progress, record => record.StatusDescription.Contains("of 4", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("New-TestData 30 $false 11 | Invoke-N2DCluster 3 -StartCount 1", "30 rows are too few for 3 clusters with full covariance matrices of 11 dimensions")]
    [InlineData("Import-N2DDataset $path | Invoke-N2DCluster 3 -StartCount 1", "1 of 3 clusters is empty")]
    public void DoubtfulData_AreAWarning(string script, string warning)
    {
        using var session = NewSession();
        var path = Path.Combine(session.TemporaryFolder, "two.csv");
        File.WriteAllLines(path, Enumerable.Range(0, 50).Select(row => row % 2 == 0 ? "1,2" : "3,4"));
        session.SetVariable("path", path);
        Assert.Single(session.Run(script));
        Assert.StartsWith(warning, Assert.Single(session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void SameSeed_SameClusters()
    {
        using var session = NewSession();
        session.Run("$data = New-TestData 200 $false");
        var first = Clusters(session, "-k 7 -StartCount 1 -CandidateCount 1 -Seed 5");
        Assert.Equal(first, Clusters(session, "-k 7 -StartCount 1 -CandidateCount 1 -random_state 5 -ThreadCount 1"));
        Assert.NotEqual(first, Clusters(session, "-k 7 -StartCount 1 -CandidateCount 1 -Seed 6"));
    }

    [Fact]
    public void Assignments_AreOneARow_WithTheClustersOfTheResult()
    {
        using var session = NewSession();
        var rows = session.Run("New-TestData 300 $true | Invoke-N2DCluster | Get-N2DAssignment");
        Assert.Equal(300, rows.Length);
        Assert.Equal(AssignmentColumns, rows[0].Properties.Select(property => property.Name));
        Assert.Equal("c", Value<string>(rows[299], "Label"));
        Assert.All(rows, row => Assert.InRange(Value<float>(row, "Probability"), 1 / 3f, 1f));
        Assert.Equal(Value<int>(rows[0], "Cluster"), Value<int>(rows[297], "Cluster"));
    }

    [Fact]
    public void CtrlC_Stops_AndTheSessionGoesOn()
    {
        using var session = NewSession();
        session.Run("$data = New-TestData 20000 $false");
        session.AssertStops(
            "$data | Invoke-N2DCluster -k 40 -StartCount 10000 -Tolerance 0", $"Clustering {session.Run("$data.Dataset")[0]}");
        Assert.Single(session.Run("New-TestData 60 $true | Invoke-N2DCluster -StartCount 2"));
    }

    [Fact]
    public void ResultTable_ShowsScoresToFourDecimals_AndFits80Characters()
    {
        var lines = Lines("New-TestData 300 $true | Invoke-N2DCluster", 80);
        Assert.Matches(@"^Dataset\s+Clusters\s+Acc\s+Nmi\s+Ari\s+Silhouette\s+Stages > Method$", lines[0]);
        Assert.Matches(@"^thirds\s+3\s+1\.0000\s+1\.0000\s+1\.0000\s+0\.\d{4}\s+Raw > GaussianMixture$", lines[2]);
    }

    [Fact]
    public void AssignmentTable_ShowsARowALine()
    {
        var lines = Lines("New-TestData 30 $true | Invoke-N2DCluster | Get-N2DAssignment", 80);
        Assert.Matches(@"^\s*Index\s+Cluster\s+Probability\s+Confidence\s+Novelty\s+OutlierScore\s+Label$", lines[0]);
        Assert.Matches(@"^\s*1\s+\d\s+1\.0000\s+0\.\d{4}\s+b$", lines[3]);
    }

    private static string Clusters(PowerShellSession session, string options) =>
        string.Join(' ', session.Run($"$data | Invoke-N2DCluster {options} | Get-N2DAssignment").Select(row => Value<int>(row, "Cluster")));

    private static string[] Lines(string script, int width) =>
        [.. ScreenHost.Show($"{MakeData}\n{script}", width)
            .Split('\n')
            .Select(line => EscapeSequence().Replace(line, string.Empty).TrimEnd())
            .Where(line => line.Length > 0)];

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex EscapeSequence();

    private static T Value<T>(PSObject target, string property) => Assert.IsType<T>(target.Properties[property].Value);

    private static PowerShellSession NewSession()
    {
        var session = new PowerShellSession();
        session.Run(MakeData);
        return session;
    }
}
