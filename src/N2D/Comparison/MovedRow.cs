namespace N2D.Comparison;

/// <summary>A row whose clusters in two clusterings are not paired with each other.</summary>
/// <param name="Index">The row's index in the source of the reference, from 0.</param>
/// <param name="Id">The row's id; null if the rows have none.</param>
/// <param name="ReferenceCluster">The name of its cluster in the reference.</param>
/// <param name="DifferenceCluster">The name of its cluster in the other clustering.</param>
/// <param name="AlignedCluster">
/// The reference cluster that <paramref name="DifferenceCluster"/> is paired with: where the row has moved to. Null if it is paired with
/// none.
/// </param>
/// <param name="Reference">The reference clustering.</param>
/// <param name="Difference">The other clustering.</param>
public sealed record MovedRow(
    int Index, string? Id, string ReferenceCluster, string DifferenceCluster, string? AlignedCluster, string Reference, string Difference);
