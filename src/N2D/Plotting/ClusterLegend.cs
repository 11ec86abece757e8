using System.Globalization;
using N2D.Models;

namespace N2D.Plotting;

/// <summary>
/// The names and styles of clusters in plots. A cluster has the style of the class that it is matched with in the accuracy; unmatched
/// clusters have the following styles.
/// </summary>
internal sealed class ClusterLegend
{
    /// <summary>The name of rows in no cluster.</summary>
    public const string Noise = "noise";

    // The rest of the name is a number of two digits and the words around it.
    private const int LongestClass = ShortNames.MaxLength - 8;

    /// <summary>Creates the names and styles.</summary>
    /// <param name="result">The clustering.</param>
    /// <param name="longest">The most characters of the name of a class, or of the name that a cluster was given.</param>
    public ClusterLegend(ClusterResult result, int longest = LongestClass)
    {
        var (names, styles) = (new string[result.ClusterCount], new int[result.ClusterCount]);
        var mapping = result.GetClassMapping();
        var labels = result.GetEmbedding().GetLabels();
        var classes = labels is null ? [] : ShortNames.Of(labels.ClassNames, longest);
        var given = ShortNames.Of([.. result.GetClusterNames().Select(name => name ?? "")], longest);
        var next = classes.Length;
        for (var cluster = 0; cluster < names.Length; cluster++)
        {
            var number = cluster.ToString(CultureInfo.InvariantCulture);
            (names[cluster], styles[cluster]) = mapping is not null && mapping.TryGetValue(cluster, out var code)
                ? ($"{number} (as {classes[code]})", code)
                : (number, next++);
            names[cluster] = cluster < given.Length && given[cluster].Length > 0 ? $"{number}: {given[cluster]}" : names[cluster];
        }

        (Names, Styles) = (names, styles);
    }

    /// <summary>The name of each cluster, such as <c>3 (as seven)</c>, or <c>3: login failures</c> if it was given a name.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The index of each cluster's style.</summary>
    public IReadOnlyList<int> Styles { get; }

    /// <summary>Returns the default title of a clustering: its stages and its scores.</summary>
    /// <param name="result">The clustering.</param>
    public static string TitleOf(ClusterResult result) => $"{result.Dataset}: {result.Stages} > {result.Method}\n{ScoresOf(result)}";

    /// <summary>Returns the scores of a clustering in one line.</summary>
    /// <param name="result">The clustering.</param>
    public static string ScoresOf(ClusterResult result)
    {
        var silhouette = result.Silhouette is { } value ? string.Create(CultureInfo.InvariantCulture, $"silhouette {value:F3}") : "";
        return result.Acc is null
            ? silhouette
            : string.Create(
                CultureInfo.InvariantCulture, $"ACC {result.Acc:F4}   NMI {result.Nmi:F4}   ARI {result.Ari:F4}   {silhouette}");
    }
}
