using System.Management.Automation;

namespace N2D.Host.Terminal;

/// <summary>The activities that are running, each below the one that it is a part of.</summary>
internal sealed class ActivityTree
{
    private readonly List<(long Source, ProgressRecord Record)> _running = [];

    public bool IsEmpty => _running.Count == 0;

    /// <summary>Takes in a report; an activity that is completed goes, with its parts.</summary>
    public void Update(long source, ProgressRecord record)
    {
        var index = _running.FindIndex(running => running.Source == source && running.Record.ActivityId == record.ActivityId);
        if (record.RecordType == ProgressRecordType.Completed)
        {
            Remove(source, record.ActivityId);
        }
        else if (index < 0)
        {
            _running.Add((source, record));
        }
        else
        {
            _running[index] = (source, record);
        }
    }

    public void Clear() => _running.Clear();

    /// <summary>Parents before their parts, else in the order of their start; with the depth of each.</summary>
    public IEnumerable<(int Depth, ProgressRecord Record)> InOrder() =>
        _running.Where(running => !_running.Exists(other => IsParent(other, running))).SelectMany(root => Below(root, 0));

    private IEnumerable<(int Depth, ProgressRecord Record)> Below((long Source, ProgressRecord Record) activity, int depth)
    {
        // A depth limit, since two activities may name each other as parent.
        const int Deepest = 8;
        var parts = depth < Deepest ? _running.Where(other => IsParent(activity, other)).SelectMany(part => Below(part, depth + 1)) : [];
        return parts.Prepend((depth, activity.Record));
    }

    private void Remove(long source, int id)
    {
        _running.RemoveAll(running => running.Source == source && running.Record.ActivityId == id);
        foreach (var part in _running.Where(running => running.Source == source && running.Record.ParentActivityId == id).ToList())
        {
            Remove(source, part.Record.ActivityId);
        }
    }

    private static bool IsParent((long Source, ProgressRecord Record) parent, (long Source, ProgressRecord Record) part) =>
        parent.Source == part.Source && parent.Record.ActivityId == part.Record.ParentActivityId && parent.Record != part.Record;
}
