using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>Sum of squared differences. The distance is its root, or the sum itself.</summary>
/// <param name="IsSquared">Whether the distance is the sum itself.</param>
internal readonly record struct EuclideanKernel(bool IsSquared) : IDistanceKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums Accumulate(DistanceSums sums, Vector256<float> x, Vector256<float> y)
    {
        var difference = x - y;
        return new(Vector256.MultiplyAddEstimate(difference, difference, sums.First), default);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums AccumulateLeast(DistanceSums sums, Vector256<float> x, Vector256<float> low, Vector256<float> high) =>
        Accumulate(sums, x, Box.Nearest(x, low, high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums Combine(DistanceSums left, DistanceSums right) => new(left.First + right.First, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Rank(DistanceSums sums) => sums.First;

    public float Finish(float rank) => IsSquared ? rank : MathF.Sqrt(rank);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Finish(Vector256<float> ranks) => IsSquared ? ranks : Vector256.Sqrt(ranks);
}

/// <summary>Sum of absolute differences.</summary>
internal readonly struct ManhattanKernel : IDistanceKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums Accumulate(DistanceSums sums, Vector256<float> x, Vector256<float> y) =>
        new(sums.First + Vector256.Abs(x - y), default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums AccumulateLeast(DistanceSums sums, Vector256<float> x, Vector256<float> low, Vector256<float> high) =>
        Accumulate(sums, x, Box.Nearest(x, low, high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums Combine(DistanceSums left, DistanceSums right) => new(left.First + right.First, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Rank(DistanceSums sums) => sums.First;

    public float Finish(float rank) => rank;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Finish(Vector256<float> ranks) => ranks;
}

/// <summary>Largest absolute difference.</summary>
internal readonly struct ChebyshevKernel : IDistanceKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums Accumulate(DistanceSums sums, Vector256<float> x, Vector256<float> y) =>
        new(Vector256.MaxNative(sums.First, Vector256.Abs(x - y)), default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums AccumulateLeast(DistanceSums sums, Vector256<float> x, Vector256<float> low, Vector256<float> high) =>
        Accumulate(sums, x, Box.Nearest(x, low, high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums Combine(DistanceSums left, DistanceSums right) => new(Vector256.MaxNative(left.First, right.First), default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Rank(DistanceSums sums) => sums.First;

    public float Finish(float rank) => rank;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Finish(Vector256<float> ranks) => ranks;
}

/// <summary>
/// Sum of powers of absolute differences, each divided by the largest so far, and that largest. Plain powers would overflow a float at p of
/// about 10.
/// </summary>
/// <param name="power">p, above 1.</param>
internal readonly struct MinkowskiKernel(double power) : IDistanceKernel
{
    private readonly float _power = (float)Math.Min(power, float.MaxValue);
    private readonly float _root = (float)(1 / power);

    public static double RelativeCost => 15;

    /// <summary>That of <see cref="FastPower"/>, twice.</summary>
    public static float Rounding => 4e-6f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums Accumulate(DistanceSums sums, Vector256<float> x, Vector256<float> y) =>
        Combine(sums, new(Vector256<float>.One, Vector256.Abs(x - y)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums AccumulateLeast(DistanceSums sums, Vector256<float> x, Vector256<float> low, Vector256<float> high) =>
        Accumulate(sums, x, Box.Nearest(x, low, high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums Combine(DistanceSums left, DistanceSums right)
    {
        var leftIsLarger = Vector256.GreaterThan(left.Second, right.Second);
        var larger = Vector256.MaxNative(left.Second, right.Second);
        var smaller = Vector256.MinNative(left.Second, right.Second);

        // 0/0 counts as 0. If both are zero, the sum has no effect, because it is finally multiplied by zero.
        var ratio = FastPower.Pow(smaller / Vector256.MaxNative(larger, Vector256.Create(float.Epsilon)), Vector256.Create(_power));
        var kept = Vector256.ConditionalSelect(leftIsLarger, left.First, right.First);
        var scaled = Vector256.ConditionalSelect(leftIsLarger, right.First, left.First);
        return new(Vector256.MultiplyAddEstimate(scaled, ratio, kept), larger);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Rank(DistanceSums sums) => sums.Second * FastPower.Pow(sums.First, Vector256.Create(_root));

    public float Finish(float rank) => rank;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Finish(Vector256<float> ranks) => ranks;
}

/// <summary>Sum of absolute differences, each divided by the two values' absolute sum.</summary>
internal readonly struct CanberraKernel : IDistanceKernel
{
    public static double RelativeCost => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums Accumulate(DistanceSums sums, Vector256<float> x, Vector256<float> y)
    {
        // The least float above zero as the divisor turns 0/0 into 0, and changes no other quotient.
        var size = Vector256.MaxNative(Vector256.Abs(x) + Vector256.Abs(y), Vector256.Create(float.Epsilon));
        return new(sums.First + (Vector256.Abs(x - y) / size), default);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums AccumulateLeast(DistanceSums sums, Vector256<float> x, Vector256<float> low, Vector256<float> high) =>
        Accumulate(sums, x, Box.Nearest(x, low, high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums Combine(DistanceSums left, DistanceSums right) => new(left.First + right.First, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Rank(DistanceSums sums) => sums.First;

    public float Finish(float rank) => rank;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Finish(Vector256<float> ranks) => ranks;
}

/// <summary>Sum of absolute differences, divided by the sum of the absolute values of the sums.</summary>
/// <param name="IsJaccard">
/// Whether the rows are sets, 0 or 1 in each coordinate, and the distance is Jaccard's: 2b / (1 + b) for their Bray-Curtis dissimilarity b,
/// because the size of the union is half the sum of both sizes and the symmetric difference.
/// </param>
internal readonly record struct BrayCurtisKernel(bool IsJaccard) : IDistanceKernel
{
    public static double RelativeCost => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums Accumulate(DistanceSums sums, Vector256<float> x, Vector256<float> y) =>
        new(sums.First + Vector256.Abs(x - y), sums.Second + Vector256.Abs(x + y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums AccumulateLeast(DistanceSums sums, Vector256<float> x, Vector256<float> low, Vector256<float> high)
    {
        // The smallest difference divided by the largest sum, a lower bound even if no coordinate has both.
        var nearest = Vector256.Abs(x - Box.Nearest(x, low, high));
        return new(sums.First + nearest, sums.Second + Vector256.MaxNative(Vector256.Abs(x + low), Vector256.Abs(x + high)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums Combine(DistanceSums left, DistanceSums right) => new(left.First + right.First, left.Second + right.Second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Rank(DistanceSums sums) =>
        Vector256.ConditionalSelect(Vector256.Equals(sums.First, Vector256<float>.Zero), Vector256<float>.Zero, sums.First / sums.Second);

    public float Finish(float rank) => IsJaccard ? 2 * rank / (1 + rank) : rank;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Finish(Vector256<float> ranks) => IsJaccard ? 2 * ranks / (Vector256<float>.One + ranks) : ranks;
}

/// <summary>The number of coordinates that differ. The distance is their fraction.</summary>
/// <param name="ColumnCount">The number of coordinates, d.</param>
internal readonly record struct HammingKernel(int ColumnCount) : IDistanceKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums Accumulate(DistanceSums sums, Vector256<float> x, Vector256<float> y) =>
        new(sums.First + Vector256.AndNot(Vector256<float>.One, Vector256.Equals(x, y)), default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums AccumulateLeast(DistanceSums sums, Vector256<float> x, Vector256<float> low, Vector256<float> high) =>
        Accumulate(sums, x, Box.Nearest(x, low, high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums Combine(DistanceSums left, DistanceSums right) => new(left.First + right.First, default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Rank(DistanceSums sums) => sums.First;

    public float Finish(float rank) => rank / ColumnCount;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Finish(Vector256<float> ranks) => ranks / ColumnCount;
}

/// <summary>The range of a coordinate in a box.</summary>
file static class Box
{
    /// <summary>
    /// The value in a range that is nearest to another value, which gives the least term of any distance that grows with the difference.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Nearest(Vector256<float> x, Vector256<float> low, Vector256<float> high) =>
        Vector256.MinNative(Vector256.MaxNative(x, low), high);
}
