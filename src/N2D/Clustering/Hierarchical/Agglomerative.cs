using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>
/// Agglomerative clustering with Ward's criterion on the neighbor graph (Ward, 1963): starting from single rows, repeatedly merges the two
/// neighboring clusters whose variance increases least, until k clusters remain or all are farther apart than a threshold. Immutable.
/// </summary>
/// <remarks>
/// The graph connects each row with its nearest neighbors, and so follows the shape of the data. If it is disconnected, the shortest edges
/// between its components are added, so that any number of clusters can be reached. The algorithm is deterministic: the seed has no effect.
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
        Options.DistanceThreshold is { } threshold
            ? new StageSettings.Setting("DistanceThreshold", threshold)
            : new StageSettings.Setting("ClusterCount", ClusterCount),
        new StageSettings.Setting("NeighborCount", Options.NeighborCount));

    /// <inheritdoc/>
    private protected override double[][] CentersOfClusters() => MeansOfClusters();

    /// <summary>Clusters rows.</summary>
    /// <param name="rows">n rows of finite values.</param>
    /// <param name="options">The options.</param>
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
        var components = ConnectedComponents.Find(graph);
        if (components.Count > 1)
        {
            execution.Explain?.Invoke(
                $"The neighbor graph has {components.Count} connected components; the shortest edges between them are added.");
        }

        var exponent = RowUnit.ExponentOf(rows);
        var scaled = RowUnit.Scale(rows, exponent);
        var joins = clock.Time("joins", 0.5, 0.6, part => components.Count > 1 ? SpanningTree.Join(scaled, components, part) : []);
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
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"{Quantity.Of(fitted.ClusterCount, "cluster")} with a Ward distance of {distance} or more from each other."));
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
            : throw part.Corrupt($"{Quantity.Of(part.SizeOf("rows"), "row")} cannot form {Quantity.Of(clusterCount, "cluster")}");
    }
}
