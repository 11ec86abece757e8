namespace N2D.Clustering;

/// <summary>
/// How far rows of a fit lie from the Gaussians that the others would have made without them. A Gaussian of d columns and not many more rows reaches out to each of its own, and what they lie
/// within then says nothing of other rows.
/// </summary>
/// <remarks>
/// Taking a row of weight r out of the N of a Gaussian moves its mean by r (x - μ) / (N - r) and takes a multiple of (x - μ)(x - μ)ᵀ from its covariance; by the formula of Sherman and Morrison (1950),
/// D², Mahalanobis' distance squared, becomes N / (N - r) D² / (1 - r D² / (N - r)). The other rows' weights stay as they are. That holds but for the ridge of the covariances, and for variances of each column, of
/// which all are taken to shrink by the same share.
/// </remarks>
internal static class LeftOutDistances
{
    /// <summary>Of a covariance without a ridge nothing is left in the direction of a row that is alone there.</summary>
    private const double LeastShare = 1e-9;

    /// <summary>The square of the distance of each row from the Gaussian that it is least from, the row left out.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="fittedCount">n, the rows that it was fitted to.</param>
    /// <param name="squares">The squares of the distances, those from the first Gaussian of all rows of a block, then from the second, ...</param>
    /// <param name="responsibilities">The Gaussians' shares of the rows, in the same order.</param>
    /// <param name="least">Takes the squares.</param>
    /// <param name="blockSize">The rows of a block, those that are none included.</param>
    public static void Least(
        MixtureParameters mixture, int fittedCount, ReadOnlySpan<double> squares, ReadOnlySpan<double> responsibilities, Span<double> least, int blockSize)
    {
        least.Fill(double.PositiveInfinity);
        var axes = mixture.IsAxisAligned ? mixture.Dimension : 1;
        for (var cluster = 0; cluster < mixture.ClusterCount; cluster++)
        {
            var count = mixture.Weights[cluster] * fittedCount;
            for (var row = 0; row < least.Length; row++)
            {
                var (square, share) = (squares[(cluster * blockSize) + row], responsibilities[(cluster * blockSize) + row]);
                var (all, part) = mixture.Kind == CovarianceKind.Tied ? (fittedCount, 1) : (count, share);
                var rest = count - share;
                if (rest > LeastShare * count && all > part)
                {
                    var taken = share * count / (rest * all) * square / axes;
                    least[row] = Math.Min(least[row], count / rest * (count / rest) * (all - part) / all * square / Math.Max(1 - taken, LeastShare));
                }
            }
        }
    }
}
