using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace N2D.Studies;

/// <summary>The commands of Slurm. They are run without a shell, with a list of arguments.</summary>
/// <param name="folder">The folder of the programs; empty to find them on the path.</param>
internal sealed class SlurmCommands(string folder = "")
{
    /// <summary>The error of the system for a program that does not exist: ENOENT, and ERROR_FILE_NOT_FOUND on Windows.</summary>
    private const int NoSuchFile = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Texts of errors after which Slurm may have accepted a job nevertheless.</summary>
    private static readonly string[] Uncertain = ["timed out", "timeout", "unable to contact", "connection", "communication"];

    /// <summary>Sends a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The id of the job.</returns>
    /// <exception cref="N2DException">
    /// Slurm is not installed (<c>SlurmNotFound</c>), cannot be started (<c>SlurmNotStarted</c>), refuses the job (<c>SlurmRefused</c>), or
    /// does not answer (<c>SlurmSilent</c>).
    /// </exception>
    public string Submit(SlurmJob job, CancellationToken cancellation)
    {
        var (output, error, code) = Run("sbatch", job.ToArguments(), SlurmJob.Script, cancellation);
        return code == 0 ? output.Trim().Split(';')[0] : throw Refusal("sbatch", error);
    }

    /// <summary>Asks when a job would start, without sending it.</summary>
    /// <returns>The answer of sbatch.</returns>
    public string Test(SlurmJob job, CancellationToken cancellation)
    {
        var (_, error, code) = Run("sbatch", job.ToArguments(testOnly: true), SlurmJob.Script, cancellation);
        return code == 0 ? error.Trim() : throw Refusal("sbatch", error);
    }

    /// <summary>Returns the places of arrays that wait, run, or ended a short time ago.</summary>
    /// <param name="jobNames">The names of the jobs.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public IReadOnlyList<SlurmEntry> Queue(IEnumerable<string> jobNames, CancellationToken cancellation)
    {
        var (output, error, code) = Run(
            "squeue", ["-r", "-h", "-t", "all", "-n", string.Join(',', jobNames), "-o", SlurmEntry.Format], "", cancellation);
        return code == 0
            ? [.. output.Split('\n').Select(SlurmEntry.Parse).OfType<SlurmEntry>()]
            : throw Refusal("squeue", error);
    }

    /// <summary>Cancels jobs, or places of their arrays.</summary>
    /// <param name="jobIds">The ids.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public void Cancel(IEnumerable<string> jobIds, CancellationToken cancellation)
    {
        var (_, error, code) = Run("scancel", [.. jobIds], "", cancellation);
        if (code != 0)
        {
            throw Refusal("scancel", error);
        }
    }

    /// <summary>Puts a running place back into the queue.</summary>
    /// <param name="jobId">The id.</param>
    public void Requeue(string jobId) => Run("scontrol", ["requeue", jobId], "", CancellationToken.None);

    /// <summary>Returns the largest number of places of an array.</summary>
    public int MaxPlaceCount(CancellationToken cancellation)
    {
        const int Default = 1001;
        var (output, _, _) = Run("scontrol", ["show", "config"], "", cancellation);
        var line = output.Split('\n').FirstOrDefault(line => line.StartsWith("MaxArraySize", StringComparison.Ordinal));

        // The number of a place must be below MaxArraySize, and the first is 0.
        return int.TryParse(line?.Split('=')[^1], CultureInfo.InvariantCulture, out var size) && size > 0 ? size : Default;
    }

    /// <summary>Whether Slurm may have accepted a job although sbatch failed.</summary>
    public static bool IsUncertain(N2DException error) => error.Id == "SlurmSilent";

    private static N2DException Refusal(string command, string error)
    {
        var text = error.Trim().ReplaceLineEndings(" ");
        var isUncertain = Uncertain.Any(part => text.Contains(part, StringComparison.OrdinalIgnoreCase));
        var meaning = isUncertain ? "Slurm does not answer. Try again later." : SlurmRefusal.Explain(command, text);
        return new N2DException(
            isUncertain ? "SlurmSilent" : "SlurmRefused",
            isUncertain ? ErrorKind.Unavailable : ErrorKind.InvalidArgument,
            $"{meaning} Message of {command}: {text}",
            command);
    }

    private (string Output, string Error, int Code) Run(
        string command, IReadOnlyList<string> arguments, string input, CancellationToken cancellation)
    {
        using var process = Start(command, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        Feed(process.StandardInput, input);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            process.WaitForExitAsync(limit.Token).GetAwaiter().GetResult();
            return (output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult(), process.ExitCode);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            process.Kill();
            return ("", $"{command} timed out after {Patience.TotalSeconds} s", -1);
        }
    }

    private Process Start(string command, IReadOnlyList<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(Path.Combine(folder, command), arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception error) when (error.NativeErrorCode == NoSuchFile)
        {
            throw new N2DException(
                "SlurmNotFound",
                ErrorKind.NotFound,
                $"The command '{command}' of Slurm is not on this machine. Run this on a login node of the cluster, or start the study "
                    + "without Slurm.",
                command,
                error);
        }
        catch (Win32Exception error)
        {
            throw new N2DException(
                "SlurmNotStarted",
                ErrorKind.Unavailable,
                $"The command '{command}' of Slurm cannot be started: {error.Message}. Try again later.",
                command,
                error);
        }
    }

    private static void Feed(StreamWriter target, string input)
    {
        try
        {
            target.Write(input);
            target.Close();
        }
        catch (IOException)
        {
            // The command has ended without reading it, for example because an argument is wrong. Its exit code reports it.
        }
    }
}
