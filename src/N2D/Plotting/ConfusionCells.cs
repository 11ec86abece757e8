using System.Globalization;
using N2D.Clustering;
using N2D.Models;

namespace N2D.Plotting;

/// <summary>
/// The number of rows of each class in each cluster. Rows are classes; columns are clusters in the order of the classes that they are
/// matched with, so correct rows are on the diagonal. Noise is the last column.
/// </summary>
/// <param name="RowNames">The names of the classes.</param>
/// <param name="Clusters">The numbers of the clusters; noise is -1.</param>
/// <param name="ColumnNames">The numbers of the clusters with the names that they were given, and the name of noise.</param>
/// <param name="Counts">The number of rows of each class in each cluster.</param>
/// <param name="RowSizes">The number of rows of each class.</param>
/// <param name="IsMatched">Whether a cluster is matched with a class.</param>
internal sealed record ConfusionCells(
    IReadOnlyList<string> RowNames,
    IReadOnlyList<int> Clusters,
    IReadOnlyList<string> ColumnNames,
    int[,] Counts,
    int[] RowSizes,
    bool[,] IsMatched)
{
    /// <summary>Counts the rows of a clustering.</summary>
    /// <param name="result">A clustering with known labels.</param>
    public static ConfusionCells Of(ClusterResult result)
    {
        var (table, classNames, classOf) =
            (result.GetContingencyTable()!, result.GetEmbedding().GetLabels()!.ClassNames, result.GetClassMapping()!);
        var (classes, clusters) = (table.Classes.ToArray(), table.Clusters.ToArray());

        // Matched clusters in the order of their classes, then unmatched clusters by number, then noise.
        int[] order = [.. Enumerable.Range(0, clusters.Length).OrderBy(column => clusters[column] == ClusterPrediction.Noise)
            .ThenBy(column => classOf.TryGetValue(clusters[column], out var code) ? Array.IndexOf(classes, code) : classes.Length)
            .ThenBy(column => clusters[column])];
        var counts = new int[classes.Length, clusters.Length];
        var isMatched = new bool[classes.Length, clusters.Length];
        for (var row = 0; row < classes.Length; row++)
        {
            for (var column = 0; column < clusters.Length; column++)
            {
                counts[row, column] = table[row, order[column]];
                isMatched[row, column] = classOf.TryGetValue(clusters[order[column]], out var code) && code == classes[row];
            }
        }

        return new ConfusionCells(
            [.. classes.Select(code => classNames[code])],
            [.. order.Select(column => clusters[column])],
            [.. order.Select(column => NumberOf(clusters[column]) + (result.Names[clusters[column]] is { } name ? $": {name}" : ""))],
            counts,
            [.. table.ClassSizes],
            isMatched);
    }

    /// <summary>Writes the number of a cluster, or the name of noise.</summary>
    /// <param name="cluster">The cluster; -1 for noise.</param>
    public static string NumberOf(int cluster) =>
        cluster == ClusterPrediction.Noise ? ClusterLegend.Noise : cluster.ToString(CultureInfo.InvariantCulture);
}
