using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>Fits mixtures to the same rows, one after the other, with the memory that they share.</summary>
/// <param name="rows">n rows.</param>
/// <param name="blocks">The same rows, laid out for the kernels.</param>
/// <param name="options">How to fit.</param>
/// <param name="weights">What each row counts, above 0; null where each counts once.</param>
internal sealed class ExpectationMaximization(Matrix rows, ColumnBlocks blocks, GaussianMixtureOptions options, double[]? weights = null)
{
    private const int KMeansIterations = 300;

    private readonly float[] _responsibilities = new float[(long)rows.RowCount * options.ClusterCount];

    /// <summary>Makes a mixture of clusters: a Gaussian each, with the mean and covariance of its rows.</summary>
    /// <param name="clusters">The cluster of each row.</param>
    /// <param name="centers">k x d values near their means.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public MixtureParameters FromClusters(int[] clusters, float[] centers, Execution execution)
    {
        TakeClusters(clusters);
        return FromResponsibilities(centers, execution);
    }

    /// <summary>
    /// Makes a mixture with given means: the weights and covariances are those of the clusters that k-means finds from there, as
    /// scikit-learn's means_init has them; of all rows, and next to no
    /// weight, where a cluster has none.
    /// </summary>
    /// <param name="means">k x d.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public MixtureParameters FromMeans(Matrix means, Execution execution)
    {
        var kMeans = new HamerlyIterations(rows, means.RowCount, blocks, weights);
        kMeans.Run(means.Values.ToArray(), KMeansIterations, tolerance: 0, execution);
        TakeClusters(kMeans.Clusters);
        var sizes = ClusterSizes.Of(kMeans.Clusters, means.RowCount);
        for (var cluster = 0; cluster < sizes.Length; cluster++)
        {
            if (sizes[cluster] == 0)
            {
                _responsibilities.AsSpan(cluster * rows.RowCount, rows.RowCount).Fill(1f / rows.RowCount);
            }
        }

        var mixture = FromResponsibilities(means.Values, execution);
        for (var index = 0; index < means.Values.Length; index++)
        {
            mixture.Means[index] = means.Values[index];
        }

        return mixture;
    }

    private void TakeClusters(int[] clusters)
    {
        Array.Clear(_responsibilities);
        for (var row = 0; row < clusters.Length; row++)
        {
            _responsibilities[((long)clusters[row] * rows.RowCount) + row] = weights is null ? 1 : (float)weights[row];
        }
    }

    private MixtureParameters FromResponsibilities(ReadOnlySpan<float> centers, Execution execution)
    {
        var mixture = new MixtureParameters(options.ClusterCount, rows.ColumnCount, options.CovarianceKind);
        for (var index = 0; index < centers.Length; index++)
        {
            mixture.Means[index] = centers[index];
        }

        MaximizationStep.Run(rows, _responsibilities, mixture, options.CovarianceRegularization, execution);
        return mixture;
    }

    /// <summary>Improves a mixture until it converges or the iterations are used up.</summary>
    /// <param name="mixture">Where to begin; takes the outcome.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="beforeIteration">Told, before each iteration, its number from 0 and the mean log-likelihood so far.</param>
    /// <returns>The mean log-likelihood of the outcome, the iterations done, and whether the last added less than the tolerance.</returns>
    public (double LogLikelihood, int Iterations, bool Converged) Run(
        MixtureParameters mixture,
        Execution execution,
        Action<int, double>? beforeIteration = null)
    {
        var previous = double.NegativeInfinity;
        for (var iteration = 0; ; iteration++)
        {
            var logLikelihood = ExpectationStep.Run(blocks, mixture, _responsibilities, [], execution, weights: weights);
            beforeIteration?.Invoke(iteration, logLikelihood);
            var converged = logLikelihood - previous < options.Tolerance;
            if (converged || iteration == options.MaxIterations)
            {
                return (logLikelihood, iteration, converged);
            }

            previous = logLikelihood;
            MaximizationStep.Run(rows, _responsibilities, mixture, options.CovarianceRegularization, execution);
        }
    }
}
