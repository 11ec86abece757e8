using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// Leave-one-out Mahalanobis distances: the distances of rows of the fit from the Gaussians that a fit without them would have. A Gaussian
/// with few more rows than columns adapts to each of them, so ordinary distances would be too small for comparisons with new rows.
/// </summary>
/// <remarks>
/// Removing a row with responsibility r from a Gaussian with total responsibility N moves the mean by r (x - μ) / (N - r), and is a
/// rank-one update of the covariance. By the Sherman-Morrison formula (1950), the squared distance D² becomes N / (N - r) D² / (1 - r D² /
/// (N - r)); with diagonal covariances, this holds for each column. The other rows' responsibilities are assumed to stay the same. Two
/// approximations: the regularization is ignored; and for tied covariances, so is a row's effect through the other Gaussians (about 0.4 %
/// of the distance if its responsibilities are split).
/// </remarks>
internal static class LeaveOneOutDistances
{
    /// <summary>
    /// The lower limit of denominators: without regularization, removing the only row in a direction leaves no variance there.
    /// </summary>
    private const double MinShare = 1e-9;

    /// <summary>Computes the squared distance from each row to its nearest Gaussian, with the row left out.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="fittedCount">The number of rows of the fit, n.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="start">The first row of the block.</param>
    /// <param name="squares">
    /// The squared distances: those to the first Gaussian for all rows of the block, then those to the second, and so on.
    /// </param>
    /// <param name="responsibilities">The responsibilities of the Gaussians, in the same order.</param>
    /// <param name="nearest">Receives the squared distances.</param>
    /// <param name="blockSize">The number of rows in a block, including padding.</param>
    public static void Compute(
        MixtureParameters mixture,
        int fittedCount,
        Matrix rows,
        int start,
        ReadOnlySpan<double> squares,
        ReadOnlySpan<double> responsibilities,
        Span<double> nearest,
        int blockSize)
    {
        nearest.Fill(double.PositiveInfinity);
        var axes = mixture.Kind == CovarianceKind.Spherical ? mixture.Dimension : 1;
        for (var cluster = 0; cluster < mixture.ClusterCount; cluster++)
        {
            var count = mixture.Weights[cluster] * fittedCount;
            for (var row = 0; row < nearest.Length; row++)
            {
                var (square, share) = (squares[(cluster * blockSize) + row], responsibilities[(cluster * blockSize) + row]);
                var (all, part) = mixture.Kind == CovarianceKind.Tied ? (fittedCount, 1) : (count, share);
                var rest = count - share;
                if (rest <= MinShare * count || all <= part)
                {
                    continue;
                }

                if (mixture.Kind == CovarianceKind.Diagonal)
                {
                    nearest[row] =
                        Math.Min(nearest[row], count / rest * SumOfColumns(mixture, cluster, rows.Row(start + row), share / rest));
                }
                else
                {
                    var taken = share * count / (rest * all) * square / axes;
                    nearest[row] =
                        Math.Min(nearest[row], count / rest * (count / rest) * (all - part) / all * square / Math.Max(1 - taken, MinShare));
                }
            }
        }
    }

    /// <summary>The sum of z / (1 - r z / (N - r)) over the columns, where z is the squared distance along a column.</summary>
    private static double SumOfColumns(MixtureParameters mixture, int cluster, ReadOnlySpan<float> values, double ratio)
    {
        var mean = mixture.Mean(cluster);
        var (factors, sum) = (mixture.PrecisionFactors[cluster], 0.0);
        for (var column = 0; column < mean.Length; column++)
        {
            var scaled = (values[column] - mean[column]) * factors[column];
            sum += scaled * scaled / Math.Max(1 - (ratio * scaled * scaled), MinShare);
        }

        return sum;
    }
}
