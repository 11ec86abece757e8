using System.Numerics.Tensors;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>
/// A clusterer that assigns the rows of the fit, and has no rule of its own for new rows. A new row gets the cluster of its nearest row of
/// the fit, by Euclidean distance. The probability is the share of its nearest rows that are in the same cluster; their number is that of
/// the neighbors in the fit.
/// </summary>
/// <remarks>
/// Rows of the fit keep their clusters, with the same kind of probability; a row is one of its own nearest rows. A new row that equals a
/// row of the fit gets the result of that row, the first of several. The neighbor search is exact up to n d of 1.5 million, and approximate
/// beyond (<see cref="NeighborIndex"/>).
/// </remarks>
public abstract class RowClusterer : FittedClusterer
{
    private readonly FittedRows _rows;
    private readonly int[] _assignments;
    private readonly float[] _shares;
    private readonly int _voterCount;

    /// <summary>Creates a clusterer.</summary>
    /// <param name="rows">The rows of the fit, n x d.</param>
    /// <param name="assignments">
    /// The cluster of each row. This object takes ownership of the array, and renumbers the clusters by size.
    /// </param>
    /// <param name="clusterCount">k.</param>
    /// <param name="neighbors">The nearest other rows of each row. They vote together with the row itself.</param>
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

    /// <summary>Reads a clusterer from a model file.</summary>
    /// <param name="part">The model file.</param>
    /// <param name="clusterCount">k, 1 or more.</param>
    /// <param name="options">The options of the fit.</param>
    /// <param name="voterCount">The number of nearest rows that vote, including the row itself.</param>
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
            throw part.Corrupt("a probability is not in the range 0 to 1");
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
    /// <remarks>The distance is that to the farthest of the rows that vote, including the row itself.</remarks>
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
            shares[row] = nearest.Distances(row)[0] == 0
                ? _shares[first]
                : Votes(nearest.Neighbors(row), assignments[row]) / (float)_voterCount;
        }

        return new MeasuredClusters(new ClusterPrediction(assignments, shares, ClusterCount), nearest.DistancesFromOthers());
    }

    /// <summary>Writes the rows and their clusters to a model file.</summary>
    private protected void WriteRows(ModelPartWriter part)
    {
        _rows.Write(part);
        part.Add<int>("assignments", _assignments, _assignments.Length);
        part.Add<float>("shares", _shares, _shares.Length);
    }

    /// <summary>The mean of the rows of each cluster.</summary>
    private protected double[][] MeansOfClusters() =>
        ClusterCenters.Of(_rows.Rows, _assignments, ClusterCount, Execution.Default).ToArray();

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
