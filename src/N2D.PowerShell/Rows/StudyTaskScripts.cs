using System.Collections;
using System.Management.Automation;
using System.Text.Json.Nodes;
using N2D.Ablation;
using N2D.Models;
using N2D.Pipeline;
using N2D.Studies;

namespace N2D.PowerShell;

/// <summary>Runs a task of a study with the cmdlets of the module, as a user would.</summary>
/// <param name="cmdlet">The cmdlet whose session the task runs in.</param>
internal sealed class StudyTaskScripts(N2DCmdlet cmdlet)
{
    /// <summary>The entries of a source that hold <see cref="StudyData.StampOf"/> of the file and of the model.</summary>
    public const string DataStamp = "DataStamp", ModelStamp = "ModelStamp";

    private const string SecondsSuffix = "Seconds", Checkpoint = "CheckpointPath";

    private static readonly ScriptBlock Import = ScriptBlock.Create("param($source) Import-N2DDataset @source -ErrorAction Stop");

    private static readonly ScriptBlock Compare = ScriptBlock.Create(
        "param($rows, $methods, $options) $rows | Compare-N2DMethod $methods @options -ErrorAction Stop");

    private static readonly ScriptBlock Fit = ScriptBlock.Create(
        "param($rows, $options) $rows | Invoke-N2D @options -ErrorAction Stop");

    private static readonly ScriptBlock Score = ScriptBlock.Create(
        "param($source) Import-N2DDataset @source -ErrorAction Stop | Invoke-N2DModel $source.Model -ErrorAction Stop");

    /// <summary>Runs a task and keeps its result.</summary>
    /// <param name="work">The run of the task.</param>
    /// <exception cref="N2DException">The task failed.</exception>
    public void Run(TaskWork work)
    {
        var spec = work.Task.GetSpec();
        var source = (Hashtable)JsonValues.To(work.Task.GetSource())!;
        var options = (Hashtable)JsonValues.To(spec.Parameters)!;
        options["Seed"] = spec.Seed;
        var rows = work.Task.Kind switch
        {
            StudyTaskKind.Compare => RunComparison(work, ImportRows(work, source), options),
            StudyTaskKind.Fit => RunFit(work, ImportRows(work, source), options),
            _ => RunScore(work, source),
        };
        ThrowIfAllFailed(rows);
        work.Complete([.. rows.Select(row => Part(row, false))], [.. rows.Select(row => Part(row, true))]);
    }

    /// <summary>Reads the data set, and checks that it is the one that the task was made for.</summary>
    private Embedding ImportRows(TaskWork work, Hashtable source)
    {
        var wanted = work.Task.GetSpec().Data;
        return cmdlet.Run(Import, source).Select(item => (Embedding)item.BaseObject)
            .FirstOrDefault(rows => cmdlet.RunFor($"Reading {rows.Dataset}", execution => StudyData.DigestOf(rows, execution)) == wanted)
            ?? throw Changed(work.Task.Dataset);
    }

    private static N2DException Changed(string name) => new(
        "DataChanged",
        ErrorKind.InvalidData,
        $"'{name}' has changed since the task was made. Give the complete Start-N2DStudy command again, to make tasks of the new content.",
        name);

    private JsonObject[] RunComparison(TaskWork work, Embedding rows, Hashtable options)
    {
        string[] methods = [.. work.Task.GetSpec().Methods!];
        if (AblationMethod.Select(methods).Any(method => method.Representation == Representation.Autoencoder))
        {
            options[Checkpoint] = work.CheckpointPath;
        }

        var output = cmdlet.Run(Compare, rows, methods, options);
        if (output.Select(row => ((MethodScore)row.BaseObject).GetFailure()).FirstOrDefault(error => TaskWork.LeavesToAnother(error?.Id))
            is { } error)
        {
            throw error;
        }

        return FiguresOf(output);
    }

    /// <summary>Fits a model, and saves it without times: they are in the run of the task.</summary>
    private JsonObject[] RunFit(TaskWork work, Embedding rows, Hashtable options)
    {
        options[Checkpoint] = work.CheckpointPath;
        var output = cmdlet.Run(Fit, rows, options);
        cmdlet.RunFor("Saving the model", execution =>
        {
            FittedPipeline.Of((ClusterResult)output[0].BaseObject, execution).Save(work.FilePath, execution, hasTimes: false);
            return true;
        });
        return FiguresOf(output);
    }

    private static JsonObject[] FiguresOf(IReadOnlyList<PSObject> output) => [.. output.Select(JsonValues.OfProperties)];

    /// <summary>Applies a model, and writes the cluster of each row.</summary>
    private JsonObject[] RunScore(TaskWork work, Hashtable source)
    {
        foreach (var (path, stamp) in new[] { ("LiteralPath", DataStamp), ("Model", ModelStamp) })
        {
            if (StudyData.StampOf((string)source[path]!) != (string?)source[stamp])
            {
                throw Changed((string)source[path]!);
            }

            source.Remove(stamp);
        }

        var result = (ClusterResult)cmdlet.Run(Score, source)[0].BaseObject;
        var file = work.FilePath;
        cmdlet.RunFor($"Writing {Path.GetFileName(file)}", execution =>
        {
            AssignmentFile.Write(file, result, (long?)source["Skip"] ?? 0, execution);
            return true;
        });
        return [JsonValues.OfProperties(ShardScore.Of(work.Task.Dataset, result, (long?)source["Skip"] ?? 0))];
    }

    private static void ThrowIfAllFailed(JsonObject[] rows)
    {
        string[] errors = [.. rows.Select(TaskResult.ErrorOf).OfType<string>()];
        if (errors.Length > 0 && errors.Length == rows.Length)
        {
            throw new N2DException("TaskFailed", ErrorKind.InvalidData, string.Join(" ", errors.Distinct()));
        }
    }

    /// <summary>Returns the columns that differ between runs of the same task, or the others.</summary>
    private static JsonObject Part(JsonObject row, bool isSeconds) => new(row
        .Where(column => column.Key.EndsWith(SecondsSuffix, StringComparison.Ordinal) == isSeconds)
        .Select(column => KeyValuePair.Create(column.Key, column.Value?.DeepClone())));
}
