namespace N2D.Clustering;

/// <summary>
/// How far rows of a fit lie from the Gaussians that the others would have made without them. A Gaussian of d columns and not many more rows reaches out to each of its own, and what they lie
/// within then says nothing of other rows.
/// </summary>
/// <remarks>
/// Taking a row of weight r out of the N of a Gaussian moves its mean by r (x - μ) / (N - r) and takes a multiple of (x - μ)(x - μ)ᵀ from its covariance; by the formula of Sherman and Morrison (1950),
/// D², Mahalanobis' distance squared, becomes N / (N - r) D² / (1 - r D² / (N - r)). The other rows' weights stay as they are. Of variances of
/// each column that holds column by column. It holds but for the ridge of the covariances; and of a tied covariance a row's part in the other Gaussians is left out of account, which is some 0.4 % of the distance where its shares
/// are split.
/// </remarks>
internal static class LeftOutDistances
{
    /// <summary>Of a covariance without a ridge nothing is left in the direction of a row that is alone there.</summary>
    private const double LeastShare = 1e-9;

    /// <summary>The square of the distance of each row from the Gaussian that it is least from, the row left out.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="fittedCount">n, the rows that it was fitted to.</param>
    /// <param name="block">The values of the rows of a block, those of the first column, then of the second, ...</param>
    /// <param name="squares">The squares of the distances, those from the first Gaussian of all rows of a block, then from the second, ...</param>
    /// <param name="responsibilities">The Gaussians' shares of the rows, in the same order.</param>
    /// <param name="least">Takes the squares.</param>
    /// <param name="blockSize">The rows of a block, those that are none included.</param>
    public static void Least(
        MixtureParameters mixture, int fittedCount, ReadOnlySpan<float> block, ReadOnlySpan<double> squares, ReadOnlySpan<double> responsibilities, Span<double> least, int blockSize)
    {
        least.Fill(double.PositiveInfinity);
        var axes = mixture.Kind == CovarianceKind.Spherical ? mixture.Dimension : 1;
        for (var cluster = 0; cluster < mixture.ClusterCount; cluster++)
        {
            var count = mixture.Weights[cluster] * fittedCount;
            for (var row = 0; row < least.Length; row++)
            {
                var (square, share) = (squares[(cluster * blockSize) + row], responsibilities[(cluster * blockSize) + row]);
                var (all, part) = mixture.Kind == CovarianceKind.Tied ? (fittedCount, 1) : (count, share);
                var rest = count - share;
                if (rest <= LeastShare * count || all <= part)
                {
                    continue;
                }

                if (mixture.Kind == CovarianceKind.Diagonal)
                {
                    least[row] = Math.Min(least[row], count / rest * SumOfColumns(mixture, cluster, block[row..], blockSize, share / rest));
                }
                else
                {
                    var taken = share * count / (rest * all) * square / axes;
                    least[row] = Math.Min(least[row], count / rest * (count / rest) * (all - part) / all * square / Math.Max(1 - taken, LeastShare));
                }
            }
        }
    }

    /// <summary>The sum of z / (1 - r z / (N - r)) over the columns, z the square of the distance along one of them.</summary>
    private static double SumOfColumns(MixtureParameters mixture, int cluster, ReadOnlySpan<float> values, int stride, double ratio)
    {
        var mean = mixture.Mean(cluster);
        var (factors, sum) = (mixture.PrecisionFactors[cluster], 0.0);
        for (var column = 0; column < mean.Length; column++)
        {
            var scaled = (values[column * stride] - mean[column]) * factors[column];
            sum += scaled * scaled / Math.Max(1 - (ratio * scaled * scaled), LeastShare);
        }

        return sum;
    }
}
