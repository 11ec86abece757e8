using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>Squared Euclidean distances between a block of rows and centers, with one lane of a vector per row.</summary>
/// <remarks>
/// Independent sums hide the latency of additions: eight of four centers and two vectors of rows where 32 registers have room for them and
/// for the nearest centers, otherwise four of one center and four vectors.
/// </remarks>
internal static class SquaredDistances
{
    private const int GroupSize = ColumnBlocks.RowMultiple;

    /// <summary>Computes the distances from the rows of a block to a point.</summary>
    /// <param name="block">The block: d columns, each with a value for each row.</param>
    /// <param name="center">d values.</param>
    /// <param name="distances">
    /// Receives the squared distances of the first rows; its length is a multiple of <see cref="ColumnBlocks.RowMultiple"/>.
    /// </param>
    public static void From(ReadOnlySpan<float> block, ReadOnlySpan<float> center, Span<float> distances)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            From<Width512<float>, Vector512<float>>(block, center, distances);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            From<Width256<float>, Vector256<float>>(block, center, distances);
        }
        else
        {
            From<Width128<float>, Vector128<float>>(block, center, distances);
        }
    }

    /// <summary>Finds the nearest center of each row of a block.</summary>
    /// <param name="block">The block: d columns, each with a value for each row.</param>
    /// <param name="centers">k x d values.</param>
    /// <param name="dimension">d.</param>
    /// <param name="nearest">
    /// Receives the number of the nearest center of each of the first rows, the first one in a tie. Its length is a multiple of
    /// <see cref="ColumnBlocks.RowMultiple"/>.
    /// </param>
    public static void Nearest(ReadOnlySpan<float> block, ReadOnlySpan<float> centers, int dimension, Span<int> nearest)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Nearest<Width512<float>, Vector512<float>>(block, centers, dimension, nearest);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Nearest<Width256<float>, Vector256<float>>(block, centers, dimension, nearest);
        }
        else
        {
            Nearest<Width128<float>, Vector128<float>>(block, centers, dimension, nearest);
        }
    }

    /// <inheritdoc cref="From"/>
    /// <typeparam name="TWidth">The width of the registers.</typeparam>
    /// <typeparam name="TVector">A vector of this width.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe void From<TWidth, TVector>(ReadOnlySpan<float> block, ReadOnlySpan<float> center, Span<float> distances)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        var (dimension, blockSize) = (center.Length, block.Length / center.Length);
        Debug.Assert(block.Length == blockSize * dimension, "The block must have whole columns.");
        Debug.Assert(
            distances.Length % GroupSize == 0 && distances.Length <= blockSize,
            "The distances must be whole groups of the block's rows.");
        fixed (float* values = block, coordinates = center, targets = distances)
        {
            var lane = 0;
            for (; lane <= distances.Length - (4 * TWidth.Lanes); lane += 4 * TWidth.Lanes)
            {
                Measure<TWidth, TVector>(
                    values + lane, blockSize, coordinates, dimension, out var s0, out var s1, out var s2, out var s3);
                TWidth.Store(s0, targets + lane);
                TWidth.Store(s1, targets + lane + TWidth.Lanes);
                TWidth.Store(s2, targets + lane + (2 * TWidth.Lanes));
                TWidth.Store(s3, targets + lane + (3 * TWidth.Lanes));
            }

            for (; lane < distances.Length; lane += 2 * TWidth.Lanes)
            {
                Measure<TWidth, TVector>(
                    values + lane, blockSize, coordinates, coordinates, dimension, out var s0, out var s1, out _, out _);
                TWidth.Store(s0, targets + lane);
                TWidth.Store(s1, targets + lane + TWidth.Lanes);
            }
        }
    }

    /// <inheritdoc cref="Nearest"/>
    /// <typeparam name="TWidth">The width of the registers.</typeparam>
    /// <typeparam name="TVector">A vector of this width.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe void Nearest<TWidth, TVector>(
        ReadOnlySpan<float> block, ReadOnlySpan<float> centers, int dimension, Span<int> nearest)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        var (centerCount, blockSize) = (centers.Length / dimension, block.Length / dimension);
        Debug.Assert(block.Length == blockSize * dimension, "The block must have whole columns.");
        Debug.Assert(centers.Length == centerCount * dimension, "The centers must be whole.");
        Debug.Assert(nearest.Length % GroupSize == 0 && nearest.Length <= blockSize, "The rows must be whole groups of the block's rows.");
        Debug.Assert(centerCount <= 1 << 24, "The numbers of the centers must be exact in float32.");
        fixed (float* values = block, coordinates = centers)
        fixed (int* targets = nearest)
        {
            if (TWidth.RegisterCount < 32)
            {
                NearestOneByOne<TWidth, TVector>(values, blockSize, coordinates, centerCount, dimension, targets, nearest.Length);
                return;
            }

            for (var lane = 0; lane < nearest.Length; lane += 2 * TWidth.Lanes)
            {
                var rows = values + lane;
                var best = (First: TWidth.Broadcast(float.PositiveInfinity), Second: TWidth.Broadcast(float.PositiveInfinity));
                var number = (First: TWidth.Zero, Second: TWidth.Zero);
                var center = 0;
                for (; centerCount - center > 2; center += 4)
                {
                    // A missing fourth center is the third one again, which cannot be nearer.
                    var c0 = coordinates + ((long)center * dimension);
                    var c3 = coordinates + ((long)Math.Min(center + 3, centerCount - 1) * dimension);
                    Measure<TWidth, TVector>(
                        rows, blockSize, c0, c0 + dimension, c0 + (2 * dimension), c3, dimension,
                        out var s0, out var t0, out var s1, out var t1, out var s2, out var t2, out var s3, out var t3);
                    Consider<TWidth, TVector>(s0, center, ref best.First, ref number.First);
                    Consider<TWidth, TVector>(t0, center, ref best.Second, ref number.Second);
                    Consider<TWidth, TVector>(s1, center + 1, ref best.First, ref number.First);
                    Consider<TWidth, TVector>(t1, center + 1, ref best.Second, ref number.Second);
                    Consider<TWidth, TVector>(s2, center + 2, ref best.First, ref number.First);
                    Consider<TWidth, TVector>(t2, center + 2, ref best.Second, ref number.Second);
                    Consider<TWidth, TVector>(s3, center + 3, ref best.First, ref number.First);
                    Consider<TWidth, TVector>(t3, center + 3, ref best.Second, ref number.Second);
                }

                if (center < centerCount)
                {
                    var c0 = coordinates + ((long)center * dimension);
                    var c1 = coordinates + ((long)(centerCount - 1) * dimension);
                    Measure<TWidth, TVector>(rows, blockSize, c0, c1, dimension, out var s0, out var t0, out var s1, out var t1);
                    Consider<TWidth, TVector>(s0, center, ref best.First, ref number.First);
                    Consider<TWidth, TVector>(t0, center, ref best.Second, ref number.Second);
                    Consider<TWidth, TVector>(s1, center + 1, ref best.First, ref number.First);
                    Consider<TWidth, TVector>(t1, center + 1, ref best.Second, ref number.Second);
                }

                TWidth.Store(TWidth.ToIntegers(number.First), (float*)targets + lane);
                TWidth.Store(TWidth.ToIntegers(number.Second), (float*)targets + lane + TWidth.Lanes);
            }
        }
    }

    /// <summary>Finds the nearest centers with the distances of one center at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void NearestOneByOne<TWidth, TVector>(
        float* values, int blockSize, float* centers, int centerCount, int dimension, int* nearest, int rowCount)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        for (var lane = 0; lane < rowCount; lane += 4 * TWidth.Lanes)
        {
            var infinity = TWidth.Broadcast(float.PositiveInfinity);
            TVector best0 = infinity, best1 = infinity, best2 = infinity, best3 = infinity;
            TVector number0 = TWidth.Zero, number1 = TWidth.Zero, number2 = TWidth.Zero, number3 = TWidth.Zero;
            var coordinates = centers;
            for (var center = 0; center < centerCount; center++, coordinates += dimension)
            {
                Measure<TWidth, TVector>(
                    values + lane, blockSize, coordinates, dimension, out var s0, out var s1, out var s2, out var s3);
                Consider<TWidth, TVector>(s0, center, ref best0, ref number0);
                Consider<TWidth, TVector>(s1, center, ref best1, ref number1);
                Consider<TWidth, TVector>(s2, center, ref best2, ref number2);
                Consider<TWidth, TVector>(s3, center, ref best3, ref number3);
            }

            var target = (float*)nearest + lane;
            TWidth.Store(TWidth.ToIntegers(number0), target);
            TWidth.Store(TWidth.ToIntegers(number1), target + TWidth.Lanes);
            TWidth.Store(TWidth.ToIntegers(number2), target + (2 * TWidth.Lanes));
            TWidth.Store(TWidth.ToIntegers(number3), target + (3 * TWidth.Lanes));
        }
    }

    /// <summary>Replaces the nearest center of each lane by another one that is nearer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Consider<TWidth, TVector>(TVector distances, int center, ref TVector best, ref TVector number)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        number = TWidth.Select(TWidth.LessThan(distances, best), TWidth.Broadcast(center), number);
        best = TWidth.Min(distances, best);
    }

    /// <summary>The distances of two vectors of rows, s and t, from four centers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Measure<TWidth, TVector>(
        float* rows,
        int blockSize,
        float* center0,
        float* center1,
        float* center2,
        float* center3,
        int dimension,
        out TVector s0,
        out TVector t0,
        out TVector s1,
        out TVector t1,
        out TVector s2,
        out TVector t2,
        out TVector s3,
        out TVector t3)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        TVector a0 = TWidth.Zero, b0 = TWidth.Zero, a1 = TWidth.Zero, b1 = TWidth.Zero;
        TVector a2 = TWidth.Zero, b2 = TWidth.Zero, a3 = TWidth.Zero, b3 = TWidth.Zero;
        for (nint column = 0; column < dimension; column++, rows += blockSize)
        {
            var (first, second) = (TWidth.Load(rows), TWidth.Load(rows + TWidth.Lanes));
            var coordinate = TWidth.Broadcast(center0[column]);
            a0 = AddSquare<TWidth, TVector>(a0, coordinate, first);
            b0 = AddSquare<TWidth, TVector>(b0, coordinate, second);
            coordinate = TWidth.Broadcast(center1[column]);
            a1 = AddSquare<TWidth, TVector>(a1, coordinate, first);
            b1 = AddSquare<TWidth, TVector>(b1, coordinate, second);
            coordinate = TWidth.Broadcast(center2[column]);
            a2 = AddSquare<TWidth, TVector>(a2, coordinate, first);
            b2 = AddSquare<TWidth, TVector>(b2, coordinate, second);
            coordinate = TWidth.Broadcast(center3[column]);
            a3 = AddSquare<TWidth, TVector>(a3, coordinate, first);
            b3 = AddSquare<TWidth, TVector>(b3, coordinate, second);
        }

        (s0, t0, s1, t1, s2, t2, s3, t3) = (a0, b0, a1, b1, a2, b2, a3, b3);
    }

    /// <summary>The distances of two vectors of rows, s and t, from two centers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Measure<TWidth, TVector>(
        float* rows,
        int blockSize,
        float* center0,
        float* center1,
        int dimension,
        out TVector s0,
        out TVector t0,
        out TVector s1,
        out TVector t1)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        TVector a0 = TWidth.Zero, b0 = TWidth.Zero, a1 = TWidth.Zero, b1 = TWidth.Zero;
        for (nint column = 0; column < dimension; column++, rows += blockSize)
        {
            var (first, second) = (TWidth.Load(rows), TWidth.Load(rows + TWidth.Lanes));
            var coordinate = TWidth.Broadcast(center0[column]);
            a0 = AddSquare<TWidth, TVector>(a0, coordinate, first);
            b0 = AddSquare<TWidth, TVector>(b0, coordinate, second);
            coordinate = TWidth.Broadcast(center1[column]);
            a1 = AddSquare<TWidth, TVector>(a1, coordinate, first);
            b1 = AddSquare<TWidth, TVector>(b1, coordinate, second);
        }

        (s0, t0, s1, t1) = (a0, b0, a1, b1);
    }

    /// <summary>The distances of four vectors of rows from a center.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Measure<TWidth, TVector>(
        float* rows, int blockSize, float* center, int dimension, out TVector s0, out TVector s1, out TVector s2, out TVector s3)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        TVector a0 = TWidth.Zero, a1 = TWidth.Zero, a2 = TWidth.Zero, a3 = TWidth.Zero;
        for (nint column = 0; column < dimension; column++, rows += blockSize)
        {
            var coordinate = TWidth.Broadcast(center[column]);
            a0 = AddSquare<TWidth, TVector>(a0, coordinate, TWidth.Load(rows));
            a1 = AddSquare<TWidth, TVector>(a1, coordinate, TWidth.Load(rows + TWidth.Lanes));
            a2 = AddSquare<TWidth, TVector>(a2, coordinate, TWidth.Load(rows + (2 * TWidth.Lanes)));
            a3 = AddSquare<TWidth, TVector>(a3, coordinate, TWidth.Load(rows + (3 * TWidth.Lanes)));
        }

        (s0, s1, s2, s3) = (a0, a1, a2, a3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddSquare<TWidth, TVector>(TVector sum, TVector x, TVector y)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        var difference = TWidth.Subtract(x, y);
        return TWidth.MultiplyAdd(difference, difference, sum);
    }
}
