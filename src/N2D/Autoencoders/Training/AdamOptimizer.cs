using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>
/// Adam (Kingma and Ba, 2015) for one flat vector, in the form of Keras: epsilon is added to the root of the second moment before the bias
/// correction ("epsilon hat" in section 2 of the paper).
/// </summary>
internal sealed class AdamOptimizer : Optimizer
{
    /// <summary>The decay of the first moment.</summary>
    public const float Beta1 = 0.9f;

    /// <summary>The decay of the second moment.</summary>
    public const float Beta2 = 0.999f;

    /// <summary>The least denominator of a step.</summary>
    public const float Epsilon = 1e-7f;

    private readonly NativeVector _firstMoment;
    private readonly NativeVector _secondMoment;

    /// <summary>Creates an optimizer of a vector.</summary>
    public AdamOptimizer(NativeVector parameters, NativeVector gradient, AutoencoderOptions options)
        : base(parameters, gradient, options)
    {
        _firstMoment = new NativeVector(parameters.Length);
        _secondMoment = new NativeVector(parameters.Length);
        State = new Dictionary<string, NativeVector> { ["first_moment"] = _firstMoment, ["second_moment"] = _secondMoment };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, NativeVector> State { get; }

    /// <summary>Returns the learning rate with the bias correction of both moments.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="stepCount">The number of the step, from 1.</param>
    public static float RateOf(double learningRate, int stepCount) =>
        (float)(learningRate * Math.Sqrt(1 - Math.Pow(Beta2, stepCount)) / (1 - Math.Pow(Beta1, stepCount)));

    /// <summary>Updates vectors of the same length.</summary>
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

    /// <inheritdoc/>
    protected override void Move(Span<float> values, ReadOnlySpan<float> slopes, Range range, double learningRate, float decay) =>
        Update(values, slopes, _firstMoment.Span[range], _secondMoment.Span[range], RateOf(learningRate, StepCount), decay);
}
