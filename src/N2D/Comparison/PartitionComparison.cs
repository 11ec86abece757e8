using N2D.Metrics;

namespace N2D.Comparison;

/// <summary>How well two clusterings of the same rows agree. No labels are needed. Immutable.</summary>
/// <remarks>
/// Ari, Ami and Nmi do not depend on the names of the clusters. For the rest, the clusters are paired one to one so that the pairs share as
/// many rows as possible. Noise counts as one more cluster, which is paired with noise only.
/// </remarks>
public sealed class PartitionComparison
{
    private readonly Partition _reference;
    private readonly Partition _difference;
    private readonly CommonRows _common;
    private readonly int[,] _counts;
    private readonly ClusterMatching _matching;

    private PartitionComparison(Partition reference, Partition difference, Execution execution)
    {
        var token = execution.CancellationToken;
        _reference = reference;
        _difference = difference;
        _common = CommonRows.Of(reference, difference);
        _counts = Count(reference, difference, _common);
        token.ThrowIfCancellationRequested();
        _matching = ClusterMatching.Of(_counts, reference.NoiseIndex, difference.NoiseIndex, token);

        var table = new ContingencyTable(ReferenceClusters(), DifferenceClusters());
        Ari = AdjustedRandIndex.Compute(table);
        Ami = AdjustedMutualInformation.Compute(table, token);
        Nmi = NormalizedMutualInformation.Compute(table);
        MovedCount = RowCount - Enumerable.Range(0, reference.ClusterNames.Length).Sum(SharedBy);
    }

    /// <summary>The reference clustering.</summary>
    public string Reference => _reference.Name;

    /// <summary>The clustering that is compared with it.</summary>
    public string Difference => _difference.Name;

    /// <summary>The number of rows that are in both clusterings. Only these are compared.</summary>
    public int RowCount => _common.Reference.Length;

    /// <summary>Adjusted Rand index, at most 1: 1 for equal clusterings, about 0 for unrelated ones.</summary>
    public double Ari { get; }

    /// <summary>
    /// Adjusted mutual information (arithmetic mean), at most 1: 1 for equal clusterings, about 0 for unrelated ones.
    /// </summary>
    public double Ami { get; }

    /// <summary>
    /// Normalized mutual information (arithmetic mean), 0 to 1. Not adjusted for chance: it grows with the number of clusters.
    /// </summary>
    public double Nmi { get; }

    /// <summary>The share of rows whose clusters are paired with each other, 0 to 1.</summary>
    public double AgreedShare => 1 - ((double)MovedCount / RowCount);

    /// <summary>The number of rows whose clusters are not paired with each other.</summary>
    public int MovedCount { get; }

    /// <summary>Compares two clusterings.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="difference">The clustering to compare with it.</param>
    /// <param name="execution">Cancellation, and a warning if some rows are in one clustering only.</param>
    /// <exception cref="N2DException">
    /// Rows cannot be told apart (<c>DuplicateRow</c>), or no row is in both clusterings (<c>NoCommonRows</c>).
    /// </exception>
    public static PartitionComparison Compute(Partition reference, Partition difference, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentNullException.ThrowIfNull(execution);
        var comparison = new PartitionComparison(reference, difference, execution);
        if (comparison.RowCount < Math.Max(reference.RowCount, difference.RowCount))
        {
            execution.Warn?.Invoke(
                $"{Quantity.Of(comparison.RowCount, "row")} {(comparison.RowCount == 1 ? "is" : "are")} in both clusterings, which have "
                    + $"{reference.RowCount} and {difference.RowCount}. Only the common rows are compared.");
        }

        return comparison;
    }

    /// <summary>
    /// Returns the number of rows in each pair of clusters, with a line for each reference cluster. The paired clusters are on the diagonal.
    /// </summary>
    public ContingencyTable GetContingencyTable()
    {
        var order = _matching.AlignedOrder(_difference.ClusterNames.Length);
        var position = new int[order.Length];
        for (var index = 0; index < order.Length; index++)
        {
            position[order[index]] = index;
        }

        return new ContingencyTable(ReferenceClusters(), Array.ConvertAll(DifferenceClusters(), cluster => position[cluster]))
        {
            Title = "reference \\ difference",
            ClassNames = _reference.ClusterNames,
            ClusterNames = Array.ConvertAll(order, cluster => _difference.ClusterNames[cluster]),
        };
    }

    /// <summary>Returns the pairs of clusters in the order of the reference, then the other clusters without a partner.</summary>
    public IReadOnlyList<ClusterMatch> GetClusterMatches()
    {
        var matches = Enumerable.Range(0, _reference.ClusterNames.Length).Select(cluster => MatchOf(cluster, _matching[cluster]));
        var paired = Enumerable.Range(0, _reference.ClusterNames.Length).Select(cluster => _matching[cluster]);
        var rest = Enumerable.Range(0, _difference.ClusterNames.Length).Except(paired).Select(cluster => MatchOf(-1, cluster));
        return [.. matches.Concat(rest).Where(match => match.ReferenceRowCount + match.DifferenceRowCount > 0)];
    }

    /// <summary>Enumerates the rows whose clusters are not paired with each other, in the order of the reference.</summary>
    public IEnumerable<MovedRow> EnumerateMovedRows()
    {
        var referenceOf = new string?[_difference.ClusterNames.Length];
        for (var cluster = 0; cluster < _reference.ClusterNames.Length; cluster++)
        {
            if (_matching[cluster] >= 0)
            {
                referenceOf[_matching[cluster]] = _reference.ClusterNames[cluster];
            }
        }

        for (var index = 0; index < RowCount; index++)
        {
            var (row, other) = (_common.Reference[index], _common.Difference[index]);
            var (cluster, otherCluster) = (_reference.Clusters[row], _difference.Clusters[other]);
            if (_matching[cluster] != otherCluster)
            {
                yield return new MovedRow(
                    _reference.Places?[row] ?? row,
                    _reference.Ids?[row],
                    _reference.ClusterNames[cluster],
                    _difference.ClusterNames[otherCluster],
                    referenceOf[otherCluster],
                    Reference,
                    Difference);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Reference} | {Difference}";

    private ClusterMatch MatchOf(int reference, int difference)
    {
        var (referenceRows, differenceRows, shared) = (0, 0, reference >= 0 ? SharedBy(reference) : 0);
        for (var other = 0; reference >= 0 && other < _counts.GetLength(1); other++)
        {
            referenceRows += _counts[reference, other];
        }

        for (var other = 0; difference >= 0 && other < _counts.GetLength(0); other++)
        {
            differenceRows += _counts[other, difference];
        }

        return new ClusterMatch(
            reference < 0 ? null : _reference.ClusterNames[reference],
            difference < 0 ? null : _difference.ClusterNames[difference],
            referenceRows,
            differenceRows,
            shared,
            shared == 0 ? 0 : (double)shared / (referenceRows + differenceRows - shared),
            Reference,
            Difference);
    }

    private int SharedBy(int cluster) => _matching[cluster] < 0 ? 0 : _counts[cluster, _matching[cluster]];

    private int[] ReferenceClusters() => Array.ConvertAll(_common.Reference, row => _reference.Clusters[row]);

    private int[] DifferenceClusters() => Array.ConvertAll(_common.Difference, row => _difference.Clusters[row]);

    private static int[,] Count(Partition reference, Partition difference, CommonRows common)
    {
        var counts = new int[reference.ClusterNames.Length, difference.ClusterNames.Length];
        for (var index = 0; index < common.Reference.Length; index++)
        {
            counts[reference.Clusters[common.Reference[index]], difference.Clusters[common.Difference[index]]]++;
        }

        return counts;
    }
}
