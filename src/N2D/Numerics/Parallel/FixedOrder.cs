using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// Sums over spans in a fixed order of additions, with the same bits on every processor. The order in TensorPrimitives depends on the
/// vector width, so its results differ between AVX2 and AVX-512.
/// </summary>
internal static class FixedOrder
{
    private const int RowsAtOnce = 4;

    /// <summary>The inner product of two spans of equal length.</summary>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : struct, INumberBase<T> => Sum<T, Product<T>>(x, y);

    /// <summary>
    /// The inner products of a vector and several rows of a matrix, four at once, each with the bits of <see cref="Dot{T}"/>.
    /// </summary>
    /// <param name="x">d values.</param>
    /// <param name="rows">n x d.</param>
    /// <param name="numbers">The numbers of the rows.</param>
    /// <param name="products">Receives the products.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dot(ReadOnlySpan<float> x, Matrix rows, ReadOnlySpan<int> numbers, Span<float> products)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, rows.ColumnCount);
        ArgumentOutOfRangeException.ThrowIfNotEqual(products.Length, numbers.Length);
        ref var left = ref MemoryMarshal.GetReference(x);
        var number = 0;
        for (; number <= numbers.Length - RowsAtOnce; number += RowsAtOnce)
        {
            ref var right0 = ref MemoryMarshal.GetReference(rows.Row(numbers[number]));
            ref var right1 = ref MemoryMarshal.GetReference(rows.Row(numbers[number + 1]));
            ref var right2 = ref MemoryMarshal.GetReference(rows.Row(numbers[number + 2]));
            ref var right3 = ref MemoryMarshal.GetReference(rows.Row(numbers[number + 3]));
            Vector512<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            var place = 0;
            for (; place <= x.Length - Vector512<float>.Count; place += Vector512<float>.Count)
            {
                var values = Vector512.LoadUnsafe(ref left, (nuint)place);
                sum0 += values * Vector512.LoadUnsafe(ref right0, (nuint)place);
                sum1 += values * Vector512.LoadUnsafe(ref right1, (nuint)place);
                sum2 += values * Vector512.LoadUnsafe(ref right2, (nuint)place);
                sum3 += values * Vector512.LoadUnsafe(ref right3, (nuint)place);
            }

            products[number] = Finish(sum0, ref left, ref right0, place, x.Length);
            products[number + 1] = Finish(sum1, ref left, ref right1, place, x.Length);
            products[number + 2] = Finish(sum2, ref left, ref right2, place, x.Length);
            products[number + 3] = Finish(sum3, ref left, ref right3, place, x.Length);
        }

        for (; number < numbers.Length; number++)
        {
            products[number] = Dot(x, rows.Row(numbers[number]));
        }
    }

    /// <summary>The Euclidean distance between two spans of equal length.</summary>
    public static T Distance<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : struct, IRootFunctions<T> => T.Sqrt(SquaredDistance(x, y));

    /// <summary>The squared Euclidean distance between two spans of equal length.</summary>
    public static T SquaredDistance<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : struct, INumberBase<T> => Sum<T, SquaredDifference<T>>(x, y);

    /// <summary>The Euclidean norm.</summary>
    public static T Norm<T>(ReadOnlySpan<T> x)
        where T : struct, IRootFunctions<T> => T.Sqrt(Dot(x, x));

    /// <summary>The sum of the values.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : struct, INumberBase<T> => Sum<T, Identity<T>>(x, x);

    /// <summary>
    /// Adds the lanes, of which the halves are the two accumulators of <see cref="Sum{T, TTerm}"/>, and the remaining terms.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Finish(Vector512<float> sums, ref float left, ref float right, int place, int length)
    {
        var sum = Vector256.Sum(sums.GetLower() + sums.GetUpper());
        for (; place < length; place++)
        {
            sum += Unsafe.Add(ref left, place) * Unsafe.Add(ref right, place);
        }

        return sum;
    }

    /// <summary>
    /// Uses two accumulators, so that an addition does not wait for the previous one; then adds the remaining values in order.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Sum<T, TTerm>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : struct, INumberBase<T>
        where TTerm : struct, ITerm<T>
    {
        // Checked in Release as well: the vector loads below are not.
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        ref var left = ref MemoryMarshal.GetReference(x);
        ref var right = ref MemoryMarshal.GetReference(y);
        var width = Vector256<T>.Count;
        var even = Vector256<T>.Zero;
        var odd = Vector256<T>.Zero;
        var place = 0;
        for (; place <= x.Length - (2 * width); place += 2 * width)
        {
            even += TTerm.Of(Vector256.LoadUnsafe(ref left, (nuint)place), Vector256.LoadUnsafe(ref right, (nuint)place));
            odd += TTerm.Of(
                Vector256.LoadUnsafe(ref left, (nuint)(place + width)), Vector256.LoadUnsafe(ref right, (nuint)(place + width)));
        }

        var sum = Vector256.Sum(even + odd);
        for (; place < x.Length; place++)
        {
            sum += TTerm.Of(x[place], y[place]);
        }

        return sum;
    }

    /// <summary>The term of each pair of values.</summary>
    private interface ITerm<T>
    {
        static abstract Vector256<T> Of(Vector256<T> x, Vector256<T> y);

        static abstract T Of(T x, T y);
    }

    private readonly struct Product<T> : ITerm<T>
        where T : struct, INumberBase<T>
    {
        public static Vector256<T> Of(Vector256<T> x, Vector256<T> y) => x * y;

        public static T Of(T x, T y) => x * y;
    }

    private readonly struct SquaredDifference<T> : ITerm<T>
        where T : struct, INumberBase<T>
    {
        public static Vector256<T> Of(Vector256<T> x, Vector256<T> y) => (x - y) * (x - y);

        public static T Of(T x, T y) => (x - y) * (x - y);
    }

    private readonly struct Identity<T> : ITerm<T>
        where T : struct, INumberBase<T>
    {
        public static Vector256<T> Of(Vector256<T> x, Vector256<T> y) => x;

        public static T Of(T x, T y) => x;
    }
}
