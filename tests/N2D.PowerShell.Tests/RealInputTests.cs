using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>
/// Files and objects such as users have: each is read correctly, causes a specific warning, or is rejected with a remedy.
/// </summary>
public sealed class RealInputTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    // {0} is the folder of the inputs, {1} an empty folder.
    [Theory]
    [InlineData("Import-N2DDataset {0}/years.csv -IdColumn country", 60, 4, null)]
    [InlineData("Import-N2DDataset {0}/years.csv -IdColumn 1", 60, 4, null)]
    [InlineData("Import-N2DDataset {0}/spectra_lab.csv -LabelColumn class", 60, 4, 3)]
    [InlineData("Import-N2DDataset {0}/label_na.csv -LabelColumn kind", 60, 4, 3)]
    [InlineData("Import-N2DDataset {0}/qnewline.csv -IdColumn name -ExcludeColumn note", 60, 4, null)]
    [InlineData("Import-N2DDataset {0}/semi_headerless.csv -ExcludeColumn 5", 60, 4, null)]
    [InlineData("Import-N2DDataset {0}/inch.tsv -IdColumn id -ExcludeColumn name", 60, 4, null)]
    [InlineData("Import-N2DDataset {0}/rquote.csv -IdColumn id -ExcludeColumn name", 60, 4, null)]
    [InlineData("Import-N2DDataset {0}/type.csv -LabelColumn Kind", 60, 4, 3)]
    [InlineData("Import-N2DDataset {0}/comment.csv", 60, 4, null)]
    [InlineData("Import-N2DDataset {0}/thousands.csv -Culture en-US -Standardize ZScore", 60, 3, null)]
    [InlineData("Import-N2DDataset {0}/t.xlsx -LabelColumn k", 90, 4, 3)]
    [InlineData("Import-N2DDataset {0}/t.json -LabelColumn k", 90, 4, 3)]
    [InlineData("Import-N2DDataset {0}/t.arff -LabelColumn class", 90, 4, 3)]
    [InlineData("Import-N2DDataset {0}/emb_ids.npz -ExcludeColumn ids", 90, 4, null)]
    [InlineData("Import-N2DDataset {0}/emb_ids.npz -IdColumn ids", 90, 4, null)]
    [InlineData("Import-N2DDataset {0}/z.npz -LabelColumn y", 90, 4, 3)]
    [InlineData("Import-N2DDataset {0}/p_list.parquet -IdColumn id -LabelColumn kind", 90, 4, 3)]
    [InlineData("Import-N2DDataset {0}/embcell.csv -IdColumn id -ExcludeColumn text", 60, 4, null)]
    [InlineData("Import-N2DDataset {0}/p_ts.parquet -IdColumn ts", 90, 2, null)]
    [InlineData("Import-N2DDataset {0}/m.mtx", 200, 50, null)]
    [InlineData("Import-N2DDataset {0}/seeds.txt", 210, 8, null)]
    [InlineData("Import-N2DDataset {0}/sklearn.csv -LabelColumn 5", 12, 4, 3)]
    [InlineData("Import-N2DDataset {0}/multispace.txt", 60, 4, null)]
    [InlineData("Import-N2DDataset {0}/miss_empty.csv -MissingValue Drop", 58, 4, null)]
    [InlineData("Import-N2DDataset {0}/miss_na.csv -MissingValue Median", 60, 4, null)]
    [InlineData("Import-Csv {0}/miss_na.csv | ConvertTo-N2DDataset -MissingValue Mean", 60, 4, null)]
    [InlineData("Import-Csv {0}/bool.csv | ConvertTo-N2DDataset", 60, 3, null)]
    [InlineData("Import-N2DDataset {0}/bool.csv", 60, 3, null)]
    public void Input_IsReadRight_WithoutAWarning(string script, int rows, int dimension, int? classes)
    {
        var dataset = Assert.Single(Run(script));

        Assert.Empty(_session.Errors);
        Assert.Empty(_session.Warnings);
        Assert.Equal((rows, dimension, classes), (Get(dataset, "RowCount"), Get(dataset, "Dimension"), (int?)Get(dataset, "ClassCount")));
    }

    [Theory]
    [InlineData("Import-N2DDataset {0}/pidx.csv -LabelColumn Species", 4, "column 1 has no name and counts the rows")]
    [InlineData("Import-N2DDataset {0}/bigid.csv -LabelColumn Species", 5, "use -IdColumn Id")]
    [InlineData("Import-Csv {0}/custid.csv | ConvertTo-N2DDataset", 5, "use -IdProperty CustomerID")]
    [InlineData("Import-N2DDataset {0}/latin_lab.csv -LabelColumn city", 4, "read as Windows-1252")]
    [InlineData("Import-N2DDataset {0}/z.npz", 5, "-LabelColumn y")]
    [InlineData("Import-N2DDataset {0}/unscaled.csv -LabelColumn Species", 5, "-Standardize ZScore")]
    [InlineData("Import-N2DDataset {0}/ms.csv -LabelColumn y", 1, "-Standardize ZScore")]
    public void DoubtfulInput_CausesAWarning_ThatNamesTheParameter(string script, int dimension, string warning)
    {
        var dataset = Assert.Single(Run(script));

        Assert.Empty(_session.Errors);
        Assert.Contains(warning, Assert.Single(_session.Warnings), StringComparison.Ordinal);
        Assert.Equal(dimension, Get(dataset, "Dimension"));
    }

    [Theory]
    [InlineData("Import-N2DDataset {0}/pidx.csv -LabelColumn Species | Invoke-N2DUmap | Invoke-N2DCluster 3")]
    [InlineData("Import-N2DDataset {0}/bigid.csv -LabelColumn Species -IdColumn Id | Invoke-N2DUmap | Invoke-N2DCluster 3")]
    [InlineData(
        "Import-N2DDataset {0}/bigid.csv -LabelColumn Species -IdColumn Id | Invoke-N2DPca -Dimension 2 | ConvertFrom-N2DEmbedding | "
            + "Export-Csv {1}/e.csv; Import-N2DDataset {1}/e.csv -LabelColumn Label | Invoke-N2DCluster 3")]
    [InlineData("Import-N2DDataset {0}/unscaled.csv -LabelColumn Species -Standardize ZScore | Invoke-N2DUmap | Invoke-N2DCluster 3")]
    [InlineData("Import-N2DDataset {0}/ms.csv -LabelColumn y -Standardize ZScore | Invoke-N2DCluster 3")]
    public void ClustersOfInputReadRight_AreTheClasses(string script)
    {
        var result = Assert.Single(Run(script));

        Assert.Empty(_session.Errors);
        Assert.Equal(1.0, Get(result, "Acc"));
    }

    [Theory]
    [InlineData("Import-N2DDataset {0}/thousands.csv", "N2D.NotANumber", "-Culture en-US reads 1,000 as 1000")]
    [InlineData("Import-N2DDataset {0}/spectra_lab.csv", "N2D.NotANumber", "-LabelColumn (the classes to score against)")]
    [InlineData("Import-N2DDataset {0}/miss_na.csv", "N2D.MissingValue", "'c' 2 (first: line 19)")]
    [InlineData(
        "Import-N2DDataset {0}/qnl_na.csv -Delimiter ',' -IdColumn name -ExcludeColumn note", "N2D.MissingValue", "'d' 1 (first: line 22)")]
    [InlineData("Import-N2DDataset {0}/miss_empty.csv", "N2D.MissingValue", "Use -MissingValue Drop, Mean, Median or Constant")]
    [InlineData("Import-Csv {0}/miss_na.csv | ConvertTo-N2DDataset", "N2D.MissingValue", "'c' 2 (first: object 18)")]
    public void UnusableInput_IsRefused_WithPlaceAndRemedy(string script, string id, string message)
    {
        var error = _session.RunFailing(Format(script));

        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$t.Rows | ConvertTo-N2DDataset a, b")]
    [InlineData("ConvertTo-N2DDataset a, b -InputObject $t")]
    [InlineData("$t.DefaultView | ConvertTo-N2DDataset a, b")]
    [InlineData("$r = $t.CreateDataReader(); $r | ConvertTo-N2DDataset a, b")]
    [InlineData("$t.Rows | ConvertTo-N2DDataset")]
    public void RowsOfADatabase_HaveTheirOwnColumnsAlone(string script)
    {
        var dataset = Assert.Single(Run($$$"""
            $t = [Data.DataTable]::new(); 'a', 'b' | ForEach-Object {{ [void]$t.Columns.Add($_, [double]) }}
            1..60 | ForEach-Object {{ [void]$t.Rows.Add($_ % 3, $_ % 7) }}
            {{{script}}}
            """));

        Assert.Empty(_session.Errors);
        Assert.Equal(("a, b", 60), (Get(dataset, "Columns"), Get(dataset, "RowCount")));
    }

    [Fact]
    public void ExportUnderACultureWithDecimalCommas_CanBeReadBack()
    {
        var dataset = Assert.Single(Run("""
            $comma = [cultureinfo]::InvariantCulture.Clone(); $comma.NumberFormat.NumberDecimalSeparator = ','; $comma.TextInfo.ListSeparator = ';'
            $old = [cultureinfo]::CurrentCulture; [cultureinfo]::CurrentCulture = $comma
            try {{ Import-N2DDataset {0}/base.csv | Invoke-N2DPca -Dimension 2 | ConvertFrom-N2DEmbedding | Export-Csv {1}/c.csv }} finally {{ [cultureinfo]::CurrentCulture = $old }}
            Import-N2DDataset {1}/c.csv
            """));

        Assert.Empty(_session.Errors);
        Assert.Equal(("D1, D2", 120), (Get(dataset, "Columns"), Get(dataset, "RowCount")));
    }

    [Fact]
    public void RowsWithoutNames_ForAModelWithNames_CauseAWarning()
    {
        Run("Import-N2DDataset {0}/base.csv | Invoke-N2DPca -Dimension 2 | Invoke-N2DCluster 3 | Export-N2DModel {1}/m.n2d");

        Run("Import-N2DDataset {0}/swap_nohead.csv | Invoke-N2DModel {1}/m.n2d");

        Assert.Contains("The columns are matched by their order.", Assert.Single(_session.Warnings), StringComparison.Ordinal);
    }

    private PSObject[] Run(string script) => _session.Run(Format(script));

    private string Format(string script) => string.Format(
        System.Globalization.CultureInfo.InvariantCulture,
        script,
        Path.Combine(AppContext.BaseDirectory, "RealInputs"),
        _session.TemporaryFolder);

    private static object? Get(PSObject item, string property) => item.Properties[property].Value;
}
