using System.Management.Automation;

namespace N2D.PowerShell.Tests;

public sealed class ExportN2DPlotTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public ExportN2DPlotTests()
    {
        _session.SetVariable("folder", _session.TemporaryFolder);
        _session.Run("""
            $digits = Import-N2DDataset Digits
            $points = 1..20 | ForEach-Object { [pscustomobject]@{ x = $_; y = $_ % 3 } } | ConvertTo-N2DDataset
            """);
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void AnEmbedding_IsDrawn_AndPassedThruAsAFile()
    {
        var file = Assert.Single(_session.Run("$digits | Export-N2DPlot \"$folder/a.png\" -PassThru"));
        Assert.Equal("a.png", file.Properties["Name"].Value);
        Assert.True(new FileInfo(PathOf("a.png")).Length > 10_000);
    }

    [Fact]
    public void AClustering_IsDrawn_OnALayoutOfTheSameRows()
    {
        _session.Run("""
            $layout = $digits | Invoke-N2DUmap -Dimension 2 -Epoch 20
            $layout | Invoke-N2DCluster -StartCount 2 | Export-N2DPlot "$folder/a.svg" -Layout $layout
            """);
        Assert.Empty(_session.Errors);
        Assert.True(File.Exists(PathOf("a.svg")));
    }

    [Theory]
    [InlineData("Scatter")]
    [InlineData("Comparison")]
    [InlineData("Confusion")]
    [InlineData("Silhouette")]
    [InlineData("ClusterCount")]
    [InlineData("Exemplar")]
    [InlineData("Mismatch")]
    public void EachKind_ShowsAClustering_InBothThemes(string kind)
    {
        _session.Run($$"""
            $result = $digits | Invoke-N2DPca -Dimension 2 | Invoke-N2DCluster Auto -MinimumClusterCount 2 -MaximumClusterCount 3 -StartCount 1
            $result | Export-N2DPlot "$folder/light.png" -Kind {{kind}}
            $result | Export-N2DPlot "$folder/dark.png" -Kind {{kind}} -Theme Dark
            """);
        Assert.Empty(_session.Errors);
        Assert.NotEqual(File.ReadAllBytes(PathOf("light.png")), File.ReadAllBytes(PathOf("dark.png")));
    }

    [Fact]
    public void ACurve_OrATraining_IsDrawnOfItsPoints_OrOfWhatItLedTo()
    {
        _session.Run("""
            $result = $points | Invoke-N2DCluster Auto -MinimumClusterCount 1 -MaximumClusterCount 3 -StartCount 1
            $result.GetClusterCountCurve() | Export-N2DPlot "$folder/points.svg" -Title curve
            $result | Export-N2DPlot "$folder/result.svg" -Kind ClusterCount -Title curve
            $embedding = $points | New-N2DAutoencoder -Epoch 2 -HiddenUnit 2 -LatentDimension 1
            $embedding | Get-N2DTrainingHistory | Export-N2DPlot "$folder/epochs.svg"
            $embedding | Export-N2DPlot "$folder/embedding.svg" -Kind Loss
            """);
        Assert.Empty(_session.Errors);
        Assert.Equal(File.ReadAllText(PathOf("points.svg")), File.ReadAllText(PathOf("result.svg")));
        Assert.Equal(File.ReadAllText(PathOf("epochs.svg")), File.ReadAllText(PathOf("embedding.svg")));
    }

    [Fact]
    public void WhatIf_WritesNothing()
    {
        _session.Run("$digits | Export-N2DPlot \"$folder/a.png\" -WhatIf");
        Assert.Empty(Directory.GetFiles(_session.TemporaryFolder));
    }

    [Fact]
    public void LegendsOfLabelsThatBeginAlike_TellThemApart_AndAxesAreCalledLikeTheColumns()
    {
        _session.Run($$"""
            0..29 | ForEach-Object { [pscustomobject] @{ Length = $_ % 2 * 9 + $_ / 100; Width = $_ / 10; Kind = "pump station north, sensor $($_ % 2)" } } |
                ConvertTo-N2DDataset -LabelProperty Kind | Invoke-N2DCluster -StartCount 1 | Export-N2DPlot "{{_session.TemporaryFolder}}/legend.svg"
            """);
        var picture = File.ReadAllText(Path.Combine(_session.TemporaryFolder, "legend.svg"));
        foreach (var text in new[] { "pump s…or 0", "pump s…or 1", "Length", "Width" })
        {
            Assert.Contains(text, picture, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Raw 1", picture, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$digits | Export-N2DPlot \"$folder/a.jpg\"", "N2D.UnknownPlotFormat", ErrorCategory.InvalidArgument)]
    [InlineData("$digits | Export-N2DPlot \"$folder/*.png\"", "N2D.WildcardInFileName", ErrorCategory.InvalidArgument)]
    [InlineData("$digits | Export-N2DPlot \"$folder/a?.svg\"", "N2D.WildcardInFileName", ErrorCategory.InvalidArgument)]
    [InlineData("$digits | Export-N2DPlot \"$folder/n*/a.png\"", "N2D.FolderNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("$digits | Export-N2DPlot \"$folder/none/a.png\"", "N2D.FolderNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("$digits | Export-N2DPlot \"$folder/a.png\" -Layout $digits", "N2D.LayoutNotPlanar", ErrorCategory.InvalidArgument)]
    [InlineData("$digits | Export-N2DPlot \"$folder/a.png\" -Width 199", "N2D.PlotSizeOutOfRange", ErrorCategory.InvalidArgument)]
    [InlineData("'text' | Export-N2DPlot \"$folder/a.png\"", "N2D.NotPlottable", ErrorCategory.InvalidType)]
    [InlineData("$digits | Export-N2DPlot \"$folder/a.png\" -Kind Confusion", "N2D.KindNotForInput", ErrorCategory.InvalidArgument)]
    [InlineData("$digits | Export-N2DPlot \"$folder/a.png\" -Kind Loss", "N2D.NoAutoencoder", ErrorCategory.InvalidArgument)]
    [InlineData(
        "$digits | Export-N2DPlot \"$folder/a.png\" -Kind Scatter -ExemplarCount 3",
        "N2D.ParameterNotForKind",
        ErrorCategory.InvalidArgument)]
    [InlineData(
        "$digits | Export-N2DPlot \"$folder/a.png\" -Kind Confusion -Layout $digits",
        "N2D.ParameterNotForKind",
        ErrorCategory.InvalidArgument)]
    [InlineData(
        "$digits | Invoke-N2DCluster -Method KMeans | Export-N2DPlot \"$folder/a.png\" -Kind ClusterCount",
        "N2D.NoClusterCountCurve",
        ErrorCategory.InvalidArgument)]
    [InlineData(
        "$points | Invoke-N2DCluster 2 -Method KMeans | Export-N2DPlot \"$folder/a.png\" -Kind Confusion",
        "N2D.NoLabels",
        ErrorCategory.InvalidArgument)]
    [InlineData(
        "$points | Invoke-N2DCluster 2 -Method KMeans | Export-N2DPlot \"$folder/a.png\" -Kind Exemplar",
        "N2D.NoImages",
        ErrorCategory.InvalidArgument)]
    [InlineData(
        "$points | Invoke-N2DCluster 1 -Method KMeans | Export-N2DPlot \"$folder/a.png\" -Kind Silhouette",
        "N2D.SilhouetteUndefined",
        ErrorCategory.InvalidArgument)]
    public void WhatCannotBeDrawn_IsRefused(string script, string id, ErrorCategory category)
    {
        var error = _session.RunFailing(script);
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Empty(Directory.GetFiles(_session.TemporaryFolder));
    }

    [Fact]
    public void TheCourseOfATraining_OfRowsThatNoAutoencoderMade_IsRefusedInPlainWords() =>
        Assert.Contains(
            "the raw rows of",
            _session.RunFailing(
                "$points | Invoke-N2DCluster 2 -Method KMeans | Export-N2DPlot \"$folder/a.png\" -Kind Loss").Exception.Message,
            StringComparison.Ordinal);

    [Fact]
    public void SecondInput_IsAnError_ThatLeavesTheFirstPicture()
    {
        _session.Run("$digits | Export-N2DPlot \"$folder/one.png\" -Title first");
        var error = _session.RunFailing(
            "$digits, ($digits | Invoke-N2DUmap -Dimension 2 -Epoch 1) | Export-N2DPlot \"$folder/two.png\" -Title first");
        Assert.StartsWith("N2D.FileAlreadyWritten", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(PathOf("one.png")), File.ReadAllBytes(PathOf("two.png")));
    }

    [Fact]
    public void InputThatCannotBeDrawn_LeavesTheFileToTheNext()
    {
        Assert.Single(_session.Run("""
            $clusters = $digits | Invoke-N2DPca -Dimension 2 | Invoke-N2DCluster 3 -Method KMeans -StartCount 1
            $digits, $clusters | Export-N2DPlot "$folder/a.png" -Kind Confusion -PassThru
            """));
        Assert.StartsWith("N2D.KindNotForInput", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void NoClobber_KeepsAFile()
    {
        File.WriteAllText(PathOf("a.png"), "mine");
        var error = _session.RunFailing("$digits | Export-N2DPlot \"$folder/a.png\" -NoClobber");
        Assert.StartsWith("N2D.FileExists", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(PathOf("a.png")));
    }

    private string PathOf(string name) => Path.Combine(_session.TemporaryFolder, name);
}
