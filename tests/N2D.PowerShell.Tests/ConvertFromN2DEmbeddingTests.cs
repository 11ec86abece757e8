namespace N2D.PowerShell.Tests;

public sealed class ConvertFromN2DEmbeddingTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Rows_AreIndexLabelAndDimensions()
    {
        var rows = Run("Import-N2DDataset '{0}' -LabelColumn kind | ConvertFrom-N2DEmbedding");

        Assert.Equal(["Index", "Label", "D1", "D2"], rows[0].Properties.Select(property => property.Name));
        Assert.Equal([0, "u", 1f, 2.5f], rows[0].Properties.Select(property => property.Value));
        Assert.Equal([1, "v", 3f, 4f], rows[1].Properties.Select(property => property.Value));
        Assert.Equal(2, rows.Length);
    }

    [Fact]
    public void WithoutLabels_ThereIsNoLabel()
    {
        var rows = Run(
            "Import-N2DDataset '{0}' -Header a, b, c -LabelColumn c | ForEach-Object {{ [N2D.Pipeline.Dataset]::new('x', $_.GetRows()) }} "
                + "| ConvertFrom-N2DEmbedding");

        Assert.Equal(["Index", "D1", "D2"], rows[0].Properties.Select(property => property.Name));
    }

    [Fact]
    public void Rows_Stream()
    {
        var output = _session.Run(
            "$script:seen = 0; Import-N2DDataset Digits | ConvertFrom-N2DEmbedding | ForEach-Object { $script:seen++; if ($_.Index -eq 2) "
                + "{ $script:seen; break } }");

        Assert.Equal(3, Assert.Single(output).BaseObject);
    }

    [Fact]
    public void SomethingElse_IsRefused() =>
        Assert.StartsWith(
            "N2D.NotADataset", _session.RunFailing("1 | ConvertFrom-N2DEmbedding").FullyQualifiedErrorId, StringComparison.Ordinal);

    private System.Management.Automation.PSObject[] Run(string script)
    {
        var path = Path.Combine(_session.TemporaryFolder, "x.csv");
        File.WriteAllText(path, script.Contains("-Header", StringComparison.Ordinal) ? "1,2.5,u\n" : "a,b,kind\n1,2.5,u\n3,4,v\n");
        return _session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, path));
    }
}
