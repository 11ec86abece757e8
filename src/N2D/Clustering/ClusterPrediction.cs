using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>The cluster of each of n rows, and how likely each cluster is. Immutable.</summary>
public sealed class ClusterPrediction
{
    private readonly int[] _assignments;

    /// <summary>Makes a prediction.</summary>
    /// <param name="assignments">The most likely cluster of each row; owned by this object from now on.</param>
    /// <param name="probabilities">n x k: the probability of each cluster, a row's adding up to 1.</param>
    /// <param name="logLikelihood">The mean natural logarithm of the density at the rows; null if the model has no density.</param>
    /// <exception cref="ArgumentException">There is not one assignment a row of probabilities.</exception>
    public ClusterPrediction(int[] assignments, Matrix probabilities, double? logLikelihood = null)
    {
        ArgumentNullException.ThrowIfNull(assignments);
        ArgumentNullException.ThrowIfNull(probabilities);
        if (assignments.Length != probabilities.RowCount)
        {
            throw new ArgumentException($"{assignments.Length} assignments for {probabilities.RowCount} rows.", nameof(assignments));
        }

        _assignments = assignments;
        Probabilities = probabilities;
        LogLikelihood = logLikelihood;
    }

    /// <summary>The most likely cluster of each row, from 0.</summary>
    public ReadOnlySpan<int> Assignments => _assignments;

    /// <summary>n x k: the probability of each cluster.</summary>
    public Matrix Probabilities { get; }

    /// <summary>The mean natural logarithm of the density at the rows; null if the model has no density.</summary>
    public double? LogLikelihood { get; }
}
