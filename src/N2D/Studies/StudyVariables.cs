using System.Globalization;

namespace N2D.Studies;

/// <summary>The environment variables that tell a process what to run. Paths in them need no quotation.</summary>
public static class StudyVariables
{
    /// <summary>The folder of the study.</summary>
    public const string Folder = "N2D_STUDY";

    /// <summary>The number of the submission.</summary>
    public const string Submission = "N2D_STUDY_SUBMISSION";

    /// <summary>The number of the local process.</summary>
    public const string Worker = "N2D_STUDY_WORKER";

    /// <summary>The log of the local process, for a program that has to write it itself.</summary>
    public const string Log = "N2D_STUDY_LOG";

    /// <summary>Returns the variables of a submission.</summary>
    /// <param name="folder">The folder of the study.</param>
    /// <param name="submission">The number of the submission.</param>
    internal static Dictionary<string, string> Of(string folder, int submission) => new()
    {
        [Folder] = folder,
        [Submission] = submission.ToString(CultureInfo.InvariantCulture),
        ["NO_COLOR"] = "1",
    };
}
