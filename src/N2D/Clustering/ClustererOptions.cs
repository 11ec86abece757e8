using System.Runtime.CompilerServices;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>The options of a clusterer. The type of the record selects the algorithm. Immutable.</summary>
public abstract record ClustererOptions
{
    /// <summary>The random seed. The same seed gives the same clusters.</summary>
    public int Seed { get; init; }

    /// <summary>The name of the algorithm in messages, such as <c>KMeans</c>.</summary>
    protected internal abstract string Method { get; }

    /// <summary>Throws if the options require a device that is not available.</summary>
    public virtual void ThrowIfUnavailable()
    {
    }

    /// <summary>Throws if there are too few rows for these options.</summary>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">There are too few rows (<c>TooFewRows</c> or <c>ClusterCountOutOfRange</c>).</exception>
    public abstract void ThrowIfTooFewRows(int rowCount);

    /// <summary>Throws if there are more rows than the arrays of the algorithm can hold values of.</summary>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">There are too many rows (<c>TooManyValues</c>).</exception>
    public virtual void ThrowIfTooManyRows(int rowCount)
    {
    }

    /// <summary>Finds clusters in rows.</summary>
    /// <param name="rows">n rows of finite values.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">There are too few rows, a value is not finite, or distances overflow.</exception>
    public abstract FittedClusterer Fit(Matrix rows, Execution execution);

    /// <summary>Whether the algorithm supports row weights.</summary>
    public virtual bool TakesWeights => false;

    /// <summary>Finds clusters in weighted rows.</summary>
    /// <param name="rows">n rows of finite values.</param>
    /// <param name="weights">The weight of each row, 0 or more; null if each row counts once.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// The rows cannot be used, the algorithm does not support weights (<c>WeightsNotForMethod</c>), or the weights are invalid
    /// (<c>WeightCountMismatch</c>, <c>WeightOutOfRange</c>).
    /// </exception>
    public virtual FittedClusterer Fit(Matrix rows, IReadOnlyList<double>? weights, Execution execution) => weights is null
        ? Fit(rows, execution)
        : throw new N2DException(
            "WeightsNotForMethod",
            ErrorKind.InvalidArgument,
            $"{Method} does not support row weights. Use k-means or a Gaussian mixture, or omit the weights.",
            weights);

    /// <summary>
    /// Finds clusters in the rows of an embedding, with its row weights if it has any. Warns if the algorithm does not support weights.
    /// </summary>
    /// <param name="embedding">The rows.</param>
    /// <param name="execution">Threads, progress, warnings and cancellation.</param>
    /// <exception cref="N2DException">There are too few rows, a value is not finite, or distances overflow.</exception>
    public FittedClusterer Fit(Embedding embedding, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(execution);
        var weights = embedding.GetWeights();
        if (weights is not null && !TakesWeights)
        {
            execution.Warn?.Invoke(
                $"{Method} does not support row weights: each row of '{embedding.Dataset}' counts once. "
                    + "Use k-means or a Gaussian mixture, or omit the weights.");
            weights = null;
        }

        return Fit(embedding.GetRows(execution), weights, execution);
    }

    /// <summary>Returns a value if it is null or in its option's range.</summary>
    private protected T Check<T>(T value, [CallerMemberName] string name = "") => OptionRange.Check(Method, GetType(), name, value);

    /// <summary>Throws if rows cannot be clustered.</summary>
    /// <param name="rows">n rows.</param>
    /// <exception cref="N2DException">There are too few or too many rows, or a value is NaN or infinite (<c>NotFinite</c>).</exception>
    internal void ThrowIfUnusable(Matrix rows)
    {
        ThrowIfTooFewRows(rows.RowCount);
        ThrowIfTooManyRows(rows.RowCount);
        rows.ThrowIfNotFinite();
    }
}
