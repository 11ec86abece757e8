namespace N2D.Host.Tests;

/// <summary>The commands that stand in for PowerShell's own.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void ExportCsv_WritesAsPowerShellDoes()
    {
        _host.RunScript("""
            $row = [pscustomobject]@{ Text = 'a, "b"'; Lines = "1`n2"; Nothing = $null; Empty = ''; Number = 1.5; Flag = $true }
            $row | Export-Csv all.csv -NoTypeInformation
            $row, [pscustomobject]@{ Number = 2; Other = 3 } | Export-Csv needed.csv -UseQuotes AsNeeded -Delimiter ';'
            """);
        Assert.Equal("\"Text\",\"Lines\",\"Nothing\",\"Empty\",\"Number\",\"Flag\"\n\"a, \"\"b\"\"\",\"1\n2\",,\"\",\"1.5\",\"True\"\n", Text("all.csv"));
        Assert.Equal("Text;Lines;Nothing;Empty;Number;Flag\n\"a, \"\"b\"\"\";\"1\n2\";;;1.5;True\n;;;;2;\n", Text("needed.csv"));
    }

    [Fact]
    public void OutString_TakesMessagesThatWereRedirectedToIt()
    {
        var result = _host.RunScript("Write-Verbose 'how' -Verbose 4>&1 | Out-String -Stream\nWrite-Warning 'why' 3>&1 | Out-String -Stream\nWrite-Information 'what' 6>&1 | Out-String -Stream");
        Assert.Equal(["how", "why", "what"], result.Lines);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void ImportCsv_ReadsBackWhatExportCsvWrote()
    {
        var result = _host.RunScript("""
            $row = [pscustomobject]@{ Text = 'a, "b" ; c'; Lines = "1`r`n2`n"; Empty = ''; Name = 'Grüße'; Spaced = ' x ' }
            $row | Export-Csv rows.csv
            $row | Export-Csv rows.csv -Append
            $read = @(Import-Csv rows.csv)
            $read.Count
            foreach ($one in $read) { foreach ($property in $row.PSObject.Properties) { $one.$($property.Name) -ceq $property.Value } }
            """);
        Assert.Equal(["2", .. Enumerable.Repeat("True", 10)], result.Lines);
    }

    [Fact]
    public void ExportCsv_RefusesWhatItCannotWrite_AndLeavesTheFileAlone()
    {
        _host.Write("kept.csv", "\"a\",\"b\"\n\"1\",\"2\"");
        var result = _host.RunScript("""
            [pscustomobject]@{ x = 1 } | Export-Csv kept.csv -NoClobber
            [pscustomobject]@{ a = 1 } | Export-Csv kept.csv -Append
            [pscustomobject]@{ a = 1 } | Export-Csv no-such-folder/x.csv
            try { 1..3 | ForEach-Object { if ($_ -eq 2) { throw 'midway' }; [pscustomobject]@{ x = $_ } } | Export-Csv kept.csv } catch { 'caught' }
            """);
        Assert.Equal(["caught"], result.Lines);
        Assert.Contains("-NoClobber", result.Error, StringComparison.Ordinal);
        Assert.Contains("column 'b'", result.Error, StringComparison.Ordinal);
        Assert.Contains("no-such-folder", result.Error, StringComparison.Ordinal);
        Assert.StartsWith("\"a\",\"b\"\n\"1\",\"2\"", Text("kept.csv"), StringComparison.Ordinal);
        Assert.Equal(["kept.csv", "script.ps1"], Directory.GetFiles(_host.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void ObjectCommands_GiveWhatTheRealOnesGive()
    {
        var result = _host.RunScript("""
            $rows = 1..4 | ForEach-Object { [pscustomobject]@{ N = $_; Kind = "k$($_ % 2)"; Value = $_ / 2 } }
            ($rows | Select-Object N, @{ Name = 'Double'; Expression = { 2 * $_.N } }, Nix -First 1).PSObject.Properties.Name -join ','
            ($rows | Select-Object * -ExcludeProperty V* -Last 1 | ConvertTo-Json -Compress)
            ($rows | Select-Object -ExpandProperty N) -join ','
            ($rows | Sort-Object Kind, @{ Expression = 'N'; Descending = $true } | ForEach-Object N) -join ','
            ($rows | Group-Object Kind | ForEach-Object { "$($_.Name)=$($_.Count)" }) -join ','
            $m = $rows | Measure-Object Value -Average -Sum -Minimum -Maximum
            "$($m.Count) $($m.Average) $($m.Sum) $($m.Minimum) $($m.Maximum)"
            @{ a = 1, 2.0, $null, "ü`n" } | ConvertTo-Json -Compress
            """);
        Assert.Equal(
            ["N,Double,Nix", "{\"N\":4,\"Kind\":\"k0\"}", "1,2,3,4", "4,2,3,1", "k0=2,k1=2", "4 1.25 5 0.5 2", "{\"a\":[1,2.0,null,\"ü\\n\"]}"],
            result.Lines);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void FormatCommands_UseTheEnginesFormatter()
    {
        var result = _host.RunScript("""
            [pscustomobject]@{ A = 1; B = 2; C = 3 } | Format-Table A, @{ Name = 'Half'; Expression = { $_.B / 4 }; FormatString = '0.000' } | Out-String -Stream | Where-Object { $_ }
            [pscustomobject]@{ A = 1; B = 2 } | Format-List > list.txt
            Get-Content list.txt | Where-Object { $_ }
            """);
        Assert.Equal(["A  Half", "-  ----", "1 0.500", "A : 1", "B : 2"], result.Lines);
    }

    [Fact]
    public void FormatList_OfADataset_BeginsWithItsName_AndEndsWithTheImagesThatItHolds()
    {
        _host.Write("x.csv", "1,2\n3,4\n");
        var result = _host.RunScript("""
            'x.csv', 'Digits' | ForEach-Object { Import-N2DDataset $_ | Format-List | Out-String -Stream | Where-Object { $_ } | ForEach-Object { ($_ -split ':')[0].Trim() } }
            """);
        string[] shown = ["Dataset", "Stages", "RowCount", "Dimension", "ClassCount", "Source"];
        Assert.Equal([.. shown, .. shown, "ImageShape"], result.Lines);
    }

    [Fact]
    public void FileCommands_WorkOnTheFileSystem()
    {
        var result = _host.RunScript("""
            $folder = Join-Path $PSScriptRoot data deep
            (New-Item $folder -ItemType Directory -Force).Name
            'one', 'two' | Set-Content "$folder/x.txt"
            'three' | Add-Content "$folder/x.txt"
            (Get-Content "$folder/x.txt") -join ','
            (Get-ChildItem data -Recurse -File | ForEach-Object Name) -join ','
            Test-Path data -PathType Leaf
            Remove-Item data 2> $null
            Test-Path data
            Remove-Item data -Recurse
            Test-Path data
            Set-Location ..; Split-Path (Get-Location).Path -Leaf
            """);
        Assert.Equal(["deep", "one,two,three", "x.txt", "False", "True", "False", Path.GetFileName(Path.GetDirectoryName(_host.Folder)!)], result.Lines);
    }

    [Fact]
    public void UnknownParameter_IsABindingError() =>
        Assert.Contains("NoSuch", _host.RunScript("1 | Sort-Object -NoSuch").Error, StringComparison.Ordinal);

    [Fact]
    public void AbsentCommand_SaysThatThisIsTheEmbeddedEngine_AndEndsItsStatementAlone()
    {
        var result = _host.RunScript("""
            1 | Tee-Object -FilePath x -Append; 'goes on'
            try { Compare-Object 1 2 } catch [System.Management.Automation.CommandNotFoundException] { "caught $($_.TargetObject)" }
            @(Get-Command Compare-Object -ErrorAction Ignore).Count
            """);
        Assert.Equal(["goes on", "caught Compare-Object", "0"], result.Lines);
        Assert.Contains("'Tee-Object' is not recognized: this is the embedded engine", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("embedded", _host.RunScript("Get-NoSuchThing").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void GetMember_ListsEachTypeOnce()
    {
        var result = _host.RunScript("""
            [pscustomobject]@{ a = 1 }, [pscustomobject]@{ a = 2 } | gm | ForEach-Object { "$($_.TypeName) $($_.Name) $($_.MemberType) $($_.Definition)" }
            'text', [version] '1.2' | Get-Member L*, M?jor -MemberType Property | ForEach-Object { "$($_.TypeName) $($_.Name)" }
            """);
        string type = "System.Management.Automation.PSCustomObject";
        Assert.Equal(
            [
                $"{type} Equals Method bool Equals(System.Object obj)", $"{type} GetHashCode Method int GetHashCode()", $"{type} GetType Method type GetType()",
                $"{type} ToString Method string ToString()", $"{type} a NoteProperty int a=1", "System.String Length", "System.Version Major",
            ],
            result.Lines);
    }

    [Fact]
    public void StandIns_GiveWay_ToTheRealModule()
    {
        var module = Directory.CreateDirectory(_host.FileOf("modules/Microsoft.PowerShell.Utility")).FullName;
        File.WriteAllText(Path.Combine(module, "Microsoft.PowerShell.Utility.psm1"), "function Export-Csv { 'the real one' }");
        _host.ModulePath = _host.FileOf("modules");
        Assert.Equal(["the real one", "a/b"], _host.RunScript("Export-Csv; (Join-Path a b).Replace('\\', '/')").Lines);
    }

    private string Text(string file) => File.ReadAllText(_host.FileOf(file)).ReplaceLineEndings("\n");
}
