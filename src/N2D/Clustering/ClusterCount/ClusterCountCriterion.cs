namespace N2D.Clustering;

/// <summary>The criterion that chooses the number of clusters of a mixture.</summary>
public enum ClusterCountCriterion
{
    /// <summary>
    /// The highest mean silhouette. If no groups are separate, or a single Gaussian fits best, the smallest Bayesian information criterion.
    /// </summary>
    Silhouette,

    /// <summary>
    /// The smallest Bayesian information criterion (Schwarz, 1978). It counts Gaussians: a group that is not Gaussian takes several.
    /// </summary>
    Bic,

    /// <summary>
    /// The smallest Akaike information criterion (1974). It penalizes parameters less than Bic, and finds more clusters.
    /// </summary>
    Aic,

    /// <summary>
    /// The largest number whose prediction strength is 0.8 or more (Tibshirani and Walther, 2005): halves of the rows find the same
    /// clusters.
    /// </summary>
    Stability,

    /// <summary>The eigengap of the neighbor graph, as in spectral clustering (von Luxburg, 2007). It finds groups of any shape.</summary>
    Eigengap,
}
