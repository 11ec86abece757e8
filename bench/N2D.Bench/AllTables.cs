using System.Diagnostics;
using System.Globalization;

namespace N2D.Bench;

/// <summary>
/// Makes all tables that need no long training, each by its own process and into its own file. A table that fails does not end the others.
/// </summary>
internal static class AllTables
{
    private const string Digits = "Digits";

    /// <param name="folder">Receives one file for each table.</param>
    /// <param name="sources">NAME=PATH of published data sets. Digits, which the module contains, is always measured.</param>
    /// <returns>The number of tables that failed.</returns>
    public static int Run(string folder, IEnumerable<string> sources)
    {
        var failed = 0;
        foreach (var (file, command) in Tables(folder, [.. sources.Select(source => source.Split('=', 2))]))
        {
            var path = Path.Combine(folder, file + ".md");
            var clock = Stopwatch.StartNew();
            var (exitCode, text) = Output(command);
            var heading = $"N2D.Bench {string.Join(' ', command)}";
            File.WriteAllText(path, $"{heading}\n{Machine.Description}\n\n{text}");
            failed += exitCode == 0 ? 0 : 1;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: {(exitCode == 0 ? "" : $"failed with exit code {exitCode} ")}in {clock.Elapsed.TotalSeconds:F0} s"));
        }

        return failed;
    }

    private static IEnumerable<(string File, string[] Command)> Tables(string folder, string[][] sources)
    {
        yield return ("limits", ["limits"]);
        yield return ("roofline", ["roofline"]);
        yield return ("grow", ["grow", "1000000"]);
        yield return ("neighbors", ["neighbors"]);
        yield return ("counts", ["counts", "2000", "10"]);
        yield return ("grid", ["grid", Path.Combine(folder, "grid.csv"), "--rows", "3000", "--seconds", "5"]);
        foreach (var source in (string[][])[[Digits, ""], .. sources])
        {
            var (name, path) = (source[0], source[1]);
            yield return ($"train-{name}", ["train", name, path]);
            yield return ($"compare-{name}", ["compare", name, path]);
            foreach (var method in (string[])["kmeans", "agglomerative", "mixture-full"])
            {
                yield return ($"clusters-{method}-{name}", ["clusters", method, name, path, "10", "--components", "10"]);
            }
        }
    }

    /// <summary>Runs a command of this program.</summary>
    private static (int ExitCode, string Text) Output(string[] command)
    {
        var self = Peer.Self("", command[0]);
        using var process = Process.Start(new ProcessStartInfo(self.FileName, [.. self.Arguments, .. command[1..]])
        {
            RedirectStandardOutput = true,
        })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text);
    }
}
