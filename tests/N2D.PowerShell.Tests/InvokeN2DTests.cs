namespace N2D.PowerShell.Tests;

/// <summary>Invoke-N2D, the whole pipeline in one cmdlet.</summary>
public sealed class InvokeN2DTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public InvokeN2DTests()
    {
        var path = Path.Combine(_session.TemporaryFolder, "rows.csv");
        File.WriteAllLines(
            path,
            ["x,y,z,kind", .. Enumerable.Range(
                0,
                90).Select(
                    row => FormattableString.Invariant(
                        $"{(row % 3 * 4) + Math.Sin(row):F3},{Math.Cos(row):F3},{(row % 3 * 2) + Math.Sin(3 * row):F3},k{row % 3}"))]);
        _session.Run($"$rows = Import-N2DDataset '{path}' -LabelColumn kind; $bare = Import-N2DDataset '{path}' -ExcludeColumn kind");
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Result_IsThatOfTheThreeCmdlets()
    {
        var results = _session.Run("""
            $rows | Invoke-N2D -Seed 5 -Epoch 3 -Dimension 4 -NeighborCount 12
            $rows | New-N2DAutoencoder -Seed 5 -Epoch 3 -LatentDimension 4 | Invoke-N2DUmap -Dimension 4 -NeighborCount 12 | Invoke-N2DCluster
            """);
        Assert.Empty(_session.Errors);
        Assert.Equal(2, results.Length);
        Assert.Equal(results[1].Properties["Settings"].Value, results[0].Properties["Settings"].Value);
        Assert.StartsWith(
            "Autoencoder(LatentDimension=4; Epoch=3; ", (string)results[0].Properties["Settings"].Value, StringComparison.Ordinal);
        foreach (var score in new[] { "Acc", "Silhouette", "LogLikelihood", "ClusterCount", "Seed" })
        {
            Assert.Equal(results[1].Properties[score].Value, results[0].Properties[score].Value);
        }
    }

    [Fact]
    public void TheNumberOfClusters_IsChosenAsByTheThreeCmdlets()
    {
        var results = _session.Run("""
            $rows | Invoke-N2D Auto -Criterion Bic -Epoch 2 -Dimension 2
            $rows | New-N2DAutoencoder -Epoch 2 -LatentDimension 2 | Invoke-N2DUmap -Dimension 2 | Invoke-N2DCluster Auto -Criterion Bic
            """);
        Assert.Empty(_session.Errors);
        Assert.Contains("ClusterCountCriterion=Bic; ", (string)results[0].Properties["Settings"].Value, StringComparison.Ordinal);
        Assert.Equal(results[1].Properties["Settings"].Value, results[0].Properties["Settings"].Value);
        Assert.Equal(results[1].Properties["ClusterCount"].Value, results[0].Properties["ClusterCount"].Value);
    }

    [Fact]
    public void EveryDataset_GivesAResult_AndProgressAndVerboseComeThrough()
    {
        Assert.Equal(2, _session.Run("$bare, $bare | Invoke-N2D 3 -Epoch 2 -Verbose").Length);
        Assert.Contains(_session.Progress, record => record.Activity == "Clustering rows by N2D");
        Assert.Contains(_session.Verbose, line => line.Contains("3-500-500-2000-10", StringComparison.Ordinal));
    }

    [Fact]
    public void Input_CanBeGivenAsAParameter()
    {
        var results = _session.Run("Invoke-N2D -InputObject $rows -Epoch 2; $rows | Invoke-N2D -Epoch 2");
        Assert.Empty(_session.Errors);
        Assert.Equal(results[1].Properties["LogLikelihood"].Value, results[0].Properties["LogLikelihood"].Value);
    }

    [Theory]
    [InlineData("$rows | Invoke-N2D 91", "N2D.ClusterCountOutOfRange")]
    [InlineData("$rows | Invoke-N2D -NeighborCount 90", "N2D.TooFewRows")]
    [InlineData("$bare | Invoke-N2D", "N2D.ClusterCountRequired")]
    [InlineData("$rows | Invoke-N2D 3 -ClusterCountCriterion Stability", "N2D.LimitWithoutAuto")]
    [InlineData("$rows | Invoke-N2D -Dimension 0", "ParameterArgumentValidationError")]
    [InlineData("$rows | Invoke-N2D 0", "N2D.ClusterCountOutOfRange")]
    [InlineData("$rows | Invoke-N2D | Export-N2DPlot a.bmp", "N2D.UnknownPlotFormat")]
    public void WhatNoStageCouldDoWith_IsRefusedBeforeAnyTraining(string script, string id)
    {
        var error = _session.RunFailing(script.Replace("Invoke-N2D", "Invoke-N2D -Epoch 100000", StringComparison.Ordinal));
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain(_session.Progress, record => record.Activity.StartsWith("Clustering", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatGoesWrongInAStage_IsAnErrorOfItsOwn()
    {
        var error = _session.RunFailing("'line one'\n$rows | Invoke-N2D 91 -Epoch 1 -ErrorVariable told");
        Assert.Equal("N2D.ClusterCountOutOfRange,N2D.PowerShell.Commands.InvokeN2DCommand", error.FullyQualifiedErrorId);
        Assert.Equal("Invoke-N2D", error.InvocationInfo.MyCommand.Name);
        Assert.Equal(2, error.InvocationInfo.ScriptLineNumber);
        Assert.StartsWith("The number of clusters is 91, ", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(error.Exception.Message, Assert.Single(_session.Run("$told | ForEach-Object { $_.Exception.Message }")).BaseObject);
    }

    [Fact]
    public void ErrorAction_DecidesWhatBecomesOfAnError()
    {
        Assert.Empty(_session.Run("$rows | Invoke-N2D 91 -Epoch 1 -ErrorAction SilentlyContinue -ErrorVariable told"));
        Assert.Empty(_session.Errors);
        Assert.Equal(1, Assert.Single(_session.Run("$told.Count")).BaseObject);
        Assert.Equal("caught in Invoke-N2D", Assert.Single(_session.Run(
            "try { $rows | Invoke-N2D 91 -Epoch 1 -ErrorAction Stop; 'went on' } catch { \"caught in "
                + "$($_.InvocationInfo.MyCommand.Name)\" }")).BaseObject);
        Assert.Equal(
            "caught",
            Assert.Single(
                _session.Run(
                    "$ErrorActionPreference = 'Stop'; try { $rows | Invoke-N2D 91 -Epoch 1; 'went on' } catch { 'caught' }")).BaseObject);
    }

    [Theory]
    [InlineData("$rows | Invoke-N2D -Preset Paper -Epoch 1", 3)]
    [InlineData("$bare | Invoke-N2D 2 -Preset Paper -Epoch 1", 2)]
    [InlineData("$rows | New-N2DAutoencoder -Preset Paper -Epoch 1 | Invoke-N2DUmap | Invoke-N2DCluster", 3)]
    [InlineData("$rows | Invoke-N2D -Preset Paper -Epoch 1 -Dimension 4", 4)]
    [InlineData("$rows | Invoke-N2D -Epoch 1", 10)]
    public void ByTheStudysRecipe_CodeAndManifoldHaveAsManyDimensionsAsClusters(string script, int dimension)
    {
        var result = Assert.Single(_session.Run(script));
        Assert.Equal(dimension, result.Properties["Dimension"].Value);
        Assert.Contains($"LatentDimension={dimension};", (string)result.Properties["Settings"].Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Invoke-N2D 2")]
    [InlineData("Invoke-N2DUmap")]
    [InlineData("Compare-N2DMethod -ClusterCount 2")]
    [InlineData("ConvertFrom-N2DEmbedding")]
    public void ObjectsThatAreNoDataset_AreRefusedOnce_WithTheCmdletThatMakesOneOfThem(string cmdlet)
    {
        var error = _session.RunFailing($"1..30 | ForEach-Object {{ [pscustomobject] @{{ X = $_ }} }} | {cmdlet}");
        Assert.StartsWith("N2D.NotADataset", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"ConvertTo-N2DDataset | {cmdlet.Split(' ')[0]}", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Invoke-N2D Digits", "Import-N2DDataset Digits | Invoke-N2D.")]
    [InlineData("Invoke-N2DCluster ./x.csv", "Import-N2DDataset ./x.csv | Invoke-N2DCluster.")]
    [InlineData("Invoke-N2DCluster $rows", "$data | Invoke-N2DCluster.")]
    [InlineData("$rows | Compare-N2DMethod Digits", "Import-N2DDataset Digits | Compare-N2DMethod.")]
    [InlineData("Invoke-N2DUmap Digits", "Import-N2DDataset Digits | Invoke-N2DUmap.")]
    [InlineData("$rows | New-N2DAutoencoder Digits", "Import-N2DDataset Digits | New-N2DAutoencoder.")]
    [InlineData("'Digits', 'Har' | Invoke-N2DPca", "Import-N2DDataset Digits | Invoke-N2DPca.")]
    public void ANameInPlaceOfADataset_IsRefusedOnce_WithWhatMakesADatasetOfIt(string script, string part) =>
        Assert.Contains(part, _session.RunFailing(script).Exception.Message, StringComparison.Ordinal);

    [Fact]
    public void ADataset_IsTakenAsAnArgument_AfterTheNumberOfClusters()
    {
        Assert.Single(_session.Run("Invoke-N2DPca $rows -Dimension 2"));
        Assert.Equal(3, Assert.Single(_session.Run("Invoke-N2DCluster 3 $bare -Method KMeans")).Properties["ClusterCount"].Value);
    }

    [Fact]
    public void Advice_NamesTheCmdletOfAParameter()
    {
        Assert.Contains(
            "or Invoke-N2DCluster -Method Hdbscan",
            _session.RunFailing("$bare | Invoke-N2D -Epoch 1").Exception.Message,
            StringComparison.Ordinal);

        // The library names options by their properties; a cmdlet names its own parameters, and those of others with their cmdlet.
        Assert.Equal(
            "Use a smaller -Perplexity of Invoke-N2DTsne for the column 'NeighborCount'. Parameter: -NeighborCount.",
            Assert.Single(_session.Run(
            """
            [N2D.PowerShell.Commands.InvokeN2DCommand].Assembly.GetType('N2D.PowerShell.OptionParameters').GetMethod('Name').Invoke(
                $null, @("Use a smaller Perplexity for the column 'NeighborCount'.", [string[]] @('Perplexity', 'NeighborCount'), [N2D.PowerShell.Commands.InvokeN2DCommand]))
            """)).BaseObject);
    }

    [Fact]
    public void RowsThatAreAllAlike_AreWarnedOf_Once()
    {
        _session.Run("1..40 | ForEach-Object { @{ X = 1; Y = 2 } } | ConvertTo-N2DDataset | Invoke-N2D 3 -Epoch 1 -WarningVariable told");
        Assert.Single(_session.Warnings, warning => warning.Contains("All 40 rows of 'Objects' are equal", StringComparison.Ordinal));
        Assert.Equal(_session.Warnings, _session.Run("$told | ForEach-Object { $_.Message }").Select(warning => warning.BaseObject));
    }

    [Fact]
    public void AfterADatasetThatCannotBeClustered_TheNextOnesAre()
    {
        Assert.Single(_session.Run("$bare, $rows, $bare | Invoke-N2D -Epoch 1 -ErrorAction SilentlyContinue -ErrorVariable told"));
        Assert.Equal(2, Assert.Single(_session.Run("$told.Count")).BaseObject);
    }

    [Fact]
    public void ParametersThatNoStageTakes_EndIt_InItsOwnName()
    {
        var error = _session.RunFailing("$rows | Invoke-N2D 0");
        Assert.EndsWith("InvokeN2DCommand", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("'Dimension'", _session.RunFailing("$rows | Invoke-N2D -Dimension 0").Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Seed", _session.RunFailing("$rows | Invoke-N2D -Seed -1").Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CtrlC_Stops_AndTheSessionGoesOn()
    {
        _session.AssertStops("$rows | Invoke-N2D -Epoch 1000000", $"Clustering {_session.Run("$rows.Dataset")[0]} by N2D");
        Assert.Equal(90, Assert.Single(_session.Run("$rows")).Properties["RowCount"].Value);
    }
}
