namespace N2D.Clustering;

/// <summary>How one start of a mixture ended.</summary>
/// <param name="Index">The number of the start, from 0.</param>
/// <param name="LogLikelihood">The mean log-likelihood of a row that it reached.</param>
/// <param name="Iterations">The number of iterations of expectation-maximization.</param>
/// <param name="Converged">Whether the last of them added less than the tolerance.</param>
public sealed record MixtureStart(int Index, double LogLikelihood, int Iterations, bool Converged);
