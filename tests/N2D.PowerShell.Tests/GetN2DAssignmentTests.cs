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

    private static IEnumerable<string?> TextsOf(PSObject[] rows, string property) =>
        rows.Select(row => row.Properties[property].Value?.ToString());
}
