namespace N2D.Clustering;

/// <summary>What chooses among the numbers of clusters of a mixture.</summary>
public enum ClusterCountCriterion
{
    /// <summary>
    /// The highest mean silhouette; where nothing lies apart, or a single Gaussian accounts for the rows best, the smallest Bayesian
    /// information criterion.
    /// </summary>
    Silhouette,

    /// <summary>
    /// The smallest Bayesian information criterion (Schwarz, 1978), which counts Gaussians: a group that is no Gaussian takes several.
    /// </summary>
    Bic,

    /// <summary>
    /// The smallest information criterion of Akaike (1974), which charges less for each parameter than Bic and finds more clusters.
    /// </summary>
    Aic,
}
