using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using N2D.Manifolds;

namespace N2D.Bench;

/// <summary>Runs one UMAP in its own process, to measure its peak memory. Prints a line like the peers' scripts.</summary>
internal static partial class SingleFit
{
    public static int Run(string rowsPath, int rowCount, int columnCount, int neighborCount, int dimension, string layoutPath, int seed)
    {
        var rows = MatrixFile.Read(rowsPath, columnCount);
        if (rows.RowCount != rowCount)
        {
            Console.Error.WriteLine($"{rowsPath} has {rows.RowCount} rows, not {rowCount}.");
            return 1;
        }

        var options = new UmapOptions { NeighborCount = neighborCount, Dimension = dimension, Seed = seed };
        var clock = Stopwatch.StartNew();
        options.Fit(WarmUp.Rows(Math.Max(5000, 10 * neighborCount), columnCount), Execution.Default);
        var warmUp = clock.Elapsed.TotalSeconds;

        var stages = "";
        var execution = new Execution { Explain = line => stages = StagePattern().IsMatch(line) ? line : stages };
        clock.Restart();
        var umap = options.Fit(rows, execution);
        var seconds = clock.Elapsed.TotalSeconds;
        MatrixFile.Write(layoutPath, umap.Layout);
        var parts = Seconds(stages).Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Key}={stage.Value}"));
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(' ', parts)} total={seconds:F3} peak={process.PeakWorkingSet64 / 1048576.0:F0} warmup={warmUp:F3} "
                + $"version={typeof(Umap).Assembly.GetName().Version?.ToString(3)}"));
        return 0;
    }

    /// <summary>The seconds of each stage, from the explanation of UMAP.</summary>
    public static Dictionary<string, double> Seconds(string line) =>
        StagePattern()
            .Matches(line)
            .ToDictionary(match => match.Groups[1].Value, match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("(neighbors|graph|start|layout) ([0-9.]+) s")]
    private static partial Regex StagePattern();
}
