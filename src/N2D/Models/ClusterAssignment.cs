namespace N2D.Models;

/// <summary>Where one row ended up.</summary>
/// <param name="Index">The row's place in the source, from 0.</param>
/// <param name="Label">The name of its class; null where that is not known.</param>
/// <param name="Cluster">
/// The number of its cluster, from 0; -1 for noise, a row that belongs to none. Null of a row that was left out for its missing values.
/// </param>
/// <param name="Probability">
/// How likely that cluster is, 0 to 1: a mixture's probability, Hdbscan's membership strength (0 for noise), the share of its neighbors that are in the
/// same cluster for Spectral and Agglomerative, and 1 for KMeans, which knows no doubt. Null without a cluster.
/// </param>
/// <param name="Novelty">
/// How far the row lies from what the model was fitted to, in units of what 99 of 100 rows like those of the fit stay within: above 1 is unusual, 3 is a stranger.
/// The distance is that of the stages that tell one (the nearest rows of the fit, for most), else of the clusterer. Null of rows of the fit itself.
/// </param>
/// <param name="OutlierScore">
/// Hdbscan's outlier score (GLOSH), 0 to 1: the share by which the density at which the row leaves its part of the hierarchy falls short of the highest there. Noise has one as any row does. Null of other
/// clusterers.
/// </param>
public record ClusterAssignment(int Index, string? Label, int? Cluster, float? Probability, float? Novelty = null, float? OutlierScore = null);
