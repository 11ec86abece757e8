namespace N2D.Studies;

/// <summary>The kinds of tasks of a study. There are no others, so a study cannot run arbitrary code.</summary>
public enum StudyTaskKind
{
    /// <summary>Compares methods on a data set, with one seed and one combination of parameters.</summary>
    Compare,

    /// <summary>Fits N2D to a data set, with one seed and one combination of parameters, and keeps the model.</summary>
    Fit,

    /// <summary>Applies a model to a file, or to a part of it.</summary>
    Score,
}
