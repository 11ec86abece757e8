using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>The squared Mahalanobis distances of narrow rows, or from axis-aligned Gaussians: a row for each lane.</summary>
/// <param name="rows">The rows.</param>
/// <param name="mixture">The mixture.</param>
internal sealed unsafe class NarrowDistances(ColumnBlocks rows, MixtureParameters mixture) : IBlockDistances
{
    /// <inheritdoc/>
    public int BlockSize => rows.BlockSize;

    /// <inheritdoc/>
    public int ScratchLength => rows.ColumnCount * rows.BlockSize;

    /// <inheritdoc/>
    public double LeastExponent => Exponential.SingleUnderflow;

    /// <inheritdoc/>
    public void Compute(
        int start, int count, bool isComplete, Span<double> squares, Span<double> scratch, CancellationToken cancellationToken)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Compute<Width512<double>, Vector512<double>>(start, count, squares, scratch, cancellationToken);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Compute<Width256<double>, Vector256<double>>(start, count, squares, scratch, cancellationToken);
        }
        else
        {
            Compute<Width128<double>, Vector128<double>>(start, count, squares, scratch, cancellationToken);
        }
    }

    /// <summary>Computes the squared distances of a block with vectors of one width.</summary>
    /// <typeparam name="TWidth">The width.</typeparam>
    /// <typeparam name="TVector">A vector of this width.</typeparam>
    /// <param name="start">The first row of the block.</param>
    /// <param name="count">The number of rows in the block.</param>
    /// <param name="squares">Receives k x BlockSize values.</param>
    /// <param name="scratch">Working memory.</param>
    /// <param name="cancellationToken">Checked before each Gaussian.</param>
    internal void Compute<TWidth, TVector>(
        int start, int count, Span<double> squares, Span<double> scratch, CancellationToken cancellationToken)
        where TWidth : struct, IVectorWidth<TVector, double>
        where TVector : struct
    {
        var (size, dimension) = (rows.BlockSize, rows.ColumnCount);

        // In the last block, process only the vectors that contain rows.
        var used = ColumnBlocks.LaneCount(count);
        Debug.Assert(count > 0 && used <= size && used % (4 * TWidth.Lanes) == 0, "The rows must fill whole vectors, within the block.");
        Debug.Assert(
            squares.Length >= mixture.ClusterCount * size && scratch.Length >= ScratchLength,
            "There must be room for all distances and columns.");
        fixed (float* block = rows.Block(start))
        fixed (double* centered = scratch, targets = squares)
        {
            for (var cluster = 0; cluster < mixture.ClusterCount; cluster++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Center(block, mixture.Mean(cluster), centered, size, used);
                var target = targets + (cluster * size);
                fixed (double* factor = mixture.PrecisionFactors[cluster])
                {
                    if (mixture.IsAxisAligned)
                    {
                        ScaledSquaredNorms<TWidth, TVector>(centered, factor, dimension, size, used, target);
                    }
                    else
                    {
                        SquaredNorms<TWidth, TVector>(centered, factor, dimension, size, used, target);
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Center(float* block, ReadOnlySpan<double> mean, double* centered, int size, int used)
    {
        for (var column = 0; column < mean.Length; column++, block += size, centered += size)
        {
            var center = Vector256.Create(mean[column]);
            for (var lane = 0; lane < used; lane += Vector256<float>.Count)
            {
                var (low, high) = Vector256.Widen(Vector256.Load(block + lane));
                Vector256.Store(low - center, centered + lane);
                Vector256.Store(high - center, centered + lane + Vector256<double>.Count);
            }
        }
    }

    /// <summary>Computes |P y|² for each row y of a block, with a diagonal P.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScaledSquaredNorms<TWidth, TVector>(
        double* centered, double* factor, int dimension, int size, int used, double* norms)
        where TWidth : struct, IVectorWidth<TVector, double>
        where TVector : struct
    {
        for (var lane = 0; lane < used; lane += 2 * TWidth.Lanes)
        {
            var (first, second) = (TWidth.Zero, TWidth.Zero);
            var values = centered + lane;
            for (var column = 0; column < dimension; column++, values += size)
            {
                var scale = TWidth.Broadcast(factor[column]);
                var scaled = TWidth.Multiply(scale, TWidth.Load(values));
                first = TWidth.MultiplyAdd(scaled, scaled, first);
                scaled = TWidth.Multiply(scale, TWidth.Load(values + TWidth.Lanes));
                second = TWidth.MultiplyAdd(scaled, scaled, second);
            }

            TWidth.Store(first, norms + lane);
            TWidth.Store(second, norms + lane + TWidth.Lanes);
        }
    }

    /// <summary>
    /// Computes |P y|² for each row y of a block, with a lower triangular P. Processes two rows of P and four vectors of rows at once:
    /// eight accumulators stay in registers, and each loaded value is used several times.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SquaredNorms<TWidth, TVector>(
        double* centered, double* factor, int dimension, int size, int used, double* norms)
        where TWidth : struct, IVectorWidth<TVector, double>
        where TVector : struct
    {
        // The factor has an even number of rows and columns.
        var stride = dimension + (dimension & 1);
        new Span<double>(norms, used).Clear();
        for (var i = 0; i < dimension; i += 2)
        {
            var upper = factor + (i * stride);
            var columnCount = Math.Min(i + 2, dimension);
            for (var lane = 0; lane < used; lane += 4 * TWidth.Lanes)
            {
                AddTwoRows<TWidth, TVector>(upper, upper + stride, columnCount, centered + lane, size, norms + lane);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTwoRows<TWidth, TVector>(
        double* upper, double* lower, int columnCount, double* rows, int size, double* target)
        where TWidth : struct, IVectorWidth<TVector, double>
        where TVector : struct
    {
        Debug.Assert(upper != null && lower != null && rows != null && target != null, "There must be factors, rows and sums.");
        Debug.Assert(columnCount > 0 && size >= 4 * TWidth.Lanes, "There must be columns, and four vectors of rows.");
        var (u0, u1, u2, u3) = (TWidth.Zero, TWidth.Zero, TWidth.Zero, TWidth.Zero);
        var (l0, l1, l2, l3) = (u0, u1, u2, u3);
        for (var j = 0; j < columnCount; j++, rows += size)
        {
            var up = TWidth.Broadcast(upper[j]);
            var low = TWidth.Broadcast(lower[j]);
            var y = TWidth.Load(rows);
            u0 = TWidth.MultiplyAdd(up, y, u0);
            l0 = TWidth.MultiplyAdd(low, y, l0);
            y = TWidth.Load(rows + TWidth.Lanes);
            u1 = TWidth.MultiplyAdd(up, y, u1);
            l1 = TWidth.MultiplyAdd(low, y, l1);
            y = TWidth.Load(rows + (2 * TWidth.Lanes));
            u2 = TWidth.MultiplyAdd(up, y, u2);
            l2 = TWidth.MultiplyAdd(low, y, l2);
            y = TWidth.Load(rows + (3 * TWidth.Lanes));
            u3 = TWidth.MultiplyAdd(up, y, u3);
            l3 = TWidth.MultiplyAdd(low, y, l3);
        }

        AddSquares<TWidth, TVector>(u0, l0, target);
        AddSquares<TWidth, TVector>(u1, l1, target + TWidth.Lanes);
        AddSquares<TWidth, TVector>(u2, l2, target + (2 * TWidth.Lanes));
        AddSquares<TWidth, TVector>(u3, l3, target + (3 * TWidth.Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSquares<TWidth, TVector>(TVector upper, TVector lower, double* target)
        where TWidth : struct, IVectorWidth<TVector, double>
        where TVector : struct =>
        TWidth.Store(TWidth.MultiplyAdd(upper, upper, TWidth.MultiplyAdd(lower, lower, TWidth.Load(target))), target);
}
