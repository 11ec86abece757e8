using N2D.Devices;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>Places new rows in a fitted layout, on the processor or on a GPU.</summary>
internal sealed class UmapPlaces
{
    private const int RowsPerBlock = 32;

    private readonly UmapOptions _options;
    private readonly MembershipCurve _curve;
    private readonly AlignedRows _fitted;

    /// <summary>Prepares to place rows.</summary>
    /// <param name="options">The options of the fit.</param>
    /// <param name="layout">The layout of the fit, n x c.</param>
    /// <param name="curve">a and b.</param>
    public UmapPlaces(UmapOptions options, Matrix layout, MembershipCurve curve)
    {
        (_options, _curve) = (options, curve);
        _fitted = new AlignedRows(layout.RowCount, layout.ColumnCount);
        for (var row = 0; row < layout.RowCount; row++)
        {
            layout.Row(row).CopyTo(_fitted[row]);
        }
    }

    /// <summary>Places rows on a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="rows">n' x d finite values.</param>
    /// <param name="neighbors">The k nearest rows of the fit of each row, the first at a finite distance.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The positions, n' x c.</returns>
    /// <exception cref="N2DException">
    /// The device is not available (<c>DeviceUnavailable</c>), has too little memory (<c>OutOfDeviceMemory</c>) or failed
    /// (<c>DeviceFailed</c>).
    /// </exception>
    public Matrix On(ComputeDevice device, Matrix rows, NeighborGraph neighbors, Execution execution)
    {
        var processorOnly = GraphLayout.WhyProcessor(rows.RowCount, OutOfSamplePlacement.EpochsOf(_options), _options);
        return DeviceChoice.Run(
            device,
            DeviceChoice.Resolve(device, processorOnly),
            processorOnly,
            () => OnProcessor(rows, neighbors, execution),
            session => new GpuPlacement(_fitted, _curve, _options).Run(session, rows, neighbors, execution),
            execution);
    }

    private Matrix OnProcessor(Matrix rows, NeighborGraph neighbors, Execution execution)
    {
        var dimension = _options.Dimension;
        var layout = new float[ArraySize.Of(rows.RowCount, dimension)];
        var done = 0;
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var placement = new OutOfSamplePlacement(_fitted, _curve, _options);
            for (var row = start; row < end; row++)
            {
                placement.Compute(rows.Row(row), neighbors.Neighbors(row), neighbors.Distances(row), execution.CancellationToken);
                placement.Coordinates[..dimension].CopyTo(layout.AsSpan(row * dimension));
            }

            var finished = Interlocked.Add(ref done, end - start);
            execution.Report($"layout of {finished} of {Quantity.Of(rows.RowCount, "row")}", (double)finished / rows.RowCount);
        });
        return Matrix.Own(layout, dimension);
    }
}
