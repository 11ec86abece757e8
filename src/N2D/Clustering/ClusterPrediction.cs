using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>The clusters of n rows, with probabilities. Immutable.</summary>
/// <remarks>
/// Rows that belong to no cluster have the number <see cref="Noise"/> and probabilities of 0. The meaning of the probabilities depends on
/// the clusterer. Those of a row add up to 1 if the clusterer computes all of them, and to less if it computes only that of the row's own
/// cluster.
/// </remarks>
public sealed class ClusterPrediction
{
    /// <summary>The number of a row that belongs to no cluster.</summary>
    public const int Noise = -1;

    private readonly int[] _assignments;
    private readonly float[]? _strengths;
    private readonly float[]? _outlierScores;
    private readonly Lazy<Matrix> _probabilities;

    /// <summary>Creates a prediction from the probabilities of all clusters.</summary>
    /// <param name="assignments">The most likely cluster of each row. This object takes ownership of the array.</param>
    /// <param name="probabilities">n x k: the probability of each cluster. Those of a row add up to 1.</param>
    /// <param name="logLikelihood">The mean natural logarithm of the density at the rows; null if the model has no density.</param>
    /// <exception cref="ArgumentException">The numbers of assignments and of rows of probabilities differ.</exception>
    public ClusterPrediction(int[] assignments, Matrix probabilities, double? logLikelihood = null)
    {
        ArgumentNullException.ThrowIfNull(assignments);
        ArgumentNullException.ThrowIfNull(probabilities);
        if (assignments.Length != probabilities.RowCount)
        {
            throw new ArgumentException($"{assignments.Length} assignments for {probabilities.RowCount} rows.", nameof(assignments));
        }

        _assignments = assignments;
        _probabilities = new Lazy<Matrix>(probabilities);
        LogLikelihood = logLikelihood;
    }

    /// <summary>Creates a prediction from the probability of each row's own cluster.</summary>
    /// <param name="assignments">The cluster of each row, or <see cref="Noise"/>. This object takes ownership of the array.</param>
    /// <param name="strengths">The probability of that cluster, 0 to 1, and 0 for noise. This object takes ownership of the array.</param>
    /// <param name="clusterCount">The number of clusters, k.</param>
    /// <param name="outlierScores">
    /// The outlier score of each row, 0 to 1; null if the clusterer computes none. This object takes ownership of the array.
    /// </param>
    /// <exception cref="ArgumentException">The numbers of assignments and strengths differ.</exception>
    public ClusterPrediction(int[] assignments, float[] strengths, int clusterCount, float[]? outlierScores = null)
    {
        ArgumentNullException.ThrowIfNull(assignments);
        ArgumentNullException.ThrowIfNull(strengths);
        if (assignments.Length != strengths.Length)
        {
            throw new ArgumentException($"{assignments.Length} assignments for {strengths.Length} strengths.", nameof(assignments));
        }

        _assignments = assignments;
        _strengths = strengths;
        _outlierScores = outlierScores;
        _probabilities = new Lazy<Matrix>(() => Expand(assignments, strengths, clusterCount));
    }

    /// <summary>The most likely cluster of each row, for loops over all rows.</summary>
    internal ReadOnlySpan<int> Assignments => _assignments;

    /// <summary>The number of rows that belong to no cluster.</summary>
    public int NoiseCount => _assignments.AsSpan().Count(Noise);

    /// <summary>n x k: the probability of each cluster; a column of zeros if there are no clusters.</summary>
    public Matrix Probabilities => _probabilities.Value;

    /// <summary>The outlier score of each row, for loops over all rows; empty if the clusterer computes none.</summary>
    internal ReadOnlySpan<float> OutlierScores => _outlierScores;

    /// <summary>The mean natural logarithm of the density at the rows; null if the model has no density.</summary>
    public double? LogLikelihood { get; }

    /// <summary>Creates a prediction with a probability of 1 for each row's cluster.</summary>
    /// <param name="assignments">The cluster of each row. The prediction takes ownership of the array.</param>
    /// <param name="clusterCount">The number of clusters, k.</param>
    public static ClusterPrediction Certain(int[] assignments, int clusterCount)
    {
        ArgumentNullException.ThrowIfNull(assignments);
        return new ClusterPrediction(assignments, [.. Enumerable.Repeat(1f, assignments.Length)], clusterCount);
    }

    /// <summary>Returns the most likely cluster of each row, from 0, or <see cref="Noise"/>.</summary>
    public IReadOnlyList<int> GetAssignments() => Array.AsReadOnly(_assignments);

    /// <summary>Returns the outlier score of each row, 0 to 1 (GLOSH of HDBSCAN); empty if the clusterer computes none.</summary>
    public IReadOnlyList<float> GetOutlierScores() => _outlierScores is null ? [] : Array.AsReadOnly(_outlierScores);

    /// <summary>The probability of a row's own cluster, 0 for noise.</summary>
    /// <param name="row">Row, from 0.</param>
    public float ProbabilityOf(int row) => (_strengths, _assignments[row]) switch
    {
        ({ } strengths, _) => strengths[row],
        (null, Noise) => 0,
        (null, var cluster) => Probabilities[row, cluster],
    };

    private static Matrix Expand(int[] assignments, float[] strengths, int clusterCount)
    {
        var width = Math.Max(clusterCount, 1);
        var values = new float[ArraySize.Of(assignments.Length, width)];
        for (var row = 0; row < assignments.Length; row++)
        {
            if (assignments[row] != Noise)
            {
                values[((long)row * width) + assignments[row]] = strengths[row];
            }
        }

        return Matrix.Own(values, width);
    }
}
