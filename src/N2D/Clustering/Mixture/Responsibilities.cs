using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>Computes responsibilities from the distances between a block of rows and Gaussians, with one SIMD lane per row.</summary>
/// <remarks>
/// Densities are relative to a row's largest density (log-sum-exp). Responsibilities are float32, so densities that would round to zero are
/// not computed. Those of wide rows are not computed if they do not count in the M step.
/// </remarks>
internal static class Responsibilities
{
    /// <summary>Converts squared distances to log densities.</summary>
    /// <param name="squares">
    /// The squared distances of rows from a Gaussian, a multiple of the vector size. Receives factor - square / 2.
    /// </param>
    /// <param name="factor">The log factor of the Gaussian.</param>
    /// <param name="largest">The largest log density of each row so far. Updated.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToLogDensities(Span<double> squares, double factor, Span<double> largest)
    {
        Debug.Assert(squares.Length % Vector<double>.Count == 0 && squares.Length <= largest.Length, "The rows must fill whole vectors.");
        var values = MemoryMarshal.Cast<double, Vector<double>>(squares);
        var maxima = MemoryMarshal.Cast<double, Vector<double>>(largest)[..values.Length];
        var summand = new Vector<double>(factor);
        var half = new Vector<double>(-0.5);
        for (var lane = 0; lane < values.Length; lane++)
        {
            var density = (values[lane] * half) + summand;
            values[lane] = density;
            maxima[lane] = Vector.ConditionalSelect(Vector.GreaterThan(density, maxima[lane]), density, maxima[lane]);
        }
    }

    /// <summary>Converts log densities to densities relative to each row's largest.</summary>
    /// <param name="densities">The log densities of rows for a Gaussian, a multiple of the vector size. Receives the densities.</param>
    /// <param name="largest">The largest log density of each row.</param>
    /// <param name="leastExponent">The logarithm of the smallest relative density that is not zero.</param>
    /// <param name="sums">The sum of each row's densities so far. Updated.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToDensities(Span<double> densities, ReadOnlySpan<double> largest, double leastExponent, Span<double> sums)
    {
        Debug.Assert(densities.Length % Vector<double>.Count == 0, "The rows must fill whole vectors.");
        Debug.Assert(
            densities.Length <= largest.Length && densities.Length <= sums.Length,
            "There must be a maximum and a sum for each row.");
        var values = MemoryMarshal.Cast<double, Vector<double>>(densities);
        var maxima = MemoryMarshal.Cast<double, Vector<double>>(largest)[..values.Length];
        var totals = MemoryMarshal.Cast<double, Vector<double>>(sums)[..values.Length];
        var least = new Vector<double>(leastExponent);
        for (var lane = 0; lane < values.Length; lane++)
        {
            var exponent = values[lane] - maxima[lane];
            var isNegligible = Vector.LessThan(exponent, least);
            if (Vector.EqualsAll(isNegligible, Vector<long>.AllBitsSet))
            {
                values[lane] = Vector<double>.Zero;
                continue;
            }

            var density = Vector.ConditionalSelect(isNegligible, Vector<double>.Zero, Exponential.OfNonPositive(exponent));
            values[lane] = density;
            totals[lane] += density;
        }
    }

    /// <summary>Converts densities to responsibilities.</summary>
    /// <param name="densities">The densities of rows for a Gaussian. Receives the responsibilities.</param>
    /// <param name="sums">The sum of each row's densities.</param>
    /// <param name="shares">Receives the responsibilities as float32.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToShares(Span<double> densities, ReadOnlySpan<double> sums, Span<float> shares)
    {
        Debug.Assert(
            shares.Length <= densities.Length && densities.Length <= sums.Length,
            "There must be a density and a sum for each row.");
        var values = MemoryMarshal.Cast<double, Vector<double>>(densities);
        var totals = MemoryMarshal.Cast<double, Vector<double>>(sums)[..values.Length];
        var targets = MemoryMarshal.Cast<float, Vector<float>>(shares);
        for (var lane = 0; lane < targets.Length; lane++)
        {
            var low = values[2 * lane] / totals[2 * lane];
            var high = values[(2 * lane) + 1] / totals[(2 * lane) + 1];
            (values[2 * lane], values[(2 * lane) + 1]) = (low, high);
            targets[lane] = Vector.Narrow(low, high);
        }

        for (var row = targets.Length * Vector<float>.Count; row < shares.Length; row++)
        {
            densities[row] /= sums[row];
            shares[row] = (float)densities[row];
        }
    }

    /// <summary>
    /// Sums the logarithms of the sums of densities, with one logarithm for the product of eight. Each sum is 1 to the number of Gaussians,
    /// so the product cannot overflow.
    /// </summary>
    /// <param name="sums">The sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfLogarithms(ReadOnlySpan<double> sums)
    {
        var total = 0.0;
        for (var first = 0; first < sums.Length; first += 8)
        {
            var product = 1.0;
            foreach (var sum in sums.Slice(first, Math.Min(8, sums.Length - first)))
            {
                product *= sum;
            }

            total += PortableMath.Log(product);
        }

        return total;
    }
}
