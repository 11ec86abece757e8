using N2D.Models;
using N2D.Pipeline;

namespace N2D.Reports;

/// <summary>The options of a report. Immutable.</summary>
public sealed record ReportOptions
{
    /// <summary>The most exemplars of a cluster.</summary>
    internal const int MaxExemplarCount = 50;

    /// <summary>The title of the page; null for the names of the data sets.</summary>
    public string? Title { get; init; }

    /// <summary>
    /// The same rows in two dimensions, for the map; null for the clustered rows, or their principal components if they have more
    /// dimensions.
    /// </summary>
    public Embedding? Layout { get; init; }

    /// <summary>
    /// The columns of the data set that profiles, map and exemplars show, by name, position or wildcard; null for all in the profiles, and
    /// elsewhere those that set the clusters apart most, as many as keep the file small. Images have no columns by default. With
    /// <see cref="SourceOf"/>, the columns that it selects.
    /// </summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>
    /// The number of exemplars of each cluster, at its center and at its boundary. More make the page longer. Default: 8. Range: 1 to 50.
    /// </summary>
    [OptionRange(1, MaxExemplarCount)]
    public int ExemplarCount { get; init; } = 8;

    /// <summary>
    /// Returns what the rows of a clustering were made from, to show instead of the columns of its data set; null to show these.
    /// </summary>
    public Func<ClusterResult, Execution, ReportSource>? SourceOf { get; init; }

    /// <summary>The commands that repeat a clustering, one a line; null to leave them out.</summary>
    public Func<ClusterResult, IReadOnlyList<string>>? CommandsOf { get; init; }

    /// <summary>Rejects options that are out of range.</summary>
    /// <exception cref="N2DException">The number of exemplars is out of range (<c>ExemplarCountOutOfRange</c>).</exception>
    public void ThrowIfInvalid() => OptionRange.Check("A report", typeof(ReportOptions), nameof(ExemplarCount), ExemplarCount);
}
