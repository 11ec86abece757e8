namespace N2D.Clustering;

/// <summary>The result of a k-means start.</summary>
/// <param name="Index">The number of the start, from 0.</param>
/// <param name="Inertia">The sum of the rows' squared distances to their centers.</param>
/// <param name="Iterations">The number of iterations.</param>
/// <param name="Converged">Whether the start converged within the largest number of iterations.</param>
public sealed record KMeansStart(int Index, double Inertia, int Iterations, bool Converged);
