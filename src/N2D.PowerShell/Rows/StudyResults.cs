using System.Management.Automation;
using System.Text.Json.Nodes;
using N2D.Ablation;
using N2D.Studies;

namespace N2D.PowerShell;

/// <summary>The results of tasks as objects.</summary>
internal static class StudyResults
{
    /// <summary>
    /// Returns the rows of completed tasks, in order. Parameters that differ between the tasks are columns, too. All rows have the same
    /// columns, because Export-Csv takes those of the first row.
    /// </summary>
    /// <param name="study">The study.</param>
    /// <param name="tasks">The tasks whose parameters are columns.</param>
    /// <param name="results">The results of the tasks that have one.</param>
    public static IEnumerable<PSObject> RowsOf(
        StudyFolder study, IReadOnlyList<StudyTask> tasks, IReadOnlyList<TaskResult> results)
    {
        string[] varied =
        [
            .. tasks.Where(task => task.Kind != StudyTaskKind.Score)
                .SelectMany(task => task.GetSpec().Parameters)
                .Select(parameter => parameter.Key)
                .Distinct(),
        ];
        foreach (var result in results)
        {
            var parameters = result.Task.GetSpec().Parameters;
            foreach (var row in result.Rows)
            {
                yield return ItemOf(study, result.Task, row, [.. varied.Select(name => (name, parameters[name]))]);
            }
        }
    }

    private static PSObject ItemOf(
        StudyFolder study, StudyTask task, JsonObject row, IReadOnlyList<(string Name, JsonNode? Value)> parameters)
    {
        var item = new PSObject();
        foreach (var (name, value) in row)
        {
            item.Properties.Add(new PSNoteProperty(name, JsonValues.To(value)));
        }

        foreach (var (name, value) in parameters)
        {
            if (item.Properties[name] is null)
            {
                item.Properties.Add(new PSNoteProperty(name, value is JsonArray list ? string.Join(' ', list) : JsonValues.To(value)));
            }
        }

        // Rows are shown as those of the cmdlet that made them, those of a sweep with its parameters.
        if (ViewOf(task.Kind) is { } type)
        {
            item.TypeNames.Insert(0, parameters.Count == 0 ? type.FullName : $"{type.FullName}#Sweep");
        }

        // The path is not part of the result, so that the results are the same in every folder.
        if (TaskWork.FilePathOf(study, task) is { } path)
        {
            item.Properties.Add(new PSNoteProperty("Path", path));
        }

        return item;
    }

    private static Type? ViewOf(StudyTaskKind kind) => kind switch
    {
        StudyTaskKind.Compare => typeof(MethodScore),
        StudyTaskKind.Score => typeof(ShardScore),
        _ => null,
    };
}
