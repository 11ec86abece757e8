namespace N2D.PowerShell.Tests;

/// <summary>Optimize-N2DCluster, and Invoke-N2D -Optimize.</summary>
public sealed class OptimizeN2DClusterTests : IDisposable
{
    /// <summary>The number of images and of their groups.</summary>
    private const int RowCount = 120;

    private readonly PowerShellSession _session = new();

    public OptimizeN2DClusterTests()
    {
        // IDX files have images: 6 x 6 pixels with a bright line at the top, in the middle or at the bottom.
        var folder = Directory.CreateDirectory(Path.Combine(_session.TemporaryFolder, "lines")).FullName;
        byte[] header = [0, 0, 8, 3, 0, 0, 0, RowCount, 0, 0, 0, 6, 0, 0, 0, 6];
        var pixels = Enumerable.Range(0, RowCount * 36).Select(place =>
        {
            var (row, y) = (place / 36, place / 6 % 6);
            var noise = 20 + (20 * Math.Sin(place * place));
            return (byte)(noise + (y / 2 == row % 3 ? 200 : 0));
        });
        File.WriteAllBytes(Path.Combine(folder, "images-idx3-ubyte"), [.. header, .. pixels]);
        File.WriteAllBytes(
            Path.Combine(folder, "labels-idx1-ubyte"),
            [0, 0, 8, 1, 0, 0, 0, RowCount, .. Enumerable.Range(0, RowCount).Select(row => (byte)(row % 3))]);
        File.WriteAllLines(
            Path.Combine(folder, "table.csv"),
            ["x,y", .. Enumerable.Range(0, RowCount).Select(row => FormattableString.Invariant(
                $"{(row % 3 * 9) + Math.Sin(row):F3},{Math.Cos(3 * row):F3}"))]);
        _session.SetVariable("folder", folder);
        _session.Run("""
            $images = Import-N2DDataset "$folder/images-idx3-ubyte" -LabelPath "$folder/labels-idx1-ubyte"
            $table = Import-N2DDataset "$folder/table.csv" -WarningAction Ignore | Invoke-N2DCluster 3 -Method KMeans
            $start = $images | Invoke-N2DUmap -Dimension 2 -NeighborCount 10 -Seed 4 | Invoke-N2DCluster -StartCount 3
            """);
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void AResultInThePipeline_BecomesABetterOne_WithItsRecord()
    {
        var results = _session.Run("$start, $start | Optimize-N2DCluster 1 -Verbose");
        Assert.Empty(_session.Errors);
        Assert.Empty(_session.Warnings);
        Assert.Equal(2, results.Length);
        Assert.Equal(results[0].Properties["LogLikelihood"].Value, results[1].Properties["LogLikelihood"].Value);
        Assert.Equal("ClassifierFeatures > Pca > Umap", results[0].Properties["Stages"].Value);
        Assert.Equal(4, results[0].Properties["Seed"].Value);
        Assert.InRange((double)results[0].Properties["Acc"].Value, 0.95, 1);
        Assert.InRange((double)results[0].Properties["LayoutAgreement"].Value, 0.9, 1);
        Assert.Contains(_session.Progress, record => record.Activity == "Optimizing the clusters of images-idx3-ubyte");
        Assert.Contains(_session.Verbose, line => line.StartsWith("Self-training, second layout: UMAP of ", StringComparison.Ordinal));
        Assert.Contains(_session.Verbose, line => line.EndsWith("and -MinimumAgreement is 0.8.", StringComparison.Ordinal));
        Assert.Contains(_session.Verbose, line => line.EndsWith("and -MinimumNetworkAgreement is 0.9.", StringComparison.Ordinal));
        Assert.Contains(_session.Verbose, line => line.StartsWith("Self-training, round 1: Classifier of ", StringComparison.Ordinal));
        Assert.Contains(_session.Verbose, line => line.Contains("Self-training, round 1 of 1: ", StringComparison.Ordinal));
        Assert.DoesNotContain(_session.Verbose, line => line.Contains('%', StringComparison.Ordinal));

        _session.SetVariable("result", results[0]);
        var round = Assert.Single(_session.Run("$result.GetSelfTrainingRounds()"));
        Assert.Equal(
            ["Round", "AgreedShare", "NetworkAgreement", "MovedCount", "Seconds"], round.Properties.Select(property => property.Name));
        Assert.Equal(1, round.Properties["Round"].Value);
        Assert.Empty(_session.Run("$start.GetSelfTrainingRounds()"));
        Assert.Null(Assert.Single(_session.Run("$start | Select-Object LayoutAgreement")).Properties["LayoutAgreement"].Value);
        Assert.InRange((double)results[0].Properties["ClassifierSeconds"].Value, 0.01, 10_000);
        Assert.Matches(
            @"(?m)^ClassifierSeconds +: \d+\.\d\r?$",
            (string)Assert.Single(_session.Run("$result | Format-List | Out-String -Width 200")).BaseObject);
        Assert.Matches(
            @"(?m)^LayoutAgreement +: (0\.9\d{3}|1\.0000)\r?$",
            (string)Assert.Single(_session.Run("$result | Format-List | Out-String -Width 200")).BaseObject);
        Assert.Matches(
            @"Round +AgreedShare +NetworkAgreement +MovedCount +Seconds",
            (string)Assert.Single(_session.Run("$result.GetSelfTrainingRounds() | Out-String -Width 200")).BaseObject);
    }

    [Fact]
    public void TheResult_IsSavedAndAppliedToOtherImages()
    {
        var clusters = _session.Run("""
            $result = $start | Optimize-N2DCluster 1 -Seed 3
            $result | Export-N2DModel "$folder/lines.n2d"
            $before, $after = $result, ($images | Invoke-N2DModel "$folder/lines.n2d") | ForEach-Object { ($_ | Get-N2DAssignment).Cluster -join ' ' }
            $before -eq $after
            (Get-N2DModel "$folder/lines.n2d").Stages
            """);
        Assert.Empty(_session.Errors);
        Assert.Equal([true, "ClassifierFeatures > Pca > Umap"], clusters.Select(value => value.BaseObject));
        var error = _session.RunFailing("$images | Invoke-N2DModel \"$folder/lines.n2d\" | Optimize-N2DCluster");
        Assert.StartsWith("N2D.NotFitted,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.EndsWith(
            "Self-training needs the result of a fit. Pipe the output of Invoke-N2DCluster or Invoke-N2D.", error.Exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void InvokeN2D_Optimizes_AsTheCmdletDoes()
    {
        var results = _session.Run("""
            $images | Invoke-N2D -Epoch 5 -Seed 3 -Dimension 3 -Optimize
            $images | Invoke-N2D -Epoch 5 -Seed 3 -Dimension 3 | Optimize-N2DCluster
            """);
        Assert.Empty(_session.Errors);
        Assert.Equal(2, results.Length);
        foreach (var name in new[] { "Stages", "Settings", "LogLikelihood", "LayoutAgreement" })
        {
            Assert.Equal(results[1].Properties[name].Value, results[0].Properties[name].Value);
        }

        Assert.StartsWith("ClassifierFeatures > ", (string)results[0].Properties["Stages"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void LayoutsThatDiffer_ReturnTheInput_WithAWarningThatNamesTheParameter()
    {
        // More clusters than there are groups depend on the seed.
        var results = _session.Run("""
            $torn = $images | Invoke-N2DUmap -Dimension 2 -NeighborCount 10 | Invoke-N2DCluster 9 -StartCount 1
            $result = $torn | Optimize-N2DCluster -MinimumAgreement 1
            $result.LayoutAgreement
            $result.Settings -eq $torn.Settings
            """);
        Assert.Empty(_session.Errors);
        Assert.InRange((double)results[0].BaseObject, 0.3, 0.999);
        Assert.Equal(true, results[1].BaseObject);
        var warning = Assert.Single(_session.Warnings);
        Assert.StartsWith("Self-training did not start, and the clusters of 'images-idx3-ubyte' are unchanged", warning, StringComparison.Ordinal);
        Assert.Matches(@"puts only a share of 0\.\d{1,4} of the rows in the same cluster, and -MinimumAgreement is 1\.", warning);
        Assert.EndsWith(" To continue anyway, set -MinimumAgreement to 0.", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void NetworksThatDiffer_ReturnTheInput_WithAWarningThatNamesTheParameter()
    {
        var results = _session.Run("""
            $torn = $images | Invoke-N2DUmap -Dimension 2 -NeighborCount 10 | Invoke-N2DCluster 9 -StartCount 1
            $result = $torn | Optimize-N2DCluster -MinimumAgreement 0
            $result.Settings -eq $torn.Settings
            @($result.GetSelfTrainingRounds()).Count
            $result.NetworkAgreement
            $result | Format-List | Out-String -Width 200
            """);
        Assert.Empty(_session.Errors);
        Assert.Equal([true, 0], results[..2].Select(value => value.BaseObject));
        Assert.InRange((double)results[2].BaseObject, 0.2, 0.8999);
        Assert.Matches(@"(?m)^NetworkAgreement +: 0\.\d{4}\r?$", (string)results[3].BaseObject);
        var warning = Assert.Single(_session.Warnings);
        Assert.StartsWith(
            "Self-training stopped in round 1, and the clusters of 'images-idx3-ubyte' are unchanged: ", warning, StringComparison.Ordinal);
        Assert.Matches(@"only a share of 0\.\d{1,4} of all rows, and -MinimumNetworkAgreement is 0\.9\. ", warning);
        Assert.EndsWith(" To continue anyway, set -MinimumNetworkAgreement to 0.", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void WarningsOfTheGates_NameTheCmdlet_WhenInvokeN2DOptimizes()
    {
        // More clusters than there are groups depend on the seed.
        _session.Run("$images | Invoke-N2D 9 -Epoch 5 -Seed 3 -Dimension 2 -Optimize");
        Assert.Empty(_session.Errors);
        Assert.Matches(
            @" To continue anyway, set -Minimum(Network)?Agreement of Optimize-N2DCluster to 0\.$",
            Assert.Single(_session.Warnings, warning => warning.StartsWith("Self-training ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("$start | Optimize-N2DCluster 0", "ParameterArgumentValidationError")]
    [InlineData("$start | Optimize-N2DCluster -Round 21", "ParameterArgumentValidationError")]
    [InlineData("$start | Optimize-N2DCluster -Round 1.5", "ParameterArgumentTransformationError")]
    [InlineData("$start | Optimize-N2DCluster -MinimumAgreement 1.1", "ParameterArgumentValidationError")]
    [InlineData("$start | Optimize-N2DCluster -MinimumNetworkAgreement -0.1", "ParameterArgumentValidationError")]
    [InlineData("$start | Optimize-N2DCluster -MinimumNetworkAgreement 1.1", "ParameterArgumentValidationError")]
    [InlineData("$start | Optimize-N2DCluster -Augmentation Rotate", "CannotConvertArgumentNoMessage")]
    [InlineData("$table | Optimize-N2DCluster", "N2D.AugmentationRequired")]
    [InlineData("$table | Optimize-N2DCluster -Augmentation Flip", "N2D.ImageShapeRequired")]
    [InlineData("$images | Invoke-N2DCluster 1 -Method KMeans | Optimize-N2DCluster", "N2D.ClusterCountOutOfRange")]
    [InlineData("Import-N2DDataset \"$folder/table.csv\" -WarningAction Ignore | Invoke-N2D 3 -Optimize -Epoch 100000", "N2D.AugmentationRequired")]
    public void WhatCannotBeOptimized_IsRefusedBeforeAnyTraining(string script, string id)
    {
        var error = _session.RunFailing(script);
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain(_session.Progress, record => record.Activity.StartsWith("Optimizing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$images | Optimize-N2DCluster")]
    [InlineData("$start.GetEmbedding() | Optimize-N2DCluster")]
    [InlineData("1 | Optimize-N2DCluster")]
    public void OtherObjects_AreRefused_WithTheCmdletsWhoseOutputWorks(string script) => Assert.Equal(
        "A clustering that was fitted to its rows is required: the output of Invoke-N2DCluster or Invoke-N2D, or a row of "
            + "Compare-N2DMethod whose method did not fail. Jobs and remoting return results without their rows: run this cmdlet there.",
        _session.RunFailing(script).Exception.Message);

    [Theory]
    [InlineData("Optimize-N2DCluster $start")]
    [InlineData("Optimize-N2DCluster $start 2")]
    [InlineData("Optimize-N2DCluster -Round $start")]
    public void AClusteringInsteadOfRounds_IsAnError_ThatShowsTheWay(string script) => Assert.EndsWith(
        " is a clustering. Pipe it: $result | Optimize-N2DCluster.", _session.RunFailing(script).Exception.Message,
        StringComparison.Ordinal);

    [Fact]
    public void TheMessages_NameParameters_WithTheirCmdlet()
    {
        Assert.Contains(
            "set -Augmentation to Jitter or None", _session.RunFailing("$table | Optimize-N2DCluster").Exception.Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "set -Augmentation of Optimize-N2DCluster to Jitter or None",
            _session.RunFailing("Import-N2DDataset \"$folder/table.csv\" -WarningAction Ignore | Invoke-N2D 3 -Optimize").Exception.Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "-Augmentation Flip requires images, ", _session.RunFailing("$table | Optimize-N2DCluster -Augmentation Flip").Exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ATable_IsOptimizedOnRequest()
    {
        var result = Assert.Single(_session.Run("$table | Optimize-N2DCluster 1 -Augmentation Jitter"));
        Assert.Empty(_session.Errors);
        Assert.Contains("Augmentation=Jitter", (string)result.Properties["Settings"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void CtrlC_StopsTheTraining() =>
        _session.AssertStops("$start | Optimize-N2DCluster 20", "Optimizing the clusters of images-idx3-ubyte");

    [Fact]
    public void AnOptimizedResult_HasColumnsForExport()
    {
        var lines = _session.Run("$start | Optimize-N2DCluster 1 | ConvertTo-Csv | ConvertFrom-Csv");
        Assert.InRange(
            double.Parse((string)Assert.Single(lines).Properties["LayoutAgreement"].Value, System.Globalization.CultureInfo.InvariantCulture),
            0.9, 1);
    }
}
