namespace N2D.Models;

/// <summary>Where one row ended up.</summary>
/// <param name="Index">The row, from 0.</param>
/// <param name="Label">The name of its class; null where that is not known.</param>
/// <param name="Cluster">The number of its cluster, from 0.</param>
/// <param name="Probability">How likely that cluster is, 0 to 1.</param>
public sealed record ClusterAssignment(int Index, string? Label, int Cluster, float Probability);
