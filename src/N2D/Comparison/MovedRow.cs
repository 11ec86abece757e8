namespace N2D.Comparison;

/// <summary>A row whose clusters in two clusterings are not paired with each other.</summary>
/// <param name="Index">The row's index in the source of the reference, from 0.</param>
/// <param name="Id">The row's id; null if the rows have none.</param>
/// <param name="Reference">The number or name of its cluster in the reference.</param>
/// <param name="Difference">The number or name of its cluster in the other clustering.</param>
/// <param name="Aligned">
/// The reference cluster that <paramref name="Difference"/> is paired with: where the row has moved to. Null if it is paired with
/// none.
/// </param>
/// <param name="ReferenceName">The reference clustering.</param>
/// <param name="DifferenceName">The other clustering.</param>
/// <param name="ReferenceClusterName">The name that its cluster in the reference was given; null if it has none.</param>
/// <param name="DifferenceClusterName">The name that its cluster in the other clustering was given; null if it has none.</param>
/// <param name="AlignedClusterName">The name that the cluster <paramref name="Aligned"/> was given; null if it has none.</param>
public sealed record MovedRow(
    int Index,
    string? Id,
    string Reference,
    string Difference,
    string? Aligned,
    string ReferenceName,
    string DifferenceName,
    string? ReferenceClusterName = null,
    string? DifferenceClusterName = null,
    string? AlignedClusterName = null);
