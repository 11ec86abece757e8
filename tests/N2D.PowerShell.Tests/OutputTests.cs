namespace N2D.PowerShell.Tests;

/// <summary>Whether an output can be written is checked before the work.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public OutputTests() => _session.SetVariable("folder", _session.TemporaryFolder);

    public void Dispose() => _session.Dispose();

    public static TheoryData<string, string> Refused()
    {
        var data = new TheoryData<string, string>();
        foreach (var command in new[]
        {
            "Export-N2DModel {0}", "Export-N2DWeight {0}", "Export-N2DPlot {0}", "New-N2DAutoencoder -CodePath {0}",
            "New-N2DAutoencoder -CheckpointPath {0}", "Compare-N2DMethod -CheckpointPath {0}",
        })
        {
            data.Add(string.Format(null, command, "$folder/none/a.png"), "N2D.FolderNotFound");
            data.Add(string.Format(null, command, "$folder"), "N2D.FolderGiven");
            data.Add(string.Format(null, command, $"$folder/{new string('n', 252)}.png"), "N2D.NameTooLong");
            if (!OperatingSystem.IsWindows())
            {
                data.Add(string.Format(null, command, "/dev/null"), "N2D.NotAFile");
            }

            if (OperatingSystem.IsLinux())
            {
                data.Add(string.Format(null, command, "/sys/a.png"), "N2D.FolderNotWritable");
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void AnOutputThatCannotBeWritten_IsRefusedBeforeTheFirstInputComes(string command, string id)
    {
        var error = _session.RunFailing($"$begun = $false; . {{ $begun = $true; Import-N2DDataset Digits }} | {command}");
        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(false, Assert.Single(_session.Run("$begun")).BaseObject);
        Assert.Empty(Directory.GetFiles(_session.TemporaryFolder));
    }

    [Fact]
    public void ALinkThatIsExportedTo_StaysOne()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.CreateSymbolicLink($"{_session.TemporaryFolder}/latest.svg", "plot.svg");
        _session.Run("1..2 | ForEach-Object { Import-N2DDataset Digits | Export-N2DPlot $folder/latest.svg }");
        Assert.Empty(_session.Errors);
        Assert.Equal("plot.svg", new FileInfo($"{_session.TemporaryFolder}/latest.svg").LinkTarget);
        Assert.StartsWith("<?xml", File.ReadAllText($"{_session.TemporaryFolder}/plot.svg"), StringComparison.Ordinal);
    }
}
