using N2D.Data;
using N2D.Pipeline;

namespace N2D.Profiles;

/// <summary>What to look at in the clusters.</summary>
public sealed record ProfileOptions
{
    /// <summary>
    /// The columns to compare: names, in any case, wildcards, or positions from 1, or from the end from -1; empty for none. Null for all
    /// columns, except the pixels of images and texts that differ in each row, such as ids.
    /// </summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>
    /// A data set with the same rows in the same order, whose columns are compared instead, such as columns that were not clustered. Null
    /// for the data set of the clustering.
    /// </summary>
    public Dataset? Source { get; init; }

    /// <summary>
    /// The text of each row, from which the distinctive words of each cluster are taken; null for none. A row's text can be null.
    /// </summary>
    public IReadOnlyList<string?>? Texts { get; init; }

    /// <summary>The maximum number of columns in a summary. Default: 3. Range: 1 to 20.</summary>
    /// <exception cref="N2DException">The value is out of range (<c>ColumnCountOutOfRange</c>).</exception>
    [OptionRange(1, 20)]
    public int ColumnCount
    {
        get;
        init => field = OptionRange.Check("The profile", typeof(ProfileOptions), nameof(ColumnCount), value);
    } = 3;

    /// <summary>The words of messages.</summary>
    public TableTerms Terms { get; init; } = TableTerms.Default;
}
