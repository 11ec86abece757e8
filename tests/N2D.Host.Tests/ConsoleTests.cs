using System.Diagnostics;
using System.Text.RegularExpressions;

namespace N2D.Host.Tests;

public sealed class ConsoleTests : IDisposable
{
    private const string LongWork = """
        "first"
        foreach ($i in 0..20) {
            Write-Progress -Id 1 -Activity 'Outer work' -Status "step $i" -PercentComplete (5 * $i) -SecondsRemaining 61
            Write-Progress -Id 2 -ParentId 1 -Activity 'Inner work' -Status 'x' -PercentComplete 50
            if ($i -eq 10) { "half way" }
            Start-Sleep -Milliseconds 40
        }
        Write-Progress -Id 1 -Activity 'Outer work' -Completed
        "last"
        """;

    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Progress_WhenRedirected_IsAFewLinesOnStandardError()
    {
        var result = _host.RunScript(LongWork);
        Assert.Equal(["first", "half way", "last"], result.Lines);
        var outer = result.Error.Split('\n').Where(line => line.StartsWith("Outer work", StringComparison.Ordinal)).ToList();
        Assert.Equal("Outer work: step 0 (0 %, 1 min 1 s left)", outer[0].TrimEnd());
        Assert.StartsWith("Outer work: done in ", outer[^1], StringComparison.Ordinal);

        // A second between two lines: 21 reports in about 0.9 s on a free machine, so hardly any in between.
        Assert.InRange(outer.Count, 2, 8);
        Assert.DoesNotContain('\e', result.Error);
    }

    [TerminalFact]
    public void Progress_OnATerminal_IsRedrawnInPlace_AndErased()
    {
        var shown = _host.RunOnTerminal(LongWork).Output;
        var drawings = Regex.Matches(shown, @"\e\[\?25l(.*?)\r\e\[1A", RegexOptions.Singleline);

        // About 1 s of work, ten drawings a second at most; a slow machine takes longer and may draw more, never once a report.
        Assert.InRange(drawings.Count, 3, 20);
        foreach (var text in drawings.Select(drawing => Regex.Replace(drawing.Groups[1].Value, @"\e\[[0-9;?]*[a-zA-Z]", "")))
        {
            var lines = text.Trim('\r').Split('\n').Select(line => line.TrimEnd('\r')).ToList();
            Assert.StartsWith("Outer work", lines[0], StringComparison.Ordinal);
            Assert.StartsWith("  Inner work", lines[1], StringComparison.Ordinal);
            Assert.All(lines, line => Assert.InRange(line.Length, 1, 69));
            Assert.Contains("1 min 1 s left", lines[0], StringComparison.Ordinal);
        }

        // Bars are gone before a line of output is written, and the cursor is back at the end.
        Assert.Contains("\e[J\e[?25hhalf way\r\n", shown, StringComparison.Ordinal);
        Assert.EndsWith("\e[J\e[?25hlast\r\n", shown, StringComparison.Ordinal);
    }

    [TerminalFact]
    public void Errors_AreRed_OnATerminal()
    {
        var shown = _host.RunOnTerminal("Write-Error 'bad luck'\n'plain'").Output;
        Assert.Matches(@"\e\[31;1m[^\r\n]*bad luck", shown);
        Assert.Contains("\nplain\r\n", shown, StringComparison.Ordinal);
    }

    [InterruptFact]
    public void CtrlC_StopsTheScript_LetsItCleanUp_AndExitsWith130()
    {
        var script = _host.Write("script.ps1", "try { 'ready'; while ($true) { Start-Sleep 60 } } finally { [Console]::Out.WriteLine('cleaned') }");
        var process = _host.Start(script);
        Assert.Equal("ready", HostProcess.ReadLine(process));
        var clock = Stopwatch.StartNew();
        Interrupt(process);
        var result = HostProcess.Collect(process);
        // A second is promised; five leave room for the test assemblies that run beside this one, and for the end of the process.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"It took {clock.Elapsed}.");
        Assert.Equal(130, result.ExitCode);
        Assert.Equal(["cleaned"], result.Lines);
    }

    [InterruptFact]
    public void SecondCtrlC_EndsAScriptThatDoesNotStop()
    {
        var script = _host.Write("script.ps1", "try { 'ready'; while ($true) { } } finally { [Console]::Out.WriteLine('stuck'); [Threading.Thread]::Sleep(60000) }");
        var process = _host.Start(script);
        Assert.Equal("ready", HostProcess.ReadLine(process));
        Interrupt(process);
        Assert.Equal("stuck", HostProcess.ReadLine(process));
        Interrupt(process);
        Assert.Equal(130, HostProcess.Collect(process).ExitCode);
    }

    private static void Interrupt(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
