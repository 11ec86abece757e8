using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// A clusterer that knows clusters of rows, and no rule for others. Unseen rows go by the rule of the nearest: the cluster of the fitted row that is
/// nearest by Euclid's distance; its probability is the share of the nearest fitted rows, as many as the fit looked at, that are in the same cluster.
/// </summary>
/// <remarks>The rows of the fit keep the clusters that it gave them, with the same kind of probability, themselves among their nearest.</remarks>
public abstract class RowClusterer : FittedClusterer
{
    private readonly Matrix _rows;
    private readonly int[] _assignments;
    private readonly float[] _shares;
    private readonly int _voterCount;

    /// <summary>Makes a clusterer.</summary>
    /// <param name="rows">The rows of the fit, n x d.</param>
    /// <param name="assignments">The cluster of each; owned by this object from now on, and numbered by size here.</param>
    /// <param name="clusterCount">k.</param>
    /// <param name="neighbors">The nearest other rows of each row, which vote together with it.</param>
    private protected RowClusterer(Matrix rows, int[] assignments, int clusterCount, NeighborGraph neighbors)
    {
        ClusterSizes.Renumber(assignments, clusterCount);
        (_rows, _assignments, ClusterCount, _voterCount) = (rows, assignments, clusterCount, neighbors.NeighborCount + 1);
        _shares = new float[rows.RowCount];
        for (var row = 0; row < _shares.Length; row++)
        {
            _shares[row] = (1 + Votes(neighbors.Neighbors(row), _assignments[row])) / (float)_voterCount;
        }
    }

    /// <inheritdoc/>
    public override int ClusterCount { get; }

    /// <inheritdoc/>
    public override int Dimension => _rows.ColumnCount;

    /// <inheritdoc/>
    public sealed override ClusterPrediction Predict(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        if (ReferenceEquals(rows, _rows))
        {
            return new ClusterPrediction([.. _assignments], [.. _shares], ClusterCount);
        }

        rows.ThrowIfNotFinite();
        var nearest = NeighborSearch.FindAmong(rows, _rows, _voterCount, new RowDistance(), execution);
        var assignments = new int[rows.RowCount];
        var shares = new float[rows.RowCount];
        for (var row = 0; row < assignments.Length; row++)
        {
            assignments[row] = _assignments[nearest.Neighbors(row)[0]];
            shares[row] = Votes(nearest.Neighbors(row), assignments[row]) / (float)_voterCount;
        }

        return new ClusterPrediction(assignments, shares, ClusterCount);
    }

    private int Votes(ReadOnlySpan<int> voters, int cluster)
    {
        var votes = 0;
        foreach (var voter in voters)
        {
            votes += _assignments[voter] == cluster ? 1 : 0;
        }

        return votes;
    }
}
