using System.Globalization;
using N2D.Models;

namespace N2D.Plotting;

/// <summary>
/// What plots call the clusters of a result, and the styles that they have there: a cluster looks like the class that it stands for in the assignment that the
/// accuracy counts; those that stand for none follow.
/// </summary>
internal sealed class ClusterLegend
{
    /// <summary>What rows of no cluster are called.</summary>
    public const string Noise = "noise";

    // Beside a number of two digits and the words around it.
    private const int LongestClass = ShortNames.Longest - 8;

    /// <summary>Finds the names.</summary>
    /// <param name="result">The clustering.</param>
    public ClusterLegend(ClusterResult result)
    {
        var (names, styles) = (new string[result.ClusterCount], new int[result.ClusterCount]);
        var mapping = result.GetClassMapping();
        var labels = result.GetEmbedding().GetLabels();
        var classes = labels is null ? [] : ShortNames.Of(labels.ClassNames, LongestClass);
        var next = classes.Length;
        for (var cluster = 0; cluster < names.Length; cluster++)
        {
            var number = cluster.ToString(CultureInfo.InvariantCulture);
            (names[cluster], styles[cluster]) = mapping is not null && mapping.TryGetValue(cluster, out var code)
                ? ($"{number} (as {classes[code]})", code)
                : (number, next++);
        }

        (Names, Styles) = (names, styles);
    }

    /// <summary>The name of each cluster, such as <c>3 (as seven)</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of each cluster's style.</summary>
    public IReadOnlyList<int> Styles { get; }

    /// <summary>What stands above a plot of a clustering unless the user says otherwise: how it came about, and a line on how good it is.</summary>
    /// <param name="result">The clustering.</param>
    public static string TitleOf(ClusterResult result) => $"{result.Dataset}: {result.Stages} > {result.Method}\n{ScoresOf(result)}";

    /// <summary>The scores of a clustering in a line.</summary>
    /// <param name="result">The clustering.</param>
    public static string ScoresOf(ClusterResult result)
    {
        var silhouette = result.Silhouette is { } value ? string.Create(CultureInfo.InvariantCulture, $"silhouette {value:F3}") : "";
        return result.Acc is null
            ? silhouette
            : string.Create(CultureInfo.InvariantCulture, $"ACC {result.Acc:F4}   NMI {result.Nmi:F4}   ARI {result.Ari:F4}   {silhouette}");
    }
}
