using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>
/// Agglomerative clustering by Ward's criterion on the neighbor graph: from single rows up, neighboring clusters merge that grow least in spread, until k
/// are left, or none lie nearer than a distance (Ward, 1963). Immutable.
/// </summary>
/// <remarks>
/// The graph joins each row with its nearest, and follows the shape of the data; where it falls into parts, these are joined by their shortest ways, so
/// that any number of clusters can be reached. Nothing is drawn at random: the seed has no effect.
/// </remarks>
public sealed class Agglomerative : RowClusterer, IModelPart<Agglomerative>
{
    private Agglomerative(Matrix rows, AgglomerativeOptions options, NeighborGraph neighbors, int[] assignments)
        : base(rows, assignments, assignments.Max() + 1, neighbors) => Options = options;

    private Agglomerative(ModelPartReader part, AgglomerativeOptions options, int clusterCount)
        : base(part, clusterCount, options, options.NeighborCount) => Options = options;

    /// <inheritdoc/>
    public override string Name => nameof(Agglomerative);

    /// <inheritdoc/>
    public override AgglomerativeOptions Options { get; }

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(
        Options.DistanceThreshold is { } threshold ? new StageSettings.Setting("DistanceThreshold", threshold) : new StageSettings.Setting("ClusterCount", ClusterCount),
        new StageSettings.Setting("NeighborCount", Options.NeighborCount));

    /// <summary>Merges rows into clusters.</summary>
    /// <param name="rows">n rows of finite values.</param>
    /// <param name="options">How.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// There are fewer rows than clusters (<c>ClusterCountOutOfRange</c>) or than neighbors (<c>TooFewRows</c>), a value is NaN or infinite
    /// (<c>NotFinite</c>), or rows are so far apart that their distances overflow (<c>UndefinedDistance</c>).
    /// </exception>
    public static Agglomerative Fit(Matrix rows, AgglomerativeOptions options, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        options.ThrowIfUnusable(rows);
        var clock = new StageClock(execution);
        var neighbors = clock.Time("neighbors", 0, 0.4, part => NeighborAffinity.Neighbors(rows, options.NeighborCount, part));
        var graph = clock.Time("graph", 0.4, 0.5, part => NeighborAffinity.Build(neighbors, part));
        var parts = ConnectedComponents.Find(graph);
        if (parts.Count > 1)
        {
            execution.Explain?.Invoke($"The neighbor graph falls into {parts.Count} parts; they are joined by their shortest ways.");
        }

        var exponent = RowUnit.ExponentOf(rows);
        var scaled = RowUnit.Scale(rows, exponent);
        var joins = clock.Time("joins", 0.5, 0.6, part => parts.Count > 1 ? SpanningTree.Join(scaled, parts, part) : []);
        var clusters = clock.Time("merging", 0.6, 1, part =>
        {
            var merging = new WardMerging(scaled, graph, joins.Select(join => (join.First, join.Second)));
            return options.DistanceThreshold is { } threshold
                ? merging.RunBelow(Math.ScaleB(threshold, exponent), part)
                : merging.Run(options.ClusterCount, part);
        });
        execution.Explain?.Invoke($"Agglomerative: {clock.Summary}.");
        var fitted = new Agglomerative(rows, options, neighbors, clusters) { Seconds = clock.TotalSeconds };
        if (options.DistanceThreshold is { } distance)
        {
            execution.Explain?.Invoke(
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Quantity.Of(fitted.ClusterCount, "cluster")} at Ward's distance of {distance} or more from each other."));
        }

        return fitted;
    }

    void IModelPart<Agglomerative>.Write(ModelPartWriter part)
    {
        part.Set("options", Options);
        if (Options.DistanceThreshold is not null)
        {
            part.Set("clusterCount", ClusterCount);
        }

        WriteRows(part);
    }

    static Agglomerative IModelPart<Agglomerative>.Read(ModelPartReader part)
    {
        var options = part.Get<AgglomerativeOptions>("options");
        var clusterCount = options.DistanceThreshold is null ? options.ClusterCount : part.Get<int>("clusterCount");
        return clusterCount >= 1 && clusterCount <= part.SizeOf("rows")
            ? new Agglomerative(part, options, clusterCount) { Seconds = part.Seconds }
            : throw part.Corrupt($"{part.SizeOf("rows")} rows cannot be in {Quantity.Of(clusterCount, "cluster")}");
    }
}
