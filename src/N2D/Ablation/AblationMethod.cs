using N2D.Clustering;

namespace N2D.Ablation;

/// <summary>
/// A method of the comparison: a clusterer on raw rows or on an autoencoder's codes, with or without a manifold learner between.
/// Immutable.
/// </summary>
public sealed record AblationMethod
{
    private static readonly ManifoldMethod[] Manifolds = Enum.GetValues<ManifoldMethod>();
    private static readonly ClusterMethod[] Clusterers = [ClusterMethod.GaussianMixture, ClusterMethod.KMeans, ClusterMethod.Spectral];

    private AblationMethod(Representation representation, ManifoldMethod? manifold, ClusterMethod clusterer)
    {
        (Representation, Manifold, Clusterer) = (representation, manifold, clusterer);
        SystematicName =
            string.Join('+', new[] { ShortNameOf(representation), ShortNameOf(manifold), ShortNameOf(clusterer) }.OfType<string>());
        Name = (representation, manifold, clusterer) == (Representation.Autoencoder, ManifoldMethod.Umap, ClusterMethod.GaussianMixture)
            ? "N2D"
            : SystematicName;
    }

    /// <summary>
    /// All methods: each clusterer on the raw rows; the mixture and k-means on each manifold of the raw rows; each clusterer on the codes
    /// and on each manifold of the codes, including N2D.
    /// </summary>
    public static IReadOnlyList<AblationMethod> All { get; } =
    [
        .. Clusterers.Select(clusterer => new AblationMethod(Representation.Raw, null, clusterer)),
        .. Manifolds.SelectMany(manifold =>
            Clusterers.Take(2).Select(clusterer => new AblationMethod(Representation.Raw, manifold, clusterer))),
        .. Clusterers.Select(clusterer => new AblationMethod(Representation.Autoencoder, null, clusterer)),
        .. Manifolds.SelectMany(manifold =>
            Clusterers.Select(clusterer => new AblationMethod(Representation.Autoencoder, manifold, clusterer))),
    ];

    /// <summary>The short name, as in the paper: <c>N2D</c>, or the parts in order, such as <c>UMAP+GMM</c> or <c>AE+KM</c>.</summary>
    public string Name { get; }

    /// <summary>The input of the method.</summary>
    public Representation Representation { get; }

    /// <summary>The manifold learner; null if there is none.</summary>
    public ManifoldMethod? Manifold { get; }

    /// <summary>The clusterer.</summary>
    public ClusterMethod Clusterer { get; }

    /// <summary>
    /// Whether <see cref="AblationOptions.Dimension"/> changes the rows that are clustered. t-SNE always has two dimensions.
    /// </summary>
    public bool UsesDimension => Representation == Representation.Autoencoder || Manifold is not (null or ManifoldMethod.Tsne);

    /// <summary>Whether <see cref="AblationOptions.NeighborCount"/> changes the rows that are clustered.</summary>
    public bool UsesNeighborCount => Manifold is ManifoldMethod.Umap or ManifoldMethod.Isomap or ManifoldMethod.LocallyLinearEmbedding;

    /// <summary>The parts in order; for N2D, <c>AE+UMAP+GMM</c>.</summary>
    internal string SystematicName { get; }

    /// <summary>Whether the method requires the nearest neighbors of the rows of its representation.</summary>
    internal bool NeedsNeighbors => Manifold is null ? Clusterer == ClusterMethod.Spectral : Manifold != ManifoldMethod.Pca;

    /// <summary>Returns the methods that match names, in the order of <see cref="All"/>.</summary>
    /// <param name="names">Names or wildcards. N2D also matches its parts, <c>AE+UMAP+GMM</c>.</param>
    /// <exception cref="N2DException">
    /// A name matches no method (<c>MethodNotFound</c>), or a wildcard is invalid (<c>WildcardNotUsable</c>).
    /// </exception>
    public static IReadOnlyList<AblationMethod> Select(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var chosen = new HashSet<AblationMethod>();
        foreach (var name in names)
        {
            var pattern = Wildcard.PatternOf(name);
            var meant = All.Where(method => pattern.IsMatch(method.Name) || pattern.IsMatch(method.SystematicName)).ToArray();
            chosen.UnionWith(meant.Length > 0
                ? meant
                : throw new N2DException(
                    "MethodNotFound",
                    ErrorKind.InvalidArgument,
                    $"No method matches '{name}'. The methods are {string.Join(", ", All.Select(method => method.Name))}. Wildcards are "
                        + "supported, such as AE+*.",
                    name));
        }

        return [.. All.Where(chosen.Contains)];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string? ShortNameOf(Representation representation) => representation == Representation.Autoencoder ? "AE" : null;

    private static string? ShortNameOf(ManifoldMethod? manifold) => manifold switch
    {
        ManifoldMethod.Umap => "UMAP",
        ManifoldMethod.Tsne => "t-SNE",
        ManifoldMethod.LocallyLinearEmbedding => "LLE",
        ManifoldMethod.Pca => "PCA",
        _ => manifold?.ToString(),
    };

    private static string ShortNameOf(ClusterMethod clusterer) => clusterer switch
    {
        ClusterMethod.KMeans => "KM",
        ClusterMethod.Spectral => "SC",
        _ => "GMM",
    };
}
