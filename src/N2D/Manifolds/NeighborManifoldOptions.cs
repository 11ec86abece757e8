using N2D.Devices;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>Options of a manifold learner that starts from the nearest neighbors of each row.</summary>
public abstract record NeighborManifoldOptions : ManifoldOptions
{
    /// <summary>Sets the default dimension.</summary>
    /// <param name="dimension">c.</param>
    protected NeighborManifoldOptions(int dimension)
        : base(dimension)
    {
    }

    /// <summary>
    /// The device that searches the neighbors: the processor or an NVIDIA GPU, which always searches exactly. UMAP optimizes its layout
    /// there, too; everything else is computed on the processor. <see cref="ComputeDevice.Auto"/> selects a GPU for large work, if there is
    /// one, and warns if it fails. Default: the processor, because the kernels have not been measured on GPUs yet.
    /// </summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>Whether the learner uses the device even if neighbors are given.</summary>
    private protected virtual bool UsesDeviceAfterSearch => false;

    /// <summary>The distance between rows.</summary>
    internal abstract RowDistance Distance { get; }

    /// <inheritdoc/>
    /// <exception cref="N2DException">
    /// The device is not available (<c>DeviceUnavailable</c>), or the metric has no kernel for it (<c>MetricNotOnDevice</c>).
    /// </exception>
    public override void ThrowIfUnavailable() => NeighborSearch.ThrowIfUnavailable(Device, Distance);

    /// <summary>Returns the given neighbors, or searches them.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="context">The optional inputs of the fit.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The neighbors, and the name of the device that found them.</returns>
    internal (NeighborGraph Graph, string Device) NeighborsOf(Matrix rows, ManifoldContext context, Execution execution)
    {
        var count = NeighborCountFor(rows.RowCount);
        if (context.Neighbors is not null)
        {
            return (context.Neighbors.First(count, execution), ComputeDevice.Cpu.ToString());
        }

        var found = NeighborSearch.FindOn(Device, rows, count, Distance, execution);
        return (found.Graph, found.Device.ToString());
    }

    /// <inheritdoc/>
    private protected override void ThrowIfUnfitContext(int rowCount, ManifoldContext context)
    {
        if (Device != ComputeDevice.Cpu && context.Neighbors is not null && !UsesDeviceAfterSearch)
        {
            throw new N2DException(
                "DeviceWithNeighbors",
                ErrorKind.InvalidArgument,
                $"{nameof(context.Neighbors)} and {nameof(Device)} cannot be combined: given neighbors are not searched. Remove one of the "
                    + "two.",
                context.Neighbors)
            {
                Options = [nameof(context.Neighbors), nameof(Device)],
            };
        }
    }
}
