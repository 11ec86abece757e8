using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Metrics;

/// <summary>The mean of a cluster's rows, and the distances of the rows to it.</summary>
/// <param name="RowCount">The number of rows.</param>
/// <param name="Mean">The mean, d values.</param>
/// <param name="MeanDistance">The mean Euclidean distance to the mean.</param>
/// <param name="SquaredDistanceSum">The sum of the squared distances to the mean.</param>
internal sealed record ClusterSpread(int RowCount, double[] Mean, double MeanDistance, double SquaredDistanceSum)
{
    private const int RowsPerCheck = 4096;

    /// <summary>Measures a cluster. Sums are in double precision, in the order of the rows.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="members">The rows of the cluster, at least one.</param>
    /// <param name="token">Cancels the work.</param>
    public static ClusterSpread Of(Matrix rows, int[] members, CancellationToken token)
    {
        var mean = MeanOf(rows, members, token);
        var (distances, squares) = (0.0, 0.0);
        for (var index = 0; index < members.Length; index++)
        {
            ThrowIfCanceled(index, token);
            var row = rows.Row(members[index]);
            var square = 0.0;
            for (var column = 0; column < row.Length; column++)
            {
                square += (row[column] - mean[column]) * (row[column] - mean[column]);
            }

            distances += Math.Sqrt(square);
            squares += square;
        }

        return new ClusterSpread(members.Length, mean, distances / members.Length, squares);
    }

    /// <summary>Computes the mean of some rows. Sums are in double precision, in the order of the rows.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="members">The rows to average. Without any, the mean is 0.</param>
    /// <param name="token">Cancels the work.</param>
    public static double[] MeanOf(Matrix rows, ReadOnlySpan<int> members, CancellationToken token)
    {
        var mean = new double[rows.ColumnCount];
        for (var index = 0; index < members.Length; index++)
        {
            ThrowIfCanceled(index, token);
            var row = rows.Row(members[index]);
            for (var column = 0; column < row.Length; column++)
            {
                mean[column] += row[column];
            }
        }

        // The vectorized division rounds like a scalar one.
        TensorPrimitives.Divide(mean, Math.Max(1, members.Length), mean);
        return mean;
    }

    private static void ThrowIfCanceled(int index, CancellationToken token)
    {
        if (index % RowsPerCheck == 0)
        {
            token.ThrowIfCancellationRequested();
        }
    }
}
