using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace N2D.Numerics;

/// <summary>A matrix product C = A B, divided into jobs, each of which computes some rows and columns of C.</summary>
/// <remarks>
/// <para>
/// The blocking is that of Goto and van de Geijn (2008) and BLIS (Van Zee and van de Geijn, 2015). The macro-kernel multiplies an
/// MC x KC block of A with a KC x NC panel of B. It packs one KC x NR micro-panel of B at a time, which stays in the L1 cache, while the
/// block of A stays in the L2 cache. The micro-kernel (<see cref="MicroKernel{TWidth, TVector, T}"/>) updates one MR x NR micro-tile of C
/// in registers.
/// </para>
/// <para>A is packed only if its rows are not contiguous; otherwise, the micro-kernel reads them in place.</para>
/// </remarks>
/// <typeparam name="TWidth">The width of the registers.</typeparam>
/// <typeparam name="TVector">A vector of this width.</typeparam>
/// <typeparam name="TTarget">The type of the target.</typeparam>
internal sealed unsafe class ProductJobs<TWidth, TVector, TTarget> : IJobSet
    where TWidth : struct, IVectorWidth<TVector, float>
    where TVector : struct
    where TTarget : struct, IProductTarget
{
    /// <summary>The values of a micro-panel of B: 24 KiB of a 32 KiB L1 cache, which leaves room for a micro-panel of A.</summary>
    private const int PanelSizeOfB = 6 * 1024;

    /// <summary>Micro-panels in a job if A is read in place.</summary>
    private const int MaxPanels = 4;

    /// <summary>Micro-panels in a job if A is packed: more, to repay the packing.</summary>
    private const int MaxPackedPanels = 8;

    /// <summary>The values of a packed block of A: 256 KiB, half of a small L2 cache.</summary>
    private const int MaxPackedSizeOfA = 64 * 1024;

    /// <summary>
    /// Rows of C in a job if A is read in place. Limits the sums of a job to 3 MiB, however large a batch is.
    /// </summary>
    private const int MaxRows = 4096;

    /// <summary>
    /// Jobs for each thread, so that all end at about the same time. 500 columns are 21 micro-panels of AVX2: with as many jobs, one of two
    /// threads would wait for a twentieth of the time, so their rows are divided too.
    /// </summary>
    private const int JobsPerThread = 12;

    /// <summary>Jobs for each thread if A is packed: fewer, because each job packs B again.</summary>
    private const int PackedJobsPerThread = 8;

    /// <summary>The number of multiply-adds below which a thread costs more to start than it saves.</summary>
    private const long MinParallelTerms = 1 << 17;

    private readonly MatrixView _a;
    private readonly MatrixView _b;
    private readonly TTarget _target;
    private readonly int _panelCount;
    private readonly int _panelsPerJob;
    private readonly int _rowsPerJob;
    private readonly int _jobsAcross;

    /// <summary>Divides a product.</summary>
    /// <param name="a">A, m x k.</param>
    /// <param name="b">B, k x n.</param>
    /// <param name="target">Receives the m x n values of C.</param>
    /// <param name="threadCount">The number of threads that run the jobs.</param>
    public ProductJobs(MatrixView a, MatrixView b, TTarget target, int threadCount)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.RowCount, a.ColumnCount);
        (_a, _b, _target) = (a, b, target);
        _panelCount = CeilingOf(b.ColumnCount, NR);
        var tileCount = CeilingOf(a.RowCount, MR);
        var wantedJobs = (long)a.RowCount * b.ColumnCount * a.ColumnCount < MinParallelTerms
            ? 1
            : (IsPacked ? PackedJobsPerThread : JobsPerThread) * threadCount;

        // A job covers some micro-panels of B. If these make too few jobs for the threads, the rows of A are divided as well.
        _panelsPerJob = IsPacked ? Math.Min(MaxPackedPanels, _panelCount) : Math.Clamp(_panelCount / wantedJobs, 1, MaxPanels);
        _jobsAcross = CeilingOf(_panelCount, _panelsPerJob);
        var minJobsDown = CeilingOf(a.RowCount, IsPacked ? MaxPackedSizeOfA / KC : MaxRows);
        var tilesPerJob = CeilingOf(tileCount, Math.Max(minJobsDown, Math.Min(CeilingOf(wantedJobs, _jobsAcross), tileCount)));
        JobCount = _jobsAcross * CeilingOf(tileCount, tilesPerJob);
        _rowsPerJob = tilesPerJob * MR;
    }

    /// <inheritdoc/>
    public int JobCount { get; }

    private static int MR => MicroKernel<TWidth, TVector, float>.MR;

    private static int NR => MicroKernel<TWidth, TVector, float>.NR;

    /// <summary>The depth of a block.</summary>
    private static int KC => PanelSizeOfB / NR;

    private bool IsPacked => _a.ColumnStride != 1;

    /// <inheritdoc/>
    public void Run(int job)
    {
        var (row, panel) = (job / _jobsAcross * _rowsPerJob, job % _jobsAcross * _panelsPerJob);
        Multiply(row, Math.Min(row + _rowsPerJob, _a.RowCount), panel, Math.Min(panel + _panelsPerJob, _panelCount));
    }

    private static int CeilingOf(int count, int size) => (int)(((long)count + size - 1) / size);

    /// <summary>The macro-kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(int firstRow, int endRow, int firstPanel, int endPanel)
    {
        Debug.Assert(firstRow >= 0 && firstRow < endRow && endRow <= _a.RowCount, "The rows must be rows of A.");
        Debug.Assert(firstPanel >= 0 && firstPanel < endPanel, "There must be a micro-panel.");
        Debug.Assert((endPanel - 1) * NR < _b.ColumnCount, "The micro-panels must be micro-panels of B.");
        var blockCount = CeilingOf(_a.ColumnCount, KC);
        var tileCount = CeilingOf(endRow - firstRow, MR);
        var (firstColumn, endColumn) = (firstPanel * NR, Math.Min(endPanel * NR, _b.ColumnCount));
        var stride = (endPanel - firstPanel) * NR;
        var packedB = ProductBuffers.PackedB(KC * NR);
        var sums = ProductBuffers.Sums(tileCount * MR * stride);
        var edgeOfA = ProductBuffers.EdgeOfA(MR * KC);
        var packedA = IsPacked ? ProductBuffers.PackedA(tileCount * Packing.PanelStrideOfA(KC, MR)) : null;
        var (start, end) = Block(0, blockCount);
        for (var block = 0; block < blockCount; block++)
        {
            var (nextStart, nextEnd) = Block(block + 1, blockCount);
            if (packedA != null)
            {
                Packing.PackA(_a, firstRow, endRow, start, end, MR, packedA);
            }
            else
            {
                Packing.PackEdgeOfA(_a, firstRow + ((endRow - firstRow) / MR * MR), endRow, start, end, MR, edgeOfA);
            }

            for (var panel = firstPanel; panel < endPanel; panel++)
            {
                var column = panel * NR;
                var vectorCount = CeilingOf(Math.Min(NR, endColumn - column), TWidth.Lanes);
                var isLastPanel = panel + 1 == endPanel;
                var nextColumn = (isLastPanel ? firstPanel : panel + 1) * NR;
                Packing.PackB(_b, column, start, end, vectorCount * TWidth.Lanes, packedB);
                for (var tile = 0; tile < tileCount; tile++)
                {
                    Packing.PrefetchB(_b, nextColumn, isLastPanel ? nextStart : start, isLastPanel ? nextEnd : end, NR, tile, tileCount);
                    var row = firstRow + (tile * MR);
                    var rowCount = Math.Min(MR, endRow - row);
                    if (isLastPanel && block == blockCount - 1)
                    {
                        _target.Prefetch(row, rowCount, firstColumn, endColumn - firstColumn);
                    }

                    var (k, accumulates) = (end - start, block > 0);
                    var c = sums + ((nint)tile * MR * stride) + (column - firstColumn);
                    if (packedA != null)
                    {
                        var panelOfA = packedA + (tile * Packing.PanelStrideOfA(k, MR));
                        MicroKernel<TWidth, TVector, float>.Multiply<MicroKernel<TWidth, TVector, float>.Packed>(
                            panelOfA, 1, packedB, k, vectorCount, accumulates, c, stride);
                    }
                    else if (rowCount == MR)
                    {
                        MicroKernel<TWidth, TVector, float>.Multiply<MicroKernel<TWidth, TVector, float>.RowMajor>(
                            _a.Row(row) + start, _a.RowStride, packedB, k, vectorCount, accumulates, c, stride);
                    }
                    else
                    {
                        MicroKernel<TWidth, TVector, float>.Multiply<MicroKernel<TWidth, TVector, float>.RowMajor>(
                            edgeOfA, k, packedB, k, vectorCount, accumulates, c, stride);
                    }
                }
            }

            (start, end) = (nextStart, nextEnd);
        }

        for (var row = firstRow; row < endRow; row++, sums += stride)
        {
            _target.Write(row, firstColumn, sums, endColumn - firstColumn);
        }
    }

    /// <summary>The terms of a block: KC or fewer, and about as many in each.</summary>
    private (int Start, int End) Block(int block, int blockCount)
    {
        var depth = (long)_a.ColumnCount;
        return ((int)(depth * block / blockCount), (int)Math.Min(depth * (block + 1) / blockCount, depth));
    }
}
