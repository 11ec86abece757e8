using N2D.Clustering;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.Ablation;

/// <summary>The score of a method of the comparison. The properties are the columns of the comparison, in order. Immutable.</summary>
public sealed class MethodScore
{
    private readonly AblationMethod _method;
    private readonly ClusterResult? _result;

    /// <summary>Creates the score of a completed or failed method.</summary>
    /// <param name="dataset">The name of the data set.</param>
    /// <param name="method">The method.</param>
    /// <param name="clusterCount">The requested number of clusters, k.</param>
    /// <param name="seed">The seed of all steps.</param>
    /// <param name="result">The clustering; null if the method failed.</param>
    internal MethodScore(string dataset, AblationMethod method, int clusterCount, int seed, ClusterResult? result)
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

    /// <summary>The input of the method: raw rows or the codes of an autoencoder.</summary>
    public Representation Representation => _method.Representation;

    /// <summary>The manifold learner; null if there is none.</summary>
    public ManifoldMethod? Manifold => _method.Manifold;

    /// <summary>The clusterer.</summary>
    public ClusterMethod Clusterer => _method.Clusterer;

    /// <summary>The number of clusters, k.</summary>
    public int ClusterCount { get; }

    /// <summary>
    /// Clustering accuracy under the best matching of clusters and classes, 0 to 1; null without labels, or if the method failed.
    /// </summary>
    public double? Acc => _result?.Acc;

    /// <summary>
    /// Normalized mutual information (arithmetic mean) of clusters and classes, 0 to 1; null without labels, or if the method failed.
    /// </summary>
    public double? Nmi => _result?.Nmi;

    /// <summary>Adjusted Rand index of clusters and classes, at most 1; null without labels, or if the method failed.</summary>
    public double? Ari => _result?.Ari;

    /// <summary>
    /// Mean silhouette, -1 to 1, of the clusters on the input rows: the same space for all methods. It requires no labels, and prefers
    /// compact, round clusters. Above 2000 rows, it is that of a sample, the same for all methods. Null if it is not defined, or if the
    /// method failed.
    /// </summary>
    public double? Silhouette { get; internal init; }

    /// <summary>Seconds of the steps of this method only.</summary>
    public double OwnSeconds { get; internal init; }

    /// <summary>Seconds of the steps that are shared with other methods of the comparison: autoencoder, neighbors, manifold.</summary>
    public double SharedSeconds { get; internal init; }

    /// <summary>Total seconds of the method, without the scores.</summary>
    public double TotalSeconds => OwnSeconds + SharedSeconds;

    /// <summary>The seed of all steps.</summary>
    public int Seed { get; }

    /// <summary>Why the method failed; null if it did not.</summary>
    public string? Error { get; internal init; }

    /// <summary>The error that <see cref="GetFailure"/> returns.</summary>
    internal N2DException? Failure { get; init; }

    /// <summary>The settings of all steps, as in <see cref="ClusterResult.Settings"/>; null if the method failed.</summary>
    public string? Settings => _result?.Settings;

    /// <summary>Returns the clustering; null if the method failed.</summary>
    public ClusterResult? GetResult() => _result;

    /// <summary>
    /// Returns the input of the method, the raw rows or their codes, for example to compute another layout for a plot. Null if the method
    /// failed.
    /// </summary>
    public Embedding? GetInput() => Input;

    /// <summary>
    /// Returns the exception behind <see cref="Error"/>; null if the method did not fail, or if the library did not throw the error.
    /// </summary>
    public N2DException? GetFailure() => Failure;

    /// <summary>The embedding that <see cref="GetInput"/> returns.</summary>
    internal Embedding? Input { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Dataset}: {Method}, seed {Seed}";
}
