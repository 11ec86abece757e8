namespace N2D.Clustering;

/// <summary>The result of a start of a mixture.</summary>
/// <param name="Index">The number of the start, from 0.</param>
/// <param name="LogLikelihood">The mean log-likelihood of a row.</param>
/// <param name="Iterations">The number of iterations of expectation-maximization.</param>
/// <param name="Converged">Whether the start converged within the largest number of iterations.</param>
public sealed record MixtureStart(int Index, double LogLikelihood, int Iterations, bool Converged);
