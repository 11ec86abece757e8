using N2D.Models;
using N2D.Plotting;

namespace N2D.Reports;

/// <summary>A cluster in a report.</summary>
/// <param name="Name">Its name in plots, such as <c>3 (as seven)</c>.</param>
/// <param name="RowCount">The number of its rows.</param>
/// <param name="Share">Its share of all rows, 0 to 1.</param>
/// <param name="Probability">The mean probability of its rows, 0 to 1.</param>
internal sealed record ClusterSummary(string Name, int RowCount, double Share, double Probability)
{
    /// <summary>Returns the clusters of a clustering, by number.</summary>
    /// <param name="result">The clustering.</param>
    public static IReadOnlyList<ClusterSummary> Of(ClusterResult result)
    {
        var (names, sizes, sums) = (new ClusterLegend(result).Names, SizesOf(result), new double[result.ClusterCount]);
        foreach (var assignment in result.EnumerateAssignments())
        {
            if (assignment.Cluster is >= 0 and var cluster)
            {
                sums[cluster] += assignment.Probability!.Value;
            }
        }

        return [.. names.Select((name, number) => new ClusterSummary(
            name, sizes[number], (double)sizes[number] / result.RowCount, sums[number] / Math.Max(1, sizes[number])))];
    }

    /// <summary>Returns the number of rows of each cluster.</summary>
    /// <param name="result">The clustering.</param>
    public static int[] SizesOf(ClusterResult result)
    {
        var sizes = new int[result.ClusterCount];
        foreach (var cluster in result.Assignments)
        {
            if (cluster >= 0)
            {
                sizes[cluster]++;
            }
        }

        return sizes;
    }
}
