namespace N2D.Neighbors;

/// <summary>Options of NN-descent. The defaults are those of pynndescent.</summary>
internal sealed record NeighborDescentOptions
{
    /// <summary>
    /// The seed of the projection trees and the sampling. It is not the user's seed, so that neighbors can be reused for other seeds.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>
    /// The largest number of new and of old candidates of a row in an iteration. More find more neighbors, at quadratic cost.
    /// </summary>
    public int MaxCandidates { get; init; } = 60;

    /// <summary>The search stops when an iteration improves less than this fraction of all neighbors.</summary>
    public double Tolerance { get; init; } = 0.001;
}
