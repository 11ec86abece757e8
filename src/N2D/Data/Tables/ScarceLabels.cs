using System.Globalization;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>Classes that hold hardly more than a row each are numbers or ids that were taken for labels by mistake.</summary>
internal static class ScarceLabels
{
    /// <summary>With fewer rows, as many classes as half of them are nothing strange.</summary>
    private const int FewestRowsToJudge = 20;

    /// <summary>Warns if labels look like none.</summary>
    /// <param name="execution">Whom to warn.</param>
    /// <param name="place">Where they are, for the warning.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="advice">What to do about it, as a sentence.</param>
    public static void WarnIfAny(Execution execution, string place, Labels labels, string advice)
    {
        if (labels.KnownCount > FewestRowsToJudge && 2L * labels.ClassCount >= labels.KnownCount)
        {
            execution.Warn?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{place}: {labels.ClassCount} classes in {labels.KnownCount} rows; does it hold labels? {advice}"));
        }
    }
}
