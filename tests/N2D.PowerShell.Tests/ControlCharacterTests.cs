using System.Management.Automation;

namespace N2D.PowerShell.Tests;

/// <summary>Labels, columns, cells and file names that hold control characters cannot change a terminal or a log.</summary>
public sealed class ControlCharacterTests : IDisposable
{
    private const string Escape = "\u001bc\u0007";
    private const string Shown = "\u241bc\u2407";

    private readonly PowerShellSession _session = new();

    public ControlCharacterTests()
    {
        _session.SetVariable("folder", _session.TemporaryFolder);
        _session.SetVariable("escape", Escape);
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Import-N2DDataset \"$folder/none$escape.csv\"")]
    [InlineData(
        "\"a$escape,b\", '1,2', 'x,3' | Set-Content \"$folder/a.csv\"; Import-N2DDataset \"$folder/a.csv\" -LabelColumn \"c$escape\"")]
    [InlineData("\"a,b\", \"1,2\", \"x$escape,3\" | Set-Content \"$folder/a.csv\"; Import-N2DDataset \"$folder/a.csv\"")]
    [InlineData("[pscustomobject] @{ A = \"$escape\" } | ConvertTo-N2DDataset -Property A")]
    [InlineData("Import-N2DModel \"$folder/none$escape\"")]
    [InlineData("Import-N2DDataset Digits | Export-N2DPlot \"$folder/none$escape/a.png\"")]
    [InlineData("Import-N2DDataset Digits | Invoke-N2DModel \"$escape\"")]
    public void AnError_ShowsThemAsPictures(string script)
    {
        var errors = new List<ErrorRecord>();
        try
        {
            _session.Run(script);
        }
        catch (RuntimeException error)
        {
            errors.Add(error.ErrorRecord);
        }

        errors.AddRange(_session.Errors);
        Assert.NotEmpty(errors);
        Assert.All(errors, error =>
        {
            AssertClean(error.Exception.Message);
            AssertClean(error.CategoryInfo.TargetName);
            AssertClean(error.CategoryInfo.ToString());
        });
    }

    [Fact]
    public void AnErrorsTarget_IsAsItIs()
    {
        var error = _session.RunFailing("Import-N2DModel \"$folder/none$escape\"");
        Assert.Equal($"{_session.TemporaryFolder}/none{Escape}", error.TargetObject);
        Assert.Contains($"none{Shown}", error.Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("N2D.FileNotFound", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void VerboseLines_Warnings_AndProgress_ShowThemAsPictures()
    {
        _session.Run("""
            $data = 0..39 | ForEach-Object { [pscustomobject] @{ X = $_; Y = $_ * $_ % 7; Z = 1; Kind = "k$escape$($_ % 2)" } } |
                ConvertTo-N2DDataset -Name "set$escape" -LabelProperty Kind -Verbose
            $data | Invoke-N2DPca -Dimension 2 -Verbose | Invoke-N2DCluster 2 -Method KMeans -Verbose | Export-N2DModel "$folder/m$escape.n2d" -Verbose
            Import-N2DModel "$folder/m$escape.n2d" -Verbose | Out-Null
            $data | Export-N2DModel "$folder/m$escape.n2d" -WhatIf -ErrorAction Ignore
            """);
        Assert.All(_session.Verbose, AssertClean);
        Assert.All(_session.Warnings, AssertClean);
        Assert.All(_session.Progress, progress =>
        {
            AssertClean(progress.Activity);
            AssertClean(progress.StatusDescription);
        });
        Assert.Contains(_session.Verbose, line => line.Contains(Shown, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$data")]
    [InlineData("$data | Format-List")]
    [InlineData("$data | Format-Wide")]
    [InlineData("$result")]
    [InlineData("$result | Format-List")]
    [InlineData("$result | Format-Wide")]
    [InlineData("$result | Get-N2DAssignment")]
    [InlineData("$result | Get-N2DAssignment | Format-List")]
    [InlineData("$result | Get-N2DAssignment | Format-Wide")]
    [InlineData("Get-N2DModel $model")]
    [InlineData("Get-N2DModel $model | Format-List")]
    [InlineData("Get-N2DModel $model | Format-Wide")]
    [InlineData("Import-N2DModel $model")]
    public void AView_ShowsThemAsPictures(string script)
    {
        var text = (string)_session.Run($$"""
            $data = 0..39 | ForEach-Object { [pscustomobject] @{ X = $_; "Y$escape" = $_ * $_ % 7; Name = "n$escape$_"; Kind = "k$escape$($_ % 2)" } } |
                ConvertTo-N2DDataset -Name "set$escape" -LabelProperty Kind -IdProperty Name
            $result = $data | Invoke-N2DPca -Dimension 2 | Invoke-N2DCluster 2 -Method KMeans
            $model = "$folder/m$escape.n2d"
            $result | Export-N2DModel $model
            {{script}} | Out-String -Width 200
            """).Single().BaseObject;
        Assert.Empty(_session.Errors);

        // The engine writes the colors of the headings.
        Assert.DoesNotContain(Escape, text, StringComparison.Ordinal);
        Assert.Contains(Shown, text, StringComparison.Ordinal);
    }

    [Fact]
    public void APlotInTheTerminal_ShowsThemAsPictures()
    {
        var text = string.Concat(_session.Run("""
            0..39 | ForEach-Object { [pscustomobject] @{ X = $_; Y = $_ * $_ % 7; Kind = "k$escape$($_ % 2)" } } | ConvertTo-N2DDataset -LabelProperty Kind | Show-N2DPlot -Title "t$escape" 6>&1
            """));
        Assert.Empty(_session.Errors);
        Assert.NotEmpty(text);
        Assert.DoesNotContain(Escape, text, StringComparison.Ordinal);
    }

    private static void AssertClean(string text) => Assert.DoesNotContain(text, char.IsControl);
}
