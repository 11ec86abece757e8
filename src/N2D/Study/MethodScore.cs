using N2D.Clustering;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.Study;

/// <summary>How a method of the study did on a data set: a row of the comparison, in the order of its columns. Immutable.</summary>
public sealed class MethodScore
{
    private readonly StudyMethod _method;
    private readonly ClusterResult? _result;

    /// <summary>Makes the row of a method that came to an end, or that failed.</summary>
    /// <param name="dataset">The name of the data set.</param>
    /// <param name="method">The method.</param>
    /// <param name="clusterCount">k, as asked for.</param>
    /// <param name="seed">The seed of all its parts.</param>
    /// <param name="result">What came of it; null if it failed.</param>
    internal MethodScore(string dataset, StudyMethod method, int clusterCount, int seed, ClusterResult? result)
    {
        Dataset = dataset;
        _method = method;
        ClusterCount = clusterCount;
        Seed = seed;
        _result = result;
    }

    /// <summary>The name of the data set.</summary>
    public string Dataset { get; }

    /// <summary>The method's short name, such as <c>N2D</c>, <c>AE+KM</c> or <c>UMAP+GMM</c>.</summary>
    public string Method => _method.Name;

    /// <summary>What the method looks at: raw rows or an autoencoder's codes.</summary>
    public Representation Representation => _method.Representation;

    /// <summary>The manifold learner; null if there is none.</summary>
    public ManifoldMethod? Manifold => _method.Manifold;

    /// <summary>The clusterer.</summary>
    public ClusterMethod Clusterer => _method.Clusterer;

    /// <summary>The number of clusters, k.</summary>
    public int ClusterCount { get; }

    /// <summary>Clustering accuracy under the best matching of clusters and classes, 0 to 1; null without labels, or if the method failed.</summary>
    public double? Acc => _result?.Acc;

    /// <summary>Normalized mutual information (arithmetic mean) of clusters and classes, 0 to 1; null likewise.</summary>
    public double? Nmi => _result?.Nmi;

    /// <summary>Adjusted Rand index of clusters and classes, at most 1; null likewise.</summary>
    public double? Ari => _result?.Ari;

    /// <summary>
    /// Mean silhouette, -1 to 1, of the clusters among the rows as they were piped: one space for all methods, whatever each makes of the rows. Needs no labels, and prefers compact, round
    /// clusters. On a sample, the same for all, past 2000 rows; null where it is not defined, or if the method failed.
    /// </summary>
    public double? Silhouette { get; internal init; }

    /// <summary>Seconds of what was done for this method alone.</summary>
    public double OwnSeconds { get; internal init; }

    /// <summary>Seconds of what was done once for this method and for others of the comparison: autoencoder, neighbors, manifold.</summary>
    public double SharedSeconds { get; internal init; }

    /// <summary>Seconds that the method takes by itself, scores not counted.</summary>
    public double TotalSeconds => OwnSeconds + SharedSeconds;

    /// <summary>The seed of all its parts.</summary>
    public int Seed { get; }

    /// <summary>Why the method failed; null if it did not.</summary>
    public string? Error { get; internal init; }

    /// <summary>The settings of all its parts, as of <see cref="ClusterResult.Settings"/>; null if it failed.</summary>
    public string? Settings => _result?.Settings;

    /// <summary>The clustering itself, to be plotted, saved or looked into; null if the method failed.</summary>
    public ClusterResult? GetResult() => _result;

    /// <summary>
    /// The rows that the method looked at, the data set's or the autoencoder's codes of them: for other layouts than its own, such as one for the eye. Null if the method failed.
    /// </summary>
    public Embedding? GetInput() => Input;

    /// <summary>What <see cref="GetInput"/> gives.</summary>
    internal Embedding? Input { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Dataset}: {Method}, seed {Seed}";
}
