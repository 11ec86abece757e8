namespace N2D.Host.Tests;

/// <summary>A model from one process to another.</summary>
public sealed class ModelTests : IDisposable
{
    private const string Score = """
        $scored = Import-N2DDataset ./all.csv | Invoke-N2DModel $model
        $scored | Get-N2DAssignment | ForEach-Object { "$($_.Cluster) $($_.Probability.ToString('R')) $($_.Novelty.ToString('R'))" }
        $scored.GetEmbedding() | ConvertFrom-N2DEmbedding | ForEach-Object { "$($_.D1.ToString('R')) $($_.D2.ToString('R'))" }
        """;

    private static readonly string Script = Path.Combine(HostProcess.RepositoryRoot, "examples", "scheduled-scoring.ps1");

    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void AnotherProcess_MakesTheSameBytesOfTheSameRows()
    {
        // New rows between the fitted ones. Fitted rows would only be looked up.
        var trained = _host.RunScript($$"""
            $rows = Import-N2DDataset Digits | ConvertFrom-N2DEmbedding
            $rows | Select-Object * -ExcludeProperty Index, Label | Export-Csv all.csv
            $rows | Where-Object { $_.Index % 2 } | Select-Object * -ExcludeProperty Index, Label | Export-Csv half.csv
            $result = Import-N2DDataset ./half.csv | New-N2DAutoencoder -HiddenUnit 40 -Epoch 5 | Invoke-N2DUmap -Dimension 2 -Epoch 40 | Invoke-N2DCluster -ClusterCount 10 -StartCount 2
            $result | Export-N2DModel m.n2d
            $model = Import-N2DModel m.n2d
            {{Score}}
            """);
        Assert.True(trained.ExitCode == 0, trained.Error);
        var applied = _host.RunScript($"$model = Import-N2DModel m.n2d\n{Score}");
        Assert.True(applied.ExitCode == 0, applied.Error);
        Assert.Equal(2 * 1797, applied.Lines.Length);
        Assert.Equal(trained.Lines, applied.Lines);
    }

    [Fact]
    public void AnotherProcess_ScalesWithinGroups_ToTheSameBytes()
    {
        const string Apply = """
            Import-N2DDataset ./all.csv -Model m.n2d | Invoke-N2DModel m.n2d -WarningAction Ignore | Get-N2DAssignment |
                ForEach-Object { "$($_.Cluster) $($_.Probability.ToString('R'))" }
            """;

        // The rows of person p3 are not in the fit.
        var trained = _host.RunScript($$"""
            $rows = Import-N2DDataset Digits | ConvertFrom-N2DEmbedding |
                Select-Object D3, D4, D5, D6, D11, D12, @{ Name = 'Person'; Expression = { "p$($_.Index % 4)" } }
            $rows | Export-Csv all.csv
            $rows | Where-Object Person -ne p3 | Export-Csv three.csv
            Import-N2DDataset ./three.csv -Standardize ZScore -StandardizeBy Person | Invoke-N2DCluster 5 -StartCount 1 | Export-N2DModel m.n2d
            {{Apply}}
            """);
        Assert.True(trained.ExitCode == 0, trained.Error);
        var applied = _host.RunScript(Apply);
        Assert.True(applied.ExitCode == 0, applied.Error);
        Assert.Equal(1797, applied.Lines.Length);
        Assert.Equal(trained.Lines, applied.Lines);
    }

    [Fact]
    public void TheScheduledJob_TellsByItsExitCode_WhetherRowsAreOfTheKindOfTheFit()
    {
        var fitted = _host.RunScript("""
            Import-N2DDataset Digits | ConvertFrom-N2DEmbedding | Select-Object * -ExcludeProperty Label | Export-Csv rows.csv
            Import-N2DDataset ./rows.csv -ExcludeColumn Index | Invoke-N2DUmap -Epoch 20 | Invoke-N2DCluster -ClusterCount 10 -StartCount 2 | Export-N2DModel m.n2d
            $header, $lines = Get-Content rows.csv
            $header, @($lines | ForEach-Object { $cells = $_ -split ','; (@($cells[0]) + @($cells[1..64] | ForEach-Object { 1 - [float] $_.Trim('"') })) -join ',' }) | ForEach-Object { $_ } | Set-Content negative.csv
            """);
        Assert.True(fitted.ExitCode == 0, fitted.Error);
        string[] Arguments(string rows) => [Script, "-Model", "m.n2d", "-Path", rows, "-OutputPath", "out.csv"];

        var same = _host.Run(Arguments("rows.csv"));
        Assert.True(same.ExitCode == 0, same.Error);
        Assert.StartsWith("1797 rows scored, ", same.Output, StringComparison.Ordinal);
        Assert.Equal(1798, File.ReadAllLines(_host.FileOf("out.csv")).Length);

        var drifted = _host.Run(Arguments("negative.csv"));
        Assert.True(drifted.ExitCode == 2, drifted.Output + drifted.Error);
        Assert.Contains("Drift: ", drifted.Said, StringComparison.Ordinal);

        var several = _host.Run(Arguments("[nr]*.csv"));
        Assert.True(several.ExitCode == 1, several.Output + several.Error);
        Assert.Contains("Only one file can be scored at a time", several.Said, StringComparison.Ordinal);

        var missing = _host.Run(Arguments("none.csv"));
        Assert.True(missing.ExitCode == 1, missing.Output + missing.Error);
        Assert.Contains("Not scored: ", missing.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void TheScheduledJob_SplitsListsAtCommas_AndAddsALineToItsLog_InEachRun()
    {
        var fitted = _host.RunScript("""
            1..60 | ForEach-Object { [pscustomobject] @{ a = $_ % 7; b = $_ % 5 + $_ / 10 } } | Export-Csv rows.csv
            Import-N2DDataset ./rows.csv -MissingValue Mean | Invoke-N2DCluster 2 -StartCount 1 | Export-N2DModel m.n2d
            'a,b,note,other', '1,None,x,y', 'unknown,2,x,y', '3,3,x,y' | Set-Content today.csv
            """);
        Assert.True(fitted.ExitCode == 0, fitted.Error);
        string[] Arguments(string rows) =>
        [
            "-File", Script, "-Model", "m.n2d", "-Path", rows, "-OutputPath", "out.csv", "-MissingMark", "None,unknown", "-ExcludeColumn",
            "note,other", "-MaximumNovelShare", "1", "-LogPath", "scoring.log",
        ];

        var scored = _host.Run(Arguments("today.csv"));
        Assert.True(scored.ExitCode == 0, scored.Said);
        Assert.Equal(4, File.ReadAllLines(_host.FileOf("out.csv")).Length);
        Assert.Equal(1, _host.Run(Arguments("none.csv")).ExitCode);
        var log = File.ReadAllLines(_host.FileOf("scoring.log"));
        Assert.Equal(2, log.Length);
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ exit code 0: 3 rows scored, .* novel\.$", log[0]);
        Assert.Matches("^.*Z exit code 1: Not scored: .*none.csv", log[1]);
    }
}
