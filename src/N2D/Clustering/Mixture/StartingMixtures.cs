using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// Where the starts of a mixture begin. Each draws several candidates - k-means++ centers, a short k-means, a few iterations of
/// expectation-maximization - and takes the likeliest.
/// </summary>
/// <remarks>
/// Candidates are made on a sample of the rows, if there are many. That affects where a start begins, and nothing else: from there it
/// runs to convergence on all rows.
/// </remarks>
internal sealed class StartingMixtures
{
    // Enough to sort the rows roughly; what is left, the mixture does better than k-means.
    private const int KMeansIterations = 10;
    private const int ScreeningIterations = 3;
    private const int LeastSampleSize = 5_000;

    // With fewer rows than this for each parameter of the means, covariances would fit the sample and not the rows.
    private const int RowsPerColumn = 3;

    private readonly ColumnBlocks _blocks;
    private readonly GaussianMixtureOptions _options;
    private readonly double[]? _weights;
    private readonly ExpectationMaximization _estimation;
    private readonly HamerlyIterations _kMeans;

    /// <summary>Makes room for candidates; one is drawn after the other in it.</summary>
    /// <param name="rows">The rows, or the sample of them, that candidates are made on.</param>
    /// <param name="blocks">The same rows, laid out for the kernels.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="weights">What each row counts, above 0; null where each counts once.</param>
    public StartingMixtures(Matrix rows, ColumnBlocks blocks, GaussianMixtureOptions options, double[]? weights = null)
    {
        _blocks = blocks;
        _weights = weights;
        _options = options;
        _kMeans = new HamerlyIterations(rows, options.ClusterCount, blocks, weights);
        _estimation = new ExpectationMaximization(rows, blocks, options with { MaxIterations = ScreeningIterations }, weights);
    }

    /// <summary>The rows that candidates are made on.</summary>
    /// <param name="rows">n rows.</param>
    /// <param name="options">How to fit.</param>
    /// <param name="weights">What each row counts; null where each counts once.</param>
    /// <returns>These rows themselves where they are few, or else some that are drawn from them, with what they count.</returns>
    public static (Matrix Rows, double[]? Weights) Sample(Matrix rows, GaussianMixtureOptions options, double[]? weights = null)
    {
        var size = Math.Max(LeastSampleSize, (long)RowsPerColumn * rows.ColumnCount * options.ClusterCount);
        return size < rows.RowCount ? Draw(rows, weights, (int)size, options.Seed) : (rows, weights);
    }

    /// <summary>Draws the candidates of a start.</summary>
    /// <param name="start">Its number, from 0: it draws its own random numbers.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="report">Told what is being done and how much of the drawing is, 0 to 1.</param>
    /// <returns>The likeliest.</returns>
    public MixtureParameters Draw(int start, Execution execution, Action<string, double>? report = null)
    {
        MixtureParameters? best = null;
        var bestLikelihood = double.NegativeInfinity;
        for (var candidate = 0; candidate < _options.CandidateCount; candidate++)
        {
            // Making a candidate takes about as long as an iteration.
            void Report(int iteration) => report?.Invoke(
                $"candidate {candidate + 1} of {_options.CandidateCount}, iteration {iteration}",
                (candidate + (iteration / (ScreeningIterations + 1.0))) / _options.CandidateCount);

            Report(0);
            var mixture = DrawCandidate(new RandomSequence(_options.Seed, RandomPurpose.Clustering, start, candidate), execution);
            var likelihood = _options.CandidateCount == 1 ? 0 : _estimation.Run(mixture, execution, (iteration, _) => Report(iteration + 1)).LogLikelihood;
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
