namespace N2D.Models;

/// <summary>The cluster of one row.</summary>
/// <param name="Index">The row's index in the source, from 0.</param>
/// <param name="Label">The name of the row's class; null if it is not known.</param>
/// <param name="Cluster">
/// The number of the row's cluster, from 0; -1 for noise. Null if the row was dropped for its missing values.
/// </param>
/// <param name="Probability">
/// The probability of the cluster, 0 to 1. For GaussianMixture, the posterior probability; for Hdbscan, the membership strength (0 for
/// noise); for Spectral and Agglomerative, the share of the row's neighbors in the same cluster; for KMeans, always 1. Null without a
/// cluster.
/// </param>
/// <param name="Confidence">
/// How clearly the row belongs to its cluster, 0 to 1, from its distances to the center of its cluster and to the nearest other center. A
/// row halfway between two centers has 0.5. Low values are rows that other seeds may put in another cluster. Null for Hdbscan and
/// Spectral, whose clusters can have any shape, and without a cluster.
/// </param>
/// <param name="Novelty">
/// The distance of the row from the training data, scaled so that 99 % of the rows that resemble it have 1 or less: above 1 is unusual,
/// 3 is very unusual. The distance is that of the stages that measure one (for most, the distance to the nearest training rows), otherwise
/// that of the clusterer. Null for the training rows themselves.
/// </param>
/// <param name="OutlierScore">
/// The outlier score of Hdbscan (GLOSH), 0 to 1: 1 minus the ratio of the density at which the row leaves its branch of the hierarchy to
/// the highest density there. Noise rows have a score too. Null for other clusterers.
/// </param>
/// <param name="ClusterName">The name that the cluster was given; null if it has none.</param>
public record ClusterAssignment(
    int Index,
    string? Label,
    int? Cluster,
    float? Probability,
    float? Confidence = null,
    float? Novelty = null,
    float? OutlierScore = null,
    string? ClusterName = null);
