namespace N2D.Neighbors;

/// <summary>How NN-descent searches. The defaults are those of its reference implementation in Python.</summary>
internal sealed record NeighborDescentOptions
{
    /// <summary>The seed of the projection trees and of the sampling; not the user's, so that neighbors can be reused across seeds.</summary>
    public int Seed { get; init; }

    /// <summary>Random projection trees that give the first neighbors; null for 5 + sqrt(n) / 20, at most 32.</summary>
    public int? TreeCount { get; init; }

    /// <summary>Most new and most old candidates that meet around one row in one iteration: more find more, at quadratic cost.</summary>
    public int MaxCandidates { get; init; } = 60;

    /// <summary>Most iterations; null for log2(n), 5 at least.</summary>
    public int? MaxIterations { get; init; }

    /// <summary>The search ends when an iteration improves less than this share of all neighbors.</summary>
    public double Tolerance { get; init; } = 0.001;
}
