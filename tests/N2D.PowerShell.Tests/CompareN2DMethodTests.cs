using System.Diagnostics;
using System.Management.Automation;

namespace N2D.PowerShell.Tests;

public sealed class CompareN2DMethodTests : IDisposable
{
    private const string Small = "-Epoch 2 -HiddenUnit 20 -StartCount 2";

    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void EachMethod_ComesToWhatItsCmdletsComeToByHand()
    {
        var scores = _session.Run($"""
            $digits = Import-N2DDataset Digits | ConvertFrom-N2DEmbedding | Select-Object -First 600 |
                ConvertTo-N2DDataset -ExcludeProperty Index -LabelProperty Label
            $scores = $digits | Compare-N2DMethod KM, UMAP+GMM, PCA+KM, AE+SC, N2D, AE+Isomap+KM -Seed 3 {Small}
            $scores
            """);
        var byHand = _session.Run("""
            $codes = $digits | New-N2DAutoencoder -Epoch 2 -HiddenUnit 20 -Seed 3
            $digits | Invoke-N2DCluster -Method KMeans -StartCount 2 -Seed 3
            $digits | Invoke-N2DUmap -Seed 3 | Invoke-N2DCluster -StartCount 2
            $digits | Invoke-N2DPca -Seed 3 | Invoke-N2DCluster -Method KMeans -StartCount 2
            $codes | Invoke-N2DCluster -Method Spectral -StartCount 2
            $codes | Invoke-N2DUmap | Invoke-N2DCluster -StartCount 2
            $codes | Invoke-N2DIsomap | Invoke-N2DCluster -Method KMeans -StartCount 2
            """);

        Assert.Empty(_session.Errors);
        Assert.Equal(
            ["KM", "UMAP+GMM", "PCA+KM", "AE+SC", "N2D", "AE+Isomap+KM"], scores.Select(score => score.Properties["Method"].Value));
        Assert.Equal(Column(byHand, "Acc"), Column(scores, "Acc"));
        Assert.Equal(Column(byHand, "Nmi"), Column(scores, "Nmi"));
        Assert.Equal(Column(byHand, "Ari"), Column(scores, "Ari"));
        Assert.Equal(Column(byHand, "Settings"), Column(scores, "Settings"));
        Assert.Equal(
            _session.Run(
                "$codes | Invoke-N2DUmap | Invoke-N2DCluster -StartCount 2 | Get-N2DAssignment | ForEach-Object Cluster").Select(cluster =>
                    cluster.BaseObject),
            _session.Run("$scores[4].GetResult() | Get-N2DAssignment | ForEach-Object Cluster").Select(cluster => cluster.BaseObject));

        static object?[] Column(PSObject[] rows, string name) => [.. rows.Select(row => row.Properties[name].Value)];
    }

    [Fact]
    public void ARow_HasTheColumnsOfTheStudy_AndScalarsOnly()
    {
        var score = Assert.Single(_session.Run($"Import-N2DDataset Digits | Compare-N2DMethod AE+KM -Dimension 4 -ClusterCount 7 {Small}"));
        Assert.Equal(
            [
                "Dataset", "Method", "Representation", "Manifold", "Clusterer", "ClusterCount", "Acc", "Nmi", "Ari", "Silhouette",
                "OwnSeconds", "SharedSeconds", "TotalSeconds", "Seed", "Error", "Settings",
            ],
            score.Properties.Select(property => property.Name));
        Assert.Equal("Autoencoder", score.Properties["Representation"].Value.ToString());
        Assert.Null(score.Properties["Manifold"].Value);
        Assert.Equal("KMeans", score.Properties["Clusterer"].Value.ToString());
        Assert.Equal(7, score.Properties["ClusterCount"].Value);
        Assert.StartsWith("Autoencoder(LatentDimension=4; ", (string)score.Properties["Settings"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_ComeAsSoonAsTheyAreDone()
    {
        // Stopped after the first of two methods. The second would train for days.
        var first = _session.Run(
            "do { Import-N2DDataset Digits | Compare-N2DMethod KM, N2D -Epoch 10000000 | ForEach-Object { $_; break } } while ($false)");
        Assert.Equal("KM", Assert.Single(first).Properties["Method"].Value);
    }

    [Fact]
    public void Progress_NamesTheMethod_UnderOneHeading()
    {
        _session.Run($"Import-N2DDataset Digits | Compare-N2DMethod KM, AE+GMM -Verbose {Small} | Out-Null");
        var whole = _session.Progress.Where(record => record.Activity == "Comparing methods on Digits").ToArray();

        // Progress is throttled: only the first step of fast work is certain to be reported.
        Assert.StartsWith("KM, seed 0: ", whole[0].StatusDescription, StringComparison.Ordinal);
        Assert.All(whole[..^1], record => Assert.Matches("^(KM|Autoencoder|AE[+]GMM), seed 0: ", record.StatusDescription));
        Assert.Single(whole, record => record.RecordType == ProgressRecordType.Completed);
        Assert.Contains(_session.Verbose, line => line.StartsWith("Methods: 2, seeds: 1. ", StringComparison.Ordinal));
        Assert.Contains(_session.Verbose, line => line.StartsWith("Autoencoder, seed 0: Autoencoder 64-20-10", StringComparison.Ordinal));
    }

    [Fact]
    public void Progress_IsWrittenAtMostTwiceASecond()
    {
        var clock = Stopwatch.StartNew();
        _session.Run("Import-N2DDataset Digits | Compare-N2DMethod KM, AE+KM -Epoch 30 -HiddenUnit 100 -StartCount 20 | Out-Null");

        // The cmdlet runs within this time, so slower machines allow more records.
        var most = 1 + (int)(clock.Elapsed.TotalSeconds / 0.5);
        var shown = _session.Progress.Where(record => record.Activity == "Comparing methods on Digits");
        Assert.InRange(shown.Count(record => record.RecordType == ProgressRecordType.Processing), 1, most);
    }

    [Fact]
    public void AMethodThatFails_IsARow_AndNoErrorRecord()
    {
        var scores = _session.Run("Import-N2DDataset Digits | Compare-N2DMethod KM, Isomap+KM, PCA+KM -NeighborCount 1800 -StartCount 1");
        Assert.Empty(_session.Errors);
        Assert.Equal([true, false, true], scores.Select(score => score.Properties["Error"].Value is null));
        Assert.Contains("1797", (string)scores[1].Properties["Error"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ARow_StandsForItsClustering_WhereOneIsTaken()
    {
        _session.SetVariable("folder", _session.TemporaryFolder);
        var clusters = _session.Run("""
            $row, $failed = Import-N2DDataset Digits | Compare-N2DMethod KM, Isomap+KM -NeighborCount 1800 -StartCount 1
            $row | Export-N2DPlot "$folder/row.png"
            $row | Export-N2DModel "$folder/row.n2d"
            ($row.GetResult() | Get-N2DAssignment | ForEach-Object Cluster) -join ' '
            ($row | Get-N2DAssignment | ForEach-Object Cluster) -join ' '
            """);
        Assert.Empty(_session.Errors);
        Assert.Equal(clusters[0].BaseObject, clusters[1].BaseObject);
        Assert.Equal(2, Directory.GetFiles(_session.TemporaryFolder).Length);
        Assert.Contains(
            "Isomap+KM failed on 'Digits'", _session.RunFailing("$failed | Get-N2DAssignment").Exception.Message, StringComparison.Ordinal);
        Assert.Equal(1797, _session.Run("$failed, $row | Get-N2DAssignment -ErrorAction SilentlyContinue").Length);
        Assert.StartsWith(
            "The input is the raw rows of 'Digits', without an autoencoder.",
            _session.RunFailing("$row | Get-N2DTrainingHistory").Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "N2D.MethodFailed", _session.RunFailing("$failed | Get-N2DTrainingHistory").FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(
            "Isomap+KM failed on 'Digits'",
            _session.RunFailing("$failed | Export-N2DPlot \"$folder/failed.png\"").Exception.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Compare-N2DMethod DBSCAN", "N2D.MethodNotFound")]
    [InlineData("Compare-N2DMethod -ClusterCount 0", "N2D.ClusterCountOutOfRange")]
    [InlineData("Compare-N2DMethod -ClusterCount Auto", "N2D.AutoNotForComparison")]
    [InlineData("Compare-N2DMethod -ClusterCount 1798", "N2D.ClusterCountOutOfRange")]
    [InlineData("Compare-N2DMethod -Epoch 0", "N2D.EpochsOutOfRange")]
    [InlineData("Compare-N2DMethod -Dimension 600", "N2D.DimensionOutOfRange")]
    [InlineData("Compare-N2DMethod -Seed 0, 1 -CheckpointPath t.safetensors", "N2D.CheckpointOfSeveralSeeds")]
    [InlineData("Compare-N2DMethod -CheckpointPath no-such-folder/t.safetensors", "N2D.FolderNotFound")]
    [InlineData("Invoke-N2DPca | Compare-N2DMethod", "N2D.RowsNotRaw")]
    public void UnfittingArguments_AreRefused(string command, string id) =>
        Assert.StartsWith(id, _session.RunFailing($"Import-N2DDataset Digits | {command}").FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public void Dimensions_AreThoseOfTheWholePipeline_OrTheStudysByItsRecipe()
    {
        var dimensions = _session.Run($$"""
            $digits = Import-N2DDataset Digits
            foreach ($more in @{}, @{ Preset = 'Paper' }) { ($digits | Compare-N2DMethod AE+KM -ClusterCount 4 {{Small}} @more).GetResult().Dimension }
            """);
        Assert.Equal([10, 4], dimensions.Select(dimension => (int)dimension.BaseObject));
        Assert.Contains(
            "Epoch is 0", _session.RunFailing("$digits | Compare-N2DMethod AE+KM -Epoch 0").Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnlabeledRows_NeedAClusterCount()
    {
        var path = Path.Combine(_session.TemporaryFolder, "a.csv");
        File.WriteAllLines(path, ["x,y", .. Enumerable.Range(0, 40).Select(row => $"{row},{row * row}")]);
        Assert.StartsWith(
            "N2D.ClusterCountRequired",
            _session.RunFailing($"Import-N2DDataset '{path}' | Compare-N2DMethod").FullyQualifiedErrorId,
            StringComparison.Ordinal);
        var score = Assert.Single(_session.Run($"Import-N2DDataset '{path}' | Compare-N2DMethod KM -ClusterCount 2"));
        Assert.Null(score.Properties["Acc"].Value);

        // On raw rows, the space of the method is the common one.
        Assert.Equal(
            Assert.Single(
                _session.Run($"Import-N2DDataset '{path}' | Invoke-N2DCluster 2 -Method KMeans | ForEach-Object Silhouette")).BaseObject,
            score.Properties["Silhouette"].Value);
    }

    [Fact]
    public void CtrlC_Stops() =>
        _session.AssertStops("Import-N2DDataset Digits | Compare-N2DMethod AE+KM -Epoch 10000000", "Comparing methods on Digits");

    [Fact]
    public void MethodNames_AreCompleted()
    {
        const string Line = "Compare-N2DMethod -Method AE+U";
        var names = _session.Run($"(TabExpansion2 '{Line}' {Line.Length}).CompletionMatches.CompletionText");
        Assert.Equal(["AE+UMAP+KM", "AE+UMAP+SC"], names.Select(name => name.BaseObject));
    }
}
