using N2D.Comparison;
using N2D.Models;

namespace N2D.Reports;

/// <summary>The scores of several clusterings, and how well they agree with each other.</summary>
/// <param name="Results">The clusterings with their numbers from 1.</param>
/// <param name="Agreements">The agreement of each pair of clusterings that have rows in common.</param>
internal sealed record ReportComparison(IReadOnlyList<ClusterResult> Results, IReadOnlyList<ReportAgreement> Agreements)
{
    /// <summary>The largest number of clusterings whose pairs are compared. A larger table would be hard to read.</summary>
    private const int MaxCompared = 12;

    /// <summary>Compares clusterings.</summary>
    /// <param name="results">The clusterings.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>The comparison; null for a single clustering.</returns>
    public static ReportComparison? Of(IReadOnlyList<ClusterResult> results, Execution execution)
    {
        if (results.Count < 2)
        {
            return null;
        }

        Partition[] partitions = [.. results.Take(MaxCompared).Select(Partition.Of)];
        var agreements = new List<ReportAgreement>();
        execution.Report("comparing the clusterings", 0);
        for (var first = 0; first < partitions.Length; first++)
        {
            for (var second = first + 1; second < partitions.Length; second++)
            {
                if (AreOfTheSameRows(results[first], results[second]))
                {
                    var comparison = PartitionComparison.Compute(partitions[first], partitions[second], execution with { Warn = null });
                    agreements.Add(new ReportAgreement(first, second, comparison.Ari, comparison.Ami));
                }
            }
        }

        return new ReportComparison(results, agreements);
    }

    private static bool AreOfTheSameRows(ClusterResult first, ClusterResult second) =>
        first.Dataset == second.Dataset && first.RowCount + first.DroppedCount == second.RowCount + second.DroppedCount;
}

/// <summary>How well two clusterings agree.</summary>
/// <param name="First">The number of the first, from 0.</param>
/// <param name="Second">The number of the second, from 0.</param>
/// <param name="Ari">The adjusted Rand index.</param>
/// <param name="Ami">The adjusted mutual information.</param>
internal sealed record ReportAgreement(int First, int Second, double Ari, double Ami);
