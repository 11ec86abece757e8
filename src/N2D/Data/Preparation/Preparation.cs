using N2D.Pipeline;

namespace N2D.Data;

/// <summary>Turns rows as they were read into rows that can be clustered: no gaps, no categories, columns of one scale where that is asked for.</summary>
public static class Preparation
{
    /// <summary>Prepares a data set.</summary>
    /// <param name="dataset">The rows as they were read.</param>
    /// <param name="options">What to do.</param>
    /// <param name="execution">Threads, cancellation, warnings and explanations.</param>
    /// <returns>The data set, with a fitted stage for each step: <see cref="Imputer"/>, <see cref="CategoryEncoder"/>, <see cref="Standardizer"/>.</returns>
    /// <exception cref="N2DException">Values are missing (<c>MissingValue</c>), or no row is left without (<c>EmptyDataset</c>).</exception>
    public static Embedding Apply(Dataset dataset, PreparationOptions options, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        if (options.MissingValue == MissingValuePolicy.Error)
        {
            ThrowIfMissing(dataset, options.Terms);
        }

        DatasetWarnings.Warn(dataset, options, execution);
        Embedding prepared = dataset;
        if (options.MissingValue == MissingValuePolicy.Drop)
        {
            var kept = dataset.DropMissing();
            if (kept.DroppedCount > 0)
            {
                execution.Explain?.Invoke($"{dataset.Title}: {kept.DroppedCount} of {Quantity.Of(dataset.RowCount, "row")} had missing values and {(kept.DroppedCount == 1 ? "was" : "were")} left out.");
            }

            prepared = kept;
        }
        else if (options.MissingValue != MissingValuePolicy.Error)
        {
            prepared = Imputer.Apply(prepared, options.MissingValue, options.Constant, options.HasIndicators, execution);
        }

        prepared = CategoryEncoder.Apply(prepared, execution);
        return Standardizer.Apply(prepared, options.Standardize, execution);
    }

    /// <summary>Refuses missing values.</summary>
    /// <param name="dataset">The rows.</param>
    /// <param name="terms">The words of the message.</param>
    /// <param name="remedy">What to do, as sentences; null to name the options of an import.</param>
    /// <exception cref="N2DException">Values are missing (<c>MissingValue</c>).</exception>
    internal static void ThrowIfMissing(Dataset dataset, TableTerms terms, string? remedy = null)
    {
        const int Most = 10;
        var gaps = dataset.Raw.Gaps;
        if (gaps.Count == 0)
        {
            return;
        }

        var count = gaps.Sum(gap => (long)gap.Count);
        var others = gaps.Count > Most ? $", and in {gaps.Count - Most} more" : "";
        var names = gaps.Select(gap => gap.Column).ToArray();
        throw new N2DException(
            "MissingValue",
            ErrorKind.InvalidData,
            $"{dataset.Title} has {Quantity.Of(count, "missing value")} in {terms.Several(gaps.Count)}: {string.Join(", ", gaps.Take(Most))}{others}. "
                + (remedy ?? $"Use {terms.MissingValue} Drop, Mean, Median or Constant, or leave {(names.Length == 1 ? "it" : "them")} out: {terms.Exclude} {Quotation.ArgumentsOf(names)}."),
            dataset);
    }
}
