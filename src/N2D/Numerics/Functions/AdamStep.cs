using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace N2D.Numerics;

/// <summary>
/// A step of Adam (Kingma and Ba, 2015) for a part of a parameter vector, in the form of Keras: epsilon is added to the root of the second
/// moment before the bias correction ("epsilon hat" in section 2 of the paper).
/// </summary>
internal static class AdamStep
{
    /// <summary>The decay rate of the first moment.</summary>
    public const float Beta1 = 0.9f;

    /// <summary>The decay rate of the second moment.</summary>
    public const float Beta2 = 0.999f;

    /// <summary>The term that keeps the quotient finite.</summary>
    public const float Epsilon = 1e-7f;

    /// <summary>The learning rate of a step with its bias correction.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="step">The number of the step, from 1.</param>
    public static float Rate(double learningRate, int step) =>
        (float)(learningRate * Math.Sqrt(1 - Power(Beta2, step)) / (1 - Power(Beta1, step)));

    /// <summary>Updates vectors of the same length.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="first">The first moments.</param>
    /// <param name="second">The second moments.</param>
    /// <param name="rate">The learning rate with its bias correction (<see cref="Rate"/>).</param>
    /// <param name="decay">The factor that multiplies each parameter first; 1 without weight decay.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update(
        Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, float rate, float decay)
    {
        Debug.Assert(gradient.Length == parameters.Length, "There is one derivative for each parameter.");
        Debug.Assert(first.Length == parameters.Length && second.Length == parameters.Length, "There is one moment for each parameter.");
        var gradients = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var firsts = MemoryMarshal.Cast<float, Vector<float>>(first);
        var seconds = MemoryMarshal.Cast<float, Vector<float>>(second);
        var values = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        var epsilon = new Vector<float>(Epsilon);
        for (var i = 0; i < values.Length; i++)
        {
            var slope = gradients[i];
            var mean = (Beta1 * firsts[i]) + ((1 - Beta1) * slope);
            var square = (Beta2 * seconds[i]) + ((1 - Beta2) * slope * slope);
            firsts[i] = mean;
            seconds[i] = square;
            values[i] = (decay * values[i]) - (rate * mean / (Vector.SquareRoot(square) + epsilon));
        }

        for (var i = values.Length * Vector<float>.Count; i < parameters.Length; i++)
        {
            first[i] = (Beta1 * first[i]) + ((1 - Beta1) * gradient[i]);
            second[i] = (Beta2 * second[i]) + ((1 - Beta2) * gradient[i] * gradient[i]);
            parameters[i] = (decay * parameters[i]) - (rate * first[i] / (MathF.Sqrt(second[i]) + Epsilon));
        }
    }

    /// <summary>A power by products, which have the same bits on every system, unlike those of the C library.</summary>
    private static double Power(double value, int exponent)
    {
        var power = 1.0;
        for (; exponent > 0; exponent >>= 1, value *= value)
        {
            power *= (exponent & 1) == 1 ? value : 1;
        }

        return power;
    }
}
