namespace N2D.Numerics;

/// <summary>The memory in which a thread keeps packed factors and sums. It is reused by all products of the thread.</summary>
internal static unsafe class ProductBuffers
{
    [ThreadStatic]
    private static AlignedBuffer? s_packedB;

    [ThreadStatic]
    private static AlignedBuffer? s_packedA;

    [ThreadStatic]
    private static AlignedBuffer? s_sums;

    [ThreadStatic]
    private static AlignedBuffer? s_edgeOfA;

    /// <summary>A micro-panel of B.</summary>
    public static float* PackedB(int length) => (s_packedB ??= new()).Floats(length);

    /// <summary>The micro-panels of a block of A.</summary>
    public static float* PackedA(int length) => (s_packedA ??= new()).Floats(length);

    /// <summary>The part of C that a job computes.</summary>
    public static float* Sums(int length) => (s_sums ??= new()).Floats(length);

    /// <summary>The last rows of A, fewer than a micro-panel.</summary>
    public static float* EdgeOfA(int length) => (s_edgeOfA ??= new()).Floats(length);
}
