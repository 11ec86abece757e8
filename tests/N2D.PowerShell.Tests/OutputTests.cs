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
            "New-N2DAutoencoder -CheckpointPath {0}", "Compare-N2DMethod -CheckpointPath {0}", "Invoke-N2D -CheckpointPath {0}",
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

    [UnixFact]
    public void ALinkThatIsExportedTo_StaysOne()
    {
        File.CreateSymbolicLink($"{_session.TemporaryFolder}/latest.svg", "plot.svg");
        _session.Run("1..2 | ForEach-Object { Import-N2DDataset Digits | Export-N2DPlot $folder/latest.svg }");
        Assert.Empty(_session.Errors);
        Assert.Equal("plot.svg", new FileInfo($"{_session.TemporaryFolder}/latest.svg").LinkTarget);
        Assert.StartsWith("<?xml", File.ReadAllText($"{_session.TemporaryFolder}/plot.svg"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-N2DAutoencoder -CodePath $folder/a.npy")]
    [InlineData("New-N2DAutoencoder -CheckpointPath $folder/a.ckpt")]
    [InlineData("Compare-N2DMethod N2D -CheckpointPath $folder/a.ckpt")]
    [InlineData("Invoke-N2D -CheckpointPath $folder/a.ckpt")]
    public void WhatIf_NeitherTrainsNorWrites(string command)
    {
        Assert.Empty(_session.Run($"Import-N2DDataset Digits | {command} -WhatIf"));
        Assert.Empty(_session.Errors);
        Assert.DoesNotContain(_session.Progress, record => record.StatusDescription.Contains("epoch", StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(_session.TemporaryFolder));
    }

    [Fact]
    public void Codes_ReplaceAFile_AsTheOtherWritersDo()
    {
        const string Train = "Import-N2DDataset Digits | New-N2DAutoencoder -HiddenUnit 4 -Epoch 1 -CodePath $folder/a.npy";
        var file = Path.Combine(_session.TemporaryFolder, "a.npy");
        File.WriteAllText(file, "old");
        Assert.StartsWith("N2D.FileExists", _session.RunFailing($"{Train} -NoClobber").FullyQualifiedErrorId, StringComparison.Ordinal);
        File.SetAttributes(file, FileAttributes.ReadOnly);
        var readOnly = _session.RunFailing(Train);
        Assert.StartsWith("N2D.FileReadOnly", readOnly.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-Force", readOnly.ToString(), StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(file));
        Assert.Single(_session.Run($"{Train} -Force"));
        Assert.NotEqual("old", File.ReadAllText(file));
    }

    [Fact]
    public void CodesOfASecondDataset_DoNotReplaceTheFirst()
    {
        var codes = _session.Run(
            "1..2 | ForEach-Object { Import-N2DDataset Digits } | New-N2DAutoencoder -HiddenUnit 4 -Epoch 1 -CodePath $folder/a.npy");
        Assert.Single(codes);
        var error = Assert.Single(_session.Errors);
        Assert.StartsWith("N2D.FileAlreadyWritten", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("New-N2DAutoencoder -CodePath \"file-$i.npy\"", error.ToString(), StringComparison.Ordinal);
    }
}
