namespace N2D.Host.Tests;

public sealed class ScriptTests : IDisposable
{
    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Arguments_BindByName_AsSwitches_AndByPosition()
    {
        var result = _host.RunScript(
            "param([string]$Name, [switch]$Fast, [switch]$Slow = $true, [int]$Count, [Parameter(ValueFromRemainingArguments)]$Rest)\n"
            + "\"$Name|$Fast|$Slow|$($Count + 1)|$($Rest -join ',')|$($PSScriptRoot)\"",
            "-Name", "a b", "-Fast", "-Slow:$false", "-Count:-9", "more", "$stuff");
        Assert.Equal([$"a b|True|False|-8|more,$stuff|{_host.Folder}"], result.Lines);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void ExitCode_IsTheScripts_NotThatOfItsLastProgram()
    {
        Assert.Equal(7, _host.RunScript("exit 7").ExitCode);
        Assert.Equal(0, _host.RunScript("dotnet no-such-command *> $null; 'end'").ExitCode);
    }

    [Fact]
    public void TerminatingError_ExitsWith1_AndGoesToStandardError()
    {
        var result = _host.RunScript("'before'\nWrite-Warning 'careful'\nWrite-Error 'goes on'\nthrow 'stop here'\n'after'");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(["before"], result.Lines);
        Assert.Contains("WARNING: careful", result.Error, StringComparison.Ordinal);
        Assert.Contains("goes on", result.Error, StringComparison.Ordinal);
        Assert.Contains("stop here", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Error);
    }

    [Fact]
    public void MissingScript_ExitsWith64_AndIsNamed()
    {
        var result = _host.Run("no-such.ps1");
        Assert.Equal(64, result.ExitCode);
        Assert.Contains("no-such.ps1", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public void UnknownOption_ExitsWith64() => Assert.Equal(64, _host.Run("-NoSuchOption").ExitCode);

    [Fact]
    public void Command_ExitsWith1_IfItsLastStatementFailed()
    {
        Assert.Equal(1, _host.Run("-Command", "'a'; Get-Item no-such").ExitCode);
        Assert.Equal(0, _host.Run("-Command", "Get-Item no-such; 'a' # comment").ExitCode);
        Assert.Equal(5, _host.Run("-c", "exit", "5").ExitCode);
    }

    [Fact]
    public void CommandDash_RunsWhatComesOnStandardInput_AsOneScript()
    {
        using var process = _host.Start("-Command", "-");
        process.StandardInput.Write("function Add($a, $b) {\n\n  $a + $b\n}\n\nAdd 20 1\nexit 3\n");
        process.StandardInput.Close();
        Assert.Equal("21", process.StandardOutput.ReadToEnd().Trim());
        process.WaitForExit();
        Assert.Equal(3, process.ExitCode);
    }

    [Theory]
    [InlineData("if(", "Missing condition in if statement")]
    [InlineData("'before'; \"a", "The string is missing the terminator")]
    [InlineData("1 +", "You must provide a value expression following the '+' operator")]
    public void Command_ThatCannotBeParsed_ShowsTheParsersError(string text, string message)
    {
        var result = _host.Run("-Command", text);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("PrivateData", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void PipedStatement_ThatCannotBeParsed_ShowsTheParsersError() =>
        Assert.Contains("Missing condition", HostProcess.Collect(_host.Start(), "if() {}\nexit 4\n").Error, StringComparison.Ordinal);

    [Fact]
    public void Output_IsUtf8_WithoutByteOrderMark()
    {
        var result = _host.RunScript("'Grüße 数字'; Write-Host ([char]0x2713)");
        Assert.Equal(["Grüße 数字", "✓"], result.Lines);
    }

    [Fact]
    public void Module_IsFoundByName() =>
        Assert.Equal(["N2D.PowerShell"], _host.RunScript("(Get-Module -ListAvailable N2D.PowerShell).Name").Lines);

    [Fact]
    public void PipedStatements_RunOneByOne_UntilExit()
    {
        var result = HostProcess.Collect(_host.Start(), "$x = 20\nif ($x) {\n$x + 1\n}\nexit 4\n");
        Assert.Equal(["21"], result.Lines);
        Assert.Equal(4, result.ExitCode);
    }

    [Fact]
    public void Question_WithNobodyToAnswer_IsAnError()
    {
        var file = _host.Write("kept.txt", "");
        var result = _host.RunScript($"$ErrorActionPreference = 'Stop'; Remove-Item '{file}' -Confirm");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("nobody to ask", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(file));
    }
}
