using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>One start of a mixture after the other on the same rows, with the memory that they share.</summary>
/// <param name="rows">n rows.</param>
/// <param name="blocks">The same rows, laid out for the kernels.</param>
/// <param name="options">How to fit.</param>
internal sealed class ExpectationMaximization(Matrix rows, ColumnBlocks blocks, GaussianMixtureOptions options)
{
    // Enough to sort the rows roughly; what is left, the mixture does better than k-means.
    private const int KMeansIterations = 10;

    private readonly float[] _responsibilities = new float[(long)rows.RowCount * options.ClusterCount];

    /// <summary>Fits one start.</summary>
    /// <param name="start">Its number, from 0; it draws its own random numbers.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="likelihoods">Takes the mean log-likelihood before each iteration and after the last; null to drop them.</param>
    /// <returns>The mixture and how it ended.</returns>
    public (MixtureParameters Mixture, MixtureStart Outcome) Run(int start, Execution execution, List<double>? likelihoods = null)
    {
        var mixture = Initialize(start, execution);
        var previous = double.NegativeInfinity;
        for (var iteration = 0; ; iteration++)
        {
            var logLikelihood = ExpectationStep.Run(blocks, mixture, _responsibilities, execution);
            likelihoods?.Add(logLikelihood);
            var converged = logLikelihood - previous < options.Tolerance;
            if (converged || iteration == options.MaxIterations)
            {
                return (mixture, new MixtureStart(start, logLikelihood, iteration, converged));
            }

            previous = logLikelihood;
            MaximizationStep.Run(rows, _responsibilities, mixture, options.CovarianceRegularization, execution);
            var done = (start + ((iteration + 1.0) / options.MaxIterations)) / options.StartCount;
            execution.Report($"start {start + 1} of {options.StartCount}", done);
        }
    }

    private MixtureParameters Initialize(int start, Execution execution)
    {
        execution.Report($"start {start + 1} of {options.StartCount}", (double)start / options.StartCount);
        var random = new RandomSequence(options.Seed, RandomPurpose.Clustering, start);
        var centers = KMeansPlusPlus.Choose(blocks, options.ClusterCount, ref random, execution);
        var (clusters, _, _) = LloydIterations.Refine(blocks, centers, KMeansIterations, execution);

        Array.Clear(_responsibilities);
        for (var row = 0; row < clusters.Length; row++)
        {
            _responsibilities[((long)clusters[row] * rows.RowCount) + row] = 1;
        }

        var mixture = new MixtureParameters(options.ClusterCount, rows.ColumnCount);
        for (var index = 0; index < centers.Length; index++)
        {
            mixture.Means[index] = centers[index];
        }

        MaximizationStep.Run(rows, _responsibilities, mixture, options.CovarianceRegularization, execution);
        return mixture;
    }
}
