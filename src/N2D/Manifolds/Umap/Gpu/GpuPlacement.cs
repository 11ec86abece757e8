using ILGPU;
using ILGPU.Runtime;
using N2D.Devices;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Computes the positions of new rows in a fitted layout on a GPU, with the bytes of <see cref="OutOfSamplePlacement"/>, which computes
/// where they start. Rows are placed in blocks that fit into the memory.
/// </summary>
/// <param name="fitted">The layout of the fit, n x c.</param>
/// <param name="curve">a and b.</param>
/// <param name="options">The fit's options.</param>
internal sealed class GpuPlacement(AlignedRows fitted, MembershipCurve curve, UmapOptions options)
{
    /// <summary>Enough rows to occupy any GPU.</summary>
    private const int MostRows = 1 << 17;

    /// <summary>The coordinates of pairs of rows in a launch, less than a second on the slowest GPUs.</summary>
    private const double PairsPerLaunch = 5e9;

    private const int RowsPerBlock = 32;

    private readonly int _epochCount = OutOfSamplePlacement.EpochsOf(options);

    /// <summary>Places rows.</summary>
    /// <param name="session">The GPU.</param>
    /// <param name="rows">n' x d finite values.</param>
    /// <param name="neighbors">The k nearest rows of the fit of each row.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>The positions, n' x c.</returns>
    /// <exception cref="N2DException">The layout does not fit into the memory of the GPU (<c>OutOfDeviceMemory</c>).</exception>
    public Matrix Run(GpuSession session, Matrix rows, NeighborGraph neighbors, Execution execution)
    {
        var blockRows = RowsThatFit(session, rows.RowCount);
        using var memory = new GpuMemory(session.Accelerator);
        var views = Allocate(memory, blockRows);
        var move = session.Accelerator.LoadAutoGroupedStreamKernel<Index1D, PlacementViews, ForceFormulas, EpochRange>(
            PlacementKernel.Move);
        var layout = new float[ArraySize.Of(rows.RowCount, options.Dimension)];
        var block = new PlacementBlock(blockRows, options.NeighborCount, options.Dimension);
        var forces = new ForceFormulas(curve, options.RepulsionStrength);
        var pairsPerEpoch = (double)blockRows * options.NeighborCount * options.Dimension * (1 + options.NegativeSampleRate);
        var epochsPerLaunch = (int)Math.Clamp(PairsPerLaunch / pairsPerEpoch, 1, Math.Max(1, _epochCount));
        for (var first = 0; first < rows.RowCount; first += blockRows)
        {
            var count = Math.Min(blockRows, rows.RowCount - first);
            Start(block, rows, neighbors, first, count, execution);
            block.CopyTo(session.Accelerator, views);
            for (var epoch = 0; epoch < _epochCount; epoch += epochsPerLaunch)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                var end = Math.Min(epoch + epochsPerLaunch, _epochCount);
                move(count, views, forces, new EpochRange(
                    epoch,
                    end,
                    _epochCount,
                    OutOfSamplePlacement.LearningRateShare * options.LearningRate,
                    options.NegativeSampleRate,
                    fitted.RowCount));
                session.Accelerator.Synchronize();
                execution.Report(
                    $"layout of {first + count} of {Quantity.Of(rows.RowCount, "row")} on {session.Device}",
                    (first + ((double)end / _epochCount * count)) / rows.RowCount);
            }

            block.ReadPositions(session.Accelerator, views);
            for (var row = 0; row < count; row++)
            {
                block.CopyPosition(row, layout.AsSpan((first + row) * options.Dimension, options.Dimension));
            }
        }

        return Matrix.Own(layout, options.Dimension);
    }

    private void Start(PlacementBlock block, Matrix rows, NeighborGraph neighbors, int first, int count, Execution execution) =>
        ParallelRows.For(count, RowsPerBlock, execution, (start, end) =>
        {
            var placement = new OutOfSamplePlacement(fitted, curve, options);
            for (var row = start; row < end; row++)
            {
                placement.Start(neighbors.Neighbors(first + row), neighbors.Distances(first + row));
                block.Set(row, placement, rows.Row(first + row));
            }
        });

    private PlacementViews Allocate(GpuMemory memory, int blockRows)
    {
        var layout = new float[ArraySize.Of(fitted.RowCount, options.Dimension)];
        for (var row = 0; row < fitted.RowCount; row++)
        {
            fitted[row][..options.Dimension].CopyTo(layout.AsSpan(row * options.Dimension));
        }

        var edges = (long)blockRows * options.NeighborCount;
        var coordinates = (long)blockRows * options.Dimension;
        return new PlacementViews(
            memory.Copy<float>(layout),
            options.Dimension,
            memory.Allocate<float>(coordinates),
            memory.Allocate<float>(coordinates),
            blockRows,
            memory.Allocate<int>(blockRows),
            memory.Allocate<int>(edges),
            memory.Allocate<float>(edges),
            memory.Allocate<RandomSequence>(blockRows));
    }

    private int RowsThatFit(GpuSession session, int rowCount)
    {
        var free = session.FreeBytes;
        var layoutBytes = (long)fitted.RowCount * options.Dimension * sizeof(float);
        var rowBytes = (long)sizeof(float) * (1 + (2 * options.NeighborCount) + (2 * options.Dimension)) + sizeof(ulong);
        var arrayRows = Array.MaxLength / Math.Max(options.NeighborCount, options.Dimension);
        return layoutBytes + rowBytes <= free
            ? (int)Math.Min(Math.Min((free - layoutBytes) / rowBytes, Math.Min(MostRows, arrayRows)), Math.Max(1, rowCount))
            : throw GpuFailure.TooLarge(
                session.Device,
                $"The places of new rows among {Quantity.Of(fitted.RowCount, "row")}",
                layoutBytes + rowBytes,
                free,
                Math.Max(0, (free - rowBytes) / ((long)options.Dimension * sizeof(float))));
    }
}
