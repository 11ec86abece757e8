namespace N2D.Comparison;

/// <summary>A cluster of the reference and the cluster that it is paired with.</summary>
/// <param name="Reference">
/// The number or name of the reference cluster; null for a cluster of the other clustering without a partner.
/// </param>
/// <param name="Difference">The number or name of the other cluster; null for a reference cluster without a partner.</param>
/// <param name="ReferenceRows">The number of rows in the reference cluster, among the common rows.</param>
/// <param name="DifferenceRows">The number of rows in the other cluster, among the common rows.</param>
/// <param name="SharedRows">The number of rows in both.</param>
/// <param name="Jaccard">
/// The Jaccard index (Jaccard, 1901): the rows in both clusters divided by the rows in at least one, 0 to 1. Hennig (2007) calls clusters
/// below 0.6 unstable, and those of 0.75 or more stable.
/// </param>
/// <param name="ReferenceName">The reference clustering.</param>
/// <param name="DifferenceName">The other clustering.</param>
/// <param name="ReferenceClusterName">The name that the reference cluster was given; null if it has none.</param>
/// <param name="DifferenceClusterName">The name that the other cluster was given; null if it has none.</param>
public sealed record ClusterMatch(
    string? Reference,
    string? Difference,
    int ReferenceRows,
    int DifferenceRows,
    int SharedRows,
    double Jaccard,
    string ReferenceName,
    string DifferenceName,
    string? ReferenceClusterName = null,
    string? DifferenceClusterName = null);
