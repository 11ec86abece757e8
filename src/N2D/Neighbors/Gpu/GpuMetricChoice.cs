namespace N2D.Neighbors;

/// <summary>An action that uses the operations of a metric on a GPU. It is compiled for each metric.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
internal interface IGpuMetricAction<out TResult>
{
    /// <summary>Runs the action.</summary>
    /// <param name="metric">The metric, for rows made by <see cref="MetricRows"/>.</param>
    /// <typeparam name="TMetric">The kind of metric.</typeparam>
    TResult Run<TMetric>(TMetric metric)
        where TMetric : unmanaged, IGpuMetric;
}

/// <summary>The metrics that a GPU supports: all that need no powers.</summary>
internal static class GpuMetricChoice
{
    /// <summary>Whether there are kernels for a distance.</summary>
    public static bool Supports(RowDistance distance) => distance.Simplified().Metric != DistanceMetric.Minkowski;

    /// <summary>Runs an action with the metric of a distance.</summary>
    /// <param name="distance">The distance.</param>
    /// <param name="action">The action.</param>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    public static TResult Run<TResult>(RowDistance distance, IGpuMetricAction<TResult> action) => distance.Simplified().Metric switch
    {
        DistanceMetric.Euclidean or DistanceMetric.SquaredEuclidean or DistanceMetric.Hellinger or DistanceMetric.Cosine
            or DistanceMetric.Correlation => action.Run(default(GpuEuclidean)),
        DistanceMetric.Manhattan => action.Run(default(GpuManhattan)),
        DistanceMetric.Chebyshev => action.Run(default(GpuChebyshev)),
        DistanceMetric.Canberra => action.Run(default(GpuCanberra)),
        DistanceMetric.BrayCurtis or DistanceMetric.Jaccard => action.Run(default(GpuBrayCurtis)),
        DistanceMetric.Hamming => action.Run(default(GpuHamming)),
        _ => throw new ArgumentOutOfRangeException(nameof(distance), distance, null),
    };
}
