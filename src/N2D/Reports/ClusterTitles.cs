using System.Globalization;
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

    /// <summary>
    /// Explains names such as <c>3: mostly seven</c>, and says which clusters are not matched with the label of most of their rows; null if
    /// no cluster has such a name.
    /// </summary>
    /// <param name="result">The clustering.</param>
    public static string? NoteOf(ClusterResult result)
    {
        if (result.GetClassMapping() is not { } mapping || mapping.Keys.All(cluster => result.Names[cluster] is not null))
        {
            return null;
        }

        var majorities = ClusterLegend.MajoritiesOf(result);
        int[] others =
        [
            .. from majority in majorities
               where !mapping.TryGetValue(majority.Key, out var label) || label != majority.Value
               orderby majority.Key
               select majority.Key,
        ];
        return "\"Mostly\" names the label of more than half of the labeled rows of a cluster; \"matched to\" names the label that the "
            + "accuracy matches the cluster with, where no label is so frequent. Each label is matched with one cluster, so that as many "
            + $"rows as possible agree.{OthersOf(others)}";
    }

    private static string OthersOf(int[] clusters)
    {
        const int MaxListed = 12;
        var list = string.Join(", ", clusters.Take(MaxListed).Select(cluster => cluster.ToString(CultureInfo.InvariantCulture)));
        return clusters.Length switch
        {
            0 => "",
            1 => $" Cluster {list} is not matched with the label of most of its rows: that label is matched with another cluster.",
            _ => $" Clusters {list}{(clusters.Length > MaxListed ? ", ..." : "")} are not matched with the labels of most of their rows: "
                + "those labels are matched with other clusters.",
        };
    }
}
