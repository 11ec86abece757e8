using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Clustering;

/// <summary>Centers in column-major layout, so that the distances from a row to sixteen of them are computed at once.</summary>
internal sealed class NearestCenters
{
    private const int LaneCount = 8;
    private const int GroupSize = 2 * LaneCount;

    // The coordinate of padding centers: the square of a difference from it overflows to infinity.
    private const float PaddingCoordinate = 1e30f;

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

    /// <summary>The length of the scratch memory of <see cref="Find"/>.</summary>
    public int ScratchLength => _stride;

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

            target[ClusterCount..].Fill(PaddingCoordinate);
        }
    }

    /// <summary>Finds the nearest center of a row, the first one in a tie.</summary>
    /// <param name="row">d values.</param>
    /// <param name="scratch">Scratch memory, <see cref="ScratchLength"/> values.</param>
    /// <returns>Its number, and the squared distances to it and to the next nearest center; infinity if there is none.</returns>
    public (int Center, float Nearest, float Next) Find(ReadOnlySpan<float> row, Span<float> scratch)
    {
        for (var first = 0; first < _stride; first += GroupSize)
        {
            Measure(row, first, scratch);
        }

        var (center, nearest, next) = (0, float.PositiveInfinity, float.PositiveInfinity);
        for (var other = 0; other < ClusterCount; other++)
        {
            var distance = scratch[other];
            if (distance < nearest)
            {
                (center, nearest, next) = (other, distance, nearest);
            }
            else if (distance < next)
            {
                next = distance;
            }
        }

        return (center, nearest, next);
    }

    /// <summary>
    /// Computes the squared distances to sixteen centers, with separate accumulators for even and odd columns to hide latency.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(ReadOnlySpan<float> row, int first, Span<float> distances)
    {
        Debug.Assert(row.Length == Dimension && _columns.Length == Dimension * _stride, "The row must have the columns of the centers.");
        Debug.Assert(first >= 0 && first % GroupSize == 0 && first + GroupSize <= _stride, "The centers must be a group.");
        Debug.Assert(distances.Length >= first + GroupSize, "There must be a distance for each center.");
        ref var centers = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_columns), first);
        var (lowEven, highEven) = (Vector256<float>.Zero, Vector256<float>.Zero);
        var (lowOdd, highOdd) = (lowEven, highEven);
        var column = 0;
        for (; column < row.Length - 1; column += 2)
        {
            var even = Vector256.Create(row[column]);
            var odd = Vector256.Create(row[column + 1]);
            ref var other = ref Unsafe.Add(ref centers, _stride);
            var difference = even - Vector256.LoadUnsafe(ref centers);
            lowEven = Vector256.MultiplyAddEstimate(difference, difference, lowEven);
            difference = even - Vector256.LoadUnsafe(ref centers, LaneCount);
            highEven = Vector256.MultiplyAddEstimate(difference, difference, highEven);
            difference = odd - Vector256.LoadUnsafe(ref other);
            lowOdd = Vector256.MultiplyAddEstimate(difference, difference, lowOdd);
            difference = odd - Vector256.LoadUnsafe(ref other, LaneCount);
            highOdd = Vector256.MultiplyAddEstimate(difference, difference, highOdd);
            centers = ref Unsafe.Add(ref other, _stride);
        }

        if (column < row.Length)
        {
            var last = Vector256.Create(row[column]);
            var difference = last - Vector256.LoadUnsafe(ref centers);
            lowEven = Vector256.MultiplyAddEstimate(difference, difference, lowEven);
            difference = last - Vector256.LoadUnsafe(ref centers, LaneCount);
            highEven = Vector256.MultiplyAddEstimate(difference, difference, highEven);
        }

        (lowEven + lowOdd).CopyTo(distances[first..]);
        (highEven + highOdd).CopyTo(distances[(first + LaneCount)..]);
    }
}
