using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace N2D.Host.Tests;

/// <summary>The scripts in examples that start from objects, on generated data of three kinds.</summary>
public sealed partial class ExampleTests : IDisposable
{
    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void SensorWindows_AreToldApartByTheStateThatTheyAreOf_WhoseNumberNobodyTells()
    {
        // A pump at rest, at work, and with a damaged bearing: 30 windows of 40 readings each.
        var readings = Enumerable.Range(0, 3 * 30 * 40).Select(time => (time / 1200) switch
        {
            0 => 0.1 * Math.Sin(time / 9.0),
            1 => 5 + (2 * Math.Sin(time / 4.0)),
            _ => 5 + (2 * Math.Sin(time / 4.0)) + (time % 2 == 0 ? 1.5 : -1.5),
        });
        _host.Write(
            "pump.csv",
            "value\n"
                + string.Concat(
                    readings.Select((value, time) =>
                        string.Create(CultureInfo.InvariantCulture, $"{value + (0.05 * Math.Sin(time * time)):F4}\n"))));
        var rows = Run("sensor-windows.ps1", "-Path", "pump.csv", "-WindowLength", "40", "-Epoch", "20");
        Assert.Equal("\"Start\",\"Mean\",\"Spread\",\"Movement\",\"Crossings\",\"Cluster\",\"Probability\",\"Confidence\"", rows[0]);
        AssertKinds(rows, row => int.Parse(row[0], CultureInfo.InvariantCulture) / 1200, cluster: 5, count: 90);
    }

    [Fact]
    public void Images_AreToldApartByWhatTheyShow()
    {
        var folder = Directory.CreateDirectory(_host.FileOf("scans")).FullName;
        var random = new Random(7);
        for (var image = 0; image < 90; image++)
        {
            // A bar across, a bar down, or a square in the middle.
            var pixels = Enumerable.Range(0, 64).Select(pixel => (X: pixel % 8, Y: pixel / 8)).Select(place => (image % 3) switch
            {
                0 => place.Y is 3 or 4,
                1 => place.X is 3 or 4,
                _ => place.X is > 1 and < 6 && place.Y is > 1 and < 6,
            }).Select(isLight => (byte)((isLight ? 180 : 20) + random.Next(60)));
            File.WriteAllBytes(Path.Combine(folder, $"{image % 3}-{image}.pgm"), [.. "P5\n8 8\n255\n"u8, .. pixels]);
        }

        var rows = Run("images.ps1", "-Path", "scans", "-ClusterCount", "3", "-Epoch", "20");
        AssertKinds(rows, row => row[0][0] - '0', cluster: 1, count: 90);
    }

    [Fact]
    public void LogLines_AreToldApartByTheirMessage()
    {
        var log = new StringBuilder();
        for (var line = 0; line < 90; line++)
        {
            log.Append(CultureInfo.InvariantCulture, $"10:{line % 60:D2}:07 ").AppendLine((line % 3) switch
            {
                0 => $"INFO user {new[] { "ann", "bob", "cem" }[line % 4 % 3]} logged in from 10.0.0.{line}",
                1 => $"WARN disk {new[] { "sda", "sdb" }[line % 2]} is {50 + (line / 2)} percent full",
                _ => $"ERROR request {line * 17} to service {new[] { "billing", "search" }[line % 2]} timed out after {line} ms",
            });
        }

        _host.Write("app.log", log.ToString());
        var rows = Run("log-lines.ps1", "-Path", "app.log");
        AssertKinds(
            rows,
            row => row[0].Contains("logged", StringComparison.Ordinal) ? 0 : row[0].Contains("disk", StringComparison.Ordinal) ? 1 : 2,
            cluster: 1,
            count: 90);
    }

    [Fact]
    public void EveryListOfAScript_IsSplitAtCommas_BecauseTheCommandLinePassesItAsOneString()
    {
        var lists = from folder in new[] { "examples", "bench" }
                    from path in Directory.EnumerateFiles(Path.Combine(HostProcess.RepositoryRoot, folder), "*.ps1")
                    let script = File.ReadAllText(path)
                    from parameter in ListParameter().Matches(script[..script.IndexOf("$ErrorActionPreference", StringComparison.Ordinal)])
                    let split = $"@(${parameter.Groups[2].Value} -split ',' | ForEach-Object Trim"
                    select (Script: path, Type: parameter.Groups[1].Value, IsSplit: script.Contains(split, StringComparison.Ordinal));
        Assert.NotEmpty(lists);

        // Other types than strings are converted before the script can split them: 32,16 becomes the number 3216.
        Assert.All(lists, list => Assert.Equal((list.Script, "string", true), list));
    }

    private string[] Run(string script, params string[] arguments)
    {
        var result = _host.Run([Path.Combine(HostProcess.RepositoryRoot, "examples", script), .. arguments, "-OutputPath", "out.csv"]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return File.ReadAllLines(_host.FileOf("out.csv"));
    }

    /// <summary>Each kind is exactly one cluster.</summary>
    private static void AssertKinds(string[] rows, Func<string[], int> kindOf, int cluster, int count)
    {
        var cells = rows.Skip(1).Select(row => row.Trim('"').Split("\",\"")).ToArray();
        Assert.Equal(count, cells.Length);
        var pairs = cells.Select(row => (Kind: kindOf(row), Cluster: row[cluster])).Distinct().ToArray();
        Assert.Equal(3, pairs.Length);
        Assert.Equal(3, pairs.Select(pair => pair.Cluster).Distinct().Count());
    }

    [GeneratedRegex(@"\[(\w+)\[\]\] \$(\w+)")]
    private static partial Regex ListParameter();
}
