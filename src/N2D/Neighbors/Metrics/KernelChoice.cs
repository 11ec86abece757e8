namespace N2D.Neighbors;

/// <summary>An action that uses a kernel. It is compiled for each metric.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
internal interface IKernelAction<out TResult>
{
    /// <summary>Runs the action.</summary>
    /// <param name="kernel">The kernel, for rows made by <see cref="MetricRows"/>.</param>
    /// <typeparam name="TKernel">The kind of kernel.</typeparam>
    TResult Run<TKernel>(TKernel kernel)
        where TKernel : struct, IDistanceKernel;
}

/// <summary>The kernels of the metrics.</summary>
internal static class KernelChoice
{
    /// <summary>Runs an action with the kernel of a distance.</summary>
    /// <param name="distance">The distance.</param>
    /// <param name="columnCount">The number of columns of the rows, d.</param>
    /// <param name="action">The action.</param>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    public static TResult Run<TResult>(RowDistance distance, int columnCount, IKernelAction<TResult> action)
    {
        var simplified = distance.Simplified();
        return simplified.Metric switch
        {
            DistanceMetric.Euclidean or DistanceMetric.Hellinger => action.Run(new EuclideanKernel(IsSquared: false)),
            DistanceMetric.SquaredEuclidean or DistanceMetric.Cosine or DistanceMetric.Correlation =>
                action.Run(new EuclideanKernel(IsSquared: true)),
            DistanceMetric.Manhattan => action.Run(default(ManhattanKernel)),
            DistanceMetric.Chebyshev => action.Run(default(ChebyshevKernel)),
            DistanceMetric.Minkowski => action.Run(new MinkowskiKernel(simplified.MinkowskiPower)),
            DistanceMetric.Canberra => action.Run(default(CanberraKernel)),
            DistanceMetric.BrayCurtis => action.Run(new BrayCurtisKernel(IsJaccard: false)),
            DistanceMetric.Jaccard => action.Run(new BrayCurtisKernel(IsJaccard: true)),
            DistanceMetric.Hamming => action.Run(new HammingKernel(columnCount)),
            _ => throw new ArgumentOutOfRangeException(nameof(distance), distance, null),
        };
    }
}
