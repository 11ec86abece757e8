namespace N2D.Neighbors;

/// <summary>The time for a coordinate under a metric.</summary>
internal static class KernelCost
{
    /// <summary>The time for a coordinate relative to that of the Euclidean metric.</summary>
    /// <param name="distance">The distance.</param>
    /// <param name="columnCount">The number of columns of the rows, d.</param>
    public static double Of(RowDistance distance, int columnCount) => KernelChoice.Run(distance, columnCount, default(CostOfKernel));

    private readonly struct CostOfKernel : IKernelAction<double>
    {
        public double Run<TKernel>(TKernel kernel)
            where TKernel : struct, IDistanceKernel => TKernel.RelativeCost;
    }
}
