using System.Management.Automation;
using N2D.Models;

namespace N2D.PowerShell;

/// <summary>Selects the view of a clustering.</summary>
internal static class ResultView
{
    private const string ScoredType = "N2D.Models.ClusterResult#Scored";

    /// <summary>
    /// A clustering as it is written to the pipeline. That of an applied model gets a view with the seconds of the scoring and the number
    /// of novel rows, instead of the seconds of the fit.
    /// </summary>
    /// <param name="result">The clustering.</param>
    public static PSObject Of(ClusterResult result)
    {
        var shown = new PSObject(result);
        if (result.ScoringSeconds is not null)
        {
            shown.TypeNames.Insert(0, ScoredType);
        }

        return shown;
    }
}
