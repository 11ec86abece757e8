using System.Diagnostics;
using System.Globalization;
using N2D.Devices;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>
/// k-means (Lloyd, 1982): k centers that minimize the sum of the rows' squared distances to their nearest center; the best of several
/// k-means++ starts. Immutable.
/// </summary>
/// <remarks>
/// New rows are assigned to their nearest center, with probability 1. Clusters are numbered by decreasing number of rows.
/// </remarks>
public sealed class KMeans : FittedClusterer, IModelPart<KMeans>
{
    // Two starts count as the same optimum if their inertias differ by less than this share, because they stop at a tolerance.
    private const double SameOptimum = 1e-4;

    /// <summary>
    /// Below this many coordinates of pairs of rows and centers in an iteration of all starts, the processor takes by estimate less than
    /// about a second on two cores, as long as a GPU takes to start.
    /// </summary>
    private const double GpuStart = 5e8;

    private static readonly KMeansOptions Defaults = new(1);

    private const int RowsPerBlock = 256;

    private readonly float[] _centers;
    private readonly KMeansStart[] _starts;
    private readonly int _rowCount;
    private readonly double _totalWeight;

    private KMeans(float[] centers, KMeansOptions options, KMeansStart[] starts, int rowCount, double totalWeight)
    {
        _centers = centers;
        _starts = starts;
        _rowCount = rowCount;
        _totalWeight = totalWeight;
        Options = options;
        Inertia = starts.Min(start => start.Inertia);
    }

    /// <inheritdoc/>
    public override string Name => nameof(KMeans);

    /// <inheritdoc/>
    public override int ClusterCount => Options.ClusterCount;

    /// <inheritdoc/>
    public override int Dimension => _centers.Length / ClusterCount;

    /// <inheritdoc/>
    public override KMeansOptions Options { get; }

    /// <inheritdoc/>
    public override int? StartCount => _starts.Length;

    /// <inheritdoc/>
    public override int? BestStartCount => _starts.Count(IsAtBest);

    /// <summary>
    /// The difference between the best optimum and the next best one that a start reached, in mean squared distance to the center; null if
    /// all starts reached the best one.
    /// </summary>
    public override double? OptimumGap => NextBest() is { } next ? (next.Inertia - Inertia) / _totalWeight : null;

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(
    [
        new("ClusterCount", ClusterCount),
        new("InitialCenter", InitialCenterValidation.Describe(Options.InitialCenters)),
        new("StartCount", Options.StartCount),
        new("MaximumIteration", Options.MaxIterations, Defaults.MaxIterations),
        new("Tolerance", Options.Tolerance, Defaults.Tolerance),
        new("Seed", Seed),
    ]);

    /// <summary>
    /// The sum of the squared distances of the rows of the fit to their centers, weighted if the rows have weights; that of the best start.
    /// </summary>
    public double Inertia { get; }

    /// <summary>The result of each start, in order.</summary>
    public IReadOnlyList<KMeansStart> GetStarts() => _starts;

    /// <summary>The center of a cluster, d values.</summary>
    /// <param name="cluster">The number of the cluster.</param>
    public float[] GetCenter(int cluster) => _centers.AsSpan(cluster * Dimension, Dimension).ToArray();

    /// <inheritdoc/>
    private protected override double[][] CentersOfClusters() =>
        [.. Enumerable.Range(0, ClusterCount).Select(cluster => Array.ConvertAll(GetCenter(cluster), value => (double)value))];

    /// <summary>Fits k-means.</summary>
    /// <param name="rows">n rows of finite values.</param>
    /// <param name="options">The options.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <param name="weights">
    /// The weight of each row, 0 or more, as sample_weight in scikit-learn; null if each row counts once. Rows with weight 0 are ignored.
    /// </param>
    /// <exception cref="N2DException">
    /// There are fewer rows than clusters (<c>ClusterCountOutOfRange</c>), a value is NaN or infinite (<c>NotFinite</c>), squared
    /// differences exceed the range of float32 (<c>ValuesTooSmall</c>, <c>ValuesTooLarge</c>), or weights are invalid
    /// (<c>WeightCountMismatch</c>, <c>WeightOutOfRange</c>). The device is not available (<c>DeviceUnavailable</c>), its memory is too
    /// small (<c>OutOfDeviceMemory</c>), or it failed (<c>DeviceFailed</c>).
    /// </exception>
    public static KMeans Fit(Matrix rows, KMeansOptions options, Execution execution, IReadOnlyList<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        var weighted = RowWeights.Of(rows, weights);
        var counts = weighted.Weights;
        rows = weighted.Rows;
        options.ThrowIfUnusable(rows);
        options.ThrowIfUnavailable();
        InitialCenterValidation.ThrowIfMismatched(options.InitialCenters, rows, "initial centers", nameof(options.InitialCenters));
        RowUnit.ThrowIfOutOfRange(rows);
        var clock = Stopwatch.StartNew();
        var blocks = ColumnBlocks.Of(rows, execution);
        var tolerance = options.Tolerance * ColumnVariance.Mean(rows, execution, counts);
        var processorOnly = WhyProcessor(rows, options);
        var (starts, best, bestClusters, device) = DeviceChoice.Run(
            options.Device,
            DeviceChoice.Resolve(options.Device, processorOnly),
            processorOnly,
            () => Starts(onDevice: null, ComputeDevice.Cpu),
            OnGpu,
            execution);
        ClusterSizes.WarnIfEmpty(ClusterSizes.Of(bestClusters, options.ClusterCount), execution);
        var order = counts is null
            ? ClusterSizes.Renumber(bestClusters, options.ClusterCount)
            : ClusterSizes.Descending(ClusterSizes.Of(bestClusters, options.ClusterCount, counts));
        var ordered = new float[best.Length];
        for (var place = 0; place < order.Length; place++)
        {
            best.AsSpan(order[place] * rows.ColumnCount, rows.ColumnCount).CopyTo(ordered.AsSpan(place * rows.ColumnCount));
        }

        var fitted = new KMeans(ordered, options, starts, rows.RowCount, weighted.Total)
        {
            Seconds = clock.Elapsed.TotalSeconds,
            Device = device.ToString(),
        };
        fitted.Explain(execution);
        return fitted;

        (KMeansStart[] Starts, float[] Centers, int[] Clusters, ComputeDevice Device) OnGpu(GpuSession session)
        {
            execution.Explain?.Invoke($"k-means: {Quantity.Of(options.StartCount, "start")} on {session.Device}.");
            using var onDevice = new GpuAssignment(session, rows, options.ClusterCount, counts);
            return Starts(onDevice, session.Device);
        }

        (KMeansStart[] Starts, float[] Centers, int[] Clusters, ComputeDevice Device) Starts(
            IClusterAssignment? onDevice, ComputeDevice usedDevice)
        {
            var iterations = new HamerlyIterations(rows, options.ClusterCount, blocks, counts, onDevice);
            var results = new KMeansStart[options.StartCount];
            var (centersOfBest, clustersOfBest) = (Array.Empty<float>(), Array.Empty<int>());
            for (var start = 0; start < results.Length; start++)
            {
                void Report(string status, double fraction) => execution.Report(
                    $"start {start + 1} of {results.Length}, {status}", (start + fraction) / results.Length);

                Report("drawing centers", 0);
                var random = new RandomSequence(options.Seed, RandomPurpose.Clustering, start);
                var centers = options.InitialCenters?.Values.ToArray()
                    ?? KMeansPlusPlus.Choose(blocks, options.ClusterCount, ref random, execution, counts);
                var (count, converged) = iterations.Run(centers, options.MaxIterations, tolerance, execution, iteration => Report(
                    $"iteration {iteration + 1}", (iteration + 1.0) / (options.MaxIterations + 1)));
                var inertia = ParallelRows.Sum(rows.RowCount, 1024, execution, (first, end) =>
                {
                    var sum = 0.0;
                    for (var row = first; row < end; row++)
                    {
                        sum += iterations.SquaredDistance(row, centers) * (counts is null ? 1 : counts[row]);
                    }

                    return sum;
                });
                inertia *= weighted.Unit;
                results[start] = new KMeansStart(start, inertia, count, converged);
                if (start == 0 || inertia < results.Take(start).Min(earlier => earlier.Inertia))
                {
                    (centersOfBest, clustersOfBest) = (centers, [.. iterations.Clusters]);
                }
            }

            return (results, centersOfBest, clustersOfBest, usedDevice);
        }
    }

    /// <inheritdoc/>
    public override ClusterPrediction Predict(Matrix rows, Execution execution) => Measure(rows, execution).Prediction;

    /// <inheritdoc/>
    /// <remarks>The distance is that to the nearest center.</remarks>
    public override MeasuredClusters Measure(Matrix rows, Execution execution)
    {
        var (assignments, nearest, _) = Find(rows, execution);
        return new MeasuredClusters(ClusterPrediction.Certain(assignments, ClusterCount), nearest);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Without a row, the center of its n rows is n / (n - 1) times as far from it; the other centers are assumed to stay. A row that is
    /// alone in its cluster is measured from the next center.
    /// </remarks>
    internal override float[] MeasureLeftOut(Matrix rows, Execution execution)
    {
        var (assignments, nearest, next) = Find(rows, execution);
        var sizes = ClusterSizes.Of(assignments, ClusterCount);
        for (var row = 0; row < nearest.Length; row++)
        {
            // If these rows are a sample of the fit's rows, the clusters are larger by the same factor.
            var count = sizes[assignments[row]] * ((double)_rowCount / rows.RowCount);
            var own = count > 1.5 ? (float)(count / (count - 1) * nearest[row]) : float.PositiveInfinity;
            var least = Math.Min(own, next[row]);
            nearest[row] = float.IsFinite(least) ? least : nearest[row];
        }

        return nearest;
    }

    void IModelPart<KMeans>.Write(ModelPartWriter part)
    {
        part.Set("options", Options);
        part.Set("starts", _starts);
        part.Set("rowCount", _rowCount);
        part.Set("totalWeight", _totalWeight);
        part.Add<float>("centers", _centers, ClusterCount, Dimension);
        if (Options.InitialCenters is { } initial)
        {
            part.Add("initialCenters", initial);
        }
    }

    static KMeans IModelPart<KMeans>.Read(ModelPartReader part)
    {
        var (options, starts, rowCount) =
            (part.Get<KMeansOptions>("options"), part.GetList<KMeansStart>("starts"), part.Get<int>("rowCount"));
        if (starts.Length != options.StartCount || rowCount < 1)
        {
            throw part.Corrupt($"it has {starts.Length} starts on {rowCount} rows, but {options.StartCount} in its options");
        }

        var centers = part.GetMatrix("centers", rowCount: options.ClusterCount);
        if (part.Has("initialCenters"))
        {
            options = options with { InitialCenters = part.GetMatrix("initialCenters", options.ClusterCount, centers.ColumnCount) };
        }

        return new KMeans(centers.Values.ToArray(), options, starts, rowCount, part.Find<double>("totalWeight") ?? rowCount)
        { Seconds = part.Seconds, Device = part.Device };
    }

    /// <summary>Finds the nearest center of each row, and the distances to it and to the next nearest.</summary>
    private (int[] Assignments, float[] Nearest, float[] Next) Find(Matrix rows, Execution execution)
    {
        ThrowIfMismatched(rows);
        ArgumentNullException.ThrowIfNull(execution);
        rows.ThrowIfNotFinite();
        var centers = new NearestCenters(ClusterCount, Dimension);
        centers.Set(_centers);
        var (assignments, nearest, next) = (new int[rows.RowCount], new float[rows.RowCount], new float[rows.RowCount]);
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var scratch = new float[centers.ScratchLength];
            Span<int> numbers = stackalloc int[RowsPerBlock];
            Span<CenterDistances> found = stackalloc CenterDistances[RowsPerBlock];
            numbers = numbers[..(end - start)];
            for (var place = 0; place < numbers.Length; place++)
            {
                numbers[place] = start + place;
            }

            centers.Find(rows, numbers, found, scratch);
            for (var place = 0; place < numbers.Length; place++)
            {
                (assignments[start + place], nearest[start + place], next[start + place]) =
                    (found[place].Center, MathF.Sqrt(found[place].Nearest), MathF.Sqrt(found[place].Next));
            }
        });
        return (assignments, nearest, next);
    }

    /// <summary>The reason why a fit suits the processor better than any GPU; null if there is none.</summary>
    private static string? WhyProcessor(Matrix rows, KMeansOptions options) =>
        (double)rows.RowCount * rows.ColumnCount * options.ClusterCount * options.StartCount < GpuStart
            ? "k-means takes less than about a second there"
            : null;

    private bool IsAtBest(KMeansStart start) => start.Inertia <= Inertia * (1 + SameOptimum);

    private KMeansStart? NextBest() => _starts.Where(start => !IsAtBest(start)).MinBy(start => start.Inertia);

    private void Explain(Execution execution)
    {
        if (execution.Explain is not { } explain)
        {
            return;
        }

        var best = _starts.MinBy(start => start.Inertia)!;
        explain(string.Create(
            CultureInfo.InvariantCulture,
            $"Best inertia {best.Inertia:G6}, reached by start {best.Index + 1} in {Quantity.Of(best.Iterations, "iteration")}; "
                + $"{BestStartCount} of {Quantity.Of(_starts.Length, "start")} reached it."));
        explain(NextBest() is { } next
            ? string.Create(CultureInfo.InvariantCulture, $"The next best optimum has inertia {next.Inertia:G6} (start {next.Index + 1}).")
            : "All starts reached the same optimum.");
        if (_starts.Count(start => !start.Converged) is > 0 and var unfinished)
        {
            explain(
                $"{Quantity.Of(unfinished, "start")} did not converge within {Quantity.Of(Options.MaxIterations, "iteration")}; "
                + "more iterations could reduce the inertia.");
        }
    }
}
