namespace N2D.Clustering;

/// <summary>How one start of k-means ended.</summary>
/// <param name="Index">The number of the start, from 0.</param>
/// <param name="Inertia">The sum of the rows' squared distances from their centers.</param>
/// <param name="Iterations">The number of iterations.</param>
/// <param name="Converged">Whether they ended before the largest number of them.</param>
public sealed record KMeansStart(int Index, double Inertia, int Iterations, bool Converged);
