using System.Runtime.CompilerServices;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>What is asked of a clusterer: the record's type tells the algorithm, its values how it is to work. Immutable.</summary>
public abstract record ClustererOptions
{
    /// <summary>The seed of everything random. The same seed gives the same clusters.</summary>
    public int Seed { get; init; }

    /// <summary>Refuses a number of rows that no such clusters can be made of, before anything long begins.</summary>
    /// <param name="rowCount">n.</param>
    /// <exception cref="N2DException">There are too few rows; the id tells of what.</exception>
    public abstract void ThrowIfTooFewRows(int rowCount);

    /// <summary>Finds clusters in rows.</summary>
    /// <param name="rows">n rows of finite values.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">The rows cannot be used: too few, not finite, too far apart.</exception>
    public abstract FittedClusterer Fit(Matrix rows, Execution execution);

    /// <summary>Whether the algorithm can let rows count more or less than once.</summary>
    public virtual bool TakesWeights => false;

    /// <summary>Finds clusters in rows that count more or less than once.</summary>
    /// <param name="rows">n rows of finite values.</param>
    /// <param name="weights">What each row counts, 0 or more; null where each counts once.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// The rows cannot be used, the algorithm takes no weights (<c>WeightsNotForMethod</c>), or the weights cannot be used
    /// (<c>WeightCountMismatch</c>, <c>WeightOutOfRange</c>).
    /// </exception>
    public virtual FittedClusterer Fit(Matrix rows, IReadOnlyList<double>? weights, Execution execution) => weights is null
        ? Fit(rows, execution)
        : throw new N2DException(
            "WeightsNotForMethod", ErrorKind.InvalidArgument, $"{Method} takes no weights of rows. Choose k-means or a mixture of Gaussians, or give no weights.", weights);

    /// <summary>
    /// Finds clusters in the rows of an embedding, with their weights if they have some; warns where the algorithm takes none.
    /// </summary>
    /// <param name="embedding">The rows.</param>
    /// <param name="execution">Threads, progress, warnings and cancellation.</param>
    /// <exception cref="N2DException">The rows cannot be used: too few, not finite, too far apart.</exception>
    public FittedClusterer Fit(Embedding embedding, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(execution);
        var weights = embedding.GetWeights();
        if (weights is not null && !TakesWeights)
        {
            execution.Warn?.Invoke($"{Method} does not use the weights of the rows of '{embedding.Dataset}': each row counts once. KMeans and GaussianMixture use them.");
            weights = null;
        }

        return Fit(embedding.GetRows(execution), weights, execution);
    }

    private string Method => GetType().Name.Replace("Options", "", StringComparison.Ordinal);

    /// <summary>Returns a value that is null or in its option's range.</summary>
    private protected T Check<T>(T value, [CallerMemberName] string name = "") => OptionRange.Check(Method, GetType(), name, value);

    /// <summary>Refuses rows that no clusterer takes.</summary>
    /// <param name="rows">n rows.</param>
    /// <exception cref="N2DException">There are too few rows, or a value is NaN or infinite (<c>NotFinite</c>).</exception>
    internal void ThrowIfUnusable(Matrix rows)
    {
        ThrowIfTooFewRows(rows.RowCount);
        rows.ThrowIfNotFinite();
    }
}
