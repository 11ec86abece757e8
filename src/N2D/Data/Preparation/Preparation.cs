using N2D.Pipeline;

namespace N2D.Data;

/// <summary>Prepares a data set for clustering: handles missing values, encodes categories, and scales columns if requested.</summary>
public static class Preparation
{
    /// <summary>Prepares a data set.</summary>
    /// <param name="dataset">The unprepared rows.</param>
    /// <param name="options">How to prepare them.</param>
    /// <param name="execution">Threads, cancellation, warnings and explanations.</param>
    /// <returns>
    /// The data set, with a fitted stage for each step: <see cref="Imputer"/>, <see cref="CategoryEncoder"/>, <see cref="Standardizer"/>,
    /// or <see cref="GroupStandardizer"/> if the rows have groups.
    /// </returns>
    /// <exception cref="N2DException">
    /// Values are missing (<c>MissingValue</c>), or no row is left after rows with missing values are dropped (<c>EmptyDataset</c>). Rows
    /// have groups, but scaling is not chosen (<c>GroupsWithoutScaling</c>), a group is missing (<c>MissingGroup</c>), or more
    /// than half of the rows are alone in their group (<c>GroupsOfOneRow</c>).
    /// </exception>
    public static Embedding Apply(Dataset dataset, PreparationOptions options, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        ThrowIfNotScaled(dataset, options);
        if (options.MissingValue != MissingValuePolicy.Drop)
        {
            const string Missing = nameof(PreparationOptions.MissingValue);
            ThrowIfGroupMissing(dataset, $"Fill in the groups, or use {Missing} Drop to leave out such rows.", Missing);
        }

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
                var was = kept.DroppedCount == 1 ? "was" : "were";
                var rows = Quantity.Of(dataset.RowCount, "row");
                execution.Explain?.Invoke($"{dataset.Title}: {kept.DroppedCount} of {rows} had missing values and {was} left out.");
            }

            prepared = kept;
        }
        else if (options.MissingValue != MissingValuePolicy.Error)
        {
            prepared = Imputer.Apply(prepared, options.MissingValue, options.MissingConstant, options.HasIndicators, execution);
        }

        prepared = CategoryEncoder.Apply(prepared, execution);
        return dataset.Raw.IsGrouped
            ? GroupStandardizer.Apply(prepared, options.Standardize, execution)
            : Standardizer.Apply(prepared, options.Standardize, execution);
    }

    /// <summary>
    /// Rejects rows without a group. They could only be scaled with the rows of unknown other groups.
    /// </summary>
    /// <param name="dataset">The rows.</param>
    /// <param name="remedy">What to do.</param>
    /// <param name="options">The options that the remedy names.</param>
    /// <exception cref="N2DException">A group is missing (<c>MissingGroup</c>).</exception>
    internal static void ThrowIfGroupMissing(Dataset dataset, string remedy, params string[] options)
    {
        if (dataset.Raw.IsGrouped && dataset.Raw.Gaps.FirstOrDefault(gap => gap.Place == 0) is { } gap)
        {
            throw new N2DException(
                "MissingGroup",
                ErrorKind.InvalidData,
                $"{dataset.Title}: {Quantity.Of(gap.Count, "row")} {(gap.Count == 1 ? "has" : "have")} no group in column "
                    + $"{Quotation.Of(gap.Column)} (first: {gap.First}). {remedy}",
                dataset)
            { Options = options };
        }
    }

    private static void ThrowIfNotScaled(Dataset dataset, PreparationOptions options)
    {
        if (dataset.Raw.IsGrouped && options.Standardize == Standardization.None)
        {
            const string Group = nameof(TableOptions.GroupColumn), Standardize = nameof(PreparationOptions.Standardize);
            throw new N2DException(
                "GroupsWithoutScaling",
                ErrorKind.InvalidArgument,
                $"{Group} requires {Standardize} ZScore or MinMax. Use one of them, or remove {Group}.",
                dataset)
            { Options = [Group, Standardize] };
        }
    }

    /// <summary>Rejects missing values.</summary>
    /// <param name="dataset">The rows.</param>
    /// <param name="terms">The words of the message.</param>
    /// <param name="remedy">What to do; null to name the options for missing values.</param>
    /// <exception cref="N2DException">Values are missing (<c>MissingValue</c>).</exception>
    internal static void ThrowIfMissing(Dataset dataset, TableTerms terms, Advice? remedy = null)
    {
        const int MaxListed = 10;
        var gaps = dataset.Raw.Gaps;
        if (gaps.Count == 0)
        {
            return;
        }

        var count = gaps.Sum(gap => (long)gap.Count);
        var others = gaps.Count > MaxListed ? $", and in {gaps.Count - MaxListed} more" : "";
        var names = gaps.Select(gap => gap.Column).ToArray();
        const string MissingValue = nameof(PreparationOptions.MissingValue), Excluded = nameof(TableOptions.ExcludedColumns);
        var finding = $"{dataset.Title} has {Quantity.Of(count, "missing value")} in {terms.Several(gaps.Count)}: "
            + $"{string.Join(", ", gaps.Take(MaxListed))}{others}.";
        var advice = remedy
            ?? new Advice(
                $"Use {MissingValue} Drop, Mean, Median or Constant, or leave {(names.Length == 1 ? "it" : "them")} out: "
                    + $"{Excluded} {Quotation.ArgumentsOf(names)}.",
                MissingValue,
                Excluded);
        throw new N2DException("MissingValue", ErrorKind.InvalidData, $"{finding} {advice.Text}", dataset) { Options = advice.Options };
    }
}
