using N2D.Classifiers;
using N2D.Clustering;
using N2D.Metrics;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Models;

/// <summary>
/// The result of a pipeline: the clusters of an embedding's rows, their scores, and the fitted model. Immutable.
/// </summary>
/// <remarks>
/// The properties are the columns of a table of runs, in order. Clusters are numbered from 0 by decreasing size. Scores that require
/// labels are computed on the rows with a known label, and null if there are none. Noise rows (cluster -1) count as wrong in the accuracy,
/// because they match no class, and as one more cluster in NMI and ARI, as in scikit-learn. The silhouette ignores them.
/// </remarks>
public sealed class ClusterResult
{
    private readonly Embedding _embedding;
    private readonly FittedClusterer _clusterer;
    private readonly ClusterPrediction _prediction;
    private readonly AssignmentScore? _score;
    private readonly InternalScores _internal;
    private readonly float[]? _novelty;

    private ClusterResult(
        Embedding embedding,
        FittedClusterer clusterer,
        ClusterPrediction prediction,
        InternalScores internalScores,
        double? stability,
        float[]? novelty = null)
    {
        _embedding = embedding;
        _clusterer = clusterer;
        _prediction = prediction;
        _internal = internalScores;
        Stability = stability;
        NoiseCount = prediction.NoiseCount;
        _novelty = novelty;
        _score = embedding.GetLabels() is { } labels ? AssignmentScore.Of(labels, prediction.Assignments) : null;
    }

    /// <summary>The name of the data set.</summary>
    public string Dataset => _embedding.Dataset;

    /// <summary>The stages before the clusterer, such as <c>Autoencoder &gt; Umap</c>; <c>Raw</c> if there are none.</summary>
    public string Stages => _embedding.Stages;

    /// <summary>The clusterer's name, such as <c>GaussianMixture</c>.</summary>
    public string Method => _clusterer.Name;

    /// <summary>The number of clusters, k.</summary>
    public int ClusterCount => _clusterer.ClusterCount;

    /// <summary>The number of rows in no cluster. Above 0 only for clusterers that detect noise.</summary>
    public int NoiseCount { get; }

    /// <summary>The number of rows, n.</summary>
    public int RowCount => _embedding.RowCount;

    /// <summary>The number of rows that were dropped for their missing values.</summary>
    public int DroppedCount => _embedding.GetDataset().DroppedCount;

    /// <summary>The number of columns of the clustered rows, d.</summary>
    public int Dimension => _embedding.Dimension;

    /// <summary>Clustering accuracy under the best matching of clusters and classes, 0 to 1; null without labels.</summary>
    public double? Acc => _score?.Acc;

    /// <summary>Normalized mutual information (arithmetic mean) of clusters and classes, 0 to 1; null without labels.</summary>
    public double? Nmi => _score?.Nmi;

    /// <summary>Adjusted Rand index of clusters and classes, at most 1; null without labels.</summary>
    public double? Ari => _score?.Ari;

    /// <summary>Mean silhouette of the rows in clusters, -1 to 1; of a sample above 10,000 rows. Null if it is not defined.</summary>
    public double? Silhouette => _internal.Silhouette;

    /// <summary>
    /// The Davies-Bouldin index of the clusters, 0 or more; smaller is better. Null if it is not defined. See
    /// <see cref="ClusterDispersion"/>.
    /// </summary>
    public double? DaviesBouldin => _internal.Dispersion?.DaviesBouldin;

    /// <summary>
    /// The Calinski-Harabasz index of the clusters, 0 or more; larger is better. Null if it is not defined. See
    /// <see cref="ClusterDispersion"/>.
    /// </summary>
    public double? CalinskiHarabasz => _internal.Dispersion?.CalinskiHarabasz;

    /// <summary>
    /// The density-based clustering validation index (DBCV), -1 to 1; larger is better. Noise lowers it. Above 10,000 rows in clusters, the
    /// largest clusters are sampled. Null for clusterers other than Hdbscan, whose clusters are not defined by density, and if it is not
    /// defined. See <see cref="DensityValidity"/>.
    /// </summary>
    public double? Dbcv => _internal.Dbcv;

    /// <summary>
    /// Mean log-likelihood of a row, weighted if the training rows have weights; null if the clusterer has no likelihood.
    /// </summary>
    public double? LogLikelihood => IsWeighted ? ((GaussianMixture)_clusterer).LogLikelihood : _prediction.LogLikelihood;

    /// <summary>
    /// The Bayesian information criterion on these rows: -2 times the log-likelihood plus the number of free parameters times the
    /// logarithm of the number of rows (or of the sum of their weights). Null if the clusterer has no likelihood. Among fits to the same
    /// rows, smaller is better.
    /// </summary>
    public double? Bic => CriterionOf(PortableMath.Log(CountedRows));

    /// <summary>
    /// Akaike's information criterion on these rows: like <see cref="Bic"/>, with 2 instead of the logarithm. Null if the clusterer has no
    /// likelihood.
    /// </summary>
    public double? Aic => CriterionOf(2);

    /// <summary>The number of starts, of which the best was kept; null if the clusterer has no starts.</summary>
    public int? StartCount => _clusterer.StartCount;

    /// <summary>The number of starts that reached the best optimum; null if the clusterer has no starts.</summary>
    public int? BestStartCount => _clusterer.BestStartCount;

    /// <summary>
    /// The difference between the best optimum and the next best one, in mean log-likelihood per row; null if all starts reached the same
    /// optimum.
    /// </summary>
    public double? OptimumGap => _clusterer.OptimumGap;

    /// <summary>
    /// The adjusted Rand index between these clusters and those of the same pipeline refitted with the next seeds, at most 1; null if it
    /// was not measured. It requires no labels.
    /// </summary>
    public double? Stability { get; }

    /// <summary>
    /// The share of rows that a second layout with another seed puts in the same cluster, 0 to 1; null if it was not measured.
    /// Self-training measures it on a second layout of its last features; otherwise, it is measured together with
    /// <see cref="Stability"/>. A low share means that the clusters depend on the seed. It requires no labels.
    /// </summary>
    public double? LayoutAgreement { get; private set; }

    /// <summary>
    /// The share of rows for which both networks of self-training predict the same cluster, 0 to 1; null if none were trained. Each network
    /// is trained on one half of the rows, so a low share means that the halves do not show the same clusters. It requires no labels.
    /// These are the last networks that were trained: if they agree on too few rows, their round is left out of the clusters and of
    /// <see cref="GetSelfTrainingRounds"/>.
    /// </summary>
    public double? NetworkAgreement { get; private set; }

    /// <summary>
    /// The share of rows with a novelty above 1; about 0.01 for rows like the training rows. A share far above 0.01 means that the rows
    /// differ from the training data. Null for the training rows, and if the model does not measure novelty.
    /// </summary>
    public double? NovelShare => _novelty is null ? null : (double)_novelty.Count(novelty => novelty > 1) / _novelty.Length;

    /// <summary>Seconds of training the autoencoder; null without an autoencoder.</summary>
    public double? AutoencoderSeconds => SecondsOf(StageRole.Autoencoder);

    /// <summary>
    /// Seconds of the self-training until its last networks were trained, including the clustering that it started from; null without
    /// self-training.
    /// </summary>
    public double? ClassifierSeconds => SecondsOf(StageRole.Classifier);

    /// <summary>Seconds of learning the manifold; null without a manifold learner.</summary>
    public double? ManifoldSeconds => SecondsOf(StageRole.Manifold);

    /// <summary>Seconds of fitting the clusterer, without the scores.</summary>
    public double ClusterSeconds => _clusterer.Seconds;

    /// <summary>Total seconds of all fits.</summary>
    public double TotalSeconds => _embedding.Seconds + _clusterer.Seconds;

    /// <summary>Seconds of applying the model to these rows, without the scores; null for the training rows.</summary>
    public double? ScoringSeconds { get; private init; }

    /// <summary>
    /// The accelerator that a stage or the clusterer was fitted on, such as <c>cuda:0</c>; <c>cpu</c> if none used one.
    /// </summary>
    public string Device =>
        _embedding.GetStages().Select(stage => stage.Device).Append(_clusterer.Device).FirstOrDefault(device => device != "cpu") ?? "cpu";

    /// <summary>The seed of the clusterer.</summary>
    public int Seed => _clusterer.Seed;

    /// <summary>
    /// The settings of all stages and of the clusterer, such as
    /// <c>Umap(NeighborCount=20; ...) &gt; GaussianMixture(ClusterCount=10; ...)</c>.
    /// </summary>
    public string Settings => string.Join(
        " > ",
        _embedding.GetStages().Select(stage => $"{stage.Name}({stage.Settings})").Append($"{_clusterer.Name}({_clusterer.Settings})"));

    /// <summary>Assigns the rows of an embedding to clusters and computes the scores.</summary>
    /// <param name="embedding">The rows, with the stages that produced them.</param>
    /// <param name="clusterer">A clusterer that was fitted to these rows, or to others of the same dimension.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <param name="measureStability">
    /// Whether to measure <see cref="Stability"/>. This refits the whole pipeline, so it doubles the time.
    /// </param>
    /// <exception cref="N2DException">The clusterer was fitted to rows of another dimension (<c>DimensionMismatch</c>).</exception>
    public static ClusterResult Create(Embedding embedding, FittedClusterer clusterer, Execution execution, bool measureStability = false)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(clusterer);
        var rows = embedding.GetRows();
        var prediction = clusterer.Predict(rows, execution);
        (double RandIndex, double AgreedShare)? refit =
            measureStability ? PipelineStability.Compute(embedding, clusterer, prediction.Assignments, execution) : null;
        return new ClusterResult(
            embedding, clusterer, prediction, InternalScores.Of(rows, prediction, clusterer, execution), refit?.RandIndex)
        {
            LayoutAgreement = refit?.AgreedShare,
        };
    }

    /// <summary>Computes the scores of rows that a pipeline was applied to.</summary>
    /// <param name="embedding">The rows, with the stages of the pipeline.</param>
    /// <param name="clusterer">The pipeline's clusterer.</param>
    /// <param name="prediction">The clusterer's prediction for the rows.</param>
    /// <param name="novelty">The novelty of each row; null if the pipeline does not measure it.</param>
    /// <param name="seconds">Seconds of applying the pipeline.</param>
    /// <param name="execution">Threads and cancellation.</param>
    internal static ClusterResult Apply(
        Embedding embedding, FittedClusterer clusterer, ClusterPrediction prediction, float[]? novelty, double seconds, Execution execution)
    {
        var scores = InternalScores.Of(embedding.GetRows(), prediction, clusterer, execution);
        return new ClusterResult(embedding, clusterer, prediction, scores, null, novelty) { ScoringSeconds = seconds };
    }

    /// <summary>Returns the clustered rows, with their labels and the stages that produced them.</summary>
    public Embedding GetEmbedding() => _embedding;

    /// <summary>Returns the fitted clusterer.</summary>
    public FittedClusterer GetClusterer() => _clusterer;

    /// <summary>
    /// Returns the score of each number of clusters that was tried to choose the number automatically; empty if the number was given.
    /// </summary>
    public IReadOnlyList<ClusterCountScore> GetClusterCountCurve() => _clusterer.GetClusterCountCurve();

    /// <summary>Returns the rounds of the self-training that produced the clusters; empty if there was none.</summary>
    public IReadOnlyList<SelfTrainingRound> GetSelfTrainingRounds() =>
        _embedding.GetStages().OfType<ClassifierFeatures>().LastOrDefault()?.GetRounds() ?? [];

    /// <summary>Returns the cluster of each row, from 0; -1 for noise.</summary>
    public IReadOnlyList<int> GetAssignments() => _prediction.GetAssignments();

    /// <summary>Returns the probability of each cluster for each row, n x k.</summary>
    public Matrix GetProbabilities() => _prediction.Probabilities;

    /// <summary>Returns the name that each cluster was given, null for those without one; empty if no cluster has a name.</summary>
    public IReadOnlyList<string?> GetClusterNames() => Names.ToArray() ?? [];

    /// <summary>Returns the same result with names for its clusters. They are saved with its model, and shown with its rows.</summary>
    /// <param name="names">The name of each cluster, null or blank for none.</param>
    /// <exception cref="N2DException">The numbers of names and clusters differ (<c>NameCountMismatch</c>).</exception>
    public ClusterResult WithClusterNames(IReadOnlyList<string?> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count != ClusterCount)
        {
            throw new N2DException(
                "NameCountMismatch",
                ErrorKind.InvalidArgument,
                $"There {Quantity.Are(names.Count, "name")} for {Quantity.Of(ClusterCount, "cluster")} of '{Dataset}'. Provide one for "
                    + "each cluster.",
                names.Count);
        }

        return WithNames(ClusterNames.Of(names));
    }

    /// <summary>Returns the novelty of each row (see <see cref="ClusterAssignment.Novelty"/>); empty for the training rows.</summary>
    public IReadOnlyList<float> GetNovelty() => _novelty is null ? [] : Array.AsReadOnly(_novelty);

    /// <summary>
    /// Returns the outlier score of each row (see <see cref="ClusterAssignment.OutlierScore"/>); empty for clusterers other than Hdbscan.
    /// </summary>
    public IReadOnlyList<float> GetOutlierScores() => _prediction.GetOutlierScores();

    /// <summary>
    /// Returns the confidence of each row (see <see cref="ClusterAssignment.Confidence"/>), NaN for noise; null for clusterers that have
    /// none.
    /// </summary>
    internal float[]? GetConfidence()
    {
        var rows = _clusterer.Confidence is null ? null : _embedding.GetRows();
        return rows is null ? null : [.. Enumerable.Range(0, RowCount).Select(row => ConfidenceOf(row, rows) ?? float.NaN)];
    }

    /// <summary>The names of the clusters.</summary>
    internal ClusterNames Names { get; private set; } = ClusterNames.None;

    /// <summary>The cluster of each row, for loops over all rows.</summary>
    internal ReadOnlySpan<int> Assignments => _prediction.Assignments;

    /// <summary>The probability of a row's own cluster, 0 for noise.</summary>
    /// <param name="row">Row, from 0.</param>
    internal float ProbabilityOf(int row) => _prediction.ProbabilityOf(row);

    /// <summary>
    /// Returns the class that each cluster is matched with in the accuracy. Unmatched clusters are missing. Null without labels.
    /// </summary>
    public IReadOnlyDictionary<int, int>? GetClassMapping() => _score?.GetClassMapping();

    /// <summary>Enumerates the assignments of the rows, in the order of the source.</summary>
    /// <param name="includeDropped">Whether to include, without a cluster, the rows that were dropped for their missing values.</param>
    public IEnumerable<ClusterAssignment> EnumerateAssignments(bool includeDropped = false)
    {
        var (labels, ids) = (_embedding.GetLabels(), _embedding.GetIds());
        var dropped = includeDropped ? _embedding.GetDataset().Dropped : null;
        var rows = _clusterer.Confidence is null ? null : _embedding.GetRows();
        var (row, next) = (0, 0);
        foreach (var place in _embedding.EnumeratePlaces())
        {
            for (; next < dropped?.Places.Length && dropped.Places[next] < place; next++)
            {
                yield return OfDropped(dropped, next);
            }

            var score = _prediction.OutlierScores is { IsEmpty: false } scores ? scores[row] : (float?)null;
            var assignment = new ClusterAssignment(
                place,
                labels?[row],
                _prediction.Assignments[row],
                _prediction.ProbabilityOf(row),
                ConfidenceOf(row, rows),
                _novelty?[row],
                score,
                Names[_prediction.Assignments[row]]);
            yield return ids is null ? assignment : new IdentifiedAssignment(ids[row], assignment);
            row++;
        }

        for (; next < dropped?.Places.Length; next++)
        {
            yield return OfDropped(dropped, next);
        }
    }

    /// <summary>Computes the silhouette of each row in a cluster, in the clustered space. <see cref="Silhouette"/> is their mean.</summary>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>The silhouettes; of a sample above 10,000 rows. Null if the silhouette is not defined.</returns>
    public SilhouetteValues? ComputeSilhouettes(Execution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        return Metrics.Silhouette.ComputeEach(
            _embedding.GetRows(execution), _prediction.Assignments, Seed, execution, ClusterPrediction.Noise);
    }

    /// <summary>Returns the number of rows of each class in each cluster, for rows with a known label; null if there are none.</summary>
    public ContingencyTable? GetContingencyTable() => _score?.GetContingencyTable();

    /// <inheritdoc/>
    public override string ToString() => $"{Dataset}: {Stages} > {Method}, {Quantity.Of(ClusterCount, "cluster")}";

    /// <summary>Returns the same result with the measures of self-training.</summary>
    /// <param name="layoutAgreement">The <see cref="LayoutAgreement"/>.</param>
    /// <param name="networkAgreement">The <see cref="NetworkAgreement"/>.</param>
    internal ClusterResult With(double layoutAgreement, double? networkAgreement)
    {
        var copy = (ClusterResult)MemberwiseClone();
        copy.LayoutAgreement = layoutAgreement;
        copy.NetworkAgreement = networkAgreement;
        return copy;
    }

    /// <summary>Returns the same result with names for its clusters.</summary>
    internal ClusterResult WithNames(ClusterNames names)
    {
        var copy = (ClusterResult)MemberwiseClone();
        copy.Names = names;
        return copy;
    }

    /// <summary>Whether the model was applied to the rows, not fitted to them.</summary>
    internal bool IsApplied => ScoringSeconds is not null;

    private float? ConfidenceOf(int row, Matrix? rows) => _prediction.Assignments[row] is >= 0 and var cluster && rows is not null
        ? _clusterer.Confidence!.Of(rows.Row(row), cluster)
        : null;

    private static ClusterAssignment OfDropped(DroppedRows dropped, int number)
    {
        var assignment = new ClusterAssignment(dropped.Places[number], dropped.Labels?[number], null, null);
        return dropped.Ids is null ? assignment : new IdentifiedAssignment(dropped.Ids[number], assignment);
    }

    private double? CriterionOf(double charge) =>
        LogLikelihood is { } likelihood && _clusterer.ParameterCount is { } count
            ? (-2 * likelihood * CountedRows) + (count * charge)
            : null;

    /// <summary>Whether a mixture was fitted to these rows with weights.</summary>
    private bool IsWeighted => !IsApplied && _clusterer is GaussianMixture && _embedding.GetWeights() is not null;

    private double CountedRows => IsWeighted ? _embedding.GetWeights()!.Sum() : RowCount;

    private double? SecondsOf(StageRole role)
    {
        var seconds = _embedding.GetStages().Where(stage => stage.Role == role).Select(stage => (double?)stage.Seconds);
        return seconds.Aggregate((double?)null, (sum, next) => (sum ?? 0) + next);
    }
}
