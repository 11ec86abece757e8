using System.Diagnostics;
using System.Globalization;
using N2D.Metrics;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>
/// A Gaussian mixture model with k components, fitted by expectation-maximization (Dempster, Laird and Rubin, 1977). The result is the most
/// likely of several k-means++ starts. Immutable.
/// </summary>
/// <remarks>
/// Every start runs to convergence on all rows. With more than some thousand rows, its initial mixture is chosen on a sample
/// (<see cref="GaussianMixtureOptions.CandidateCount"/>). Clusters are numbered by decreasing number of rows.
/// </remarks>
public sealed class GaussianMixture : FittedClusterer, IModelPart<GaussianMixture>
{
    // Two starts count as the same optimum if their log-likelihoods differ by less than this multiple of the tolerance at which they stop.
    /// <summary>The number of columns up to which clusters are reliable with fewer rows than parameters.</summary>
    private const int FewColumns = 32;

    private const double SameOptimumTolerances = 5;

    private static readonly GaussianMixtureOptions Defaults = new(1);

    private readonly MixtureParameters _parameters;
    private readonly MixtureStart[] _starts;
    private readonly int _rowCount;
    private readonly double _totalWeight;

    private GaussianMixture(
        MixtureParameters parameters,
        GaussianMixtureOptions options,
        MixtureStart[] starts,
        double logLikelihood,
        int rowCount,
        double totalWeight)
    {
        _totalWeight = totalWeight;
        _parameters = parameters;
        _starts = starts;
        _rowCount = rowCount;
        Options = options;
        LogLikelihood = logLikelihood;
    }

    /// <inheritdoc/>
    public override string Name => nameof(GaussianMixture);

    /// <inheritdoc/>
    public override int ClusterCount => _parameters.ClusterCount;

    /// <inheritdoc/>
    public override int Dimension => _parameters.Dimension;

    /// <inheritdoc/>
    public override int? StartCount => Options.StartCount;

    /// <inheritdoc/>
    public override int? BestStartCount => _starts.Count(IsAtBest);

    /// <inheritdoc/>
    public override double? OptimumGap => NextBest() is { } next ? LogLikelihood - next.LogLikelihood : null;

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(
    [
        new("ClusterCount", Options.ClusterCounts),
        new("ClusterCountCriterion", Options.CountCriterion, Defaults.CountCriterion),
        new("InitialCenter", InitialCenterValidation.Describe(Options.InitialMeans)),
        new("CovarianceKind", Options.CovarianceKind, Defaults.CovarianceKind),
        new("StartCount", Options.StartCount),
        new("CandidateCount", Options.CandidateCount, Defaults.CandidateCount),
        new("MaximumIteration", Options.MaxIterations, Defaults.MaxIterations),
        new("Tolerance", Options.Tolerance, Defaults.Tolerance),
        new("CovarianceRegularization", Options.CovarianceRegularization, Defaults.CovarianceRegularization),
        new("Seed", Seed),
    ]);

    /// <inheritdoc/>
    public override GaussianMixtureOptions Options { get; }

    /// <summary>The mean log-likelihood of the rows of the fit, weighted if the rows have weights; that of the best start.</summary>
    public double LogLikelihood { get; }

    /// <summary>The result of each start, in order.</summary>
    public IReadOnlyList<MixtureStart> GetStarts() => _starts;

    /// <summary>The weight of each Gaussian. The weights add up to 1.</summary>
    public IReadOnlyList<double> GetWeights() => _parameters.Weights.AsReadOnly();

    /// <summary>The mean of a Gaussian, d values.</summary>
    /// <param name="cluster">The number of the Gaussian.</param>
    public double[] GetMean(int cluster) => _parameters.Mean(cluster).ToArray();

    /// <summary>The covariance matrix of a Gaussian, d x d values by row, for every kind of covariance.</summary>
    /// <param name="cluster">The number of the Gaussian.</param>
    public double[] GetCovariance(int cluster) => _parameters.FullCovariance(cluster).ToArray();

    /// <summary>
    /// The Bayesian information criterion on the rows of the fit (Schwarz, 1978): -2 times the log-likelihood, plus the number of free
    /// parameters times the logarithm of the number of rows (or of the sum of their weights). Smaller is better.
    /// </summary>
    public double Bic => (-2 * LogLikelihood * _totalWeight) + (_parameters.ParameterCount * PortableMath.Log(_totalWeight));

    /// <summary>
    /// The Akaike information criterion on the rows of the fit (Akaike, 1974): -2 times the log-likelihood, plus twice the number of free
    /// parameters. Smaller is better.
    /// </summary>
    public double Aic => (-2 * LogLikelihood * _totalWeight) + (2 * _parameters.ParameterCount);

    /// <inheritdoc/>
    internal override long? ParameterCount => _parameters.ParameterCount;

    /// <inheritdoc/>
    public override bool HasAllProbabilities => true;

    /// <inheritdoc/>
    private protected override double[][] CentersOfClusters() => [.. Enumerable.Range(0, ClusterCount).Select(GetMean)];

    /// <summary>Fits a mixture.</summary>
    /// <param name="rows">n rows of finite values.</param>
    /// <param name="options">The options.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="weights">
    /// The weight of each row, 0 or more; null if each row counts once. The fit maximizes the weighted log-likelihood: a row with weight 2
    /// counts as two equal rows, and rows with weight 0 are ignored. The silhouette that chooses the number of Gaussians ignores weights.
    /// </param>
    /// <exception cref="N2DException">
    /// There are fewer rows than clusters (<c>ClusterCountOutOfRange</c>), a value is NaN or infinite (<c>NotFinite</c>), squared
    /// differences exceed the range of float32 (<c>ValuesTooSmall</c>, <c>ValuesTooLarge</c>), or weights are invalid
    /// (<c>WeightCountMismatch</c>, <c>WeightOutOfRange</c>).
    /// </exception>
    public static GaussianMixture Fit(
        Matrix rows, GaussianMixtureOptions options, Execution execution, IReadOnlyList<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        var weighted = RowWeights.Of(rows, weights);
        rows = weighted.Rows;
        options.ThrowIfUnusable(rows);
        InitialCenterValidation.ThrowIfMismatched(options.InitialMeans, rows, "initial means", nameof(options.InitialMeans));
        RowUnit.ThrowIfOutOfRange(rows);
        return options.ClusterCounts.IsSingle ? FitOne(weighted, options, execution)
            : options.CountCriterion is ClusterCountCriterion.Stability or ClusterCountCriterion.Eigengap
                ? FitChosen(weighted, options, execution)
            : FitRange(weighted, options, execution);
    }

    /// <inheritdoc/>
    public override ClusterPrediction Predict(Matrix rows, Execution execution) => PredictChecked(rows, [], execution);

    /// <inheritdoc/>
    /// <remarks>The distance is the Mahalanobis distance to the nearest Gaussian.</remarks>
    public override MeasuredClusters Measure(Matrix rows, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var distances = new float[rows.RowCount];
        return new MeasuredClusters(PredictChecked(rows, distances, execution), distances);
    }

    /// <inheritdoc/>
    internal override float[] MeasureLeftOut(Matrix rows, Execution execution)
    {
        var distances = new float[rows.RowCount];
        ExpectationStep.Run(
            rows,
            null,
            _parameters,
            new float[ArraySize.Of(rows.RowCount, ClusterCount)],
            distances,
            execution,
            _rowCount);
        return distances;
    }

    private ClusterPrediction PredictChecked(Matrix rows, float[] distances, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        rows.ThrowIfNotFinite();
        return PredictRows(rows, null, _parameters, distances, execution);
    }

    /// <summary>Fits each number of clusters in turn, and keeps the mixture that <see cref="ClusterCountChoice"/> chooses.</summary>
    private static GaussianMixture FitRange(RowWeights weighted, GaussianMixtureOptions options, Execution execution)
    {
        var rows = weighted.Rows;
        var counts = options.ClusterCounts.UpTo(rows.RowCount);
        var clock = new StageClock(execution);
        var choice = new ClusterCountChoice(options.CountCriterion);
        for (var count = counts.Least; count <= counts.Most; count++)
        {
            // The time of a fit grows with its number of clusters.
            double Done(int clusterCount) => (double)(clusterCount - counts.Least)
                * (clusterCount + counts.Least)
                / ((counts.Most + 1 - counts.Least) * (counts.Most + 1 + counts.Least));

            var single = options with { ClusterCounts = ClusterCountRange.Exactly(count) };
            var mixture = clock.Time(
                Quantity.Of(count, "cluster"),
                Done(count),
                Done(count + 1),
                part => FitOne(weighted, single, part with { Explain = null, Warn = null }));
            var silhouette = options.CountCriterion == ClusterCountCriterion.Silhouette
                ? Silhouette.Compute(rows, mixture.Predict(rows, execution).Assignments, options.Seed, execution)
                : null;
            execution.Explain?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"{Quantity.Of(count, "cluster")}: {(silhouette is { } value ? $"silhouette {value:F4}, " : "")}BIC {mixture.Bic:F1}, AIC "
                    + $"{mixture.Aic:F1}, mean log-likelihood {mixture.LogLikelihood:F4}."));
            choice.Add(mixture, silhouette);
        }

        var chosen = OfRange(choice.Chosen, choice.Curve, clock.TotalSeconds, weighted, options);
        choice.WarnIfWeak(execution);
        chosen.ExplainRange(rows, execution);
        return chosen;
    }

    /// <summary>Chooses the number of clusters before the fit, and fits that number alone.</summary>
    private static GaussianMixture FitChosen(RowWeights weighted, GaussianMixtureOptions options, Execution execution)
    {
        var rows = weighted.Rows;
        var counts = options.ClusterCounts.UpTo(rows.RowCount);
        var clock = new StageClock(execution);
        var curve = clock.Time(
            "number of clusters",
            0,
            0.7,
            part => options.CountCriterion == ClusterCountCriterion.Stability
                ? PredictionStrength.Choose(weighted, options, counts, part)
                : EigengapChoice.Choose(rows, counts, options.Seed, part));
        ClusterCountScore.Explain(
            curve, options.CountCriterion == ClusterCountCriterion.Stability ? "prediction strength" : "eigengap", execution);
        var single = options with { ClusterCounts = ClusterCountRange.Exactly(curve.Single(point => point.IsChosen).ClusterCount) };
        var mixture = clock.Time("fit", 0.7, 1, part => FitOne(weighted, single, part with { Explain = null, Warn = null }));
        var chosen = OfRange(mixture, curve, clock.TotalSeconds, weighted, options);
        chosen.ExplainRange(rows, execution);
        return chosen;
    }

    private static GaussianMixture OfRange(
        GaussianMixture best, ClusterCountScore[] curve, double seconds, RowWeights weighted, GaussianMixtureOptions options) =>
        new(best._parameters, options, best._starts, best.LogLikelihood, weighted.Rows.RowCount, weighted.Total)
        {
            Seconds = seconds,
            Curve = curve,
        };

    private void ExplainRange(Matrix rows, Execution execution)
    {
        WarnIfTooFewRows(rows, Options with { ClusterCounts = ClusterCountRange.Exactly(ClusterCount) }, execution);
        ClusterCountScore.WarnIfAtTheEnd(Curve, Options.ClusterCounts, execution);
        Explain(execution);
    }

    private static GaussianMixture FitOne(RowWeights weighted, GaussianMixtureOptions options, Execution execution)
    {
        var (rows, weights) = (weighted.Rows, weighted.Weights);
        WarnIfTooFewRows(rows, options, execution);
        var clock = Stopwatch.StartNew();
        var blocks = ColumnBlocks.Of(rows, execution);
        var regularized = options with { CovarianceRegularization = RegularizationOf(rows, weights, options, execution) };
        var (best, bestStart, starts) = MixtureStarts.Run(rows, blocks, regularized, execution, weights);
        var assignments = PredictRows(rows, blocks, best, [], execution).Assignments;
        var sizes = ClusterSizes.Of(assignments, options.ClusterCount);
        ClusterSizes.WarnIfEmpty(sizes, execution);
        var ordered = best.Reorder(weights is null
            ? ClusterSizes.Descending(sizes)
            : ClusterSizes.Descending(ClusterSizes.Of(assignments, options.ClusterCount, weights)));
        var fitted = new GaussianMixture(ordered, options, starts, bestStart.LogLikelihood, rows.RowCount, weighted.Total)
        { Seconds = clock.Elapsed.TotalSeconds };
        fitted.Explain(execution);
        return fitted;
    }

    void IModelPart<GaussianMixture>.Write(ModelPartWriter part)
    {
        part.Set("options", Options);
        part.Set("logLikelihood", LogLikelihood);
        part.Set("starts", _starts);
        part.Set("rowCount", _rowCount);
        part.Set("totalWeight", _totalWeight);
        part.Set("curve", Curve.ToArray());
        _parameters.Write(part);
        if (Options.InitialMeans is { } initial)
        {
            part.Add("initialMeans", initial);
        }
    }

    static GaussianMixture IModelPart<GaussianMixture>.Read(ModelPartReader part)
    {
        var (options, starts) = (part.Get<GaussianMixtureOptions>("options"), part.GetList<MixtureStart>("starts"));
        if (starts.Length != options.StartCount)
        {
            throw part.Corrupt($"it has {starts.Length} starts, but {options.StartCount} in its options");
        }

        var rowCount = part.Get<int>("rowCount");
        var parameters = MixtureParameters.Read(part, options.CovarianceKind);
        if (part.Has("initialMeans"))
        {
            options = options with { InitialMeans = part.GetMatrix("initialMeans", parameters.ClusterCount, parameters.Dimension) };
        }

        if (rowCount < 1 || parameters.ClusterCount < options.ClusterCounts.Least || parameters.ClusterCount > options.ClusterCounts.Most)
        {
            throw part.Corrupt($"{parameters.ClusterCount} Gaussians of {rowCount} rows do not match its options");
        }

        return new GaussianMixture(
            parameters, options, starts, part.Get<double>("logLikelihood"), rowCount, part.Find<double>("totalWeight") ?? rowCount)
        {
            Seconds = part.Seconds,
            Curve = part.GetList<ClusterCountScore>("curve"),
        };
    }

    private static ClusterPrediction PredictRows(
        Matrix rows, ColumnBlocks? blocks, MixtureParameters parameters, float[] distances, Execution execution)
    {
        var (rowCount, clusterCount) = (rows.RowCount, parameters.ClusterCount);
        var responsibilities = new float[ArraySize.Of(rowCount, clusterCount)];
        var logLikelihood = ExpectationStep.Run(rows, blocks, parameters, responsibilities, distances, execution);
        var probabilities = new float[ArraySize.Of(rowCount, clusterCount)];
        var assignments = new int[rowCount];
        ParallelRows.For(rowCount, 1024, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var own = probabilities.AsSpan(row * clusterCount, clusterCount);
                for (var cluster = 0; cluster < clusterCount; cluster++)
                {
                    own[cluster] = responsibilities[(cluster * rowCount) + row];
                    assignments[row] = own[cluster] > own[assignments[row]] ? cluster : assignments[row];
                }
            }
        });
        return new ClusterPrediction(assignments, Matrix.Own(probabilities, clusterCount), logLikelihood);
    }

    private static double RegularizationOf(Matrix rows, double[]? weights, GaussianMixtureOptions options, Execution execution)
    {
        var regularization = options.RegularizationFor(ColumnVariance.Mean(rows, execution, weights));
        if (regularization != options.CovarianceRegularization)
        {
            execution.Explain?.Invoke(string.Create(
                CultureInfo.InvariantCulture,
                $"Covariance regularization: {regularization:G3} ({options.CovarianceRegularization:G3} times the mean variance of "
                    + $"the columns, which is small)."));
        }

        return regularization;
    }

    /// <summary>
    /// Warns if full or tied covariance matrices have more free parameters than there are rows: regularization fills the rest. In few
    /// columns, it warns only if the rows of an average matrix cannot span its dimensions, because layouts of some hundred rows cluster
    /// well with fewer rows than parameters. Diagonal and spherical matrices estimate each variance on its own, from all rows of a cluster,
    /// however many columns there are. One cluster can't be wrong.
    /// </summary>
    private static void WarnIfTooFewRows(Matrix rows, GaussianMixtureOptions options, Execution execution)
    {
        var (dimension, clusterCount) = (rows.ColumnCount, options.ClusterCount);
        var isTied = options.CovarianceKind == CovarianceKind.Tied;
        var rowsPerMatrix = rows.RowCount / (isTied ? 1 : clusterCount);
        var parameterCount = ParametersOf(options.CovarianceKind);
        if (options.CovarianceKind is CovarianceKind.Diagonal or CovarianceKind.Spherical
            || clusterCount == 1
            || parameterCount <= rows.RowCount
            || (dimension <= FewColumns && rowsPerMatrix >= dimension))
        {
            return;
        }

        var kinds = isTied || ParametersOf(CovarianceKind.Tied) > rows.RowCount
            ? nameof(CovarianceKind.Diagonal)
            : $"{nameof(CovarianceKind.Diagonal)} or {nameof(CovarianceKind.Tied)}";
        var reduced = Math.Min(rowsPerMatrix, FewColumns);
        var reduction = reduced > 0 ? $"Reduce the dimensions to {reduced} or fewer first (by PCA or UMAP), or set" : "Set";
        execution.Advise(
            $"{Quantity.Of(rows.RowCount, "row")} {(rows.RowCount == 1 ? "is" : "are")} too few for "
                + $"{Quantity.Of(clusterCount, "cluster")} with {(isTied ? "a tied covariance matrix" : "full covariance matrices")} of "
                + $"{Quantity.Of(dimension, "dimension")}: the mixture has {parameterCount} free parameters, so the clusters can be "
                + $"unreliable. {reduction} {nameof(options.CovarianceKind)} to {kinds}.",
            nameof(options.CovarianceKind));

        long ParametersOf(CovarianceKind kind) => MixtureParameters.CountParameters(clusterCount, dimension, kind);
    }

    private bool IsAtBest(MixtureStart start) => start.LogLikelihood >= LogLikelihood - (SameOptimumTolerances * Options.Tolerance);

    private MixtureStart? NextBest() => _starts.Where(start => !IsAtBest(start)).MaxBy(start => start.LogLikelihood);

    private void Explain(Execution execution)
    {
        if (!_starts.MaxBy(start => start.LogLikelihood)!.Converged)
        {
            execution.Advise(
                $"The mixture did not converge within {Quantity.Of(Options.MaxIterations, "iteration")}, so its clusters are not final. "
                + $"Use a larger {nameof(Options.MaxIterations)} or a larger {nameof(Options.Tolerance)}.",
                nameof(Options.MaxIterations),
                nameof(Options.Tolerance));
        }

        if (execution.Explain is not { } explain)
        {
            return;
        }

        var culture = CultureInfo.InvariantCulture;
        var best = _starts.MaxBy(start => start.LogLikelihood)!;
        explain(string.Create(
            culture,
            $"Best mean log-likelihood {best.LogLikelihood:F4}, reached by start {best.Index + 1} in "
                + $"{Quantity.Of(best.Iterations, "iteration")}; {BestStartCount} of {Quantity.Of(_starts.Length, "start")} reached it."));
        explain(NextBest() is { } next
            ? string.Create(culture, $"The next best optimum has mean log-likelihood {next.LogLikelihood:F4} (start {next.Index + 1}).")
            : "All starts reached the same optimum.");
        if (_starts.Count(start => !start.Converged) is > 0 and var unfinished)
        {
            explain(
                $"{Quantity.Of(unfinished, "start")} did not converge within {Quantity.Of(Options.MaxIterations, "iteration")}; "
                + "more iterations could increase the likelihood.");
        }
    }
}
