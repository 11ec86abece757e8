using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using N2D.Files;

namespace N2D.Studies;

/// <summary>The folder of a study. Its files are the only record of what is done; there is no server and no database.</summary>
/// <remarks>
/// <code>
/// study.json            schema, id, path, version of the module, whether trainings are kept, and the requests that made the tasks
/// tasks.jsonl           one task in each line; new tasks are added at the end, and a task whose data moved gets their new place
/// submissions/N.txt     the keys of the tasks that were started together, one place of the array in each line; written before the start
/// submissions/N.json    what started them: local processes or a job of Slurm
/// results/KEY.json      rows of a completed task; exists if and only if the task is done. Further results are results/KEY.*
/// results/KEY.earlier   rows of a result that had errors, while its task is repeated
/// runs/KEY.json         when, where and how long the task ran
/// failures/KEY.json     why the task failed
/// checkpoints/KEY       a training to resume; deleted when the task is done
/// logs/N-PLACE.log      what the processes wrote
/// claims/*              locks of local processes
/// </code>
/// Every file is written with a temporary name and renamed.
/// </remarks>
public sealed class StudyFolder
{
    private const string StudyName = "study.json";
    private const string Schema = "n2d-study-1";
    private const string SchemaName = "schema", IdName = "id", HomeName = "path", KeepName = "keepCheckpoints";
    private const int IdBytes = 4;

    private StudyFolder(string path, string id)
    {
        Path = path;
        Id = id;
    }

    /// <summary>Where the study was made or last started; null if it is not known.</summary>
    private string? Home { get; set; }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>The identity of the study, which jobs carry in their names: eight hexadecimal digits.</summary>
    public string Id { get; private set; }

    /// <summary>Whether completed tasks keep their training.</summary>
    internal bool KeepsCheckpoints { get; private set; }

    /// <summary>The file of requests.</summary>
    internal string StudyFile => System.IO.Path.Combine(Path, StudyName);

    private string TaskFile => System.IO.Path.Combine(Path, "tasks.jsonl");

    /// <summary>Opens the study in a folder.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">
    /// There is no study (<c>StudyNotFound</c>), or a later version made it or it is damaged (<c>StudyUnreadable</c>).
    /// </exception>
    public static StudyFolder Open(string path)
    {
        var file = System.IO.Path.Combine(path, StudyName);
        if (!File.Exists(file))
        {
            throw new N2DException(
                "StudyNotFound", ErrorKind.NotFound, $"There is no study in '{path}': it has no file study.json.", path);
        }

        var document = ReadJson(file);
        return TextOf(document[SchemaName]) == Schema && TextOf(document[IdName]) is { } id
            ? new StudyFolder(path, id)
            {
                Home = TextOf(document[HomeName]),
                KeepsCheckpoints = document[KeepName]?.GetValueKind() == JsonValueKind.True,
            }
            : throw new N2DException(
                "StudyUnreadable",
                ErrorKind.InvalidData,
                $"'{file}' has the schema '{document[SchemaName]}', and this version reads {Schema}. Use the version of the module that "
                    + "made the study.",
                file);
    }

    /// <summary>Opens the study in a folder; null if there is none.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">Another version made it, or a file is damaged (<c>StudyUnreadable</c>).</exception>
    public static StudyFolder? Find(string path) => File.Exists(System.IO.Path.Combine(path, StudyName)) ? Open(path) : null;

    /// <summary>Opens the study in a folder, or makes one.</summary>
    /// <param name="path">Full path. The folder is created if it does not exist.</param>
    /// <param name="version">The version of the program.</param>
    /// <exception cref="N2DException">
    /// The folder has other files (<c>FolderNotEmpty</c>), or cannot be written (<c>FolderNotWritable</c>).
    /// </exception>
    public static StudyFolder OpenOrCreate(string path, string version)
    {
        if (Find(path) is { } existing)
        {
            return existing;
        }

        try
        {
            if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            {
                throw new N2DException(
                    "FolderNotEmpty",
                    ErrorKind.InvalidArgument,
                    $"'{path}' holds other files and no study. Use a new folder, or an empty one.",
                    path);
            }

            var study = new StudyFolder(path, NewId()) { Home = path };
            foreach (var name in Enum.GetNames<StudyPart>())
            {
                Directory.CreateDirectory(System.IO.Path.Combine(path, name.ToLowerInvariant()));
            }

            WriteJson(study.StudyFile, new JsonObject
            {
                [SchemaName] = Schema,
                [IdName] = study.Id,
                [HomeName] = path,
                ["version"] = version,
                ["requests"] = new JsonArray(),
            });
            return study;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new N2DException(
                "FolderNotWritable", ErrorKind.AccessDenied, $"The study '{path}' cannot be created: {error.Message}", path, error);
        }
    }

    /// <summary>Reads the tasks, in order.</summary>
    /// <exception cref="N2DException">The file is damaged (<c>StudyUnreadable</c>).</exception>
    public IReadOnlyList<StudyTask> ReadTasks()
    {
        if (!File.Exists(TaskFile))
        {
            return [];
        }

        try
        {
            return [.. SharedFile.ReadLines(TaskFile).Select(StudyTask.Parse)];
        }
        catch (FormatException error)
        {
            throw new N2DException(
                "StudyUnreadable", ErrorKind.InvalidData, $"'{TaskFile}' is damaged: {error.Message}.", TaskFile, error);
        }
    }

    /// <summary>Adds the tasks that the study does not have yet.</summary>
    /// <param name="tasks">The requested tasks.</param>
    /// <param name="request">What the user asked for, to keep with the study.</param>
    /// <returns>The tasks of the request with their positions, those that existed before included.</returns>
    public IReadOnlyList<StudyTask> Add(IReadOnlyList<StudyTask> tasks, JsonObject request)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        using var alone = Lock();
        var known = ReadTasks();
        var places = known.ToDictionary(task => task.Key);
        var lines = known.Select(task => task.ToLine()).ToList();
        var asked = new List<StudyTask>();
        var coverage = new MethodCoverage(known);
        var isMoved = false;
        foreach (var task in tasks.SelectMany(coverage.Covering).DistinctBy(task => task.Key))
        {
            if (!places.TryGetValue(task.Key, out var placed))
            {
                placed = task.At(lines.Count);
                lines.Add(placed.ToLine());
            }
            else if (!placed.HasSourceOf(task))
            {
                // The same data are at another place now.
                placed = task.At(placed.Index);
                lines[placed.Index] = placed.ToLine();
                isMoved = true;
            }

            asked.Add(placed);
        }

        if (lines.Count > known.Count || isMoved)
        {
            WriteText(TaskFile, string.Concat(lines.Select(line => line + "\n")));
            var document = ReadJson(StudyFile);
            ((JsonArray)document["requests"]!).Add(request.DeepClone());
            WriteJson(StudyFile, document);
        }

        return asked;
    }

    /// <summary>Records whether completed tasks keep their training. It holds for all later runs of tasks.</summary>
    /// <param name="keepsCheckpoints">Whether they do, so that another comparison or fit can continue with it.</param>
    /// <exception cref="N2DException">Another process starts tasks (<c>StudyInUse</c>).</exception>
    public void KeepCheckpoints(bool keepsCheckpoints)
    {
        using var alone = Lock();
        var document = ReadJson(StudyFile);
        document[KeepName] = KeepsCheckpoints = keepsCheckpoints;
        WriteJson(StudyFile, document);
    }

    /// <summary>Whether a task is done.</summary>
    /// <param name="task">The task.</param>
    public bool HasResult(StudyTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return File.Exists(PathOf(StudyPart.Results, task));
    }

    /// <summary>Returns the folder that this one is a copy of; null if it is not a copy, or was moved.</summary>
    internal string? FindOriginal()
    {
        if (Home is null || FilePaths.Comparer.Equals(Home, Path) || !File.Exists(System.IO.Path.Combine(Home, StudyName)))
        {
            return null;
        }

        // The same folder can have two paths, by a link for example: a file of this one is then in the other, too.
        var probe = $"probe-{Guid.NewGuid():N}";
        WriteText(PathOf(StudyPart.Claims, probe), "");
        var original = new StudyFolder(Home, Id);
        var isSame = File.Exists(original.PathOf(StudyPart.Claims, probe));
        File.Delete(PathOf(StudyPart.Claims, probe));
        return !isSame && TextOf(ReadJson(original.StudyFile)[IdName]) == Id ? Home : null;
    }

    /// <summary>
    /// Records that the study is here now. A copy becomes a study of its own: it no longer knows the jobs of the original.
    /// </summary>
    /// <returns>The original of a copy; null if the folder was no copy.</returns>
    internal string? Settle()
    {
        var original = FindOriginal();
        if (!FilePaths.Comparer.Equals(Home, Path))
        {
            Id = original is null ? Id : NewId();
            Home = Path;
            var document = ReadJson(StudyFile);
            (document[IdName], document[HomeName]) = (Id, Home);
            WriteJson(StudyFile, document);
        }

        return original;
    }

    /// <summary>Keeps other processes from starting tasks of the study until it is disposed.</summary>
    /// <exception cref="N2DException">Another process starts tasks (<c>StudyInUse</c>).</exception>
    internal IDisposable Lock()
    {
        try
        {
            return LockedFile.Take(PathOf(StudyPart.Claims, "start.lock"));
        }
        catch (IOException error) when (LockedFile.IsCauseOf(error))
        {
            throw new N2DException(
                "StudyInUse",
                ErrorKind.Unavailable,
                $"Another process is starting tasks of the study '{Path}'. Repeat the command when it has ended.",
                Path,
                error);
        }
    }

    /// <summary>Returns the full path of a file.</summary>
    internal string PathOf(StudyPart part, string name) => System.IO.Path.Combine(Path, part.ToString().ToLowerInvariant(), name);

    /// <summary>Returns the full path of a file of a task.</summary>
    internal string PathOf(StudyPart part, StudyTask task, string extension = ".json") => PathOf(part, task.Key + extension);

    /// <summary>Returns the names of the files of a part that have an extension, without it.</summary>
    internal HashSet<string> NamesIn(StudyPart part, string extension = ".json") =>
        [.. Directory.EnumerateFiles(PathOf(part, ""), "*" + extension).Select(file => System.IO.Path.GetFileNameWithoutExtension(file))];

    /// <summary>Reads a JSON file.</summary>
    /// <exception cref="N2DException">It is damaged (<c>StudyUnreadable</c>).</exception>
    internal static JsonObject ReadJson(string path)
    {
        try
        {
            using var file = SharedFile.Open(path);
            return (JsonObject)JsonNode.Parse(file)!;
        }
        catch (Exception error) when (error is JsonException or InvalidCastException or NullReferenceException)
        {
            throw new N2DException("StudyUnreadable", ErrorKind.InvalidData, $"'{path}' is damaged: {error.Message}", path, error);
        }
    }

    /// <summary>Writes a JSON file.</summary>
    internal static void WriteJson(string path, JsonNode document) => WriteText(path, CanonicalJson.Of(document) + "\n");

    /// <summary>Writes a text file.</summary>
    internal static void WriteText(string path, string text) =>
        OutputFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
