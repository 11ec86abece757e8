using System.Globalization;

namespace N2D.Studies;

/// <summary>An array of tasks to send to Slurm. Immutable.</summary>
/// <param name="Name">The name of the job. It identifies the submission.</param>
/// <param name="PlaceCount">The number of places of the array.</param>
/// <param name="LogPath">The log of a place, with <c>%a</c> for its number.</param>
/// <param name="Options">The options of the user.</param>
/// <param name="Program">The program and its arguments.</param>
internal sealed record SlurmJob(string Name, int PlaceCount, string LogPath, SlurmOptions Options, IReadOnlyList<string> Program)
{
    /// <summary>
    /// The same for all jobs: it only runs its arguments, so that nothing in a path is taken for a command. exec lets the signals of Slurm
    /// reach the program.
    /// </summary>
    public const string Script = "#!/bin/sh\nexec \"$@\"\n";

    /// <summary>
    /// Two minutes before the time limit, the program is asked to save its training and to go on in another run. The option of the user
    /// comes later and replaces it.
    /// </summary>
    private const string Warning = "--signal=B:USR1@120";

    /// <summary>The largest number of places that run at once; null for no limit.</summary>
    public int? ThrottleLimit { get; init; }

    /// <summary>A job that must end before this one starts; null for none.</summary>
    public string? After { get; init; }

    /// <summary>Returns the arguments of sbatch. The script is its standard input.</summary>
    /// <param name="testOnly">Whether sbatch only estimates the start.</param>
    public IReadOnlyList<string> ToArguments(bool testOnly = false)
    {
        var throttle = ThrottleLimit is { } limit && limit < PlaceCount ? string.Create(CultureInfo.InvariantCulture, $"%{limit}") : "";
        string[] dry = testOnly ? ["--test-only"] : ["--parsable"];
        string[] order = After is null ? [] : [$"--dependency=afterany:{After}"];
        return
        [
            .. dry,
            $"--job-name={Name}",
            string.Create(CultureInfo.InvariantCulture, $"--array=0-{PlaceCount - 1}{throttle}"),
            $"--output={LogPath}",
            "--open-mode=append",
            "--requeue",
            Warning,
            .. order,
            .. Options.Arguments,
            "/dev/stdin",
            .. Program,
        ];
    }

    /// <summary>Returns a path as the pattern of a log.</summary>
    /// <param name="folder">The folder of logs.</param>
    /// <param name="number">The number of the submission.</param>
    /// <exception cref="N2DException">The path has a backslash, which Slurm cannot pass on (<c>StudyPathUnusable</c>).</exception>
    public static string LogPatternIn(string folder, int number) => folder.Contains('\\')
        ? throw new N2DException(
            "StudyPathUnusable",
            ErrorKind.InvalidArgument,
            $"Slurm cannot write logs to '{folder}', because the path has a backslash. Use another folder.",
            folder)
        : string.Create(CultureInfo.InvariantCulture, $"{folder.Replace("%", "%%", StringComparison.Ordinal)}/{number}-%a.log");
}
