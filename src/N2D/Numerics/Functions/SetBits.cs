using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// Lists the set bits of a comparison's mask without a branch for each: whether a bit is set is unpredictable, so a branch would be
/// mispredicted about once per mask.
/// </summary>
internal static class SetBits
{
    /// <summary>The number of bits of a mask, and of values that are stored for it.</summary>
    public const int MaskLength = 8;

    /// <summary>For each mask the indices of its set bits, ascending, one in each byte from the lowest.</summary>
    private static readonly ulong[] Indices = [.. Enumerable.Range(0, 1 << MaskLength).Select(mask => IndicesOf((uint)mask))];

    /// <summary>Stores the index of each set bit, plus an offset, followed by other values up to eight.</summary>
    /// <param name="mask">The mask, 0 to 255.</param>
    /// <param name="offset">The number to add to each index.</param>
    /// <param name="destination">The first of eight values.</param>
    /// <returns>The number of set bits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Store(uint mask, int offset, ref int destination)
    {
        var bytes = Vector128.CreateScalarUnsafe(Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Indices), mask)).AsByte();
        var words = Vector128.WidenLower(bytes);
        var indices = Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32();
        (indices + Vector256.Create(offset)).StoreUnsafe(ref destination);
        return BitOperations.PopCount(mask);
    }

    private static ulong IndicesOf(uint mask)
    {
        var (indices, count) = (0UL, 0);
        for (; mask != 0; mask &= mask - 1)
        {
            indices |= (ulong)BitOperations.TrailingZeroCount(mask) << (MaskLength * count++);
        }

        return indices;
    }
}
