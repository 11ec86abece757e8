using N2D.Models;
using N2D.Plotting;

namespace N2D.Reports;

/// <summary>The names and styles of the clusters on a page. They are those of plots, but names are not shortened.</summary>
internal static class ClusterTitles
{
    /// <summary>The most characters of the name that a cluster was given.</summary>
    private const int MaxLength = 200;

    /// <summary>Returns the names and styles of the clusters.</summary>
    /// <param name="result">The clustering.</param>
    public static ClusterLegend Of(ClusterResult result) => new(result, MaxLength);

    /// <summary>Explains names such as <c>3: mostly seven</c>; null if no cluster has such a name.</summary>
    /// <param name="result">The clustering.</param>
    public static string? NoteOf(ClusterResult result)
    {
        var matched = result.GetClassMapping()?.Keys.Where(cluster => result.Names[cluster] is null).Order().ToArray() ?? [];
        return matched.Length == 0 ? null : FormattableString.Invariant($"{Of(result).Names[matched[0]]} means that the accuracy matches ")
            + FormattableString.Invariant($"cluster {matched[0]} with that label. Each label is matched with one cluster, so that as many ")
            + "rows as possible agree. Usually it is the label of most rows of the cluster.";
    }
}
