using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>Export-N2DModel, Import-N2DModel, Get-N2DModel and Invoke-N2DModel.</summary>
public sealed class ModelTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public ModelTests()
    {
        _session.SetVariable("folder", _session.TemporaryFolder);
        _session.Run("""
            $digits = Import-N2DDataset Digits
            $layout = $digits | Invoke-N2DUmap -Dimension 2 -Epoch 30
            $result = $layout | Invoke-N2DCluster -StartCount 2
            """);
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void AClustering_IsSaved_Described_Read_AndAppliedToOtherRows()
    {
        var file = Assert.Single(_session.Run("$result | Export-N2DModel \"$folder/m.n2d\" -PassThru"));
        Assert.Equal("m.n2d", file.Properties["Name"].Value);

        var told = Assert.Single(_session.Run("Get-N2DModel \"$folder/*.n2d\""));
        Assert.Equal(
            ("Digits", "Umap", "GaussianMixture", 1797, 64),
            (told.Properties["Dataset"].Value, told.Properties["Stages"].Value, told.Properties["Method"].Value, told.Properties["RowCount"].Value, told.Properties["ColumnCount"].Value));
        Assert.All(told.Properties, property => Assert.True(property.Value is null or string or ValueType, property.Name));
        Assert.Equal("8 x 8", told.Properties["ImageShape"].Value.ToString());
        Assert.Equal(told.Properties["Acc"].Value, Assert.Single(_session.Run("$result.Acc")).BaseObject);

        var scored = Assert.Single(_session.Run("$model = Import-N2DModel \"$folder/m.n2d\"; $digits | Invoke-N2DModel $model"));
        Assert.Empty(_session.Errors);
        Assert.Equal(told.Properties["Acc"].Value, scored.Properties["Acc"].Value);
        Assert.InRange((double)scored.Properties["NovelShare"].Value, 0.001, 0.01);
        Assert.Equal("True", Assert.Single(_session.Run("""
            $before = @($result | Get-N2DAssignment); $after = @($digits | Invoke-N2DModel $model | Get-N2DAssignment)
            "$(-not (0..1796 | Where-Object { $before[$_].Cluster -ne $after[$_].Cluster -or $before[$_].Probability -ne $after[$_].Probability -or $null -eq $after[$_].Novelty }))"
            """)).BaseObject);
        Assert.Contains(
            _session.Run("Get-ChildItem $folder -ErrorAction Ignore; $model.GetType().Name"),
            name => "FittedPipeline".Equals(name.BaseObject));
    }

    [Fact]
    public void AnEmbedding_IsSavedWithoutAClusterer_AndGivesEmbeddings()
    {
        _session.Run("$layout | Export-N2DModel \"$folder/m.n2d\"; $model = Import-N2DModel -LiteralPath \"$folder/m.n2d\"");
        var embedding = Assert.Single(_session.Run("$digits | Invoke-N2DModel -Model $model -EmbeddingOnly"));
        Assert.Equal(("Umap", 2), (embedding.Properties["Stages"].Value, embedding.Properties["Dimension"].Value));
        Assert.StartsWith(
            "N2D.NoClusterer", _session.RunFailing("$digits | Invoke-N2DModel $model").FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_WritesNothing_AndNoClobberKeepsAFile()
    {
        _session.Run("$result | Export-N2DModel \"$folder/m.n2d\" -WhatIf");
        Assert.Empty(Directory.GetFiles(_session.TemporaryFolder));

        File.WriteAllText(PathOf("m.n2d"), "mine");
        Assert.StartsWith(
            "N2D.FileExists",
            _session.RunFailing("$result | Export-N2DModel \"$folder/m.n2d\" -NoClobber").FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(PathOf("m.n2d")));
        File.SetAttributes(PathOf("m.n2d"), FileAttributes.ReadOnly);
        Assert.StartsWith(
            "N2D.FileReadOnly",
            _session.RunFailing("$result | Export-N2DModel \"$folder/m.n2d\"").FullyQualifiedErrorId,
            StringComparison.Ordinal);
        _session.Run("$result | Export-N2DModel \"$folder/m.n2d\" -Force");
        Assert.Empty(_session.Errors);
        Assert.Single(_session.Run("Get-N2DModel \"$folder/m.n2d\""));
        Assert.Single(Directory.GetFiles(_session.TemporaryFolder));
    }

    [Theory]
    [InlineData("Agglomerative -k 10")]
    [InlineData("Spectral -k 10")]
    [InlineData("Agglomerative -DistanceThreshold 150")]
    [InlineData("Hdbscan -MinimumClusterSize 20")]
    [InlineData("Hdbscan -MinimumClusterSize 20 -Metric l1 -SelectionEpsilon 60 -AllowSingleCluster")]
    [InlineData("Hdbscan -MinimumClusterSize 20 -Metric Minkowski -p 3")]
    [InlineData("KMeans -k 10")]
    public void AnyClusterer_FindsItsClustersAgain_FromAFile(string method)
    {
        var outcome = _session.Run($$"""
            $result = $digits | Invoke-N2DPca -Dimension 10 | Invoke-N2DCluster -Method {{method}}
            $result | Export-N2DModel "$folder/m.n2d"
            $scored = $digits | Invoke-N2DModel (Import-N2DModel "$folder/m.n2d")
            $before = @($result | Get-N2DAssignment); $after = @($scored | Get-N2DAssignment)
            "$(-not (0..1796 | Where-Object { $before[$_].Cluster -ne $after[$_].Cluster -or $before[$_].Probability -ne $after[$_].Probability -or $before[$_].OutlierScore -ne $after[$_].OutlierScore }))"
            $scored.NovelShare
            """);
        Assert.Empty(_session.Errors);
        Assert.Equal("True", outcome[0].BaseObject);
        Assert.InRange((double)outcome[1].BaseObject, 0.001, 0.01);
    }

    [Theory]
    [InlineData("Invoke-N2DIsomap -Dimension 2", "Isomap")]
    [InlineData("Invoke-N2DLocallyLinearEmbedding -Dimension 2", "LocallyLinearEmbedding")]
    public void ALearner_PlacesRowsFromAFile(string learner, string name)
    {
        var outcome = _session.Run($$"""
            $digits | {{learner}} | Export-N2DModel "$folder/m.n2d"
            $placed = $digits | Invoke-N2DModel (Import-N2DModel "$folder/m.n2d") -EmbeddingOnly
            $placed.Stages; $placed.Dimension; (Get-N2DModel "$folder/m.n2d").TellsNovelty
            """);
        Assert.Empty(_session.Errors);
        Assert.Equal([name, 2, true], outcome.Select(item => item.BaseObject));
    }

    [Fact]
    public void Tsne_IsSavedWithAWarning_Described_AndNotAppliedToOtherRows()
    {
        var outcome = _session.Run("""
            $tsne = $digits | Invoke-N2DTsne -Iteration 20
            $tsne | Invoke-N2DCluster -k 3 -StartCount 1 | Export-N2DModel "$folder/m.n2d" -WarningVariable said 3> $null
            "$said"; (Get-N2DModel "$folder/m.n2d").Stages
            $model = Import-N2DModel "$folder/m.n2d"
            "$($model.GetStages()[0].Layout.RowCount)"
            """);
        Assert.Empty(_session.Errors);
        Assert.StartsWith(
            "The model cannot be applied to rows other than those of 'Digits'", (string)outcome[0].BaseObject, StringComparison.Ordinal);
        Assert.Equal(["Tsne", "1797"], outcome.Skip(1).Select(item => item.BaseObject));
        Assert.StartsWith(
            "N2D.NoTransform", _session.RunFailing("$digits | Invoke-N2DModel $model").FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$digits | Export-N2DModel \"$folder/m.n2d\"", "N2D.NothingFitted", ErrorCategory.InvalidArgument)]
    [InlineData("'text' | Export-N2DModel \"$folder/m.n2d\"", "N2D.NotAModel", ErrorCategory.InvalidType)]
    [InlineData("$result | Export-N2DModel \"$folder/none/m.n2d\"", "N2D.FolderNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("$result, $layout | Export-N2DModel \"$folder/m.n2d\"", "N2D.FileAlreadyWritten", ErrorCategory.InvalidArgument)]
    [InlineData("Import-N2DModel \"$folder/none.n2d\"", "N2D.FileNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Get-N2DModel \"$folder/*.n2d\"", "N2D.NoFileMatches", ErrorCategory.ObjectNotFound)]
    [InlineData(
        "[System.IO.File]::WriteAllText(\"$folder/bad.n2d\", 'nothing of the kind'); Import-N2DModel \"$folder/bad.n2d\"",
        "N2D.CorruptSafetensors",
        ErrorCategory.InvalidData)]
    [InlineData(
        "$layout | Export-N2DModel \"$folder/m.n2d\"; $layout | Invoke-N2DModel (Import-N2DModel \"$folder/m.n2d\") -EmbeddingOnly",
        "N2D.RawRowsNeeded",
        ErrorCategory.InvalidArgument)]
    public void WhatCannotBeDone_IsRefused(string script, string id, ErrorCategory category)
    {
        var error = _session.RunFailing(script);
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(category, error.CategoryInfo.Category);
    }

    [Fact]
    public void RowsOfOtherColumns_AreRefused_UntilTheExtraOnesAreLeftOut()
    {
        File.WriteAllLines(PathOf("a.csv"), ["x,y,z", .. Enumerable.Range(0, 40).Select(row => $"{row % 7},{row % 5},{row % 3}")]);
        File.WriteAllLines(PathOf("b.csv"), ["id,z,y,x", .. Enumerable.Range(0, 40).Select(row => $"{row},{row % 3},{row % 5},{row % 7}")]);
        _session.Run("""
            $a = Import-N2DDataset "$folder/a.csv"; $b = Import-N2DDataset "$folder/b.csv"
            $a | Invoke-N2DUmap -Dimension 2 -NeighborCount 5 | Invoke-N2DCluster -k 2 | Export-N2DModel "$folder/m.n2d"
            $model = Import-N2DModel "$folder/m.n2d"
            """);
        Assert.Empty(_session.Errors);
        var error = _session.RunFailing("$b | Invoke-N2DModel $model");
        Assert.Empty(_session.Warnings);
        Assert.StartsWith("N2D.ColumnMismatch", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(
            "fitted to 3 columns ('x', 'y', 'z'), but data set 'b' has 4 columns ('id', 'z', 'y', 'x'); not in the model: 'id'",
            error.Exception.Message,
            StringComparison.Ordinal);

        var clusters = _session.Run(
            "foreach ($set in @(($a | Invoke-N2DModel $model), ($b | Invoke-N2DModel $model -ExcludeColumn id), ($a | Invoke-N2DModel "
                + "\"$folder/m.n2d\"), ($a | Invoke-N2DModel ([System.IO.FileInfo] \"$folder/m.n2d\")))) { ($set | Get-N2DAssignment | "
                + "ForEach-Object Cluster) -join '' }");
        Assert.Equal(4, clusters.Length);
        Assert.Single(clusters.Select(cluster => cluster.BaseObject).Distinct());
        Assert.StartsWith(
            "N2D.FileNotFound",
            _session.RunFailing("$a | Invoke-N2DModel \"$folder/none.n2d\"").FullyQualifiedErrorId,
            StringComparison.Ordinal);

        // Unusable rows do not cause a warning about their scale first.
        var digits = _session.RunFailing("Import-N2DDataset Digits | Invoke-N2DModel $model");
        Assert.StartsWith("N2D.ColumnMismatch", digits.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(_session.Warnings);
    }

    [Theory]
    [InlineData("$model, $model", "-Model takes one model, but 2 were given.")]
    [InlineData("$result", "-Model takes a saved model, but 'Digits: Umap > GaussianMixture, 10 clusters' has not been saved. Save it")]
    [InlineData("$layout", "-Model takes a saved model, but 'Digits: Umap, 1797 x 2' has not been saved")]
    [InlineData("$model.GetDescription()", "this is a description of a model that is not in a file")]
    [InlineData("$digits", "'Digits' is a data set. Pipe the data set: $data | Invoke-N2DModel $model.")]
    [InlineData("5", "the value is of type Int32")]
    [InlineData("$null", "the value is empty")]
    public void WhatIsNoModel_IsRefused_WithWhatToGive(string model, string reason)
    {
        _session.Run("$result | Export-N2DModel \"$folder/m.n2d\"; $model = Import-N2DModel \"$folder/m.n2d\"");
        var error = _session.RunFailing($"$digits | Invoke-N2DModel ({model})");
        Assert.StartsWith("N2D.NotAModel", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(reason, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RowsInThePlaceOfAModel_AndAFileInThatOfRows_AreToldHowToBeGiven()
    {
        File.WriteAllText(PathOf("x.csv"), "1,2\n3,4\n");
        _session.Run("$result | Export-N2DModel \"$folder/m.n2d\"; $model = Import-N2DModel \"$folder/m.n2d\"");
        foreach (var (script, id, advice) in new[]
        {
            ("Invoke-N2DModel $model \"$folder/x.csv\"", "N2D.NotADataset", "Import-N2DDataset Digits | Invoke-N2DModel $model."),
            ("$model | Invoke-N2DModel $model", "N2D.NotADataset", "ConvertTo-N2DDataset | Invoke-N2DModel $model."),
            ("Invoke-N2DModel $digits $model", "N2D.NotAModel", "$data | Invoke-N2DModel $model."),
            ("$model | Invoke-N2DModel \"$folder/x.csv\"", "N2D.NotAModel", $"Import-N2DDataset {PathOf("x.csv")} | Invoke-N2DModel "
                + $"$model."),
        })
        {
            var error = _session.RunFailing(script);
            Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains(advice, error.Exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(10, Assert.Single(_session.Run("Invoke-N2DModel $model $digits")).Properties["ClusterCount"].Value);
    }

    [Fact]
    public void WhatGetN2DModelTells_StandsForItsFile()
    {
        _session.Run("$result | Export-N2DModel \"$folder/a[1].n2d\"; $layout | Export-N2DModel \"$folder/b.n2d\"");
        var models = _session.Run(
            "Get-N2DModel \"$folder/*.n2d\" | Import-N2DModel; Import-N2DModel (Get-N2DModel \"$folder/*.n2d\"); Get-N2DModel "
                + "\"$folder/b.n2d\" | Get-N2DModel");
        Assert.Empty(_session.Errors);
        Assert.Equal(["GaussianMixture", null, "GaussianMixture", null, null], models.Select(model => model.Properties["Method"].Value));
        Assert.Equal(
            10,
            Assert.Single(_session.Run("$digits | Invoke-N2DModel (Get-N2DModel \"$folder/a*.n2d\")")).Properties["ClusterCount"].Value);
        Assert.Equal(
            2,
            Assert.Single(
                _session.Run(
                    "Get-N2DModel \"$folder/b.n2d\" | ForEach-Object { $digits | Invoke-N2DModel $_ -EmbeddingOnly "
                        + "}")).Properties["Dimension"].Value);
    }

    [Fact]
    public void AScoredResult_ShowsNovelRows_AndKnowsWhatScoringTook()
    {
        var path = PathOf("m.n2d");
        var fit = ScreenHost.Show(
            $"$result = Import-N2DDataset Digits | Invoke-N2DPca -Dimension 5 | Invoke-N2DCluster 10 -StartCount 1; $result | "
                + $"Export-N2DModel '{path}'; $result");
        Assert.Contains("Nmi", fit, StringComparison.Ordinal);
        Assert.DoesNotContain("NovelShare", fit, StringComparison.Ordinal);
        var scored = ScreenHost.Show($"Import-N2DDataset Digits | Invoke-N2DModel '{path}'");
        Assert.DoesNotContain("Nmi", scored, StringComparison.Ordinal);
        Assert.Contains("NovelShare", scored, StringComparison.Ordinal);
        _session.Run($"$scored = $digits | Invoke-N2DModel '{path}'");
        Assert.InRange((double)Assert.Single(_session.Run("$scored.ScoringSeconds")).BaseObject, 1e-6, 600);
        Assert.DoesNotContain(_session.Run("$result.ScoringSeconds"), value => value is not null);
    }

    private string PathOf(string name) => Path.Combine(_session.TemporaryFolder, name);
}
