using N2D.Clustering;
using N2D.Models;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Tests.Profiles;

/// <summary>Clusterings with known clusters.</summary>
internal static class Clusterings
{
    /// <summary>Clusters rows on a line by k-means. Cluster c lies at 100 c.</summary>
    /// <param name="clusters">The cluster of each row. Sizes must decrease with the number, because clusters are numbered by size.</param>
    /// <param name="labels">The class of each row; null for none.</param>
    public static ClusterResult Of(int[] clusters, Labels? labels = null)
    {
        var rows = Matrix.Own([.. clusters.Select(cluster => 100f * cluster)], 1);
        var fit = KMeans.Fit(rows, new KMeansOptions(clusters.Max() + 1), Execution.Default);
        var result = ClusterResult.Create(new Dataset("line", rows, labels), fit, Execution.Default);
        Assert.Equal(clusters, result.GetAssignments());
        return result;
    }

    /// <summary>A table, as it was read.</summary>
    /// <param name="names">The names of the columns.</param>
    /// <param name="categories">The categories of each column, null for numbers.</param>
    /// <param name="values">The values, row by row. Missing values are NaN.</param>
    public static Dataset Table(string[] names, IReadOnlyList<string>?[] categories, params float[] values) => Dataset.FromTable(
        "table",
        Matrix.Own(values, names.Length),
        null,
        names,
        "",
        new RawColumns(null, Array.TrueForAll(categories, column => column is null) ? null : categories, []));
}
