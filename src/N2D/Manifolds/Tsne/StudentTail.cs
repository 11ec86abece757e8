using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The similarity of two points of a t-SNE layout, Student's t density without its factor: (1 + d^2 / dof)^-(dof + 1) / 2. The degrees of
/// freedom are one less than the dimensions of the layout, and at least one (van der Maaten, 2009).
/// </summary>
internal static class StudentTail
{
    /// <summary>The degrees of freedom, dof.</summary>
    /// <param name="dimension">The dimensions of the layout.</param>
    public static int FreedomIn(int dimension) => Math.Max(dimension - 1, 1);

    /// <summary>The logarithm of the similarity.</summary>
    /// <param name="square">The squared distance, d^2.</param>
    /// <param name="dimension">The dimensions of the layout.</param>
    public static double LogSimilarity(double square, int dimension)
    {
        var freedom = FreedomIn(dimension);
        return -(freedom + 1) / 2.0 * PortableMath.Log(1 + (square / freedom));
    }

    /// <summary>The similarity, computed from the inverse of 1 + d^2 / dof.</summary>
    /// <param name="inverse">The inverse, of eight pairs.</param>
    /// <param name="twicePower">dof + 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Similarity(Vector256<float> inverse, int twicePower)
    {
        var similarity = (twicePower & 1) == 0 ? Vector256<float>.One : Vector256.Sqrt(inverse);
        for (var power = twicePower >> 1; power > 0; power >>= 1)
        {
            similarity = (power & 1) == 0 ? similarity : similarity * inverse;
            inverse *= inverse;
        }

        return similarity;
    }
}
