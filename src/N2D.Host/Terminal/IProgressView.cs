using System.Management.Automation;

namespace N2D.Host.Terminal;

/// <summary>How running activities are shown. Its owner sees to it that one thread calls at a time.</summary>
internal interface IProgressView
{
    /// <summary>Whether the cursor stands at the start of a line, so that there is room for bars.</summary>
    bool MayShow { get; set; }

    /// <summary>Takes in what an activity reports.</summary>
    /// <param name="source">The pipeline that the activity id belongs to.</param>
    /// <param name="record">The report.</param>
    void Show(long source, ProgressRecord record);

    /// <summary>Makes room for other output; the activities go on.</summary>
    void Hide();

    /// <summary>Forgets all activities and leaves the terminal as it was.</summary>
    void Clear();
}
