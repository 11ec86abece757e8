using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>The cluster of each of n rows, and how likely each cluster is. Immutable.</summary>
/// <remarks>
/// A clusterer that knows noise gives such rows no cluster: their number is <see cref="Noise"/>, and no cluster has a probability for them. What the
/// probabilities mean is told by each clusterer; those of a row add up to 1 where it is told of every cluster, and to less where of its own alone.
/// </remarks>
public sealed class ClusterPrediction
{
    /// <summary>The number of a row that belongs to no cluster.</summary>
    public const int Noise = -1;

    private readonly int[] _assignments;
    private readonly float[]? _strengths;
    private readonly float[]? _outlierScores;
    private readonly Lazy<Matrix> _probabilities;

    /// <summary>Makes a prediction of the probabilities of all clusters.</summary>
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
        _probabilities = new Lazy<Matrix>(probabilities);
        LogLikelihood = logLikelihood;
    }

    /// <summary>Makes a prediction that tells, of each row, the probability of its own cluster alone.</summary>
    /// <param name="assignments">The cluster of each row, or <see cref="Noise"/>; owned by this object from now on.</param>
    /// <param name="strengths">The probability of that cluster, 0 to 1, and 0 for noise; owned by this object from now on.</param>
    /// <param name="clusterCount">The number of clusters, k.</param>
    /// <param name="outlierScores">How far each row lies outside, 0 to 1; owned by this object from now on. Null if the clusterer does not tell.</param>
    /// <exception cref="ArgumentException">There is not one assignment a strength.</exception>
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

    /// <summary>The most likely cluster of each row, from 0, or <see cref="Noise"/>.</summary>
    public ReadOnlySpan<int> Assignments => _assignments;

    /// <summary>The number of rows that belong to no cluster.</summary>
    public int NoiseCount => _assignments.AsSpan().Count(Noise);

    /// <summary>n x k: the probability of each cluster; a column of zeros where there is no cluster at all.</summary>
    public Matrix Probabilities => _probabilities.Value;

    /// <summary>How far each row lies outside what is dense around it, 0 to 1 (Hdbscan's GLOSH); empty if the clusterer does not tell.</summary>
    public ReadOnlySpan<float> OutlierScores => _outlierScores;

    /// <summary>The mean natural logarithm of the density at the rows; null if the model has no density.</summary>
    public double? LogLikelihood { get; }

    /// <summary>A prediction that doubts nothing.</summary>
    /// <param name="assignments">The cluster of each row; owned by this object from now on.</param>
    /// <param name="clusterCount">The number of clusters, k.</param>
    public static ClusterPrediction Certain(int[] assignments, int clusterCount)
    {
        ArgumentNullException.ThrowIfNull(assignments);
        return new ClusterPrediction(assignments, [.. Enumerable.Repeat(1f, assignments.Length)], clusterCount);
    }

    /// <summary>The probability of a row's own cluster; 0 for noise.</summary>
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
        var values = new float[(long)assignments.Length * width];
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
