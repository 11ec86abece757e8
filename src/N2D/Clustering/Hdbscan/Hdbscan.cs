using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>
/// HDBSCAN (Campello, Moulavi and Sander, 2013; McInnes and Healy, 2017): clusters are where rows stay dense together over the longest range of densities,
/// whatever their number and shape; rows that belong to none are noise, cluster -1. Immutable.
/// </summary>
/// <remarks>
/// <para>The probability of a row is its membership strength: the density at which it leaves its cluster, relative to that of the cluster's core; 0 of
/// noise. Only a row's own cluster has one.</para>
/// <para>An unseen row joins the fitted row to which it is nearest by mutual reachability, in the cluster that the hierarchy has there at the density of
/// that distance, as in the hdbscan package's approximate prediction; it changes nothing about the clusters. One that equals a fitted row has what that has, the first of several.
/// Fitted rows are searched exactly up to one and a half million coordinate differences a row, n d, and past that by walks that find nearly all (<see cref="NeighborIndex"/>).</para>
/// <para>The outlier score of a row (GLOSH; Campello, Moulavi, Zimek and Sander, 2015) is the share by which the density at which it leaves its cluster of the hierarchy falls short of the highest
/// there, 0 to 1. Noise has one as any row does, and a row of a cluster may have a high one.</para>
/// <para>Nothing is drawn at random: the seed has no effect. Where the neighbor search is approximate (NeighborSearch), so are the core distances.</para>
/// </remarks>
public sealed class Hdbscan : FittedClusterer, IModelPart<Hdbscan>
{
    private static readonly HdbscanOptions Defaults = new();

    private readonly FittedRows _rows;
    private readonly float[] _cores;
    private readonly CondensedTree _tree;
    private readonly int[] _numbers;
    private readonly int[] _assignments;
    private readonly float[] _strengths;
    private readonly double[] _peaks;
    private readonly float[] _outlierScores;

    private Hdbscan(FittedRows rows, HdbscanOptions options, float[] cores, CondensedTree tree)
    {
        (_rows, Options, _cores, _tree) = (rows, options, cores, tree);
        _assignments = new int[cores.Length];
        _strengths = new float[cores.Length];
        _outlierScores = new float[cores.Length];
        _peaks = tree.Peaks();
        var selected = tree.Select(options.Selection, options.SelectionEpsilon, options.AllowSingleCluster);
        int[] kept = [.. selected.Where(cluster => cluster != CondensedTree.None).Distinct().Order()];
        _numbers = [.. selected.Select(cluster => cluster == CondensedTree.None ? ClusterPrediction.Noise : Array.BinarySearch(kept, cluster))];
        for (var row = 0; row < _assignments.Length; row++)
        {
            _assignments[row] = Membership(tree.LastCluster[row], tree.Lambdas[row], kept, out _strengths[row]);
            _outlierScores[row] = OutlierScore(tree.LastCluster[row], tree.Lambdas[row]);
        }

        var order = ClusterSizes.Renumber(_assignments, kept.Length);
        _numbers = [.. _numbers.Select(number => number == ClusterPrediction.Noise ? number : Array.IndexOf(order, number))];
        Selected = [.. order.Select(number => kept[number])];
    }

    /// <inheritdoc/>
    public override string Name => nameof(Hdbscan);

    /// <summary>The number of clusters that were found, noise not counted; may be 0.</summary>
    public override int ClusterCount => Selected.Length;

    /// <inheritdoc/>
    public override int Dimension => _rows.Rows.ColumnCount;

    /// <inheritdoc/>
    public override HdbscanOptions Options { get; }

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(
    [
        new("MinimumClusterSize", Options.MinimumClusterSize),
        new("MinimumSample", Options.MinimumSamples),
        new("ClusterSelection", Options.Selection, Defaults.Selection),
        new("AllowSingleCluster", Options.AllowSingleCluster, false),
        new("SelectionEpsilon", Options.SelectionEpsilon, Defaults.SelectionEpsilon),
        new("Metric", Options.Metric, Defaults.Metric),
        new("MinkowskiPower", Options.MinkowskiPower, Defaults.MinkowskiPower),
    ]);

    /// <summary>The cluster of the hierarchy that each cluster is, by its number.</summary>
    private int[] Selected { get; }

    /// <summary>Finds clusters.</summary>
    /// <param name="rows">n rows of finite values.</param>
    /// <param name="options">How.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// There are fewer rows than a cluster or a core needs (<c>TooFewRows</c>), a value is NaN or infinite (<c>NotFinite</c>), squared differences leave
    /// the range of float32 (<c>ValuesTooSmall</c>, <c>ValuesTooLarge</c>), or the metric is not defined for a row or puts it at no finite distance from others
    /// (<c>UndefinedDistance</c>).
    /// </exception>
    public static Hdbscan Fit(Matrix rows, HdbscanOptions options, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        options.ThrowIfUnusable(rows);
        if (options.Distance.Simplified().Metric is DistanceMetric.Euclidean or DistanceMetric.SquaredEuclidean or DistanceMetric.Minkowski)
        {
            RowUnit.ThrowIfOutOfRange(rows);
        }

        var clock = new StageClock(execution);
        var neighbors = options.MinimumSamples == 1
            ? null
            : clock.Time("neighbors", 0, 0.4, part => NeighborSearch.Find(rows, options.MinimumSamples - 1, options.Distance, part));
        float[] cores = [.. Enumerable.Range(0, rows.RowCount).Select(row => neighbors?.Distances(row)[^1] ?? 0)];
        var edges = clock.Time("spanning tree", 0.4, 0.95, part => SpanningTree.OfReachability(rows, cores, neighbors, options.Distance, part));
        var fitted = clock.Time("hierarchy", 0.95, 1, _ => new CondensedTree(new SingleLinkage(rows.RowCount, edges), rows.RowCount, options.MinimumClusterSize));
        var clusterer = new Hdbscan(new FittedRows(rows, options.Distance, NearestCount(options, rows.RowCount)), options, cores, fitted) { Seconds = clock.TotalSeconds };
        clusterer.Explain(clock, execution);
        return clusterer;
    }

    /// <inheritdoc/>
    public override ClusterPrediction Predict(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        return ReferenceEquals(rows, _rows.Rows)
            ? new ClusterPrediction([.. _assignments], [.. _strengths], ClusterCount, [.. _outlierScores])
            : Measure(rows, execution).Prediction;
    }

    /// <inheritdoc/>
    /// <remarks>The distance is that of the farthest of the rows that it was looked for among, twice as many as make a core, the row itself being one of them.</remarks>
    public override MeasuredClusters Measure(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        rows.ThrowIfNotFinite();
        var nearest = _rows.Find(rows, NearestCount(Options, _cores.Length), execution);
        var assignments = new int[rows.RowCount];
        var strengths = new float[rows.RowCount];
        var outlierScores = new float[rows.RowCount];
        for (var row = 0; row < assignments.Length; row++)
        {
            var first = nearest.Neighbors(row)[0];
            (assignments[row], strengths[row], outlierScores[row]) = nearest.Distances(row)[0] == 0
                ? (_assignments[first], _strengths[first], _outlierScores[first])
                : Join(nearest.Neighbors(row), nearest.Distances(row));
        }

        return new MeasuredClusters(new ClusterPrediction(assignments, strengths, ClusterCount, outlierScores), nearest.DistancesFromOthers());
    }

    void IModelPart<Hdbscan>.Write(ModelPartWriter part)
    {
        part.Set("options", Options);
        _rows.Write(part);
        part.Add<float>("cores", _cores, _cores.Length);
        _tree.Write(part);
    }

    static Hdbscan IModelPart<Hdbscan>.Read(ModelPartReader part)
    {
        var (options, rowCount) = (part.Get<HdbscanOptions>("options"), part.SizeOf("rows"));
        options.ThrowIfTooFewRows(rowCount);
        var rows = FittedRows.Read(part, options.Distance, NearestCount(options, rowCount));
        var cores = part.GetArray<float>("cores", rowCount);
        return System.Numerics.Tensors.TensorPrimitives.Min<float>(cores) >= 0
            ? new Hdbscan(rows, options, cores, CondensedTree.Read(part, rowCount)) { Seconds = part.Seconds }
            : throw part.Corrupt("a row's distance to its core is negative");
    }

    /// <summary>How many fitted rows an unseen one is looked for among: by mutual reachability, it need not be the nearest that it joins.</summary>
    private static int NearestCount(HdbscanOptions options, int rowCount) => (int)Math.Min(2L * options.MinimumSamples, rowCount);

    /// <summary>The cluster that an unseen row joins, how strongly, and how far it lies outside.</summary>
    private (int Cluster, float Strength, float OutlierScore) Join(ReadOnlySpan<int> neighbors, ReadOnlySpan<float> distances)
    {
        // The row itself is the first of its samples.
        var core = Options.MinimumSamples == 1 ? 0 : distances[Options.MinimumSamples - 2];
        var (best, way) = (0, float.PositiveInfinity);
        for (var place = 0; place < distances.Length; place++)
        {
            var length = MathF.Max(MathF.Max(core, _cores[neighbors[place]]), distances[place]);
            (best, way) = length < way ? (neighbors[place], length) : (best, way);
        }

        var lambda = _tree.LambdaOf(way);
        var cluster = _tree.LastCluster[best];
        while (cluster > 0 && _tree.BirthOf(cluster) > lambda)
        {
            cluster = _tree.ParentOf(cluster);
        }

        return (Membership(cluster, lambda, Selected, out var strength), strength, OutlierScore(cluster, lambda));
    }

    /// <summary>By what share a density falls short of the highest of a cluster of the hierarchy.</summary>
    private float OutlierScore(int cluster, double lambda) => _peaks[cluster] > lambda ? (float)(1 - (lambda / _peaks[cluster])) : 0;

    /// <summary>The number of the cluster that a place of the hierarchy belongs to, and how strongly.</summary>
    private int Membership(int cluster, double lambda, int[] kept, out float strength)
    {
        strength = 0;
        var number = _numbers[cluster];
        if (number == ClusterPrediction.Noise)
        {
            return number;
        }

        // Of all rows as one cluster, those that fall away before its densest part does are noise; else nothing could be. Where nothing falls apart past a density, that tells.
        var death = _tree.DeathOf(kept[number]);
        if (kept[number] == 0 && lambda < (Options.SelectionEpsilon > 0 ? CondensedTree.DensityOf(Options.SelectionEpsilon) : death))
        {
            return ClusterPrediction.Noise;
        }

        strength = (float)(death > 0 ? Math.Min(lambda, death) / death : 1);
        return number;
    }

    private void Explain(StageClock clock, Execution execution)
    {
        var noise = _assignments.AsSpan().Count(ClusterPrediction.Noise);
        execution.Explain?.Invoke($"Hdbscan: {clock.Summary}.");
        execution.Explain?.Invoke($"{Quantity.Of(ClusterCount, "cluster")} of {_tree.Count} in the hierarchy; {noise} of {Quantity.Of(_assignments.Length, "row")} {(noise == 1 ? "is" : "are")} noise.");
        if (ClusterCount == 0)
        {
            execution.Warn?.Invoke("No clusters were found: all rows are noise. A smaller -MinimumClusterSize or -MinimumSample finds smaller and looser ones; -AllowSingleCluster allows one of all.");
        }
    }
}
