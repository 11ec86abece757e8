using System.Diagnostics;
using N2D.Studies;
using N2D.Tests.Data;

namespace N2D.Tests.Studies;

/// <summary>Programs with the names of the commands of Slurm. They give prepared answers and record their arguments.</summary>
internal sealed class FakeSlurm : IDisposable
{
    private const string EndOfCall = "<end>";

    private const string Program = "#!/bin/sh\nprintf '%s\\n' \"$@\" '" + EndOfCall + "' >> \"$0.calls\"\ncat > \"$0.input\"\n"
        + "cat \"$0.output\"\ncat \"$0.error\" >&2\nexit \"$(cat \"$0.code\")\"\n";

    private readonly TemporaryFiles _files = new();

    public FakeSlurm()
    {
        foreach (var command in new[] { "sbatch", "squeue", "scancel", "scontrol" })
        {
            Answer(command, "");
        }

        Answer("sbatch", "77\n");
        Answer("scontrol", "MaxArraySize            = 1001\n");
    }

    public SlurmCommands Commands => new(_files.Folder);

    /// <summary>Sets what a command writes.</summary>
    public void Answer(string command, string output, string error = "", int code = 0)
    {
        var path = Path.Combine(_files.Folder, command);
        File.WriteAllText(path + ".output", output);
        File.WriteAllText(path + ".error", error);
        File.WriteAllText(path + ".code", $"{code}");
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            // Another process writes the program. A program that this process has open for writing cannot be started, and a child process
            // that another test starts at the same time has it open for a moment.
            using var shell = Process.Start("/bin/sh", ["-c", "printf %s \"$2\" > \"$1\" && chmod +x \"$1\"", "sh", path, Program]);
            shell.WaitForExit();
        }
    }

    /// <summary>Sets the queue: a place, its state and its reason.</summary>
    public void AnswerQueue(string jobName, params (int Place, string State, string Reason)[] entries) => Answer(
        "squeue", string.Concat(entries.Select(entry => $"12_{entry.Place}|{entry.Place}|{entry.State}|n1|{jobName}|{entry.Reason}\n")));

    /// <summary>The arguments of all calls of a command.</summary>
    public string[][] CallsOf(string command)
    {
        var path = Path.Combine(_files.Folder, command + ".calls");
        return File.Exists(path)
            ? [.. File.ReadAllText(path).Split(EndOfCall + "\n")[..^1].Select(call => call.TrimEnd('\n').Split('\n'))]
            : [];
    }

    /// <summary>The standard input of the last call of a command.</summary>
    public string InputOf(string command) => File.ReadAllText(Path.Combine(_files.Folder, command + ".input"));

    public void Dispose() => _files.Dispose();
}
