using System.Globalization;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>Warns of labels that are probably numbers or ids, because nearly every row has a class of its own.</summary>
internal static class ScarceLabels
{
    /// <summary>The fewest labels that a judgment needs: small data sets can have half as many classes as rows.</summary>
    private const int MinRows = 20;

    /// <summary>Warns if there are half as many classes as labels, or more.</summary>
    /// <param name="execution">Receives the warning.</param>
    /// <param name="place">The place of the labels, for the warning.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="advice">What to do.</param>
    public static void WarnIfAny(Execution execution, string place, Labels labels, Advice advice)
    {
        if (labels.KnownCount > MinRows && 2L * labels.ClassCount >= labels.KnownCount)
        {
            var finding = string.Create(CultureInfo.InvariantCulture, $"{labels.ClassCount} classes in {labels.KnownCount} rows");
            execution.Advise($"{place}: {finding}. Check that the column holds labels. {advice.Text}", advice.Options);
        }
    }
}
