using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>From the distances of a block of rows from Gaussians to the shares that these have in each row, a row a SIMD lane.</summary>
/// <remarks>Everything is relative to a row's largest density, and shares are float32: densities that are smaller by so much that they vanish in that are not computed.</remarks>
internal static class Responsibilities
{
    /// <summary>Makes log densities of squared distances.</summary>
    /// <param name="squares">Squared distances of rows from one Gaussian, a multiple of the vector size; takes factor - square / 2.</param>
    /// <param name="factor">The Gaussian's log factor.</param>
    /// <param name="largest">The largest log density of each row so far, updated.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToLogDensities(Span<double> squares, double factor, Span<double> largest)
    {
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

    /// <summary>Makes densities of log densities, over each row's largest.</summary>
    /// <param name="densities">Log densities of rows under one Gaussian, a multiple of the vector size; takes the densities.</param>
    /// <param name="largest">The largest log density of each row.</param>
    /// <param name="sums">The sum of each row's densities so far, updated.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToDensities(Span<double> densities, ReadOnlySpan<double> largest, Span<double> sums)
    {
        var values = MemoryMarshal.Cast<double, Vector<double>>(densities);
        var maxima = MemoryMarshal.Cast<double, Vector<double>>(largest)[..values.Length];
        var totals = MemoryMarshal.Cast<double, Vector<double>>(sums)[..values.Length];
        var least = new Vector<double>(Exponential.LeastOfSingle);
        for (var lane = 0; lane < values.Length; lane++)
        {
            var exponent = values[lane] - maxima[lane];
            var isNothing = Vector.LessThan(exponent, least);
            if (Vector.EqualsAll(isNothing, Vector<long>.AllBitsSet))
            {
                values[lane] = Vector<double>.Zero;
                continue;
            }

            var density = Vector.ConditionalSelect(isNothing, Vector<double>.Zero, Exponential.OfNonPositive(exponent));
            values[lane] = density;
            totals[lane] += density;
        }
    }

    /// <summary>Makes shares of densities.</summary>
    /// <param name="densities">Densities of rows under one Gaussian; takes the shares.</param>
    /// <param name="sums">The sum of each row's densities.</param>
    /// <param name="shares">Takes the shares as float32.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToShares(Span<double> densities, ReadOnlySpan<double> sums, Span<float> shares)
    {
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

    /// <summary>Adds up the logarithms of the sums of densities, each 1 or more and at most the number of Gaussians: one logarithm of a product of eight is as good as eight.</summary>
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

            total += Math.Log(product);
        }

        return total;
    }
}
