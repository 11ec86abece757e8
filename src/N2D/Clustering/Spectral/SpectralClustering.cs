using System.Globalization;
using N2D.Neighbors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Clustering;

/// <summary>
/// Spectral clustering: k-means on the first eigenvectors of the normalized Laplacian of the neighbor graph, divided by the square root of
/// each row's degree (Shi and Malik, 2000; von Luxburg, 2007). Finds clusters of any shape that are weakly connected in the graph.
/// Immutable.
/// </summary>
/// <remarks>
/// The graph needs O(n) memory and the eigenvectors O(n k); there is no matrix of all pairs. If the graph has more connected components
/// than clusters, the result is partly arbitrary, and a warning says so.
/// </remarks>
public sealed class SpectralClustering : RowClusterer, IModelPart<SpectralClustering>
{
    private static readonly SpectralOptions Defaults = new(1);

    private readonly double[] _eigenvalues;

    private SpectralClustering(
        Matrix rows, SpectralOptions options, NeighborGraph neighbors, KMeans means, int[] assignments, double[] eigenvalues)
        : base(rows, assignments, means.ClusterCount, neighbors)
    {
        _eigenvalues = eigenvalues;
        Options = options;
        BestStartCount = means.BestStartCount;
        OptimumGap = means.OptimumGap;
    }

    private SpectralClustering(ModelPartReader part, SpectralOptions options, int clusterCount)
        : base(part, clusterCount, options, options.NeighborCount)
    {
        _eigenvalues = part.GetArray<double>("eigenvalues", part.SizeOf("eigenvalues", rank: 1));
        Options = options;
        BestStartCount = part.Get<int>("bestStartCount");
        OptimumGap = part.Find<double>("optimumGap");
    }

    /// <inheritdoc/>
    public override string Name => nameof(ClusterMethod.Spectral);

    /// <inheritdoc/>
    public override SpectralOptions Options { get; }

    /// <summary>The number of k-means starts.</summary>
    public override int? StartCount => Options.StartCount;

    /// <inheritdoc/>
    public override int? BestStartCount { get; }

    /// <summary>The optimum gap of k-means, in the coordinates of the eigenvectors.</summary>
    public override double? OptimumGap { get; }

    /// <inheritdoc/>
    public override string Settings => StageSettings.TextOf(
    [
        new("ClusterCount", Options.ClusterCounts),
        new("NeighborCount", Options.NeighborCount),
        new("StartCount", Options.StartCount, Defaults.StartCount),
        new("Seed", Seed),
    ]);

    /// <summary>
    /// The smallest eigenvalues of the normalized Laplacian, ascending from 0: one more than the largest number of clusters, if there are
    /// that many.
    /// </summary>
    public IReadOnlyList<double> GetEigenvalues() => _eigenvalues.AsReadOnly();

    /// <summary>Finds clusters.</summary>
    /// <param name="rows">n rows of finite values.</param>
    /// <param name="options">The options.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// There are fewer rows than clusters (<c>ClusterCountOutOfRange</c>) or than neighbors (<c>TooFewRows</c>), a value is NaN or infinite
    /// (<c>NotFinite</c>), or rows are so far apart that their distances overflow (<c>UndefinedDistance</c>).
    /// </exception>
    public static SpectralClustering Fit(Matrix rows, SpectralOptions options, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        options.ThrowIfUnusable(rows);
        var clock = new StageClock(execution);
        var counts = options.ClusterCounts.UpTo(rows.RowCount);
        var vectorCount = Math.Min(counts.Most + 1, rows.RowCount);
        var (neighbors, graph, vectors, eigenvalues, componentSizes) =
            NeighborSpectrum.Of(rows, options.NeighborCount, vectorCount, options.Seed, clock, 0.9);
        var curve = counts.IsSingle ? [] : EigengapChoice.Choose(counts, eigenvalues, componentSizes);
        var clusterCount = counts.IsSingle ? counts.Most : curve.Single(point => point.IsChosen).ClusterCount;
        WarnOfComponents(componentSizes.Length, clusterCount, options, execution);
        var means = clock.Time("k-means", 0.9, 1, part =>
        {
            var coordinates = Coordinates(graph, vectors, vectorCount, clusterCount);
            var kMeans = KMeans.Fit(
                coordinates,
                new KMeansOptions(clusterCount) { StartCount = options.StartCount, Seed = options.Seed },
                part with { Explain = null });
            return (Model: kMeans, Assignments: kMeans.Predict(coordinates, part).Assignments.ToArray());
        });
        execution.Explain?.Invoke($"Spectral: {clock.Summary}.");
        execution.Explain?.Invoke("Smallest eigenvalues of the Laplacian: "
            + string.Join(" ", eigenvalues.Select(value => value.ToString("G3", CultureInfo.InvariantCulture))) + ".");
        ClusterCountScore.Explain(curve, "eigengap", execution);
        EigengapChoice.WarnIfTiny(curve, componentSizes, execution);
        EigengapChoice.WarnIfWeak(curve, execution);
        ClusterCountScore.WarnIfAtTheEnd(curve, options.ClusterCounts, execution);
        return new SpectralClustering(rows, options, neighbors, means.Model, means.Assignments, eigenvalues)
        { Seconds = clock.TotalSeconds, Curve = curve };
    }

    void IModelPart<SpectralClustering>.Write(ModelPartWriter part)
    {
        part.Set("options", Options);
        part.Set("clusterCount", ClusterCount);
        part.Set("bestStartCount", BestStartCount);
        part.Set("optimumGap", OptimumGap);
        part.Set("curve", Curve.ToArray());
        WriteRows(part);
        part.Add<double>("eigenvalues", _eigenvalues, _eigenvalues.Length);
    }

    static SpectralClustering IModelPart<SpectralClustering>.Read(ModelPartReader part)
    {
        var (options, clusterCount) = (part.Get<SpectralOptions>("options"), part.Get<int>("clusterCount"));
        return clusterCount >= options.ClusterCounts.Least && clusterCount <= options.ClusterCounts.Most
            ? new SpectralClustering(part, options, clusterCount)
            { Seconds = part.Seconds, Curve = part.GetList<ClusterCountScore>("curve") }
            : throw part.Corrupt($"its number of clusters, {clusterCount}, does not match its options");
    }

    /// <summary>
    /// The spectral embedding: the first eigenvectors over the square root of each row's degree, scaled so that the trivial one is 1.
    /// </summary>
    private static Matrix Coordinates(SparseMatrix graph, float[] vectors, int vectorCount, int count)
    {
        var degrees = graph.RowSums();
        var total = degrees.Sum();
        var coordinates = new float[ArraySize.Of(graph.RowCount, count)];
        for (var row = 0; row < graph.RowCount; row++)
        {
            var scale = Math.Sqrt(total / degrees[row]);
            for (var column = 0; column < count; column++)
            {
                coordinates[(row * count) + column] = (float)(scale * vectors[(row * vectorCount) + column]);
            }
        }

        return Matrix.Own(coordinates, count);
    }

    private static void WarnOfComponents(int componentCount, int clusterCount, SpectralOptions options, Execution execution)
    {
        if (componentCount > clusterCount)
        {
            var countOption = options.ClusterCounts.IsSingle ? nameof(options.ClusterCounts) : ClusterCountRange.MostOption;
            execution.Advise(
                $"The neighbor graph has {componentCount} connected components, more than the {Quantity.Of(clusterCount, "cluster")}: "
                + "which components share a cluster is arbitrary. "
                + $"Use a larger {nameof(options.NeighborCount)}, or allow {componentCount} or more clusters ({countOption}).",
                nameof(options.NeighborCount),
                countOption);
        }
        else if (componentCount > 1)
        {
            execution.Explain?.Invoke($"The neighbor graph has {componentCount} connected components.");
        }
    }
}
