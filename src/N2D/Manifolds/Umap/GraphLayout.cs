using System.Globalization;
using System.Numerics.Tensors;
using N2D.Devices;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>UMAP's second phase: optimizes the layout of the graph from initial coordinates (McInnes et al. 2018, section 4.2).</summary>
internal static class GraphLayout
{
    /// <summary>
    /// Below this many coordinates of pairs of rows, which are moved by one another in all epochs, the processor takes less than about a
    /// second on two cores, as long as a GPU takes to start.
    /// </summary>
    private const double GpuStart = 3e8;

    /// <summary>Optimizes a layout.</summary>
    /// <param name="neighbors">
    /// The neighbors that the graph was built from. Their distances are the local densities to keep, if any.
    /// </param>
    /// <param name="graph">The fuzzy graph, n x n, symmetric.</param>
    /// <param name="initial">n x c initial coordinates.</param>
    /// <param name="curve">a and b.</param>
    /// <param name="options">The options.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n x c coordinates, and the device that optimized them.</returns>
    /// <exception cref="N2DException">
    /// A coordinate is not finite (<c>LayoutDiverged</c>); or the device is not available (<c>DeviceUnavailable</c>), has too little memory
    /// (<c>OutOfDeviceMemory</c>) or failed (<c>DeviceFailed</c>).
    /// </exception>
    public static (Matrix Layout, ComputeDevice Device) Optimize(
        NeighborGraph neighbors, SparseMatrix graph, float[] initial, MembershipCurve curve, UmapOptions options, Execution execution)
    {
        var blocks = new LayoutBlocks(Matrix.Own(initial, options.Dimension), options.Seed, execution);
        var (layout, device) = Run(neighbors, graph, blocks, initial, curve, options, execution);
        return TensorPrimitives.IsFiniteAll<float>(layout)
            ? (Matrix.Own(layout, options.Dimension), device)
            : throw new N2DException(
                "LayoutDiverged",
                ErrorKind.InvalidArgument,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The layout diverged: its coordinates are no longer finite, "
                        + $"at learning rate {options.LearningRate} and spread {options.Spread}. ")
                    + $"Use a smaller {nameof(options.LearningRate)}, or a {nameof(options.Spread)} closer to 1.")
            {
                Options = [nameof(options.LearningRate), nameof(options.Spread)],
            };
    }

    private static (float[] Layout, ComputeDevice Device) Run(
        NeighborGraph neighbors,
        SparseMatrix graph,
        LayoutBlocks blocks,
        float[] initial,
        MembershipCurve curve,
        UmapOptions options,
        Execution execution)
    {
        if (options.DensityWeight > 0)
        {
            if (options.Device != ComputeDevice.Cpu)
            {
                execution.Explain?.Invoke("Device of the layout: the processor, because there is no kernel for densities.");
            }

            return OnProcessor(LocalRadii.Logarithms(neighbors, graph, execution));
        }

        var processorOnly = WhyProcessor(graph.RowCount, options.EpochsFor(graph.RowCount), options);
        return DeviceChoice.Run(
            options.Device,
            DeviceChoice.Resolve(options.Device, processorOnly),
            processorOnly,
            () => OnProcessor(logRadii: null),
            OnGpu,
            execution);

        (float[] Layout, ComputeDevice Device) OnProcessor(double[]? logRadii) =>
            (new LayoutOptimizer(graph, blocks, initial, curve, options, logRadii).Run(execution), ComputeDevice.Cpu);

        (float[] Layout, ComputeDevice Device) OnGpu(GpuSession session) =>
            (new GpuLayout(graph, blocks, initial, curve, options, execution).Run(session, execution), session.Device);
    }

    /// <summary>The reason why a layout suits the processor better than any GPU; null if there is none.</summary>
    /// <param name="rowCount">The number of rows that move.</param>
    /// <param name="epochCount">The number of epochs.</param>
    /// <param name="options">The options.</param>
    internal static string? WhyProcessor(int rowCount, int epochCount, UmapOptions options) =>
        (double)rowCount * epochCount * options.Dimension * (1 + options.NegativeSampleRate) < GpuStart
            ? "the layout takes less than about a second there"
            : null;
}
