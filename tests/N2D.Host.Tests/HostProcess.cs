using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace N2D.Host.Tests;

/// <summary>Runs the built host as a user does, in its own temporary folder.</summary>
public sealed partial class HostProcess : IDisposable
{
    private static readonly string Assembly = Metadata("Host");

    // Far more than any test takes. It only stops a host that hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(400);

    /// <summary>The root folder of the repository.</summary>
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public string Folder { get; } = Directory.CreateTempSubdirectory("n2d-host-").FullName;

    /// <summary>A folder to prepend to PATH.</summary>
    public string? PathPrefix { get; set; }

    /// <summary>Additional environment variables of the host.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What the project file of the tests says about the build, by its name.</summary>
    public static string Metadata(string key) => typeof(HostProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == key).Value!;

    public string FileOf(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(FileOf(name), text);
        return FileOf(name);
    }

    /// <summary>Runs the host with arguments until it ends.</summary>
    public Result Run(params string[] arguments) => Collect(Start(arguments));

    /// <summary>Writes a script and runs it.</summary>
    public Result RunScript(string script, params string[] arguments) => Run([Write("script.ps1", script), .. arguments]);

    /// <summary>Starts the host with redirected streams.</summary>
    public Process Start(params string[] arguments) => StartAssembly(Assembly, ["-NoProfile", .. arguments]);

    /// <summary>
    /// Runs a script on a terminal of 70 columns. The output has all streams, as on the terminal, but no progress bars: before each, the
    /// host asks the terminal for the position of the cursor and waits seconds for the answer, which no test sends.
    /// </summary>
    public Result RunOnTerminal(string script)
    {
        script = $"$ProgressPreference = 'SilentlyContinue'\n{script}";
        var command = $"stty cols 70 rows 20; dotnet exec '{Assembly}' -NoProfile '{Write("script.ps1", script)}'";
        return Collect(StartProgram("script", ["-qec", command, "/dev/null"]));
    }

    /// <summary>The next line that a process writes.</summary>
    public static string? ReadLine(Process process)
    {
        var line = process.StandardOutput.ReadLineAsync();
        if (!line.Wait(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("The host said nothing.");
        }

        return line.Result;
    }

    public static Result Collect(Process process, string input = "")
    {
        using (process)
        {
            process.StandardInput.Write(input);
            process.StandardInput.Flush();
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail("The host did not end.");
            }

            return new Result(process.ExitCode, output.Result, error.Result);
        }
    }

    /// <summary>Copies the built module, without libtorch, into the temporary folder.</summary>
    /// <returns>The folder of the copy. Its manifest lists only the files that were copied.</returns>
    public string CopyModuleWithoutLibtorch()
    {
        var source = Path.Combine(RepositoryRoot, "out", "N2D.PowerShell");
        var target = FileOf("N2D.PowerShell");
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(source, file);
            if (!name.StartsWith(Path.Combine("bin", "libtorch"), StringComparison.Ordinal))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(target, name))!);
                File.Copy(file, Path.Combine(target, name));
            }
        }

        var manifest = Path.Combine(target, "N2D.PowerShell.psd1");
        File.WriteAllLines(manifest, File.ReadAllLines(manifest).Where(line => !line.Contains("'bin/libtorch/", StringComparison.Ordinal)));
        return target;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Starts a .NET program with redirected streams, in the temporary folder.</summary>
    /// <param name="assembly">The path of the program's assembly.</param>
    /// <param name="arguments">The arguments of the program.</param>
    public Process StartAssembly(string assembly, params string[] arguments) => StartProgram("dotnet", ["exec", assembly, .. arguments]);

    private Process StartProgram(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TERM"] = "xterm";
        start.Environment.Remove("NO_COLOR");

        // A libtorch that the user installed must not be used, nor removed.
        start.Environment["XDG_DATA_HOME"] = FileOf("data");
        if (!Directory.Exists(Path.Combine(RepositoryRoot, "out", "N2D.PowerShell", "bin", "libtorch")))
        {
            start.Environment["N2D_LIBTORCH"] = Path.Combine(AppContext.BaseDirectory, "libtorch");
        }

        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        if (PathPrefix is not null)
        {
            start.Environment["PATH"] = PathPrefix + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        }

        return Process.Start(start)!;
    }

    public sealed partial record Result(int ExitCode, string Output, string Error)
    {
        /// <summary>All output, warnings and errors, in one line: PowerShell wraps messages at the width of the screen.</summary>
        public string Said => Wrapping().Replace(Output + "\n" + Error, " ");

        public string[] Lines => Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

        [GeneratedRegex(@"\s*\n[\s|]*")]
        private static partial Regex Wrapping();
    }
}
