using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// The expectation-maximization algorithm. Fits mixtures to the same rows, one after another, with shared working memory.
/// </summary>
/// <param name="rows">n rows.</param>
/// <param name="blocks">The same rows as column blocks.</param>
/// <param name="options">The options.</param>
/// <param name="weights">The weight of each row, above 0; null if each row counts once.</param>
internal sealed class ExpectationMaximization(Matrix rows, ColumnBlocks blocks, GaussianMixtureOptions options, double[]? weights = null)
{
    private const int KMeansIterations = 300;

    private readonly float[] _responsibilities = new float[ArraySize.Of(rows.RowCount, options.ClusterCount)];
    private readonly MaximizationStep _maximization = new(rows, options.CovarianceRegularization);

    /// <summary>Creates a mixture from clusters: a Gaussian for each, with the mean and covariance of its rows.</summary>
    /// <param name="clusters">The cluster of each row.</param>
    /// <param name="centers">k x d values close to the means.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public MixtureParameters FromClusters(int[] clusters, float[] centers, Execution execution)
    {
        SetResponsibilities(clusters);
        return FromResponsibilities(centers, execution);
    }

    /// <summary>
    /// Creates a mixture with given means, as means_init in scikit-learn. The weights and covariances are those of the clusters that
    /// k-means finds from these means. A Gaussian whose cluster is empty gets the covariance of all rows and almost no weight.
    /// </summary>
    /// <param name="means">k x d.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public MixtureParameters FromMeans(Matrix means, Execution execution)
    {
        var kMeans = new HamerlyIterations(rows, means.RowCount, blocks, weights);
        kMeans.Run(means.Values.ToArray(), KMeansIterations, tolerance: 0, execution);
        SetResponsibilities(kMeans.Clusters);
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

    private void SetResponsibilities(int[] clusters)
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

        _maximization.Run(_responsibilities, mixture, execution);
        return mixture;
    }

    /// <summary>Iterates until the mixture converges or the limit is reached.</summary>
    /// <param name="mixture">The initial mixture. Receives the result.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="beforeIteration">Receives the number of each iteration, from 0, and the mean log-likelihood before it.</param>
    /// <returns>The mean log-likelihood, the number of iterations, and whether they converged.</returns>
    public (double LogLikelihood, int Iterations, bool Converged) Run(
        MixtureParameters mixture,
        Execution execution,
        Action<int, double>? beforeIteration = null)
    {
        var previous = double.NegativeInfinity;
        for (var iteration = 0; ; iteration++)
        {
            var logLikelihood = ExpectationStep.Run(rows, blocks, mixture, _responsibilities, [], execution, weights: weights);
            beforeIteration?.Invoke(iteration, logLikelihood);
            var converged = logLikelihood - previous < options.Tolerance;
            if (converged || iteration == options.MaxIterations)
            {
                return (logLikelihood, iteration, converged);
            }

            previous = logLikelihood;
            _maximization.Run(_responsibilities, mixture, execution);
        }
    }
}
