namespace N2D.Studies;

/// <summary>
/// Leaves out the methods that tasks of a study already compare, so that a study can be extended by methods without repeating the others.
/// </summary>
internal sealed class MethodCoverage
{
    private readonly Dictionary<string, List<StudyTask>> _tasks = [];

    /// <summary>Reads the methods of tasks.</summary>
    public MethodCoverage(IEnumerable<StudyTask> tasks)
    {
        foreach (var task in tasks.Where(task => task.Kind == StudyTaskKind.Compare))
        {
            var group = GroupOf(task);
            if (!_tasks.TryGetValue(group, out var members))
            {
                _tasks[group] = members = [];
            }

            members.Add(task);
        }
    }

    /// <summary>Returns the tasks that cover a task: existing ones, and one for the methods that none of them compares.</summary>
    public IEnumerable<StudyTask> Covering(StudyTask task)
    {
        if (task.Kind != StudyTaskKind.Compare || !_tasks.TryGetValue(GroupOf(task), out var existing))
        {
            return [task];
        }

        var asked = MethodsOf(task);
        var covering = existing.Where(member => MethodsOf(member).Intersect(asked).Any()).ToArray();
        string[] missing = [.. asked.Except(covering.SelectMany(MethodsOf))];
        var moved = covering.Select(member => member.WithSourceOf(task));
        return missing.Length == 0 ? moved : [.. moved, WithMethods(task, missing)];
    }

    private static IReadOnlyList<string> MethodsOf(StudyTask task) => task.GetSpec().Methods!;

    private static string GroupOf(StudyTask task) => CanonicalJson.Of((task.GetSpec() with { Methods = null }).ToJson());

    private static StudyTask WithMethods(StudyTask task, string[] methods) =>
        StudyTask.Create(task.Dataset, task.GetSpec() with { Methods = methods }, task.GetSource());
}
