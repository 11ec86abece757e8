using System.Text.RegularExpressions;

namespace N2D.Host.Tests;

/// <summary>Plots on the screen of the host.</summary>
public sealed partial class PlotTests : IDisposable
{
    private const string Draw = "Import-N2DDataset Digits | Show-N2DPlot -Title 'Digits by label'";

    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    [TerminalFact]
    public void APlot_FillsTheTerminal_InColor()
    {
        // The first output of the runtime sets the mode of the keypad.
        var shown = _host.RunOnTerminal(Draw).Output;
        var lines = shown.Split('\n')
            .Where(line => line.Contains("\e[48;2;", StringComparison.Ordinal))
            .Select(line => Escapes().Replace(line.TrimEnd('\r').Split('\r')[^1], ""))
            .ToArray();
        Assert.InRange(lines.Length, 18, 20);
        Assert.All(lines, line => Assert.Equal(69, line.Length));
        Assert.Single(lines, line => line.Contains("Digits by label", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains('▀', StringComparison.Ordinal));
    }

    [TerminalFact]
    public void Sixels_ReachTheTerminalWhole()
    {
        var shown = _host.RunOnTerminal($"{Draw} -Sixel").Output;
        Assert.Matches("(?s)\eP0;1;0q\"1;1;560;547#0;2;.*\e\\\\", shown);
    }

    [Fact]
    public void RedirectedOutput_HasNoEscapeSequences()
    {
        var result = _host.RunScript(Draw);
        Assert.DoesNotContain('\e', result.Output);
        Assert.Contains("Digits by label", result.Output, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void AWindow_IsOpenedByTheSystemsViewer()
    {
        var viewer = _host.Write(
            "xdg-open", $"#!/bin/sh\ncp \"$1\" '{_host.FileOf("copy")}' && mv '{_host.FileOf("copy")}' '{_host.FileOf("opened.png")}'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(viewer, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        _host.PathPrefix = _host.Folder;
        _host.Variables["TMPDIR"] = _host.Folder;
        _host.Variables["DISPLAY"] = ":0";
        var result = _host.RunScript($"{Draw} -Window");
        Assert.Equal((0, ""), (result.ExitCode, result.Output));

        // The host does not wait for the viewer. A viewer that never starts fails the test after the limit.
        Assert.True(SpinWait.SpinUntil(() => File.Exists(_host.FileOf("opened.png")), TimeSpan.FromMinutes(2)));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(_host.FileOf("opened.png"))[..4]);
    }

    [LinuxFact]
    public void WithoutAViewer_TheErrorSaysWhatToDo_AndNoFileStays()
    {
        _host.Variables["PATH"] = _host.Folder;
        _host.Variables["TMPDIR"] = _host.Folder;
        var result = _host.RunScript($"{Draw} -Window");
        Assert.Contains("Export-N2DPlot", result.Said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_host.Folder, "*.png"));
    }

    [GeneratedRegex(@"\e(\[[0-9;?]*[a-zA-Z]|[=>])")]
    private static partial Regex Escapes();
}
