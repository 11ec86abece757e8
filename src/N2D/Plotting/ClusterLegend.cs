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

    // Words and a number of two digits come before the class.
    private const int LongestClass = ShortNames.MaxLength - 8;

    /// <summary>Creates the names and styles.</summary>
    /// <param name="result">The clustering.</param>
    /// <param name="longest">
    /// The most characters of the name of a class, or of the name that a cluster was given; null for those of a plot.
    /// </param>
    public ClusterLegend(ClusterResult result, int? longest = null)
    {
        var (names, styles) = (new string[result.ClusterCount], new int[result.ClusterCount]);
        var mapping = result.GetClassMapping();
        var labels = result.GetEmbedding().GetLabels();
        var classes = labels is null ? [] : ShortNames.Of(labels.ClassNames, longest ?? LongestClass);
        var given = ShortNames.Of([.. result.GetClusterNames().Select(name => name ?? "")], longest ?? ShortNames.MaxLength);
        var most = MajoritiesOf(result);
        var next = classes.Length;
        for (var cluster = 0; cluster < names.Length; cluster++)
        {
            int? matched = mapping is not null && mapping.TryGetValue(cluster, out var code) ? code : null;
            styles[cluster] = matched ?? next++;
            var meaning = cluster < given.Length && given[cluster].Length > 0 ? given[cluster]
                : most.TryGetValue(cluster, out var majority) ? $"mostly {classes[majority]}"
                : matched is { } other ? $"matched to {classes[other]}"
                : null;
            names[cluster] = cluster.ToString(CultureInfo.InvariantCulture) + (meaning is null ? "" : $": {meaning}");
        }

        (Names, Styles) = (names, styles);
    }

    /// <summary>
    /// The name of each cluster: its number, and the name that it was given, the class of most of its labeled rows, or the class that it is
    /// matched with. Examples: <c>3: login failures</c>, <c>3: mostly seven</c>, <c>3: matched to seven</c>.
    /// </summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The index of each cluster's style.</summary>
    public IReadOnlyList<int> Styles { get; }

    /// <summary>Returns the default title of a clustering: data set and method in words, and the scores below.</summary>
    /// <param name="result">The clustering.</param>
    public static string TitleOf(ClusterResult result) => $"{SubjectOf(result)}\n{ScoresOf(result)}";

    /// <summary>Returns data set and method in words.</summary>
    /// <param name="result">The clustering.</param>
    public static string SubjectOf(ClusterResult result) => $"{result.Dataset}: {MethodWords.Of(result)}";

    /// <summary>Returns the scores of a clustering in one line, all with the same number of decimals.</summary>
    /// <param name="result">The clustering.</param>
    public static string ScoresOf(ClusterResult result) => string.Join(
        ", ",
        new[]
        {
            string.Create(CultureInfo.InvariantCulture, $"{result.RowCount:N0} row{(result.RowCount == 1 ? "" : "s")}"),
            Score("accuracy", result.Acc),
            Score("NMI", result.Nmi),
            Score("ARI", result.Ari),
            Score("silhouette", result.Silhouette),
        }.OfType<string>());

    /// <summary>Formats a score in the way of all plots.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The score; null for none.</param>
    public static string? Score(string name, double? value) =>
        value is { } score ? string.Create(CultureInfo.InvariantCulture, $"{name} {score:F3}") : null;

    /// <summary>Returns the class of more than half of the labeled rows of each cluster, where there is one.</summary>
    /// <param name="result">The clustering.</param>
    public static Dictionary<int, int> MajoritiesOf(ClusterResult result)
    {
        var majorities = new Dictionary<int, int>();
        if (result.GetContingencyTable() is { } table)
        {
            foreach (var (column, cluster) in table.GetClusters().Index())
            {
                foreach (var (row, code) in table.GetClasses().Index())
                {
                    if (2L * table[row, column] > table.ClusterSizes[column])
                    {
                        majorities[cluster] = code;
                    }
                }
            }
        }

        return majorities;
    }
}
