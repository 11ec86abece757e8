using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// Sums over spans in one definite order of additions, and so with the same bits on every processor. Those of TensorPrimitives run in as many
/// lanes as the widest vectors at hand have, and so differ between a processor with AVX2 and one with AVX-512.
/// </summary>
internal static class FixedOrder
{
    /// <summary>The inner product of two spans of one length.</summary>
    public static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : struct, INumberBase<T> => Sum<T, Product<T>>(x, y);

    /// <summary>Euclid's distance of two spans of one length.</summary>
    public static T Distance<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : struct, IRootFunctions<T> => T.Sqrt(Sum<T, SquaredDifference<T>>(x, y));

    /// <summary>Euclid's norm.</summary>
    public static T Norm<T>(ReadOnlySpan<T> x)
        where T : struct, IRootFunctions<T> => T.Sqrt(Dot(x, x));

    /// <summary>The sum of the values.</summary>
    public static T Sum<T>(ReadOnlySpan<T> x)
        where T : struct, INumberBase<T> => Sum<T, Itself<T>>(x, x);

    /// <summary>Two running vectors, so that an addition need not wait for the one before; then what is left, in its order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Sum<T, TTerm>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : struct, INumberBase<T>
        where TTerm : struct, ITerm<T>
    {
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
            odd += TTerm.Of(Vector256.LoadUnsafe(ref left, (nuint)(place + width)), Vector256.LoadUnsafe(ref right, (nuint)(place + width)));
        }

        var sum = Vector256.Sum(even + odd);
        for (; place < x.Length; place++)
        {
            sum += TTerm.Of(x[place], y[place]);
        }

        return sum;
    }

    /// <summary>What is added up of each pair of values.</summary>
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

    private readonly struct Itself<T> : ITerm<T>
        where T : struct, INumberBase<T>
    {
        public static Vector256<T> Of(Vector256<T> x, Vector256<T> y) => x;

        public static T Of(T x, T y) => x;
    }
}
