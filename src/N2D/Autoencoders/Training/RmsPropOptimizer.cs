using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>RMSprop (Tieleman and Hinton, 2012), in the form of Keras.</summary>
internal sealed unsafe class RmsPropOptimizer : Optimizer
{
    private const float MeanSquareDecay = 0.9f;
    private const float Epsilon = 1e-7f;

    private readonly NativeVector _meanSquare;

    /// <summary>Creates an optimizer of a vector.</summary>
    public RmsPropOptimizer(NativeVector parameters, AutoencoderOptions options)
        : base(parameters, options)
    {
        _meanSquare = new NativeVector(parameters.Length);
        State = new Dictionary<string, NativeVector> { ["mean_square"] = _meanSquare };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, NativeVector> State { get; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Move(Span<float> values, ReadOnlySpan<float> slopes, long first)
    {
        var meanSquare = new Span<float>(_meanSquare.Values + first, values.Length);
        var step = (float)-LearningRate;
        var places = MemoryMarshal.Cast<float, Vector<float>>(values);
        var gradients = MemoryMarshal.Cast<float, Vector<float>>(slopes);
        var squares = MemoryMarshal.Cast<float, Vector<float>>(meanSquare);
        var epsilon = new Vector<float>(Epsilon);
        for (var i = 0; i < places.Length; i++)
        {
            squares[i] = (MeanSquareDecay * squares[i]) + ((1 - MeanSquareDecay) * gradients[i] * gradients[i]);
            places[i] = (Decay * places[i]) + (step * gradients[i] / (Vector.SquareRoot(squares[i]) + epsilon));
        }

        for (var i = places.Length * Vector<float>.Count; i < values.Length; i++)
        {
            meanSquare[i] = (MeanSquareDecay * meanSquare[i]) + ((1 - MeanSquareDecay) * slopes[i] * slopes[i]);
            values[i] = (Decay * values[i]) + (step * slopes[i] / (MathF.Sqrt(meanSquare[i]) + Epsilon));
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void PrefetchState(long first, int count) => PrefetchValues(_meanSquare.Values + first, count);
}
