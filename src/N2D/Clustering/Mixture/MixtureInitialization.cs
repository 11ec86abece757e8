using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// The initial mixtures of the starts. Each start draws several candidates (k-means++ centers, a short k-means, a few EM iterations) and
/// uses the likeliest.
/// </summary>
/// <remarks>
/// With many rows, candidates are created on a sample. This affects only the initial mixture: from there, the start runs to convergence on
/// all rows.
/// </remarks>
internal sealed class MixtureInitialization
{
    // Enough for rough clusters; the mixture refines them better than k-means.
    private const int KMeansIterations = 10;
    private const int ScreeningIterations = 3;
    private const int MinSampleSize = 5_000;

    // With fewer rows for each parameter of the means, covariances would overfit the sample.
    private const int RowsPerColumn = 3;

    private readonly ColumnBlocks _blocks;
    private readonly GaussianMixtureOptions _options;
    private readonly double[]? _weights;
    private readonly ExpectationMaximization _estimation;
    private readonly HamerlyIterations _kMeans;

    /// <summary>Allocates the working memory for candidates.</summary>
    /// <param name="rows">The rows, or a sample of them.</param>
    /// <param name="blocks">The same rows as column blocks.</param>
    /// <param name="options">The options.</param>
    /// <param name="weights">The weight of each row, above 0; null if each row counts once.</param>
    public MixtureInitialization(Matrix rows, ColumnBlocks blocks, GaussianMixtureOptions options, double[]? weights = null)
    {
        _blocks = blocks;
        _weights = weights;
        _options = options;
        _kMeans = new HamerlyIterations(rows, options.ClusterCount, blocks, weights);
        _estimation = new ExpectationMaximization(rows, blocks, options with { MaxIterations = ScreeningIterations }, weights);
    }

    /// <summary>Draws the sample for candidates.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="options">The options.</param>
    /// <param name="weights">The weight of each row; null if each row counts once.</param>
    /// <returns>The sample and its weights; the rows themselves if there are few.</returns>
    public static (Matrix Rows, double[]? Weights) Sample(Matrix rows, GaussianMixtureOptions options, double[]? weights = null)
    {
        var size = Math.Max(MinSampleSize, (long)RowsPerColumn * rows.ColumnCount * options.ClusterCount);
        return size < rows.RowCount ? Draw(rows, weights, (int)size, options.Seed) : (rows, weights);
    }

    /// <summary>Draws the initial mixture of a start.</summary>
    /// <param name="start">The number of the start, from 0. It is part of the key of its random sequences.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="report">Receives the status and the progress, 0 to 1.</param>
    /// <returns>The likeliest candidate.</returns>
    public MixtureParameters Draw(int start, Execution execution, Action<string, double>? report = null)
    {
        MixtureParameters? best = null;
        var bestLikelihood = double.NegativeInfinity;
        for (var candidate = 0; candidate < _options.CandidateCount; candidate++)
        {
            // Creating a candidate takes about as long as an iteration.
            void Report(int iteration) => report?.Invoke(
                $"candidate {candidate + 1} of {_options.CandidateCount}, iteration {iteration}",
                (candidate + (iteration / (ScreeningIterations + 1.0))) / _options.CandidateCount);

            Report(0);
            var mixture = DrawCandidate(new RandomSequence(_options.Seed, RandomPurpose.Clustering, start, candidate), execution);
            var likelihood = _options.CandidateCount == 1
                ? 0
                : _estimation.Run(mixture, execution, (iteration, _) => Report(iteration + 1)).LogLikelihood;
            if (best is null || likelihood > bestLikelihood)
            {
                (best, bestLikelihood) = (mixture, likelihood);
            }
        }

        return best!;
    }

    private MixtureParameters DrawCandidate(RandomSequence random, Execution execution)
    {
        var centers = KMeansPlusPlus.Choose(_blocks, _options.ClusterCount, ref random, execution, _weights);
        _kMeans.Run(centers, KMeansIterations, tolerance: 0, execution);
        return _estimation.FromClusters(_kMeans.Clusters, centers, execution);
    }

    private static (Matrix Rows, double[]? Weights) Draw(Matrix rows, double[]? weights, int sampleSize, int seed)
    {
        var random = new RandomSequence(seed, RandomPurpose.Clustering, row: -1);
        int[] order = [.. Enumerable.Range(0, rows.RowCount)];
        var values = new float[sampleSize * rows.ColumnCount];
        for (var index = 0; index < sampleSize; index++)
        {
            var other = index + random.NextInt32(order.Length - index);
            (order[index], order[other]) = (order[other], order[index]);
            rows.Row(order[index]).CopyTo(values.AsSpan(index * rows.ColumnCount));
        }

        return (Matrix.Own(values, rows.ColumnCount), weights is null ? null : Array.ConvertAll(order[..sampleSize], row => weights[row]));
    }
}
