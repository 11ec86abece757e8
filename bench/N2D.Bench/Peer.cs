using System.Diagnostics;
using System.Globalization;

namespace N2D.Bench;

/// <summary>A program that fits one UMAP and prints what it took, as <c>name=value</c> in one line.</summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Its first arguments; those that say what to fit follow.</param>
internal sealed record Peer(string Name, string FileName, params string[] Arguments)
{
    /// <summary>This program itself, and those peers whose interpreters are there.</summary>
    public static IReadOnlyList<Peer> Available()
    {
        var scripts = Path.Combine(AppContext.BaseDirectory, "peers");
        Peer[] all =
        [
            new("N2D", Environment.ProcessPath!, [.. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? new[] { typeof(Peer).Assembly.Location } : [], "fit"]),
            new("umap-learn", "/usr/bin/python3", Path.Combine(scripts, "umap_peer.py")),
            new("uwot", "/usr/bin/Rscript", Path.Combine(scripts, "uwot_peer.R")),
        ];
        return [.. all.Where(peer => File.Exists(peer.FileName))];
    }

    /// <summary>Fits one UMAP.</summary>
    /// <returns>What it printed, by name; null if it failed, after saying so.</returns>
    public Dictionary<string, string>? Fit(params string[] what)
    {
        using var process = Process.Start(new ProcessStartInfo(FileName, [.. Arguments, .. what]) { RedirectStandardOutput = true })!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        if (process.ExitCode != 0 || lines.Length == 0)
        {
            Console.Error.WriteLine($"{Name} failed with exit code {process.ExitCode}.");
            return null;
        }

        return lines[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
    }

    /// <summary>The median of a figure over several fits; NaN where it was not told.</summary>
    public static double Median(IEnumerable<Dictionary<string, string>> fits, string name)
    {
        var values = fits.Where(fit => fit.ContainsKey(name)).Select(fit => double.Parse(fit[name], CultureInfo.InvariantCulture)).Order().ToArray();
        return values.Length == 0 ? double.NaN : (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
