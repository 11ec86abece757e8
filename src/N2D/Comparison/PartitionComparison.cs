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
    private readonly ContingencyTable _table;
    private readonly ClusterMatching _matching;

    private PartitionComparison(Partition reference, Partition difference, CancellationToken token)
    {
        _reference = reference;
        _difference = difference;
        _common = CommonRows.Of(reference, difference, token);
        _table = new ContingencyTable(ReferenceClusters(), DifferenceClusters());
        _matching = ClusterMatching.Of(_table, reference.NoiseIndex, difference.NoiseIndex, token);
        Ari = AdjustedRandIndex.Compute(_table);
        Ami = AdjustedMutualInformation.Compute(_table, token);
        Nmi = NormalizedMutualInformation.Compute(_table);
        MovedCount = RowCount - Enumerable.Range(0, _table.Classes.Length).Sum(SharedBy);
    }

    /// <summary>The reference clustering.</summary>
    public string ReferenceName => _reference.Name;

    /// <summary>The clustering that is compared with it.</summary>
    public string DifferenceName => _difference.Name;

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
    /// <param name="execution">
    /// Cancellation, and warnings: if some rows are in one clustering only, or if rows of different data sets are matched by their index.
    /// </param>
    /// <exception cref="N2DException">
    /// Rows cannot be told apart (<c>DuplicateRow</c>), no row is in both clusterings (<c>NoCommonRows</c>), or there are too many pairs of
    /// clusters (<c>TooManyValues</c>).
    /// </exception>
    public static PartitionComparison Compute(Partition reference, Partition difference, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentNullException.ThrowIfNull(execution);
        var comparison = new PartitionComparison(reference, difference, execution.CancellationToken);
        if (comparison.RowCount < Math.Max(reference.RowCount, difference.RowCount))
        {
            execution.Warn?.Invoke(
                $"{Quantity.Of(comparison.RowCount, "row")} {(comparison.RowCount == 1 ? "is" : "are")} in both clusterings, which have "
                    + $"{reference.RowCount} and {difference.RowCount}. Only the common rows are compared.");
        }

        if (reference.Dataset is { } one && difference.Dataset is { } other && one != other && !CommonRows.AreById(reference, difference))
        {
            execution.Warn?.Invoke(
                $"The clusterings are of the data sets {Quotation.Of(one)} and {Quotation.Of(other)}, whose rows have no ids. They are "
                    + "matched by their index. If the rows are not in the same order, the comparison means nothing.");
        }

        return comparison;
    }

    /// <summary>
    /// Returns the number of rows in each pair of clusters, with a line for each reference cluster. The paired clusters are first, on the
    /// diagonal.
    /// </summary>
    public ContingencyTable GetContingencyTable()
    {
        var (lines, columns) = (_matching.LineOrder(), _matching.ColumnOrder(_table.Clusters.Length));
        var (lineOf, columnOf) = (PlacesOf(lines, _table.Classes), PlacesOf(columns, _table.Clusters));
        return new ContingencyTable(
            Array.ConvertAll(ReferenceClusters(), cluster => lineOf[cluster]),
            Array.ConvertAll(DifferenceClusters(), cluster => columnOf[cluster]))
        {
            Title = "reference \\ difference",
            ClassNames = Array.ConvertAll(lines, line => _reference.TitleOf(_table.Classes[line])),
            ClusterNames = Array.ConvertAll(columns, column => _difference.TitleOf(_table.Clusters[column])),
        };
    }

    /// <summary>Returns the pairs of clusters in the order of the reference, then the other clusters without a partner.</summary>
    public IReadOnlyList<ClusterMatch> GetClusterMatches()
    {
        int[] lines = [.. Enumerable.Range(0, _table.Classes.Length)];
        var paired = lines.Select(line => _matching[line]);
        var rest = Enumerable.Range(0, _table.Clusters.Length).Except(paired);
        return [.. lines.Select(line => MatchOf(line, _matching[line])), .. rest.Select(column => MatchOf(-1, column))];
    }

    /// <summary>Enumerates the rows whose clusters are not paired with each other, in the order of the reference.</summary>
    public IEnumerable<MovedRow> EnumerateMovedRows()
    {
        var (partnerOf, alignedOf) = (new Dictionary<int, int>(), new Dictionary<int, int>());
        for (var line = 0; line < _table.Classes.Length; line++)
        {
            if (_matching[line] >= 0)
            {
                partnerOf.Add(_table.Classes[line], _table.Clusters[_matching[line]]);
                alignedOf.Add(_table.Clusters[_matching[line]], _table.Classes[line]);
            }
        }

        for (var index = 0; index < RowCount; index++)
        {
            var (row, other) = (_common.Reference[index], _common.Difference[index]);
            var (cluster, otherCluster) = (_reference.Clusters[row], _difference.Clusters[other]);
            if (!partnerOf.TryGetValue(cluster, out var partner) || partner != otherCluster)
            {
                var aligned = alignedOf.TryGetValue(otherCluster, out var found) ? found : (int?)null;
                yield return new MovedRow(
                    _reference.Places?[row] ?? row,
                    _reference.Ids?[row],
                    _reference.ClusterNames[cluster],
                    _difference.ClusterNames[otherCluster],
                    aligned is { } place ? _reference.ClusterNames[place] : null,
                    ReferenceName,
                    DifferenceName,
                    _reference.GivenNameOf(cluster),
                    _difference.GivenNameOf(otherCluster),
                    aligned is { } named ? _reference.GivenNameOf(named) : null);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{ReferenceName} | {DifferenceName}";

    private ClusterMatch MatchOf(int line, int column)
    {
        var lineRows = line < 0 ? 0 : _table.ClassSizes[line];
        var columnRows = column < 0 ? 0 : _table.ClusterSizes[column];
        var shared = line < 0 || column < 0 ? 0 : _table[line, column];
        return new ClusterMatch(
            line < 0 ? null : ReferenceOf(line),
            column < 0 ? null : DifferenceOf(column),
            lineRows,
            columnRows,
            shared,
            (double)shared / (lineRows + columnRows - shared),
            ReferenceName,
            DifferenceName,
            line < 0 ? null : _reference.GivenNameOf(_table.Classes[line]),
            column < 0 ? null : _difference.GivenNameOf(_table.Clusters[column]));
    }

    private int SharedBy(int line) => _matching[line] < 0 ? 0 : _table[line, _matching[line]];

    private string ReferenceOf(int line) => _reference.ClusterNames[_table.Classes[line]];

    private string DifferenceOf(int column) => _difference.ClusterNames[_table.Clusters[column]];

    private int[] ReferenceClusters() => Array.ConvertAll(_common.Reference, row => _reference.Clusters[row]);

    private int[] DifferenceClusters() => Array.ConvertAll(_common.Difference, row => _difference.Clusters[row]);

    /// <summary>The place of each number in an order of its indices.</summary>
    private static Dictionary<int, int> PlacesOf(int[] order, ReadOnlySpan<int> numbers)
    {
        var places = new Dictionary<int, int>(order.Length);
        for (var place = 0; place < order.Length; place++)
        {
            places.Add(numbers[order[place]], place);
        }

        return places;
    }
}
