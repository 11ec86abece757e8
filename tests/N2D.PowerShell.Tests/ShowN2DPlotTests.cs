using System.Text.RegularExpressions;

namespace N2D.PowerShell.Tests;

public sealed partial class ShowN2DPlotTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public ShowN2DPlotTests() => _session.Run("$digits = Import-N2DDataset Digits");

    public void Dispose() => _session.Dispose();

    [Fact]
    public void APlot_GoesToTheScreen_AndNotDownThePipeline()
    {
        Assert.Empty(_session.Run("$digits | Show-N2DPlot -Width 60 -Height 20"));
        var text = Assert.Single(_session.Run("$digits | Show-N2DPlot -Width 60 -Height 20 -Title mine 6>&1")).ToString();
        Assert.Equal(20, text.Split('\n').Length - 1);
        Assert.Contains("mine", text, StringComparison.Ordinal);
        Assert.Contains("\e[48;2;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ItsSize_IsThatOfTheConsole()
    {
        var lines = Escapes()
            .Replace(ScreenHost.Show("Import-N2DDataset Digits | Show-N2DPlot", width: 72), "")
            .ReplaceLineEndings("\n")
            .TrimEnd('\n')
            .Split('\n');
        Assert.All(lines, line => Assert.Equal(71, line.Length));
        Assert.InRange(lines.Length, 20, 48);
    }

    [Fact]
    public void ItsGround_IsDarkUnlessTold()
    {
        Assert.Equal(Show(""), Show("-Theme Dark"));
        Assert.NotEqual(Show(""), Show("-Theme Light"));

        string Show(string more) => Assert.Single(_session.Run($"$digits | Show-N2DPlot -Width 60 -Height 20 {more} 6>&1")).ToString();
    }

    [Fact]
    public void Sixels_AreASequenceOfTheirOwn()
    {
        var text = Assert.Single(_session.Run("$digits | Show-N2DPlot -Sixel -Width 300 -Height 200 6>&1")).ToString();
        Assert.StartsWith("\eP0;1;0q\"1;1;300;200", text, StringComparison.Ordinal);
        Assert.EndsWith("\e\\", text.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void EachInput_IsShown() => Assert.Equal(2, _session.Run("$digits, $digits | Show-N2DPlot -Width 30 -Height 10 6>&1").Length);

    [LinuxFact]
    public void WithoutAGraphicalSession_AWindowIsRefused_AndLeavesNoFile()
    {
        var error = _session.RunFailing("$env:DISPLAY = $env:WAYLAND_DISPLAY = ''; $digits | Show-N2DPlot -Window");
        Assert.StartsWith("N2D.NoPictureViewer", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("no graphical session", error.Exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists((string)error.TargetObject));
    }

    [Theory]
    [InlineData("Show-N2DPlot -Width 10", "N2D.PlotSizeOutOfRange")]
    [InlineData("Show-N2DPlot -Sixel -Width 10", "N2D.PlotSizeOutOfRange")]
    [InlineData("Show-N2DPlot -Kind Silhouette", "N2D.KindNotForInput")]
    [InlineData("Show-N2DPlot -Sixel -Window", "AmbiguousParameterSet")]
    public void WhatCannotBeShown_IsRefused(string command, string id) =>
        Assert.StartsWith(id, _session.RunFailing($"$digits | {command}").FullyQualifiedErrorId, StringComparison.Ordinal);

    [GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial Regex Escapes();
}
