namespace N2D.Manifolds;

/// <summary>The repulsive part of t-SNE's gradient: the contribution of all rows.</summary>
internal interface ITsneRepulsion
{
    /// <summary>
    /// Computes sum_j q_ij (1 + |y_i - y_j|^2 / dof)^-1 (y_i - y_j) of each row, where q is the similarity before it is normalized.
    /// </summary>
    /// <param name="positions">c axes of n coordinates.</param>
    /// <param name="forces">The destination, c axes of n sums.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>The sum of the similarities of all pairs of different rows, Z.</returns>
    double Compute(float[] positions, float[] forces, Execution execution);
}
