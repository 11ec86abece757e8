using System.Management.Automation;
using System.Text.Json.Nodes;
using N2D.Studies;

namespace N2D.PowerShell;

/// <summary>Runs a task of a study with the cmdlets of the module, as a user would.</summary>
/// <param name="cmdlet">The cmdlet whose session the task runs in.</param>
internal sealed class StudyTaskScripts(N2DCmdlet cmdlet)
{
    private const string SecondsSuffix = "Seconds";

    private static readonly ScriptBlock Compare = ScriptBlock.Create(
        "param($source, $methods, $options) Import-N2DDataset @source -ErrorAction Stop | "
        + "Compare-N2DMethod $methods @options -ErrorAction Stop");

    private static readonly ScriptBlock Fit = ScriptBlock.Create(
        "param($source, $options, $path) $result = Import-N2DDataset @source -ErrorAction Stop | Invoke-N2D @options -ErrorAction Stop; "
        + "$result | Export-N2DModel $path -ErrorAction Stop; $result");

    private static readonly ScriptBlock Score = ScriptBlock.Create(
        "param($source, $path) $result = Import-N2DDataset @source -ErrorAction Stop | Invoke-N2DModel $source.Model -ErrorAction Stop; "
        + "$result | Get-N2DAssignment | Export-Csv -LiteralPath $path -ErrorAction Stop; $result");

    /// <summary>Runs a task and keeps its result.</summary>
    /// <param name="work">The run of the task.</param>
    /// <exception cref="N2DException">The task failed.</exception>
    public void Run(TaskWork work)
    {
        var spec = work.Task.GetSpec();
        var source = JsonValues.To(work.Task.GetSource());
        var options = new System.Collections.Hashtable(spec["parameter"] is JsonObject given ? (System.Collections.Hashtable)JsonValues.To(given)! : []);
        IReadOnlyList<PSObject> output;
        switch (work.Task.Kind)
        {
            case StudyTaskKind.Compare:
                options["Seed"] = JsonValues.To(spec["seed"]);
                var methods = (object[])JsonValues.To(spec["method"])!;
                if (methods.Any(method => method is "N2D" || $"{method}".StartsWith("AE", StringComparison.Ordinal)))
                {
                    options["CheckpointPath"] = work.CheckpointPath;
                }

                output = cmdlet.Run(Compare, source, methods, options);
                break;
            case StudyTaskKind.Fit:
                options["Seed"] = JsonValues.To(spec["seed"]);
                output = cmdlet.Run(Fit, source, options, work.ResultPath(".n2d"));
                break;
            default:
                output = RunScore(work, source);
                break;
        }

        JsonObject[] rows = [.. output.Select(JsonValues.OfProperties)];
        ThrowIfAllFailed(rows);
        work.Complete([.. rows.Select(row => Part(row, false))], [.. rows.Select(row => Part(row, true))]);
    }

    private IReadOnlyList<PSObject> RunScore(TaskWork work, object? source)
    {
        var path = work.ResultPath(".csv");
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            var output = cmdlet.Run(Score, source, temporary);
            File.Move(temporary, path, overwrite: true);
            return output;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void ThrowIfAllFailed(JsonObject[] rows)
    {
        string[] errors = [.. rows.Select(row => (string?)row["Error"]).OfType<string>()];
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
