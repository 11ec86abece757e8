using N2D.Clustering;
using N2D.Metrics;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>The agreement of clusters with the known classes of the same rows. The clusters may come from any program. Immutable.</summary>
/// <remarks>
/// Rows in no cluster (noise, -1) count as wrong in the accuracy, because they match no class, and as one more cluster in NMI and ARI, as
/// in scikit-learn.
/// </remarks>
public sealed class AssignmentScore
{
    private readonly ContingencyTable _table;
    private readonly ClusteringAccuracy _accuracy;

    private AssignmentScore(ContingencyTable table)
    {
        _table = table;
        _accuracy = ClusteringAccuracy.Compute(table, ClusterPrediction.Noise);
        Nmi = NormalizedMutualInformation.Compute(table);
        Ari = AdjustedRandIndex.Compute(table);
    }

    /// <summary>The number of rows with a known class. The scores are computed on these rows only.</summary>
    public int RowCount => _table.RowCount;

    /// <summary>The number of clusters of these rows, without noise.</summary>
    public int ClusterCount => _table.Clusters.Length - (_table.Clusters.Contains(ClusterPrediction.Noise) ? 1 : 0);

    /// <summary>The number of classes of these rows.</summary>
    public int ClassCount => _table.Classes.Length;

    /// <summary>The number of these rows that are in no cluster.</summary>
    public int NoiseCount => _table.Clusters.IndexOf(ClusterPrediction.Noise) is var noise && noise < 0 ? 0 : _table.ClusterSizes[noise];

    /// <summary>Clustering accuracy under the best matching of clusters and classes, 0 to 1.</summary>
    public double Acc => _accuracy.Value;

    /// <summary>Normalized mutual information (arithmetic mean), 0 to 1.</summary>
    public double Nmi { get; }

    /// <summary>Adjusted Rand index, at most 1.</summary>
    public double Ari { get; }

    /// <summary>Scores clusters.</summary>
    /// <param name="labels">The class of each row. Rows of unknown class do not count.</param>
    /// <param name="clusters">The cluster number of each row, any integer; -1 for noise.</param>
    /// <returns>The scores; null if no class is known.</returns>
    /// <exception cref="ArgumentException">The numbers of clusters and labels differ.</exception>
    public static AssignmentScore? Of(Labels labels, ReadOnlySpan<int> clusters)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.RowCount != clusters.Length)
        {
            throw new ArgumentException($"{labels.RowCount} labels but {clusters.Length} clusters.", nameof(clusters));
        }

        var (knownClasses, knownClusters, count) = (new int[labels.KnownCount], new int[labels.KnownCount], 0);
        for (var row = 0; row < clusters.Length; row++)
        {
            if (labels.Codes[row] != Labels.Unknown)
            {
                (knownClasses[count], knownClusters[count]) = (labels.Codes[row], clusters[row]);
                count++;
            }
        }

        return count == 0 ? null : new AssignmentScore(
            new ContingencyTable(knownClasses, knownClusters) { ClassNames = labels.ClassNames });
    }

    /// <summary>Returns the number of rows of each class in each cluster.</summary>
    public ContingencyTable GetContingencyTable() => _table;

    /// <summary>Returns the class code that each cluster was matched with. Unmatched clusters are missing.</summary>
    public IReadOnlyDictionary<int, int> GetClassMapping() => _accuracy.GetClassMapping();
}
