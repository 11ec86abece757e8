using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>Adds multiples of vectors (AXPY). For short vectors, a library call would take longer than the work.</summary>
internal static class ScaledVector
{
    /// <summary>sums += factor · values.</summary>
    /// <param name="values">At least as many values as sums.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="sums">The sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ReadOnlySpan<double> values, double factor, Span<double> sums)
    {
        Debug.Assert(values.Length >= sums.Length, "There must be a value for each sum.");
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        var place = 0;
        for (; place <= sums.Length - Vector256<double>.Count; place += Vector256<double>.Count)
        {
            var added = Vector256.MultiplyAddEstimate(
                Vector256.LoadUnsafe(ref value, (nuint)place), Vector256.Create(factor), Vector256.LoadUnsafe(ref sum, (nuint)place));
            added.StoreUnsafe(ref sum, (nuint)place);
        }

        for (; place < sums.Length; place++)
        {
            sums[place] = double.MultiplyAddEstimate(values[place], factor, sums[place]);
        }
    }
}
