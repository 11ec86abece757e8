using System.Runtime.CompilerServices;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>Sum of squared differences. The distance is its root, or the sum itself.</summary>
/// <param name="IsSquared">Whether the distance is the sum itself.</param>
internal readonly record struct EuclideanKernel(bool IsSquared) : IDistanceKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.Accumulate<TWidth, TVector>(DistanceSums<TVector> sums, TVector x, TVector y)
    {
        var difference = TWidth.Subtract(x, y);
        return new(TWidth.MultiplyAdd(difference, difference, sums.First), default);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.AccumulateLeast<TWidth, TVector>(
        DistanceSums<TVector> sums, TVector x, TVector low, TVector high) =>
        Box.Accumulate<EuclideanKernel, TWidth, TVector>(this, sums, x, low, high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.Combine<TWidth, TVector>(DistanceSums<TVector> left, DistanceSums<TVector> right) =>
        new(TWidth.Add(left.First, right.First), default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IDistanceKernel.Rank<TWidth, TVector>(DistanceSums<TVector> sums) => sums.First;

    float IDistanceKernel.Finish(float rank) => IsSquared ? rank : MathF.Sqrt(rank);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IDistanceKernel.Finish<TWidth, TVector>(TVector ranks) => IsSquared ? ranks : TWidth.Sqrt(ranks);
}

/// <summary>Sum of absolute differences.</summary>
internal readonly struct ManhattanKernel : IDistanceKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.Accumulate<TWidth, TVector>(DistanceSums<TVector> sums, TVector x, TVector y) =>
        new(TWidth.Add(sums.First, TWidth.Abs(TWidth.Subtract(x, y))), default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.AccumulateLeast<TWidth, TVector>(
        DistanceSums<TVector> sums, TVector x, TVector low, TVector high) =>
        Box.Accumulate<ManhattanKernel, TWidth, TVector>(this, sums, x, low, high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.Combine<TWidth, TVector>(DistanceSums<TVector> left, DistanceSums<TVector> right) =>
        new(TWidth.Add(left.First, right.First), default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IDistanceKernel.Rank<TWidth, TVector>(DistanceSums<TVector> sums) => sums.First;

    float IDistanceKernel.Finish(float rank) => rank;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IDistanceKernel.Finish<TWidth, TVector>(TVector ranks) => ranks;
}

/// <summary>Largest absolute difference.</summary>
internal readonly struct ChebyshevKernel : IDistanceKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.Accumulate<TWidth, TVector>(DistanceSums<TVector> sums, TVector x, TVector y) =>
        new(TWidth.Max(sums.First, TWidth.Abs(TWidth.Subtract(x, y))), default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.AccumulateLeast<TWidth, TVector>(
        DistanceSums<TVector> sums, TVector x, TVector low, TVector high) =>
        Box.Accumulate<ChebyshevKernel, TWidth, TVector>(this, sums, x, low, high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.Combine<TWidth, TVector>(DistanceSums<TVector> left, DistanceSums<TVector> right) =>
        new(TWidth.Max(left.First, right.First), default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IDistanceKernel.Rank<TWidth, TVector>(DistanceSums<TVector> sums) => sums.First;

    float IDistanceKernel.Finish(float rank) => rank;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IDistanceKernel.Finish<TWidth, TVector>(TVector ranks) => ranks;
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
    DistanceSums<TVector> IDistanceKernel.Accumulate<TWidth, TVector>(DistanceSums<TVector> sums, TVector x, TVector y) =>
        Combine<TWidth, TVector>(sums, new(TWidth.One, TWidth.Abs(TWidth.Subtract(x, y))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.AccumulateLeast<TWidth, TVector>(
        DistanceSums<TVector> sums, TVector x, TVector low, TVector high) =>
        Box.Accumulate<MinkowskiKernel, TWidth, TVector>(this, sums, x, low, high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DistanceSums<TVector> Combine<TWidth, TVector>(DistanceSums<TVector> left, DistanceSums<TVector> right)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct
    {
        var leftIsLarger = TWidth.LessThan(right.Second, left.Second);
        var larger = TWidth.Max(left.Second, right.Second);
        var smaller = TWidth.Min(left.Second, right.Second);

        // 0/0 counts as 0. If both are zero, the sum has no effect, because it is finally multiplied by zero.
        var quotient = TWidth.Divide(smaller, TWidth.Max(larger, TWidth.Broadcast(float.Epsilon)));
        var ratio = FastPower.Pow<TWidth, TVector>(quotient, TWidth.Broadcast(_power));
        var kept = TWidth.Select(leftIsLarger, left.First, right.First);
        var scaled = TWidth.Select(leftIsLarger, right.First, left.First);
        return new(TWidth.MultiplyAdd(scaled, ratio, kept), larger);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IDistanceKernel.Rank<TWidth, TVector>(DistanceSums<TVector> sums) =>
        TWidth.Multiply(sums.Second, FastPower.Pow<TWidth, TVector>(sums.First, TWidth.Broadcast(_root)));

    float IDistanceKernel.Finish(float rank) => rank;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IDistanceKernel.Finish<TWidth, TVector>(TVector ranks) => ranks;
}

/// <summary>Sum of absolute differences, each divided by the two values' absolute sum.</summary>
internal readonly struct CanberraKernel : IDistanceKernel
{
    public static double RelativeCost => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.Accumulate<TWidth, TVector>(DistanceSums<TVector> sums, TVector x, TVector y)
    {
        // The least float above zero as the divisor turns 0/0 into 0, and changes no other quotient.
        var size = TWidth.Max(TWidth.Add(TWidth.Abs(x), TWidth.Abs(y)), TWidth.Broadcast(float.Epsilon));
        return new(TWidth.Add(sums.First, TWidth.Divide(TWidth.Abs(TWidth.Subtract(x, y)), size)), default);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.AccumulateLeast<TWidth, TVector>(
        DistanceSums<TVector> sums, TVector x, TVector low, TVector high) =>
        Box.Accumulate<CanberraKernel, TWidth, TVector>(this, sums, x, low, high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.Combine<TWidth, TVector>(DistanceSums<TVector> left, DistanceSums<TVector> right) =>
        new(TWidth.Add(left.First, right.First), default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IDistanceKernel.Rank<TWidth, TVector>(DistanceSums<TVector> sums) => sums.First;

    float IDistanceKernel.Finish(float rank) => rank;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IDistanceKernel.Finish<TWidth, TVector>(TVector ranks) => ranks;
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
    DistanceSums<TVector> IDistanceKernel.Accumulate<TWidth, TVector>(DistanceSums<TVector> sums, TVector x, TVector y) => new(
        TWidth.Add(sums.First, TWidth.Abs(TWidth.Subtract(x, y))),
        TWidth.Add(sums.Second, TWidth.Abs(TWidth.Add(x, y))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.AccumulateLeast<TWidth, TVector>(
        DistanceSums<TVector> sums, TVector x, TVector low, TVector high)
    {
        // The smallest difference divided by the largest sum, a lower bound even if no coordinate has both.
        var nearest = TWidth.Abs(TWidth.Subtract(x, Box.Nearest<TWidth, TVector>(x, low, high)));
        var largest = TWidth.Max(TWidth.Abs(TWidth.Add(x, low)), TWidth.Abs(TWidth.Add(x, high)));
        return new(TWidth.Add(sums.First, nearest), TWidth.Add(sums.Second, largest));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.Combine<TWidth, TVector>(DistanceSums<TVector> left, DistanceSums<TVector> right) =>
        new(TWidth.Add(left.First, right.First), TWidth.Add(left.Second, right.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IDistanceKernel.Rank<TWidth, TVector>(DistanceSums<TVector> sums) =>
        TWidth.Select(TWidth.Equal(sums.First, TWidth.Zero), TWidth.Zero, TWidth.Divide(sums.First, sums.Second));

    float IDistanceKernel.Finish(float rank) => IsJaccard ? 2 * rank / (1 + rank) : rank;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IDistanceKernel.Finish<TWidth, TVector>(TVector ranks) => IsJaccard
        ? TWidth.Divide(TWidth.Multiply(TWidth.Broadcast(2), ranks), TWidth.Add(TWidth.One, ranks))
        : ranks;
}

/// <summary>The number of coordinates that differ. The distance is their fraction.</summary>
/// <param name="ColumnCount">The number of coordinates, d.</param>
internal readonly record struct HammingKernel(int ColumnCount) : IDistanceKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.Accumulate<TWidth, TVector>(DistanceSums<TVector> sums, TVector x, TVector y) =>
        new(TWidth.Add(sums.First, TWidth.AndNot(TWidth.One, TWidth.Equal(x, y))), default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.AccumulateLeast<TWidth, TVector>(
        DistanceSums<TVector> sums, TVector x, TVector low, TVector high) =>
        Box.Accumulate<HammingKernel, TWidth, TVector>(this, sums, x, low, high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    DistanceSums<TVector> IDistanceKernel.Combine<TWidth, TVector>(DistanceSums<TVector> left, DistanceSums<TVector> right) =>
        new(TWidth.Add(left.First, right.First), default);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IDistanceKernel.Rank<TWidth, TVector>(DistanceSums<TVector> sums) => sums.First;

    float IDistanceKernel.Finish(float rank) => rank / ColumnCount;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IDistanceKernel.Finish<TWidth, TVector>(TVector ranks) => TWidth.Divide(ranks, TWidth.Broadcast(ColumnCount));
}

/// <summary>The range of a coordinate in a box.</summary>
file static class Box
{
    /// <summary>
    /// The value in a range that is nearest to another value, which gives the least term of any distance that grows with the difference.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Nearest<TWidth, TVector>(TVector x, TVector low, TVector high)
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct => TWidth.Min(TWidth.Max(x, low), high);

    /// <summary>Adds that least term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DistanceSums<TVector> Accumulate<TKernel, TWidth, TVector>(
        TKernel kernel, DistanceSums<TVector> sums, TVector x, TVector low, TVector high)
        where TKernel : struct, IDistanceKernel
        where TWidth : struct, IVectorWidth<TVector, float>
        where TVector : struct => kernel.Accumulate<TWidth, TVector>(sums, x, Nearest<TWidth, TVector>(x, low, high));
}
