using ILGPU;
using N2D.Numerics;

namespace N2D.Devices;

/// <summary>Arithmetic with single numbers in kernels, with the bits of the processor's vectors.</summary>
internal readonly struct KernelArithmetic : IArithmetic<float, float>
{
    private static float AllBits => Interop.IntAsFloat(uint.MaxValue);

    /// <inheritdoc/>
    public static float Zero => 0;

    /// <inheritdoc/>
    public static float One => 1;

    /// <inheritdoc/>
    public static float Broadcast(float value) => value;

    /// <inheritdoc/>
    public static float Add(float x, float y) => x + y;

    /// <inheritdoc/>
    public static float Subtract(float x, float y) => x - y;

    /// <inheritdoc/>
    public static float Multiply(float x, float y) => KernelMath.Multiply(x, y);

    /// <inheritdoc/>
    public static float MultiplyAdd(float x, float y, float z) => KernelMath.MultiplyAdd(x, y, z);

    /// <inheritdoc/>
    public static float Divide(float x, float y) => x / y;

    /// <inheritdoc/>
    public static float Floor(float x) => MathF.Floor(x);

    /// <inheritdoc/>
    public static float Min(float x, float y) => x < y ? x : y;

    /// <inheritdoc/>
    public static float Max(float x, float y) => x > y ? x : y;

    /// <inheritdoc/>
    public static float LessThan(float x, float y) => x < y ? AllBits : 0;

    /// <inheritdoc/>
    public static float Select(float mask, float ifSet, float ifNot) => Bits(mask) == 0 ? ifNot : ifSet;

    /// <inheritdoc/>
    public static float AddBits(float x, float y) => FromBits(Bits(x) + Bits(y));

    /// <inheritdoc/>
    public static float SubtractBits(float x, float y) => FromBits(Bits(x) - Bits(y));

    /// <inheritdoc/>
    public static float ShiftLeft(float x, int count) => FromBits(Bits(x) << count);

    /// <inheritdoc/>
    public static float ShiftRightArithmetic(float x, int count) => FromBits(Bits(x) >> count);

    /// <inheritdoc/>
    public static float FromIntegers(float bits) => Bits(bits);

    /// <inheritdoc/>
    public static float ToIntegers(float x) => FromBits((int)x);

    private static int Bits(float x) => (int)Interop.FloatAsInt(x);

    private static float FromBits(int bits) => Interop.IntAsFloat((uint)bits);
}
