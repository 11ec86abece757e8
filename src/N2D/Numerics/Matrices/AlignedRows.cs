using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace N2D.Numerics;

/// <summary>
/// Rows of float32 for kernels with random access. Rows are padded with zeros to whole registers, aligned to a cache line if they are at
/// least that long, and can be prefetched.
/// </summary>
internal sealed class AlignedRows
{
    private const int CacheLine = 64;

    private readonly float[] _values;
    private readonly int _first;

    /// <summary>Creates rows of zeros.</summary>
    /// <param name="rowCount">n.</param>
    /// <param name="columnCount">c, 1 or more.</param>
    /// <exception cref="OverflowException">The rows do not fit into one array.</exception>
    public unsafe AlignedRows(int rowCount, int columnCount)
    {
        RowCount = rowCount;
        Stride = (columnCount + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;
        const int Spare = CacheLine / sizeof(float);
        _values = GC.AllocateArray<float>(checked((rowCount * Stride) + Spare), pinned: true);

        // A pinned array never moves, so it stays aligned.
        var address = (nuint)Unsafe.AsPointer(ref _values[0]);
        _first = (int)((CacheLine - (address % CacheLine)) % CacheLine / sizeof(float));
    }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The number of floats from one row to the next: the columns, padded with zeros to a multiple of eight.</summary>
    public int Stride { get; }

    /// <summary>A row, <see cref="Stride"/> values.</summary>
    public Span<float> this[int row] => _values.AsSpan(_first + (row * Stride), Stride);

    /// <summary>A reference to the first value of a row. The row is not checked, for speed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Start(int row)
    {
        Debug.Assert((uint)row < (uint)RowCount, "The row must be one of the rows.");
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), _first + (row * Stride));
    }

    /// <summary>The squared Euclidean distance from a row to a point.</summary>
    /// <param name="row">The row.</param>
    /// <param name="place">The first of the <see cref="Stride"/> values of the point, padded with zeros.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float SquaredDistance(int row, ref float place)
    {
        Debug.Assert(!Unsafe.IsNullRef(ref place), "The point must be there.");
        ref var own = ref Start(row);
        var sum = Vector256<float>.Zero;
        for (nuint lane = 0; lane < (nuint)Stride; lane += (nuint)Vector256<float>.Count)
        {
            var difference = Vector256.LoadUnsafe(ref place, lane) - Vector256.LoadUnsafe(ref own, lane);
            sum = Vector256.MultiplyAddEstimate(difference, difference, sum);
        }

        return Vector256.Sum(sum);
    }

    /// <summary>Prefetches the first cache line of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(int row)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Start(row)));
        }
    }
}
