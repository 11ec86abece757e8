namespace N2D.Studies;

/// <summary>The subfolders of a study. Their names are in lower case.</summary>
internal enum StudyPart
{
    /// <summary>What was started together.</summary>
    Submissions,

    /// <summary>Results of completed tasks.</summary>
    Results,

    /// <summary>When, where and how long tasks ran.</summary>
    Runs,

    /// <summary>Why tasks failed.</summary>
    Failures,

    /// <summary>Trainings to resume.</summary>
    Checkpoints,

    /// <summary>Outputs of processes.</summary>
    Logs,

    /// <summary>Locks.</summary>
    Claims,
}
