using System.Management.Automation.Language;
using System.Net;
using System.Text.RegularExpressions;

namespace N2D.PowerShell.Tests;

public sealed partial class ExportN2DReportTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public ExportN2DReportTests()
    {
        _session.SetVariable("folder", _session.TemporaryFolder);
        _session.Run("""
            $layout = Import-N2DDataset Digits | Invoke-N2DUmap -Dimension 2 -Epoch 20 -Seed 3
            $result = $layout | Invoke-N2DCluster 10 -StartCount 2
            """);
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void AClustering_BecomesAPage_PassedThruAsAFile()
    {
        var file = Assert.Single(_session.Run("$result | Export-N2DReport \"$folder/a.html\" -PassThru -Title 'Ten <digits>'"));
        Assert.Equal("a.html", file.Properties["Name"].Value);
        var page = Read("a.html");
        Assert.Contains("<title>Ten &lt;digits&gt;</title>", page, StringComparison.Ordinal);
        Assert.Contains("Image of row", page, StringComparison.Ordinal);
        Assert.Contains("Labels and clusters", page, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralClusterings_BecomeOnePage()
    {
        _session.Run("$result, ($layout | Invoke-N2DCluster 5 -StartCount 2) | Export-N2DReport \"$folder/a.html\"");
        Assert.Empty(_session.Errors);
        Assert.Equal(2, Article().Count(Read("a.html")));
    }

    [Theory]
    [InlineData("$layout | Invoke-N2DCluster 10 -StartCount 2")]
    [InlineData("$layout | Invoke-N2DCluster Auto -Method KMeans -MaximumClusterCount 4 -StartCount 2")]
    [InlineData("Import-N2DDataset Digits -Standardize ZScore | Invoke-N2DPca -Dimension 5 | Invoke-N2DCluster 6 -Method Spectral")]
    [InlineData("Import-N2DDataset Digits | New-N2DAutoencoder -Epoch 1 -HiddenUnit 20, 30 | Invoke-N2DCluster -Method Hdbscan")]
    public void TheCommandsOnThePage_RepeatTheClustering(string commands)
    {
        _session.Run($"$result = {commands}; $result | Export-N2DReport \"$folder/a.html\"");
        var code = WebUtility.HtmlDecode(Code().Match(Read("a.html")).Groups[1].Value);
        var answer = Assert.Single(_session.Run(
            $"$first = $result\n{code}\n$result.Settings -eq $first.Settings -and $result.Silhouette -eq $first.Silhouette"));
        Assert.True((bool)answer.BaseObject, code);
    }

    [Fact]
    public void SourceObjects_AreShown_ByOrderAndById_WithTheirTexts()
    {
        _session.Run("""
            $lines = 0..59 | ForEach-Object {
                [pscustomobject] @{ id = "r$_"; level = ('info', 'fatal')[$_ % 2]; message = "$(('login failed', 'disk full')[$_ % 2]) at $_" } }
            $result = $lines | Select-Object id, @{ n = 'x'; e = { $_.level.Length } }, @{ n = 'y'; e = { [int] $_.id.Substring(1) } } |
                ConvertTo-N2DDataset -IdProperty id | Invoke-N2DCluster 2 -Method KMeans
            $result | Export-N2DReport "$folder/a.html" -SourceObject ($lines | Sort-Object id -Descending) -TextProperty message
            $result | Export-N2DReport "$folder/b.html" -SourceObject ($lines | Select-Object id, message) -TextProperty message
            $result | Export-N2DReport "$folder/c.html" -SourceObject $lines -Column level
            """);
        Assert.Empty(_session.Errors);
        Assert.Matches("<th scope=\"row\">r([0-9]+)</th>\\s*<td class=\"place\" title=\"[^\"]*\">[^<]*</td>\\s*<td class=\"text\">(login failed|disk full) at \\1</td>", Read("a.html"));
        Assert.Contains(">level<", Read("a.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"name\":\"x\"", Read("a.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"name\":\"x\"", Read("b.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("message", Read("c.html").Split("<script>")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void TheNamesOfClusters_AndAFileNameWithWildcards_AreRepeated()
    {
        _session.Run("""
            $null = New-Item -ItemType Directory "$folder/in"
            0..39 | ForEach-Object { [pscustomobject] @{ a = $_ % 2 * 10 + $_ % 3; b = $_ % 7 } } | Export-Csv -LiteralPath "$folder/in/a[1] 'b'.csv"
            $result = Import-N2DDataset -LiteralPath "$folder/in/a[1] 'b'.csv" | Invoke-N2DCluster 2 -Method KMeans |
                Rename-N2DCluster 1 "it's [one]"
            $result | Export-N2DReport "$folder/a.html"
            """);
        Assert.Empty(_session.Errors);
        var code = WebUtility.HtmlDecode(Code().Match(Read("a.html")).Groups[1].Value);
        Assert.Equal(
            "it's [one]",
            Assert.Single(_session.Run($"Set-Location -LiteralPath \"$folder/in\"\n{code}\n$result.GetClusterNames()[1]")).ToString());
    }

    [Fact]
    public void TheConversionOfObjects_IsRepeated()
    {
        _session.Run("""
            $rows = 0..39 | ForEach-Object {
                [pscustomobject] @{ Key = "r$_"; 'a[1]' = $_ % 2 * 10 + $_ % 3; other = $_; v = 1, $_, ($_ % 7); kind = 'x', 'y' | Get-Random -SetSeed $_ }
            }
            $result = $rows | ConvertTo-N2DDataset 'a[1]', v, kind -IdProperty Key -CategoryProperty kind -Standardize ZScore |
                Invoke-N2DCluster 2 -Method KMeans
            $result | Export-N2DReport "$folder/a.html" -SourceObject $rows
            """);
        Assert.Empty(_session.Errors);
        var code = WebUtility.HtmlDecode(Code().Match(Read("a.html")).Groups[1].Value);
        Assert.Contains("ConvertTo-N2DDataset 'a[1]', v*, kind -CategoryProperty kind -IdProperty Key", code.Replace("'", "", StringComparison.Ordinal)
            .Replace("a[1]", "'a[1]'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith("# Add the options of the conversion, such as -LabelProperty", code, StringComparison.Ordinal);
        Assert.Equal(
            "True True",
            Assert.Single(_session.Run(
                $"$first = $result\n{code}\n\"$(-not (Compare-Object $first.GetAssignments() $result.GetAssignments())) \" + "
                + "(($result.GetEmbedding().GetColumnNames() -join ' ') -eq ($first.GetEmbedding().GetColumnNames() -join ' '))")).ToString());
    }

    [Theory]
    [InlineData("x\u2019; Remove-Item nothing #")]
    [InlineData("it's; Standardize=Range; Path=other")]
    [InlineData("$(Get-Date) of a name with more than forty characters in all")]
    public void AName_StaysOneArgument_WhateverItHolds(string name)
    {
        _session.SetVariable("name", name);
        _session.Run("""
            $lines = 0..79 | ForEach-Object { [pscustomobject] @{ "$name id" = "r$_"; $name = "g$($_ % 2)"; a = $_ % 4 * 10 + $_ % 7; b = $_ % 9 } }
            $null = New-Item -ItemType Directory "$folder/in"
            $lines | Export-Csv "$folder/in/$name.csv"
            $result = Import-N2DDataset -LiteralPath "$folder/in/$name.csv" -IdColumn "$name id" -Standardize ZScore -StandardizeBy $name |
                Invoke-N2DCluster 2 -Method KMeans
            $result | Export-N2DReport "$folder/a.html"
            """);
        Assert.Empty(_session.Errors);
        var code = WebUtility.HtmlDecode(Code().Match(Read("a.html")).Groups[1].Value);
        var commands = Parser.ParseInput(code, out _, out var problems).FindAll(part => part is CommandAst, searchNestedScriptBlocks: true);
        Assert.Empty(problems);
        Assert.Equal(["Import-N2DDataset", "Invoke-N2DCluster"], commands.Select(command => ((CommandAst)command).GetCommandName()));
        Assert.Equal(
            "True",
            Assert.Single(_session.Run(
                $"Set-Location \"$folder/in\"\n$first = $result\n{code}\n$result.Settings -eq $first.Settings")).ToString());
    }

    [Fact]
    public void ArgumentsThatAResultDoesNotKeep_AreSaidSo()
    {
        _session.Run("""
            $start = Import-N2DDataset Digits | Invoke-N2DUmap -InitialEmbedding $layout -Epoch 5
            $start | Invoke-N2DCluster 3 -Method KMeans | Export-N2DReport "$folder/a.html"
            """);
        Assert.Equal(
            "# The commands are left out, because a result does not keep -InitialEmbedding of Invoke-N2DUmap.",
            WebUtility.HtmlDecode(Code().Match(Read("a.html")).Groups[1].Value));
    }

    [Fact]
    public void AnExistingFile_IsKept_WithNoClobber_AndWhatIf()
    {
        _session.Run("'kept' | Set-Content \"$folder/a.html\"; $result | Export-N2DReport \"$folder/a.html\" -WhatIf");
        Assert.Equal("kept", Read("a.html").Trim());
        var error = _session.RunFailing("$result | Export-N2DReport \"$folder/a.html\" -NoClobber");
        Assert.StartsWith("N2D.FileExists", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$result | Export-N2DReport \"$folder/a.pdf\"", "N2D.UnknownReportFormat")]
    [InlineData("$layout | Export-N2DReport \"$folder/a.html\"", "N2D.NotAClustering")]
    [InlineData("$result | Export-N2DReport \"$folder/a.html\" -Column nowhere", "N2D.ColumnNotFound")]
    [InlineData("$result | Export-N2DReport \"$folder/a.html\" -SourceObject (1..5 | Select-Object @{ n = 'a'; e = { $_ } })", "N2D.ObjectCountMismatch")]
    [InlineData("$result | Export-N2DReport \"$folder/a.html\" -TextProperty a", "N2D.SourceObjectRequired")]
    [InlineData("$result | Export-N2DReport \"$folder/a.html\" -SourceObject $layout -TextProperty a", "N2D.SourceObjectRequired")]
    [InlineData("$result | Export-N2DReport \"$folder/a.html\" -ExemplarCount 0", "N2D.ExemplarCountOutOfRange")]
    public void WhatCannotBeReported_IsRefused_AndLeavesNoFile(string command, string id)
    {
        Assert.StartsWith(id, _session.RunFailing(command).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_session.TemporaryFolder));
    }

    [LinuxFact]
    public void WithoutAGraphicalSession_ShowIsRefused_AndLeavesNoFile()
    {
        var error = _session.RunFailing("$env:DISPLAY = $env:WAYLAND_DISPLAY = $env:BROWSER = ''; $result | Show-N2DReport");
        Assert.StartsWith("N2D.NoBrowser", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.False(File.Exists((string)error.TargetObject));
    }

    [LinuxFact]
    public void Show_UsesTheProgramOfTheUser()
    {
        _session.Run("$env:BROWSER = 'true'; $result | Show-N2DReport; $env:BROWSER = ''");
        Assert.Empty(_session.Errors);
        var error = _session.RunFailing("$env:BROWSER = 'false'; try { $result | Show-N2DReport } finally { $env:BROWSER = '' }");
        Assert.StartsWith("N2D.NoBrowser", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(_session.TemporaryFolder, name));

    [GeneratedRegex("<article ")]
    private static partial Regex Article();

    [GeneratedRegex("<code>(.*?)</code>", RegexOptions.Singleline)]
    private static partial Regex Code();
}
