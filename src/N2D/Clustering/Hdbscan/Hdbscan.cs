using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>
/// HDBSCAN (Campello, Moulavi and Sander, 2013; McInnes and Healy, 2017): density-based clusters of any number and shape, those that are
/// stable over the widest range of densities. Rows in no cluster are noise, with cluster -1. Immutable.
/// </summary>
/// <remarks>
/// <para>The probability of a row is its membership strength: the density at which it leaves its cluster, relative to the highest density
/// of the cluster; 0 for noise. It refers to the row's own cluster only.</para>
/// <para>A new row is attached to the row of the fit with the smallest mutual reachability distance, and gets the cluster at that density
/// in the hierarchy (approximate_predict of the hdbscan package). Clusters do not change. A new row that equals a row of the fit gets the
/// result of that row, the first of several. The search is exact up to n d of 1.5 million, and approximate beyond
/// (<see cref="NeighborIndex"/>).</para>
/// <para>The outlier score of a row (GLOSH; Campello, Moulavi, Zimek and Sander, 2015) is 1 - lambda / lambda_max, where lambda is the
/// density at which it leaves its cluster in the hierarchy, and lambda_max is the highest density there. All rows have a score, noise or
/// not.</para>
/// <para>The algorithm is deterministic: the seed has no effect. If the neighbor search is approximate (NeighborSearch), so are the core
/// distances.</para>
/// </remarks>
public sealed class Hdbscan : FittedClusterer, IModelPart<Hdbscan>
{
    private static readonly HdbscanOptions Defaults = new();

    private readonly FittedRows _rows;
    private readonly float[] _coreDistances;
    private readonly CondensedTree _tree;
    private readonly int[] _numbers;
    private readonly int[] _assignments;
    private readonly float[] _strengths;
    private readonly double[] _peaks;
    private readonly float[] _outlierScores;

    private Hdbscan(FittedRows rows, HdbscanOptions options, float[] coreDistances, CondensedTree tree)
    {
        (_rows, Options, _coreDistances, _tree) = (rows, options, coreDistances, tree);
        _assignments = new int[coreDistances.Length];
        _strengths = new float[coreDistances.Length];
        _outlierScores = new float[coreDistances.Length];
        _peaks = tree.Peaks();
        var selected = tree.Select(options.Selection, options.SelectionEpsilon, options.AllowSingleCluster);
        int[] kept = [.. selected.Where(cluster => cluster != CondensedTree.None).Distinct().Order()];
        _numbers =
            [.. selected.Select(cluster => cluster == CondensedTree.None ? ClusterPrediction.Noise : Array.BinarySearch(kept, cluster))];
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

    /// <summary>The number of clusters, without noise. Can be 0.</summary>
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

    /// <summary>The number of each cluster in the hierarchy.</summary>
    private int[] Selected { get; }

    /// <summary>Finds clusters.</summary>
    /// <param name="rows">n rows of finite values.</param>
    /// <param name="options">The options.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// There are too few rows (<c>TooFewRows</c>), a value is NaN or infinite (<c>NotFinite</c>), squared differences exceed the range of
    /// float32 (<c>ValuesTooSmall</c>, <c>ValuesTooLarge</c>), or the metric is undefined or infinite for a row (<c>UndefinedDistance</c>).
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
        float[] coreDistances = [.. Enumerable.Range(0, rows.RowCount).Select(row => neighbors?.Distances(row)[^1] ?? 0)];
        var edges = clock.Time(
            "spanning tree", 0.4, 0.95, part => SpanningTree.OfReachability(rows, coreDistances, neighbors, options.Distance, part));
        var fitted = clock.Time(
            "hierarchy",
            0.95,
            1,
            _ => new CondensedTree(new SingleLinkage(rows.RowCount, edges), rows.RowCount, options.MinimumClusterSize));
        var clusterer = new Hdbscan(
            new FittedRows(rows, options.Distance, NearestCount(options, rows.RowCount)),
            options,
            coreDistances,
            fitted)
        { Seconds = clock.TotalSeconds };
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
    /// <remarks>
    /// The distance is that to the farthest of the nearest rows, including the row itself; their number is twice MinimumSamples.
    /// </remarks>
    public override MeasuredClusters Measure(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        rows.ThrowIfNotFinite();
        var nearest = _rows.Find(rows, NearestCount(Options, _coreDistances.Length), execution);
        var assignments = new int[rows.RowCount];
        var strengths = new float[rows.RowCount];
        var outlierScores = new float[rows.RowCount];
        for (var row = 0; row < assignments.Length; row++)
        {
            var first = nearest.Neighbors(row)[0];
            (assignments[row], strengths[row], outlierScores[row]) = nearest.Distances(row)[0] == 0
                ? (_assignments[first], _strengths[first], _outlierScores[first])
                : PredictRow(nearest.Neighbors(row), nearest.Distances(row));
        }

        return new MeasuredClusters(
            new ClusterPrediction(assignments, strengths, ClusterCount, outlierScores), nearest.DistancesFromOthers());
    }

    void IModelPart<Hdbscan>.Write(ModelPartWriter part)
    {
        part.Set("options", Options);
        _rows.Write(part);
        part.Add<float>("cores", _coreDistances, _coreDistances.Length);
        _tree.Write(part);
    }

    static Hdbscan IModelPart<Hdbscan>.Read(ModelPartReader part)
    {
        var (options, rowCount) = (part.Get<HdbscanOptions>("options"), part.SizeOf("rows"));
        options.ThrowIfTooFewRows(rowCount);
        var rows = FittedRows.Read(part, options.Distance, NearestCount(options, rowCount));
        var coreDistances = part.GetArray<float>("cores", rowCount);
        return System.Numerics.Tensors.TensorPrimitives.Min<float>(coreDistances) >= 0
            ? new Hdbscan(rows, options, coreDistances, CondensedTree.Read(part, rowCount)) { Seconds = part.Seconds }
            : throw part.Corrupt("a core distance is negative");
    }

    /// <summary>
    /// The number of nearest rows to search for a new row: the one with the smallest mutual reachability distance need not be the nearest.
    /// </summary>
    private static int NearestCount(HdbscanOptions options, int rowCount) => (int)Math.Min(2L * options.MinimumSamples, rowCount);

    /// <summary>Predicts the cluster, the membership strength and the outlier score of a new row.</summary>
    private (int Cluster, float Strength, float OutlierScore) PredictRow(ReadOnlySpan<int> neighbors, ReadOnlySpan<float> distances)
    {
        // The row itself counts as the first of its nearest rows.
        var core = Options.MinimumSamples == 1 ? 0 : distances[Options.MinimumSamples - 2];
        var (best, distance) = (0, float.PositiveInfinity);
        for (var place = 0; place < distances.Length; place++)
        {
            var length = MathF.Max(MathF.Max(core, _coreDistances[neighbors[place]]), distances[place]);
            (best, distance) = length < distance ? (neighbors[place], length) : (best, distance);
        }

        var lambda = _tree.LambdaOf(distance);
        var cluster = _tree.LastCluster[best];
        while (cluster > 0 && _tree.BirthOf(cluster) > lambda)
        {
            cluster = _tree.ParentOf(cluster);
        }

        return (Membership(cluster, lambda, Selected, out var strength), strength, OutlierScore(cluster, lambda));
    }

    /// <summary>The outlier score of a density in a cluster of the hierarchy.</summary>
    private float OutlierScore(int cluster, double lambda) => _peaks[cluster] > lambda ? (float)(1 - (lambda / _peaks[cluster])) : 0;

    /// <summary>The cluster of a position in the hierarchy, and the membership strength.</summary>
    private int Membership(int cluster, double lambda, int[] kept, out float strength)
    {
        strength = 0;
        var number = _numbers[cluster];
        if (number == ClusterPrediction.Noise)
        {
            return number;
        }

        // If the root is a cluster, rows that leave it before its highest density are noise; otherwise, there would be no noise. With
        // SelectionEpsilon, its density is the limit.
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
        execution.Explain?.Invoke($"HDBSCAN: {clock.Summary}.");
        execution.Explain?.Invoke(
            $"{Quantity.Of(ClusterCount, "cluster")} of {_tree.Count} in the hierarchy; {noise} of "
                + $"{Quantity.Of(_assignments.Length, "row")} {(noise == 1 ? "is" : "are")} noise.");
        if (ClusterCount == 0)
        {
            execution.Advise(
                $"No clusters were found: all rows are noise. Use a smaller {nameof(Options.MinimumClusterSize)} or "
                + $"{nameof(Options.MinimumSamples)} to find smaller and sparser clusters, "
                + $"or {nameof(Options.AllowSingleCluster)} to allow a single cluster.",
                nameof(Options.MinimumClusterSize),
                nameof(Options.MinimumSamples),
                nameof(Options.AllowSingleCluster));
        }
    }
}
