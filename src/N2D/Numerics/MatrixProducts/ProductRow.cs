using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>Copies short rows. For few values, a call of the memory copy would take longer than the copy.</summary>
internal static unsafe class ProductRow
{
    /// <summary>Copies values that do not overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(float* source, float* target, int count)
    {
        var i = 0;
        for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256.Load(source + i).Store(target + i);
        }

        for (; i < count; i++)
        {
            target[i] = source[i];
        }
    }
}
