using System.Management.Automation;

namespace N2D.PowerShell.Tests;

public sealed class GetN2DAssignmentTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void ExcelSafe_PutsAnApostropheBeforeFormulas_AndLeavesNumbersAndOtherTextUnchanged()
    {
        string[] texts = ["=1+1", "+cmd|x", "-2+3", "@SUM(a1)", "-1", "+2.5", "a=b", "'x", "", "7"];
        _session.SetVariable("texts", texts);
        _session.Run("""
            $number = 0
            $result = $texts | ForEach-Object { [pscustomobject] @{ a = $number; b = $number++ % 2; id = "$_/"; kind = $_ } } |
                ConvertTo-N2DDataset -IdProperty id -LabelProperty kind | Invoke-N2DCluster -Method KMeans -ClusterCount 2
            """);

        var plain = _session.Run("$result | Get-N2DAssignment");
        var safe = _session.Run("$result | Get-N2DAssignment -ExcelSafe");

        string?[] safeLabels = ["'=1+1", "'+cmd|x", "'-2+3", "'@SUM(a1)", "-1", "+2.5", "a=b", "'x", null, "7"];
        Assert.Equal(texts.Select(text => text.Length == 0 ? null : text), TextsOf(plain, "Label"));
        Assert.Equal(safeLabels, TextsOf(safe, "Label"));
        Assert.Equal(["'=1+1/", "'+cmd|x/", "'-2+3/", "'@SUM(a1)/", "'-1/", "'+2.5/", "a=b/", "'x/", "/", "7/"], TextsOf(safe, "Id"));
        Assert.Equal(TextsOf(plain, "Cluster"), TextsOf(safe, "Cluster"));
    }

    [Fact]
    public void AllProbability_AddsAPropertyForEachCluster_WhichAddUpToOne()
    {
        var rows = _session.Run("$mixture = Import-N2DDataset Digits | Invoke-N2DPca -Dimension 2 | Invoke-N2DCluster 3; "
            + "$mixture | Get-N2DAssignment -AllProbability");
        Assert.Empty(_session.Errors);
        Assert.Equal(
            ["Probability0", "Probability1", "Probability2"], rows[0].Properties.Select(property => property.Name).TakeLast(3));
        Assert.All(rows, row =>
        {
            var probabilities = Enumerable.Range(0, 3).Select(cluster => (float)row.Properties[$"Probability{cluster}"].Value).ToArray();

            // Sums of three float32 probabilities.
            Assert.Equal(1, probabilities.Sum(), 1e-5f);
            Assert.Equal((float)row.Properties["Probability"].Value, probabilities[(int)row.Properties["Cluster"].Value]);
        });
        Assert.Contains(rows, row => (float)row.Properties["Probability"].Value < 0.9f);
        Assert.EndsWith("\"Probability2\"", _session.Run(
            "($mixture | Get-N2DAssignment -AllProbability | ConvertTo-Csv -QuoteFields Probability2)[0]")[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$mixture")]
    [InlineData("($mixture | Rename-N2DCluster 0 'first')")]
    public void AllProbability_IsShownByFormatList_AndByTheNamesOfTheProperties(string result)
    {
        _session.Run("$mixture = Import-N2DDataset Digits | Invoke-N2DPca -Dimension 2 | Invoke-N2DCluster 3 -StartCount 1");
        var shown = _session.Run($"""
            $rows = {result} | Get-N2DAssignment -AllProbability | Select-Object -First 2
            ($rows | Format-List | Out-String), ($rows | Format-Table Index, Probability* | Out-String), ($rows | Out-String)
            """).Select(text => text.ToString()!).ToArray();
        Assert.Empty(_session.Errors);
        Assert.All(shown[..2], text => Assert.Contains("Probability2", text, StringComparison.Ordinal));

        // The table of rows without all probabilities.
        Assert.Matches(@"^\s*Index\s+Cluster\s+Probability\s+Confidence\s", shown[2]);
    }

    [Fact]
    public void AllProbability_OfDroppedRows_IsEmpty_AndThatOfOtherRowsIsTheirOwn()
    {
        var rows = _session.Run("""
            $data = 0..19 | ForEach-Object { [pscustomobject] @{ a = $_ -eq 3 ? $null : $_ % 2 * 9 + $_ / 20; b = $_ } } |
                ConvertTo-N2DDataset -MissingValue Drop
            $data | Invoke-N2DCluster 2 | Get-N2DAssignment -AllProbability -IncludeDropped
            """);
        Assert.Empty(_session.Errors);
        Assert.Equal(20, rows.Length);
        Assert.Null(rows[3].Properties["Probability0"].Value);
        Assert.All(rows.Where((_, row) => row != 3), row => Assert.Equal(
            row.Properties["Probability"].Value, row.Properties[$"Probability{row.Properties["Cluster"].Value}"].Value));
    }

    [Fact]
    public void AllProbability_OfAClustererWithoutProbabilities_IsRejected()
    {
        _session.Run("Import-N2DDataset Digits | Invoke-N2DCluster 3 -Method KMeans | Get-N2DAssignment -AllProbability");
        var error = Assert.Single(_session.Errors);
        Assert.StartsWith("N2D.NoProbabilities", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("GaussianMixture", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Confidence_OfAppliedModel_IsThatOfTheFit()
    {
        Assert.Equal("True", Assert.Single(_session.Run("""
            $fit = Import-N2DDataset Digits | Invoke-N2DPca -Dimension 3 | Invoke-N2DCluster 10
            $fit | Export-N2DModel ./confidence.n2d
            $before = @($fit | Get-N2DAssignment)
            $after = @(Import-N2DDataset Digits | Invoke-N2DModel ./confidence.n2d | Get-N2DAssignment)
            # Projections of PCA differ in the last bits.
            "$($before[0].Confidence -gt 0 -and -not (0..1796 | Where-Object { [math]::Abs($before[$_].Confidence - $after[$_].Confidence) -gt 1e-4 }))"
            """)).ToString());
    }

    private static IEnumerable<string?> TextsOf(PSObject[] rows, string property) =>
        rows.Select(row => row.Properties[property].Value?.ToString());
}
