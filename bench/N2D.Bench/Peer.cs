using System.Diagnostics;
using System.Globalization;

namespace N2D.Bench;

/// <summary>A program that does one task and prints figures as <c>name=value</c> in one line.</summary>
/// <param name="Name">The name in tables.</param>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">The first arguments. Those of the task follow.</param>
internal sealed record Peer(string Name, string FileName, params string[] Arguments)
{
    private static readonly string Scripts = Path.Combine(AppContext.BaseDirectory, "peers");

    /// <summary>Variables by which a system can keep OpenBLAS from the instructions and cache sizes that it detects.</summary>
    private static readonly string[] BlasTuning = ["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"];

    /// <summary>Whether the interpreter is installed.</summary>
    public bool IsInstalled => File.Exists(FileName);

    /// <summary>This program itself.</summary>
    /// <param name="name">The name in tables.</param>
    /// <param name="command">The command.</param>
    public static Peer Self(string name, string command) =>
        new(name, Environment.ProcessPath!, [.. Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal)
            ? new[] { typeof(Peer).Assembly.Location }
            : [], command]);

    /// <summary>A script for Debian's Python.</summary>
    public static Peer Python(string name, string script) => new(name, "/usr/bin/python3", Path.Combine(Scripts, script));

    /// <summary>A script for Debian's R.</summary>
    public static Peer R(string name, string script) => new(name, "/usr/bin/Rscript", Path.Combine(Scripts, script));

    /// <summary>Runs the task once.</summary>
    /// <returns>The printed figures by name; null if it failed, after printing the error.</returns>
    public Dictionary<string, string>? Run(params string[] what)
    {
        var start = new ProcessStartInfo(FileName, [.. Arguments, .. what]) { RedirectStandardOutput = true };
        foreach (var variable in BlasTuning)
        {
            start.Environment.Remove(variable);
        }

        using var process = Process.Start(start)!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        if (process.ExitCode != 0 || lines.Length == 0)
        {
            Console.Error.WriteLine($"{Name} failed with exit code {process.ExitCode}.");
            return null;
        }

        return lines[^1]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0], part => part[1]);
    }

    /// <summary>The median of a figure over several fits; NaN if it is missing.</summary>
    public static double Median(IEnumerable<Dictionary<string, string>> fits, string name)
    {
        var values = fits.Where(fit => fit.ContainsKey(name))
            .Select(fit => double.Parse(fit[name], CultureInfo.InvariantCulture))
            .Order()
            .ToArray();
        return values.Length == 0 ? double.NaN : (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
