using ILGPU;
using ILGPU.Runtime;
using N2D.Devices;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>Assigns rows to centers on a GPU. The rows are copied there once, for all starts.</summary>
internal sealed class GpuAssignment : IClusterAssignment, IDisposable
{
    private const int MaxParts = 1024;
    private const int FewestPartRows = 64;
    private const long MaxBytesOfParts = 256L << 20;

    /// <summary>The coordinates of pairs in a launch, less than a second on the slowest GPUs.</summary>
    private const double PairsPerLaunch = 5e9;

    private readonly Accelerator _accelerator;
    private readonly GpuMemory _memory;
    private readonly AssignmentViews _views;
    private readonly double[] _sums;
    private readonly Action<Index1D, AssignmentViews, int> _assign;
    private readonly Action<Index1D, AssignmentViews> _sumPart;
    private readonly Action<Index1D, AssignmentViews> _addParts;

    /// <summary>Copies rows to a GPU.</summary>
    /// <param name="session">The GPU.</param>
    /// <param name="rows">n x d.</param>
    /// <param name="clusterCount">k.</param>
    /// <param name="weights">The weight of each row, above 0; null if each row counts once.</param>
    /// <exception cref="N2DException">The rows do not fit into the memory of the GPU (<c>OutOfDeviceMemory</c>).</exception>
    public GpuAssignment(GpuSession session, Matrix rows, int clusterCount, double[]? weights)
    {
        var (rowCount, dimension) = (rows.RowCount, rows.ColumnCount);
        _sums = new double[ArraySize.Of(clusterCount, dimension + AssignmentKernels.ExtraSums)];
        var bytesOfPart = sizeof(double) * (long)_sums.Length;

        // The number of parts must depend on the shape only, so that the same rows give the same bytes.
        var mostParts = (int)Math.Clamp(MaxBytesOfParts / bytesOfPart, 1, MaxParts);
        var partRows = Math.Max(FewestPartRows, (rowCount + mostParts - 1) / mostParts);
        var partCount = (rowCount + partRows - 1) / partRows;
        ThrowIfTooLarge(session, rows, clusterCount, (partCount + 1) * bytesOfPart);
        _accelerator = session.Accelerator;
        _memory = new GpuMemory(_accelerator);
        try
        {
            _views = new AssignmentViews(
                _memory.Copy<float>(ColumnsOf(rows)),
                _memory.Copy<double>(weights ?? [.. Enumerable.Repeat(1.0, rowCount)]),
                _memory.Allocate<float>((long)clusterCount * dimension),
                _memory.Allocate<int>(rowCount),
                _memory.Allocate<int>(rowCount),
                _memory.Allocate<double>((long)partCount * _sums.Length),
                _memory.Allocate<double>(_sums.Length),
                rowCount,
                dimension,
                clusterCount,
                partRows,
                partCount);
            _assign = _accelerator.LoadAutoGroupedStreamKernel<Index1D, AssignmentViews, int>(AssignmentKernels.Assign);
            _sumPart = _accelerator.LoadAutoGroupedStreamKernel<Index1D, AssignmentViews>(AssignmentKernels.SumPart);
            _addParts = _accelerator.LoadAutoGroupedStreamKernel<Index1D, AssignmentViews>(AssignmentKernels.AddParts);
        }
        catch
        {
            _memory.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Start()
    {
        var none = new int[_views.RowCount];
        Array.Fill(none, -1);
        _views.Clusters.CopyFromCPU(_accelerator.DefaultStream, none);
        _accelerator.Synchronize();
    }

    /// <inheritdoc/>
    public double Assign(float[] centers, int[] clusters, ClusterSums sums, Execution execution)
    {
        _views.Centers.CopyFromCPU(_accelerator.DefaultStream, centers);
        var rowsPerLaunch = (int)Math.Clamp(PairsPerLaunch / centers.Length, 1, _views.RowCount);
        for (var first = 0; first < _views.RowCount; first += rowsPerLaunch)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            _assign(Math.Min(rowsPerLaunch, _views.RowCount - first), _views, first);
            _accelerator.Synchronize();
        }

        _sumPart(_views.PartCount * (_views.Dimension + AssignmentKernels.ExtraSums), _views);
        _addParts(_sums.Length, _views);
        _views.Sums.CopyToCPU(_accelerator.DefaultStream, _sums);
        _views.Clusters.CopyToCPU(_accelerator.DefaultStream, clusters);
        _accelerator.Synchronize();
        return sums.Set(_sums);
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private static float[] ColumnsOf(Matrix rows)
    {
        var columns = new float[ArraySize.Of(rows.RowCount, rows.ColumnCount)];
        for (var row = 0; row < rows.RowCount; row++)
        {
            var values = rows.Row(row);
            for (var column = 0; column < values.Length; column++)
            {
                columns[(column * rows.RowCount) + row] = values[column];
            }
        }

        return columns;
    }

    private static void ThrowIfTooLarge(GpuSession session, Matrix rows, int clusterCount, long bytesOfSums)
    {
        var bytesOfRow = (sizeof(float) * (long)rows.ColumnCount) + sizeof(double) + (2 * sizeof(int));
        var others = bytesOfSums + (sizeof(float) * (long)clusterCount * rows.ColumnCount);
        var (needed, free) = ((rows.RowCount * bytesOfRow) + others, session.FreeBytes);
        if (needed > free)
        {
            throw GpuFailure.TooLarge(
                session.Device,
                $"{Quantity.Of(rows.RowCount, "row")} and {Quantity.Of(clusterCount, "cluster")} of k-means",
                needed,
                free,
                Math.Max(0, (free - others) / bytesOfRow));
        }
    }
}
