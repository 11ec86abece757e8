namespace N2D.Comparison;

/// <summary>A cluster of the reference and the cluster that it is paired with.</summary>
/// <param name="ReferenceCluster">The name of the reference cluster; null for a cluster of the other clustering without a partner.</param>
/// <param name="DifferenceCluster">The name of the other cluster; null for a reference cluster without a partner.</param>
/// <param name="ReferenceRowCount">The number of rows in the reference cluster, among the common rows.</param>
/// <param name="DifferenceRowCount">The number of rows in the other cluster, among the common rows.</param>
/// <param name="SharedRowCount">The number of rows in both.</param>
/// <param name="Jaccard">
/// The Jaccard index (Jaccard, 1901): the rows in both clusters divided by the rows in at least one, 0 to 1. Hennig (2007) calls clusters
/// below 0.6 unstable, and those of 0.75 or more stable.
/// </param>
/// <param name="Reference">The reference clustering.</param>
/// <param name="Difference">The other clustering.</param>
public sealed record ClusterMatch(
    string? ReferenceCluster,
    string? DifferenceCluster,
    int ReferenceRowCount,
    int DifferenceRowCount,
    int SharedRowCount,
    double Jaccard,
    string Reference,
    string Difference);
