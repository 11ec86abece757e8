using System.Management.Automation;

namespace N2D.PowerShell.Tests;

public sealed class ExportN2DPlotTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public ExportN2DPlotTests()
    {
        _session.SetVariable("folder", _session.TemporaryFolder);
        _session.Run("$digits = Import-N2DDataset Digits");
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

    [Fact]
    public void WhatIf_WritesNothing()
    {
        _session.Run("$digits | Export-N2DPlot \"$folder/a.png\" -WhatIf");
        Assert.Empty(Directory.GetFiles(_session.TemporaryFolder));
    }

    [Theory]
    [InlineData("$digits | Export-N2DPlot \"$folder/a.jpg\"", "N2D.UnknownPlotFormat", ErrorCategory.InvalidArgument)]
    [InlineData("$digits | Export-N2DPlot \"$folder/*.png\"", "N2D.WildcardInFileName", ErrorCategory.InvalidArgument)]
    [InlineData("$digits | Export-N2DPlot \"$folder/a?.svg\"", "N2D.WildcardInFileName", ErrorCategory.InvalidArgument)]
    [InlineData("$digits | Export-N2DPlot \"$folder/n*/a.png\"", "N2D.FolderNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("$digits | Export-N2DPlot \"$folder/none/a.png\"", "N2D.FolderNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("$digits | Export-N2DPlot \"$folder/a.png\" -Layout $digits", "N2D.LayoutNotPlanar", ErrorCategory.InvalidArgument)]
    [InlineData("$digits | Export-N2DPlot \"$folder/a.png\" -Width 3", "N2D.PlotSizeOutOfRange", ErrorCategory.InvalidArgument)]
    [InlineData("'text' | Export-N2DPlot \"$folder/a.png\"", "N2D.NotPlottable", ErrorCategory.InvalidArgument)]
    public void WhatCannotBeDrawn_IsRefused(string script, string id, ErrorCategory category)
    {
        var error = _session.RunFailing(script);
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Empty(Directory.GetFiles(_session.TemporaryFolder));
    }

    [Fact]
    public void SecondInput_IsAnError_ThatLeavesTheFirstPicture()
    {
        _session.Run("$digits | Export-N2DPlot \"$folder/one.png\" -Title first");
        var error = _session.RunFailing("$digits, ($digits | Invoke-N2DUmap -Dimension 2 -Epoch 1) | Export-N2DPlot \"$folder/two.png\" -Title first");
        Assert.StartsWith("N2D.FileAlreadyWritten", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(PathOf("one.png")), File.ReadAllBytes(PathOf("two.png")));
    }

    [Fact]
    public void InputThatCannotBeDrawn_LeavesTheFileToTheNext()
    {
        Assert.Single(_session.Run("'text', $digits | Export-N2DPlot \"$folder/a.png\" -PassThru"));
        Assert.StartsWith("N2D.NotPlottable", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
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
