using System.Numerics;
using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>RMSprop (Tieleman and Hinton, 2012), in the form of Keras.</summary>
internal sealed class RmsPropOptimizer : Optimizer
{
    private const float Decay = 0.9f;
    private const float Epsilon = 1e-7f;

    private readonly NativeVector _meanSquare;

    /// <summary>Creates an optimizer of a vector.</summary>
    public RmsPropOptimizer(NativeVector parameters, NativeVector gradient, AutoencoderOptions options)
        : base(parameters, gradient, options)
    {
        _meanSquare = new NativeVector(parameters.Length);
        State = new Dictionary<string, NativeVector> { ["mean_square"] = _meanSquare };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, NativeVector> State { get; }

    /// <inheritdoc/>
    protected override void Move(Span<float> values, ReadOnlySpan<float> slopes, Range range, double learningRate, float decay)
    {
        var meanSquare = _meanSquare.Span[range];
        var step = (float)-learningRate;
        var places = MemoryMarshal.Cast<float, Vector<float>>(values);
        var gradients = MemoryMarshal.Cast<float, Vector<float>>(slopes);
        var squares = MemoryMarshal.Cast<float, Vector<float>>(meanSquare);
        var epsilon = new Vector<float>(Epsilon);
        for (var i = 0; i < places.Length; i++)
        {
            squares[i] = (Decay * squares[i]) + ((1 - Decay) * gradients[i] * gradients[i]);
            places[i] = (decay * places[i]) + (step * gradients[i] / (Vector.SquareRoot(squares[i]) + epsilon));
        }

        for (var i = places.Length * Vector<float>.Count; i < values.Length; i++)
        {
            meanSquare[i] = (Decay * meanSquare[i]) + ((1 - Decay) * slopes[i] * slopes[i]);
            values[i] = (decay * values[i]) + (step * slopes[i] / (MathF.Sqrt(meanSquare[i]) + Epsilon));
        }
    }
}
