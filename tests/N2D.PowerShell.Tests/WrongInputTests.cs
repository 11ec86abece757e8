using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>Input of a wrong type: a thousand objects are one mistake, and cause one error.</summary>
public sealed class WrongInputTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public WrongInputTests() => _session.SetVariable("folder", _session.TemporaryFolder);

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("ConvertFrom-N2DCode", "NotAnEmbedding")]
    [InlineData("ConvertFrom-N2DEmbedding", "NotADataset")]
    [InlineData("Export-N2DModel $folder/a.n2d", "NotAModel")]
    [InlineData("Export-N2DPlot $folder/a.png", "NotPlottable")]
    [InlineData("Export-N2DPlot $folder/a.png -Kind Scatter", "NotPlottable")]
    [InlineData("Export-N2DWeight $folder/a.safetensors", "NoAutoencoder")]
    [InlineData("Get-N2DAssignment", "NotAClustering")]
    [InlineData("Get-N2DExplainedVariance", "NoPca")]
    [InlineData("Get-N2DModel", "ObjectInPlaceOfPath")]
    [InlineData("Get-N2DTrainingHistory", "NoAutoencoder")]
    [InlineData("Import-N2DDataset", "ObjectInPlaceOfPath")]
    [InlineData("Import-N2DModel", "ObjectInPlaceOfPath")]
    [InlineData("Invoke-N2DCluster 3", "NotADataset")]
    [InlineData("Invoke-N2DUmap", "NotADataset")]
    [InlineData("New-N2DAutoencoder", "NotADataset")]
    [InlineData("Optimize-N2DCluster", "NotAClustering")]
    [InlineData("Show-N2DPlot", "NotPlottable")]
    public void ManyObjectsOfAWrongType_CauseOneError(string command, string id)
    {
        var errors = _session.Run($$"""
            $Error.Clear()
            try { 1..3 | ForEach-Object { [pscustomobject]@{ a = $_ } } | {{command}} -ErrorAction SilentlyContinue } catch { }
            $Error
            """);

        var error = Assert.IsType<ErrorRecord>(Assert.Single(errors).BaseObject);
        Assert.StartsWith($"N2D.{id}", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidType, error.CategoryInfo.Category);
        Assert.Empty(Directory.GetFileSystemEntries(_session.TemporaryFolder));
    }

    [Fact]
    public void AFile_ItsName_AndANumberAsItsName_AreTakenAsPaths()
    {
        File.WriteAllText(Path.Combine(_session.TemporaryFolder, "1"), "a,b\n1,2\n3,4\n");
        var datasets = _session.Run("""
            Set-Location $folder
            Get-Item 1 | Import-N2DDataset -Format Delimited
            '1' | Import-N2DDataset -Format Delimited
            1 | Import-N2DDataset -Format Delimited
            """);

        Assert.Empty(_session.Errors);
        Assert.Equal(3, datasets.Length);
    }
}
