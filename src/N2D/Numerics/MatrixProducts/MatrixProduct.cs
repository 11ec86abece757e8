using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace N2D.Numerics;

/// <summary>
/// Products C = A B of float32 matrices. Each value is summed from the first term to the last by fused multiply-adds, whatever the
/// number of threads and the vector width: the same factors give the same bytes everywhere.
/// </summary>
/// <remarks>
/// <para>
/// The blocking is that of Goto and van de Geijn (2008) and BLIS (Van Zee and van de Geijn, 2015). The macro-kernel multiplies an
/// MC x KC block of A with a KC x NC panel of B. It packs one KC x NR micro-panel of B at a time, which stays in the L1 cache, while the
/// block of A stays in the L2 cache. The micro-kernel (<see cref="MicroKernel"/>) updates one MR x NR micro-tile of C in registers.
/// </para>
/// <para>A is packed only if its rows are not contiguous; otherwise, the micro-kernel reads them in place.</para>
/// </remarks>
internal static unsafe class MatrixProduct
{
    /// <summary>
    /// Depth of a block: a KC x NR micro-panel of B takes 24 KiB of a 32 KiB L1 cache, which leaves room for a micro-panel of A.
    /// </summary>
    private const int KC = 256;

    /// <summary>Columns of C in a job if A is read in place. Its micro-tiles are kept until the last of the KC blocks.</summary>
    private const int NC = 4 * MicroKernel.NR;

    /// <summary>Columns of C in a job if A is packed: more, to repay the packing.</summary>
    private const int PackedNC = 8 * MicroKernel.NR;

    /// <summary>Rows of C in a job if A is packed: the packed block takes 260 KiB, half of an L2 cache.</summary>
    private const int PackedMC = 64 * MicroKernel.MR;

    /// <summary>
    /// Rows of C in a job if A is read in place. Limits the micro-tiles that a thread keeps to 1.5 MiB, however large a batch is.
    /// </summary>
    private const int MC = 1024 * MicroKernel.MR;

    private const int JobsPerThread = 8;

    /// <summary>The number of multiply-adds below which a thread costs more to start than it saves.</summary>
    private const long MinParallelTerms = 1 << 17;

    [ThreadStatic]
    private static AlignedBuffer? s_packedB;

    [ThreadStatic]
    private static AlignedBuffer? s_packedA;

    [ThreadStatic]
    private static AlignedBuffer? s_tilesOfC;

    [ThreadStatic]
    private static AlignedBuffer? s_edgeOfA;

    /// <summary>Multiplies two matrices.</summary>
    /// <typeparam name="TTarget">The type of the target.</typeparam>
    /// <param name="a">A, m x k.</param>
    /// <param name="b">B, k x n.</param>
    /// <param name="target">Receives the m x n values of C.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static void Compute<TTarget>(MatrixView a, MatrixView b, TTarget target, Execution execution)
        where TTarget : struct, IProductTarget
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.RowCount, a.ColumnCount);
        var (panelCount, tileCount) = (CeilingOf(b.ColumnCount, MicroKernel.NR), CeilingOf(a.RowCount, MicroKernel.MR));
        var wantedJobs = (long)a.RowCount * b.ColumnCount * a.ColumnCount < MinParallelTerms ? 1 : JobsPerThread * execution.ThreadCount;

        // A job covers some micro-panels of B. If these make too few jobs for the threads, the rows of A are divided as well.
        var isPacked = a.ColumnStride != 1;
        var panelsPerJob = isPacked
            ? Math.Min(PackedNC / MicroKernel.NR, panelCount)
            : Math.Clamp(panelCount / wantedJobs, 1, NC / MicroKernel.NR);
        var jobsAcross = CeilingOf(panelCount, panelsPerJob);
        var minJobsDown = CeilingOf(tileCount, (isPacked ? PackedMC : MC) / MicroKernel.MR);
        var tilesPerJob = CeilingOf(tileCount, Math.Max(minJobsDown, Math.Min(CeilingOf(wantedJobs, jobsAcross), tileCount)));
        var jobsDown = CeilingOf(tileCount, tilesPerJob);
        var rowsPerJob = tilesPerJob * MicroKernel.MR;
        ParallelRows.For(jobsAcross * jobsDown, wantedJobs == 1 ? int.MaxValue : 1, execution, (start, end) =>
        {
            for (var job = start; job < end; job++)
            {
                var (row, panel) = (job / jobsAcross * rowsPerJob, job % jobsAcross * panelsPerJob);
                MacroKernel(a, b, row, Math.Min(row + rowsPerJob, a.RowCount), panel, Math.Min(panel + panelsPerJob, panelCount), target);
            }
        });
    }

    private static int CeilingOf(int count, int size) => (int)(((long)count + size - 1) / size);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MacroKernel<TTarget>(
        MatrixView a, MatrixView b, int firstRow, int endRow, int firstPanel, int endPanel, TTarget target)
        where TTarget : struct, IProductTarget
    {
        Debug.Assert(firstRow >= 0 && firstRow < endRow && endRow <= a.RowCount, "The rows must be rows of A.");
        Debug.Assert(firstPanel >= 0 && firstPanel < endPanel, "There must be a micro-panel.");
        Debug.Assert((endPanel - 1) * MicroKernel.NR < b.ColumnCount, "The micro-panels must be micro-panels of B.");
        var depth = a.ColumnCount;
        var blockCount = CeilingOf(depth, KC);
        var tileCount = CeilingOf(endRow - firstRow, MicroKernel.MR);
        var packedB = (s_packedB ??= new()).Floats(KC * MicroKernel.NR);
        var keptTiles = blockCount == 1 ? 1 : (endPanel - firstPanel) * tileCount;
        var tiles = (s_tilesOfC ??= new()).Floats(keptTiles * MicroKernel.TileSize);
        var edgeOfA = (s_edgeOfA ??= new()).Floats(MicroKernel.MR * KC);
        var packedA = a.ColumnStride == 1 ? null : (s_packedA ??= new()).Floats(tileCount * Packing.PanelStrideOfA(KC));
        var (start, end) = Block(0);
        for (var block = 0; block < blockCount; block++)
        {
            var (nextStart, nextEnd) = Block(block + 1);
            if (packedA != null)
            {
                Packing.PackA(a, firstRow, endRow, start, end, packedA);
            }
            else
            {
                Packing.PackEdgeOfA(a, firstRow + ((endRow - firstRow) / MicroKernel.MR * MicroKernel.MR), endRow, start, end, edgeOfA);
            }

            for (var panel = firstPanel; panel < endPanel; panel++)
            {
                var column = panel * MicroKernel.NR;
                var width = Math.Min(MicroKernel.NR, b.ColumnCount - column);
                var isLastPanel = panel + 1 == endPanel;
                var nextColumn = (isLastPanel ? firstPanel : panel + 1) * MicroKernel.NR;
                Packing.PackB(b, column, start, end, packedB);
                for (var tile = 0; tile < tileCount; tile++)
                {
                    Packing.PrefetchB(b, nextColumn, isLastPanel ? nextStart : start, isLastPanel ? nextEnd : end, tile, tileCount);
                    var c = blockCount == 1 ? tiles : tiles + ((((panel - firstPanel) * tileCount) + tile) * MicroKernel.TileSize);
                    var row = firstRow + (tile * MicroKernel.MR);
                    var (k, accumulates) = (end - start, block > 0);
                    if (packedA != null)
                    {
                        var panelOfA = packedA + (tile * Packing.PanelStrideOfA(k));
                        MicroKernel.Multiply<MicroKernel.Packed>(panelOfA, 1, packedB, k, accumulates, c);
                    }
                    else if (row + MicroKernel.MR <= endRow)
                    {
                        MicroKernel.Multiply<MicroKernel.RowMajor>(a.Row(row) + start, a.RowStride, packedB, k, accumulates, c);
                    }
                    else
                    {
                        MicroKernel.Multiply<MicroKernel.RowMajor>(edgeOfA, k, packedB, k, accumulates, c);
                    }

                    if (block == blockCount - 1)
                    {
                        WriteTile(c, row, Math.Min(MicroKernel.MR, endRow - row), column, width, target);
                    }
                }
            }

            (start, end) = (nextStart, nextEnd);
        }

        (int Start, int End) Block(int block) =>
            ((int)((long)depth * block / blockCount), Math.Min((int)((long)depth * (block + 1) / blockCount), depth));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteTile<TTarget>(float* c, int row, int rowCount, int column, int width, TTarget target)
        where TTarget : struct, IProductTarget
    {
        Debug.Assert(rowCount is > 0 and <= MicroKernel.MR && width is > 0 and <= MicroKernel.NR, "The values must be in the micro-tile.");
        for (var i = 0; i < rowCount; i++, c += MicroKernel.NR)
        {
            target.Write(row + i, column, new ReadOnlySpan<float>(c, width));
        }
    }
}
