using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The coefficients of the attractive and repulsive forces of a layout by squared distance (McInnes et al. 2018, section 4.2 and appendix
/// C), eight at a time.
/// </summary>
/// <param name="curve">a and b.</param>
/// <param name="repulsionStrength">gamma, the weight of repulsion relative to attraction.</param>
internal sealed class LayoutForces(MembershipCurve curve, float repulsionStrength)
{
    private readonly ForceFormulas _formulas = new(curve, repulsionStrength);

    /// <summary>The length of an array that holds values in whole vectors.</summary>
    /// <param name="count">The number of values.</param>
    public static int Padded(int count) => (count + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;

    /// <summary>Replaces squared distances by the coefficients of attraction.</summary>
    /// <param name="squares">Whole vectors (<see cref="Padded"/>). The padding may have any values.</param>
    public void ToAttractions(Span<float> squares)
    {
        Debug.Assert(squares.Length % Vector256<float>.Count == 0, "The span must consist of whole vectors.");
        ref var first = ref MemoryMarshal.GetReference(squares);
        for (nuint lane = 0; lane < (nuint)squares.Length; lane += (nuint)Vector256<float>.Count)
        {
            var square = Vector256.LoadUnsafe(ref first, lane);
            Attraction(square).StoreUnsafe(ref first, lane);
        }
    }

    /// <summary>Replaces squared distances by the coefficients of repulsion.</summary>
    /// <param name="squares">Whole vectors (<see cref="Padded"/>). The padding may have any values.</param>
    public void ToRepulsions(Span<float> squares)
    {
        Debug.Assert(squares.Length % Vector256<float>.Count == 0, "The span must consist of whole vectors.");
        ref var first = ref MemoryMarshal.GetReference(squares);
        for (nuint lane = 0; lane < (nuint)squares.Length; lane += (nuint)Vector256<float>.Count)
        {
            var square = Vector256.LoadUnsafe(ref first, lane);
            Repulsion(square).StoreUnsafe(ref first, lane);
        }
    }

    /// <inheritdoc cref="ForceFormulas.Attraction"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Attraction(Vector256<float> square) => _formulas.Attraction<Width256<float>, Vector256<float>>(square);

    /// <inheritdoc cref="ForceFormulas.Repulsion"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Repulsion(Vector256<float> square) => _formulas.Repulsion<Width256<float>, Vector256<float>>(square);

    /// <inheritdoc cref="ForceFormulas.ClippedForce"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ClippedForce(Vector256<float> difference, Vector256<float> coefficient) =>
        ForceFormulas.ClippedForce<Width256<float>, Vector256<float>>(difference, coefficient);

    /// <inheritdoc cref="ForceFormulas.AddForce"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> AddForce(
        Vector256<float> sum,
        Vector256<float> learningRate,
        Vector256<float> difference,
        Vector256<float> square,
        Vector256<float> coefficient) =>
        ForceFormulas.AddForce<Width256<float>, Vector256<float>>(sum, learningRate, difference, square, coefficient);

    /// <summary>Whether a coordinate of a force may exceed the limit for one of eight pairs of rows.</summary>
    /// <param name="square">The squared distances of the pairs.</param>
    /// <param name="coefficient">The coefficients of attraction or repulsion.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MayBeClipped(Vector256<float> square, Vector256<float> coefficient) =>
        ForceFormulas.MayBeClipped<Width256<float>, Vector256<float>>(square, coefficient).ExtractMostSignificantBits() != 0;
}
