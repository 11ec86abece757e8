using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>
/// Finds the nearest centers of rows. The centers are in column-major layout, so that the distances from four rows to a vector of them are
/// computed at once.
/// </summary>
internal sealed class NearestCenters
{
    /// <summary>
    /// With separate sums for even and odd columns, four rows make eight independent sums, which hide the latency of additions.
    /// </summary>
    private const int RowsAtOnce = 4;

    /// <summary>The centers in the longest vector.</summary>
    private const int GroupSize = 16;

    private readonly float[] _columns;
    private readonly int _stride;

    /// <summary>Allocates memory for centers.</summary>
    /// <param name="clusterCount">k.</param>
    /// <param name="dimension">d.</param>
    public NearestCenters(int clusterCount, int dimension)
    {
        ClusterCount = clusterCount;
        Dimension = dimension;
        _stride = (clusterCount + GroupSize - 1) / GroupSize * GroupSize;
        _columns = new float[_stride * dimension];
    }

    /// <summary>The number of centers, k.</summary>
    public int ClusterCount { get; }

    /// <summary>The number of columns, d.</summary>
    public int Dimension { get; }

    /// <summary>The length of the scratch memory to find centers.</summary>
    public int ScratchLength => RowsAtOnce * _stride;

    /// <summary>Sets the centers.</summary>
    /// <param name="centers">k x d values.</param>
    public void Set(ReadOnlySpan<float> centers)
    {
        for (var column = 0; column < Dimension; column++)
        {
            var target = _columns.AsSpan(column * _stride, _stride);
            for (var center = 0; center < ClusterCount; center++)
            {
                target[center] = centers[(center * Dimension) + column];
            }
        }
    }

    /// <summary>Finds the nearest center of each of several rows, the first one in a tie.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="numbers">The numbers of the rows.</param>
    /// <param name="found">Receives the centers and distances.</param>
    /// <param name="scratch">Scratch memory, <see cref="ScratchLength"/> values.</param>
    public void Find(Matrix rows, ReadOnlySpan<int> numbers, Span<CenterDistances> found, float[] scratch)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Find<Width512<float>, Vector512<float>>(rows, numbers, found, scratch);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Find<Width256<float>, Vector256<float>>(rows, numbers, found, scratch);
        }
        else
        {
            Find<Width128<float>, Vector128<float>>(rows, numbers, found, scratch);
        }
    }

    /// <inheritdoc cref="Find"/>
    /// <typeparam name="TWidth">The width of the registers.</typeparam>
    /// <typeparam name="TVector">A vector of this width.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Find<TWidth, TVector>(Matrix rows, ReadOnlySpan<int> numbers, Span<CenterDistances> found, float[] scratch)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        Debug.Assert(rows.ColumnCount == Dimension, "The rows must have the columns of the centers.");
        Debug.Assert(found.Length >= numbers.Length, "There must be room for each row.");
        Debug.Assert(scratch.Length >= ScratchLength, "There must be room for the distances of four rows.");
        for (var place = 0; place < numbers.Length; place += RowsAtOnce)
        {
            // Rows beyond the last one are the last one again.
            var last = numbers.Length - 1;
            ref var row0 = ref First(rows, numbers[place]);
            ref var row1 = ref First(rows, numbers[Math.Min(place + 1, last)]);
            ref var row2 = ref First(rows, numbers[Math.Min(place + 2, last)]);
            ref var row3 = ref First(rows, numbers[Math.Min(place + 3, last)]);
            for (var center = 0; center < _stride; center += TWidth.Lanes)
            {
                Measure<TWidth, TVector>(ref row0, ref row1, ref row2, ref row3, center, scratch);
            }

            for (var row = 0; row < RowsAtOnce && place + row <= last; row++)
            {
                // The last vector may have lanes without a center.
                var distances = scratch.AsSpan(row * _stride, _stride);
                distances[ClusterCount..].Fill(float.PositiveInfinity);
                found[place + row] = Nearest<TWidth, TVector>(distances);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref float First(Matrix rows, int row) => ref MemoryMarshal.GetReference(rows.Row(row));

    /// <summary>Computes the squared distances of four rows from a vector of centers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Measure<TWidth, TVector>(
        ref float row0, ref float row1, ref float row2, ref float row3, int center, float[] scratch)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        Debug.Assert(center % TWidth.Lanes == 0 && center + TWidth.Lanes <= _stride, "The centers must be a vector.");
        TVector even0 = TWidth.Zero, even1 = TWidth.Zero, even2 = TWidth.Zero, even3 = TWidth.Zero;
        TVector odd0 = TWidth.Zero, odd1 = TWidth.Zero, odd2 = TWidth.Zero, odd3 = TWidth.Zero;
        ref var centers = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_columns), center);
        nint column = 0;
        for (; column < Dimension - 1; column += 2)
        {
            var coordinates = TWidth.Load(ref centers, 0);
            even0 = AddSquare<TWidth, TVector>(even0, coordinates, ref row0, column);
            even1 = AddSquare<TWidth, TVector>(even1, coordinates, ref row1, column);
            even2 = AddSquare<TWidth, TVector>(even2, coordinates, ref row2, column);
            even3 = AddSquare<TWidth, TVector>(even3, coordinates, ref row3, column);
            coordinates = TWidth.Load(ref centers, (nuint)_stride);
            odd0 = AddSquare<TWidth, TVector>(odd0, coordinates, ref row0, column + 1);
            odd1 = AddSquare<TWidth, TVector>(odd1, coordinates, ref row1, column + 1);
            odd2 = AddSquare<TWidth, TVector>(odd2, coordinates, ref row2, column + 1);
            odd3 = AddSquare<TWidth, TVector>(odd3, coordinates, ref row3, column + 1);
            centers = ref Unsafe.Add(ref centers, 2 * _stride);
        }

        if (column < Dimension)
        {
            var coordinates = TWidth.Load(ref centers, 0);
            even0 = AddSquare<TWidth, TVector>(even0, coordinates, ref row0, column);
            even1 = AddSquare<TWidth, TVector>(even1, coordinates, ref row1, column);
            even2 = AddSquare<TWidth, TVector>(even2, coordinates, ref row2, column);
            even3 = AddSquare<TWidth, TVector>(even3, coordinates, ref row3, column);
        }

        ref var target = ref MemoryMarshal.GetArrayDataReference(scratch);
        TWidth.Store(TWidth.Add(even0, odd0), ref target, (nuint)center);
        TWidth.Store(TWidth.Add(even1, odd1), ref target, (nuint)(_stride + center));
        TWidth.Store(TWidth.Add(even2, odd2), ref target, (nuint)((2 * _stride) + center));
        TWidth.Store(TWidth.Add(even3, odd3), ref target, (nuint)((3 * _stride) + center));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddSquare<TWidth, TVector>(TVector sum, TVector coordinates, ref float row, nint column)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        var difference = TWidth.Subtract(TWidth.Broadcast(Unsafe.Add(ref row, column)), coordinates);
        return TWidth.MultiplyAdd(difference, difference, sum);
    }

    /// <summary>The nearest center by its distances: the two least of each lane, and then of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe CenterDistances Nearest<TWidth, TVector>(ReadOnlySpan<float> distances)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        Debug.Assert(distances.Length % TWidth.Lanes == 0 && distances.Length <= 1 << 24, "Whole vectors, with exact numbers.");
        ref var source = ref MemoryMarshal.GetReference(distances);
        TVector best = TWidth.Load(ref source, 0), next = TWidth.Broadcast(float.PositiveInfinity), group = TWidth.Zero;
        for (var center = TWidth.Lanes; center < distances.Length; center += TWidth.Lanes)
        {
            var distance = TWidth.Load(ref source, (nuint)center);
            group = TWidth.Select(TWidth.LessThan(distance, best), TWidth.Broadcast(center), group);
            next = TWidth.Min(next, TWidth.Max(distance, best));
            best = TWidth.Min(distance, best);
        }

        var lanes = stackalloc float[3 * GroupSize];
        TWidth.Store(best, lanes);
        TWidth.Store(next, lanes + GroupSize);
        TWidth.Store(group, lanes + (2 * GroupSize));
        var result = new CenterDistances(0, float.PositiveInfinity, float.PositiveInfinity);
        for (var lane = 0; lane < TWidth.Lanes; lane++)
        {
            var (center, nearest) = ((int)lanes[(2 * GroupSize) + lane] + lane, lanes[lane]);
            result = nearest < result.Nearest || (nearest == result.Nearest && center < result.Center)
                ? new(center, nearest, MathF.Min(result.Nearest, lanes[GroupSize + lane]))
                : result with { Next = MathF.Min(result.Next, nearest) };
        }

        return result;
    }
}

/// <summary>The nearest center of a row.</summary>
/// <param name="Center">Its number.</param>
/// <param name="Nearest">The squared distance to it.</param>
/// <param name="Next">The squared distance to the next nearest center; infinity if there is none.</param>
internal readonly record struct CenterDistances(int Center, float Nearest, float Next);
