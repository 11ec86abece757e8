using System.Management.Automation;
using N2D.Studies;

namespace N2D.PowerShell;

/// <summary>The results of tasks as objects.</summary>
internal static class StudyResults
{
    /// <summary>Returns the rows of a completed task; none if it has no result.</summary>
    public static IEnumerable<PSObject> RowsOf(StudyFolder study, StudyTask task)
    {
        foreach (var row in TaskWork.ReadRows(study, task) ?? [])
        {
            var item = new PSObject();
            item.TypeNames.Insert(0, $"N2D.Studies.StudyRow#{task.Kind}");
            foreach (var (name, value) in row)
            {
                item.Properties.Add(new PSNoteProperty(name, JsonValues.To(value)));
            }

            yield return item;
        }
    }
}
