using System.Numerics.Tensors;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>
/// A clusterer that knows clusters of rows, and no rule for others. Unseen rows go by the rule of the nearest: the cluster of the fitted row that is
/// nearest by Euclid's distance; its probability is the share of the nearest fitted rows, as many as the fit looked at, that are in the same cluster.
/// </summary>
/// <remarks>
/// The rows of the fit keep the clusters that it gave them, with the same kind of probability, themselves among their nearest; a row that equals one of them has what that has, the
/// first of several. Neighbors are found exactly up to one and a half million coordinate differences a row, n d, and past that by walks that find nearly all (<see cref="NeighborIndex"/>).
/// </remarks>
public abstract class RowClusterer : FittedClusterer
{
    private readonly FittedRows _rows;
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
        _rows = new FittedRows(rows, new RowDistance(), neighbors.NeighborCount);
        (_assignments, ClusterCount, _voterCount) = (assignments, clusterCount, neighbors.NeighborCount + 1);
        _shares = new float[rows.RowCount];
        for (var row = 0; row < _shares.Length; row++)
        {
            _shares[row] = (1 + Votes(neighbors.Neighbors(row), _assignments[row])) / (float)_voterCount;
        }
    }

    /// <summary>Makes a clusterer of what a model file has of it.</summary>
    /// <param name="part">The model file.</param>
    /// <param name="clusterCount">k, 1 or more.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="voterCount">How many nearest rows vote, the row itself among them.</param>
    private protected RowClusterer(ModelPartReader part, int clusterCount, ClustererOptions options, int voterCount)
    {
        var rowCount = part.SizeOf("rows");
        options.ThrowIfTooFewRows(rowCount);
        _rows = FittedRows.Read(part, new RowDistance(), voterCount - 1);
        (ClusterCount, _voterCount) = (clusterCount, voterCount);
        _assignments = part.GetIndices("assignments", clusterCount, rowCount);
        _shares = part.GetArray<float>("shares", rowCount);
        if (TensorPrimitives.Min<float>(_shares) < 0 || TensorPrimitives.Max<float>(_shares) > 1)
        {
            throw part.Corrupt("a row's share of its neighbors is not 0 to 1");
        }
    }

    /// <inheritdoc/>
    public override int ClusterCount { get; }

    /// <inheritdoc/>
    public override int Dimension => _rows.Rows.ColumnCount;

    /// <inheritdoc/>
    public sealed override ClusterPrediction Predict(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        return ReferenceEquals(rows, _rows.Rows)
            ? new ClusterPrediction([.. _assignments], [.. _shares], ClusterCount)
            : Measure(rows, execution).Prediction;
    }

    /// <inheritdoc/>
    /// <remarks>The distance is that of the farthest of the rows that vote, the row itself being one of them.</remarks>
    public sealed override MeasuredClusters Measure(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        rows.ThrowIfNotFinite();
        var nearest = _rows.Find(rows, _voterCount, execution);
        var assignments = new int[rows.RowCount];
        var shares = new float[rows.RowCount];
        for (var row = 0; row < assignments.Length; row++)
        {
            var first = nearest.Neighbors(row)[0];
            assignments[row] = _assignments[first];
            shares[row] = nearest.Distances(row)[0] == 0 ? _shares[first] : Votes(nearest.Neighbors(row), assignments[row]) / (float)_voterCount;
        }

        return new MeasuredClusters(new ClusterPrediction(assignments, shares, ClusterCount), nearest.DistancesFromOthers());
    }

    /// <summary>Hands the rows and their clusters over to a model file.</summary>
    private protected void WriteRows(ModelPartWriter part)
    {
        _rows.Write(part);
        part.Add<int>("assignments", _assignments, _assignments.Length);
        part.Add<float>("shares", _shares, _shares.Length);
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
