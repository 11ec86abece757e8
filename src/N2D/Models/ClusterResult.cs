using N2D.Clustering;
using N2D.Metrics;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>
/// The end of a pipeline: the clusters of an embedding's rows, how good they are, and the whole fitted model that found them. Immutable.
/// </summary>
/// <remarks>
/// The properties are a run's row in a table, in the order of its columns. Clusters are numbered from 0 by decreasing size. Scores that
/// need labels are of the rows whose label is known, and null if there are none. Of a clusterer that knows noise, rows of cluster -1 count as
/// follows: for the accuracy as wrong, since they stand for no class; for NMI and ARI as one more cluster, as scikit-learn's functions take them; for the
/// silhouette not at all.
/// </remarks>
public sealed class ClusterResult
{
    private readonly Embedding _embedding;
    private readonly FittedClusterer _clusterer;
    private readonly ClusterPrediction _prediction;
    private readonly AssignmentScore? _score;
    private readonly float[]? _novelty;

    private ClusterResult(Embedding embedding, FittedClusterer clusterer, ClusterPrediction prediction, double? silhouette, double? stability, float[]? novelty = null)
    {
        _embedding = embedding;
        _clusterer = clusterer;
        _prediction = prediction;
        Silhouette = silhouette;
        Stability = stability;
        NoiseCount = prediction.NoiseCount;
        _novelty = novelty;
        _score = embedding.GetLabels() is { } labels ? AssignmentScore.Of(labels, prediction.Assignments) : null;
    }

    /// <summary>The name of the data set.</summary>
    public string Dataset => _embedding.Dataset;

    /// <summary>The stages that the rows went through, such as <c>Autoencoder &gt; Umap</c>; <c>Raw</c> if there are none.</summary>
    public string Stages => _embedding.Stages;

    /// <summary>The clusterer's name, such as <c>GaussianMixture</c>.</summary>
    public string Method => _clusterer.Name;

    /// <summary>The number of clusters, k.</summary>
    public int ClusterCount => _clusterer.ClusterCount;

    /// <summary>The number of rows that belong to no cluster: 0 but for a clusterer that knows noise.</summary>
    public int NoiseCount { get; }

    /// <summary>The number of rows, n.</summary>
    public int RowCount => _embedding.RowCount;

    /// <summary>The number of rows that were left out for their missing values.</summary>
    public int DroppedCount => _embedding.GetDataset().DroppedCount;

    /// <summary>The number of dimensions that were clustered, d.</summary>
    public int Dimension => _embedding.Dimension;

    /// <summary>Clustering accuracy under the best matching of clusters and classes, 0 to 1.</summary>
    public double? Acc => _score?.Acc;

    /// <summary>Normalized mutual information (arithmetic mean) of clusters and classes, 0 to 1.</summary>
    public double? Nmi => _score?.Nmi;

    /// <summary>Adjusted Rand index of clusters and classes, at most 1.</summary>
    public double? Ari => _score?.Ari;

    /// <summary>Mean silhouette of the rows that are in clusters, -1 to 1, on a sample past 10,000 rows; null where it is not defined.</summary>
    public double? Silhouette { get; }

    /// <summary>Mean log-likelihood of a row, weighted where the rows of the fit have weights; null if the clusterer has none.</summary>
    public double? LogLikelihood => IsWeighted ? ((GaussianMixture)_clusterer).LogLikelihood : _prediction.LogLikelihood;

    /// <summary>
    /// The Bayesian information criterion of these rows: -2 times their log-likelihood plus the number of free parameters times the
    /// logarithm of the number of rows (of the sum of their weights, if they have some); null if the clusterer
    /// has no likelihood. Of fits to the same rows, the smallest is the best.
    /// </summary>
    public double? Bic => CriterionOf(Math.Log(CountedRows));

    /// <summary>
    /// Akaike's information criterion of these rows: as <see cref="Bic"/>, with 2 in place of the logarithm; null if the clusterer has no
    /// likelihood.
    /// </summary>
    public double? Aic => CriterionOf(2);

    /// <summary>The number of starts of which the likeliest was kept; null if the clusterer has none.</summary>
    public int? StartCount => _clusterer.StartCount;

    /// <summary>How many starts reached the best optimum found; null if the clusterer has none.</summary>
    public int? BestStartCount => _clusterer.BestStartCount;

    /// <summary>By how much the next best optimum falls short, in mean log-likelihood of a row; null if no start ended at another one.</summary>
    public double? OptimumGap => _clusterer.OptimumGap;

    /// <summary>
    /// The adjusted Rand index of these clusters and those of the same pipeline fitted anew with the next seeds, at most 1; null if that was not asked for.
    /// No label is needed for it.
    /// </summary>
    public double? Stability { get; }

    /// <summary>
    /// The share of the rows whose novelty is above 1, as that of about 1 of 100 rows like those of the fit is; null of rows of the fit, and where the model tells of none. Far above 0.01
    /// the rows are no longer of the kind that the model was fitted to.
    /// </summary>
    public double? NovelShare => _novelty is null ? null : (double)_novelty.Count(novelty => novelty > 1) / _novelty.Length;

    /// <summary>Seconds of training the autoencoder; null if there is none.</summary>
    public double? AutoencoderSeconds => SecondsOf(StageRole.Autoencoder);

    /// <summary>Seconds of learning the manifold; null if that was not done.</summary>
    public double? ManifoldSeconds => SecondsOf(StageRole.Manifold);

    /// <summary>Seconds of fitting the clusterer, without the scores.</summary>
    public double ClusterSeconds => _clusterer.Seconds;

    /// <summary>Seconds of all fits together.</summary>
    public double TotalSeconds => _embedding.Seconds + _clusterer.Seconds;

    /// <summary>Seconds of applying the model to these rows, without the scores; null of rows of the fit.</summary>
    public double? ScoringSeconds { get; private init; }

    /// <summary>The accelerator that a stage was fitted on, such as <c>cuda:0</c>; <c>cpu</c> if none was.</summary>
    public string Device => _embedding.GetStages().Select(stage => stage.Device).FirstOrDefault(device => device != "cpu") ?? "cpu";

    /// <summary>The seed of the clusterer.</summary>
    public int Seed => _clusterer.Seed;

    /// <summary>
    /// The settings of every stage and of the clusterer, by the names of the cmdlets' parameters, such as
    /// <c>Umap(NeighborCount=20; ...) &gt; GaussianMixture(ClusterCount=10; ...)</c>.
    /// </summary>
    public string Settings => string.Join(
        " > ",
        _embedding.GetStages().Select(stage => $"{stage.Name}({stage.Settings})").Append($"{_clusterer.Name}({_clusterer.Settings})"));

    /// <summary>Assigns the rows of an embedding to clusters and scores the outcome.</summary>
    /// <param name="embedding">The rows, with the stages that made them.</param>
    /// <param name="clusterer">A clusterer that was fitted to them, or to others of the same dimension.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="measureStability">Whether to fit the whole pipeline anew for <see cref="Stability"/>, which takes as long again as it did.</param>
    /// <exception cref="N2DException">The clusterer was fitted to rows of another dimension (<c>DimensionMismatch</c>).</exception>
    public static ClusterResult Create(Embedding embedding, FittedClusterer clusterer, Execution execution, bool measureStability = false)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(clusterer);
        var rows = embedding.GetRows();
        var prediction = clusterer.Predict(rows, execution);
        return new ClusterResult(
            embedding,
            clusterer,
            prediction,
            SilhouetteOf(rows, prediction, clusterer.Seed, execution),
            measureStability ? PipelineStability.Compute(embedding, clusterer, prediction.Assignments, execution) : null);
    }

    /// <summary>Assigns rows that a pipeline was not fitted to, and scores the outcome.</summary>
    /// <param name="embedding">The rows, with the stages that they went through.</param>
    /// <param name="clusterer">The pipeline's clusterer.</param>
    /// <param name="prediction">What that says of the rows.</param>
    /// <param name="novelty">The novelty of each row; null if the pipeline tells of none.</param>
    /// <param name="seconds">What all this took.</param>
    /// <param name="execution">Threads and cancellation.</param>
    internal static ClusterResult Apply(Embedding embedding, FittedClusterer clusterer, ClusterPrediction prediction, float[]? novelty, double seconds, Execution execution)
    {
        var silhouette = SilhouetteOf(embedding.GetRows(), prediction, clusterer.Seed, execution);
        return new ClusterResult(embedding, clusterer, prediction, silhouette, null, novelty) { ScoringSeconds = seconds };
    }

    /// <summary>The rows that were clustered, with their labels and the stages that made them.</summary>
    public Embedding GetEmbedding() => _embedding;

    /// <summary>The fitted clusterer.</summary>
    public FittedClusterer GetClusterer() => _clusterer;

    /// <summary>
    /// How <c>-ClusterCount Auto</c> chose: the score of each number of clusters that was tried; empty where a number was given. One object a number, for
    /// Format-Table or Export-Csv.
    /// </summary>
    public IReadOnlyList<ClusterCountScore> GetClusterCountCurve() => _clusterer.GetClusterCountCurve();

    /// <summary>The cluster of each row, from 0; -1 for noise.</summary>
    public ReadOnlySpan<int> GetAssignments() => _prediction.Assignments;

    /// <summary>The probability of each cluster for each row, n x k.</summary>
    public Matrix GetProbabilities() => _prediction.Probabilities;

    /// <summary>How far each row lies from what the model was fitted to (see <see cref="ClusterAssignment.Novelty"/>); empty of rows of the fit itself.</summary>
    public ReadOnlySpan<float> GetNovelty() => _novelty;

    /// <summary>The outlier score of each row (see <see cref="ClusterAssignment.OutlierScore"/>); empty of clusterers other than Hdbscan.</summary>
    public ReadOnlySpan<float> GetOutlierScores() => _prediction.OutlierScores;

    /// <summary>
    /// The class that each cluster stands for under the matching that gives the accuracy; clusters that are left over, where there are
    /// more of them than classes, are missing. Null without labels.
    /// </summary>
    public IReadOnlyDictionary<int, int>? GetClassMapping() => _score?.GetClassMapping();

    /// <summary>Where the rows ended up, in the order of the source.</summary>
    /// <param name="includeDropped">Whether rows that were left out for their missing values are listed too, without a cluster.</param>
    public IEnumerable<ClusterAssignment> EnumerateAssignments(bool includeDropped = false)
    {
        var (labels, ids) = (_embedding.GetLabels(), _embedding.GetIds());
        var dropped = includeDropped ? _embedding.GetDataset().Dropped : null;
        var (row, next) = (0, 0);
        foreach (var place in _embedding.EnumeratePlaces())
        {
            for (; next < dropped?.Places.Length && dropped.Places[next] < place; next++)
            {
                yield return OfDropped(dropped, next);
            }

            var score = _prediction.OutlierScores is { IsEmpty: false } scores ? scores[row] : (float?)null;
            var assignment = new ClusterAssignment(place, labels?[row], _prediction.Assignments[row], _prediction.ProbabilityOf(row), _novelty?[row], score);
            yield return ids is null ? assignment : new IdentifiedAssignment(ids[row], assignment);
            row++;
        }

        for (; next < dropped?.Places.Length; next++)
        {
            yield return OfDropped(dropped, next);
        }
    }

    /// <summary>The silhouette of each row that is in a cluster, in the space that was clustered: those that <see cref="Silhouette"/> is the mean of.</summary>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>Those of a sample past 10,000 rows; null where a silhouette is not defined.</returns>
    public SilhouetteValues? ComputeSilhouettes(Execution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        return Metrics.Silhouette.ComputeEach(_embedding.GetRows(execution), _prediction.Assignments, Seed, execution, ClusterPrediction.Noise);
    }

    /// <summary>How many rows of each class are in each cluster, of the rows whose label is known; null if there are none.</summary>
    public ContingencyTable? GetContingencyTable() => _score?.GetContingencyTable();

    /// <inheritdoc/>
    public override string ToString() => $"{Dataset}: {Stages} > {Method}, {Quantity.Of(ClusterCount, "cluster")}";

    /// <summary>Whether the rows are others than those of the fit.</summary>
    internal bool IsApplied => ScoringSeconds is not null;

    private static ClusterAssignment OfDropped(DroppedRows dropped, int number)
    {
        var assignment = new ClusterAssignment(dropped.Places[number], dropped.Labels?[number], null, null);
        return dropped.Ids is null ? assignment : new IdentifiedAssignment(dropped.Ids[number], assignment);
    }

    private static double? SilhouetteOf(Matrix rows, ClusterPrediction prediction, int seed, Execution execution) =>
        Metrics.Silhouette.Compute(rows, prediction.Assignments, seed, execution, ClusterPrediction.Noise);

    private double? CriterionOf(double charge) =>
        LogLikelihood is { } likelihood && _clusterer.ParameterCount is { } count ? (-2 * likelihood * CountedRows) + (count * charge) : null;

    /// <summary>Whether these are the rows of a fit of a mixture that went by their weights.</summary>
    private bool IsWeighted => !IsApplied && _clusterer is GaussianMixture && _embedding.GetWeights() is not null;

    private double CountedRows => IsWeighted ? _embedding.GetWeights()!.Sum() : RowCount;

    private double? SecondsOf(StageRole role)
    {
        var seconds = _embedding.GetStages().Where(stage => stage.Role == role).Select(stage => (double?)stage.Seconds);
        return seconds.Aggregate((double?)null, (sum, next) => (sum ?? 0) + next);
    }
}
