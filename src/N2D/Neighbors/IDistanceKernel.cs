using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace N2D.Neighbors;

/// <summary>
/// What a metric does with one pair of coordinates, vectorised. Kernels that are generic in it are compiled once a metric,
/// with nothing left to call in the inner loop. Sums grow with the distance, so neighbours can be ranked before
/// <see cref="Finish"/>.
/// </summary>
internal interface IDistanceKernel
{
    /// <summary>Adds the coordinates of one dimension to the running sums.</summary>
    static abstract Vector256<float> Accumulate(Vector256<float> sum, Vector256<float> x, Vector256<float> y);

    /// <summary>Combines the sums of two parts of a row.</summary>
    static abstract Vector256<float> Combine(Vector256<float> left, Vector256<float> right);

    /// <summary>Combines the eight lanes of a sum.</summary>
    static abstract float Reduce(Vector256<float> sum);

    /// <summary>The distance of a sum.</summary>
    static abstract float Finish(float sum);
}

/// <summary>Sum of squared differences; the distance is its root.</summary>
internal readonly struct EuclideanKernel : IDistanceKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Accumulate(Vector256<float> sum, Vector256<float> x, Vector256<float> y)
    {
        var difference = x - y;
        return Vector256.FusedMultiplyAdd(difference, difference, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Combine(Vector256<float> left, Vector256<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Reduce(Vector256<float> sum) => Vector256.Sum(sum);

    public static float Finish(float sum) => MathF.Sqrt(sum);
}

/// <summary>
/// Sum of squared differences of unit rows: half of it is their cosine distance, 1 - x.y = |x - y|^2 / 2.
/// </summary>
internal readonly struct UnitRowKernel : IDistanceKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Accumulate(Vector256<float> sum, Vector256<float> x, Vector256<float> y) =>
        EuclideanKernel.Accumulate(sum, x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Combine(Vector256<float> left, Vector256<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Reduce(Vector256<float> sum) => Vector256.Sum(sum);

    public static float Finish(float sum) => sum / 2;
}

/// <summary>Sum of absolute differences.</summary>
internal readonly struct ManhattanKernel : IDistanceKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Accumulate(Vector256<float> sum, Vector256<float> x, Vector256<float> y) =>
        sum + Vector256.Abs(x - y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Combine(Vector256<float> left, Vector256<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Reduce(Vector256<float> sum) => Vector256.Sum(sum);

    public static float Finish(float sum) => sum;
}

/// <summary>Largest absolute difference.</summary>
internal readonly struct ChebyshevKernel : IDistanceKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Accumulate(Vector256<float> sum, Vector256<float> x, Vector256<float> y) =>
        Vector256.Max(sum, Vector256.Abs(x - y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Combine(Vector256<float> left, Vector256<float> right) => Vector256.Max(left, right);

    public static float Reduce(Vector256<float> sum)
    {
        var largest = 0f;
        for (var lane = 0; lane < Vector256<float>.Count; lane++)
        {
            largest = MathF.Max(largest, sum[lane]);
        }

        return largest;
    }

    public static float Finish(float sum) => sum;
}
