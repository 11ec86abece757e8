using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>Gradient descent with momentum (Polyak, 1964).</summary>
internal sealed unsafe class SgdOptimizer : Optimizer
{
    private const float Momentum = 0.9f;

    private readonly NativeVector _velocity;

    /// <summary>Creates an optimizer of a vector.</summary>
    public SgdOptimizer(NativeVector parameters, AutoencoderOptions options)
        : base(parameters, options)
    {
        _velocity = new NativeVector(parameters.Length);
        State = new Dictionary<string, NativeVector> { ["velocity"] = _velocity };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, NativeVector> State { get; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Move(Span<float> values, ReadOnlySpan<float> slopes, long first)
    {
        var velocity = new Span<float>(_velocity.Values + first, values.Length);
        var step = (float)-LearningRate;
        var places = MemoryMarshal.Cast<float, Vector<float>>(values);
        var forces = MemoryMarshal.Cast<float, Vector<float>>(slopes);
        var speeds = MemoryMarshal.Cast<float, Vector<float>>(velocity);
        for (var i = 0; i < places.Length; i++)
        {
            speeds[i] = (Momentum * speeds[i]) + forces[i];
            places[i] = Vector.MultiplyAddEstimate(speeds[i], new Vector<float>(step), Decay * places[i]);
        }

        for (var i = places.Length * Vector<float>.Count; i < values.Length; i++)
        {
            velocity[i] = (Momentum * velocity[i]) + slopes[i];
            values[i] = float.MultiplyAddEstimate(velocity[i], step, Decay * values[i]);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void PrefetchState(long first, int count) => PrefetchValues(_velocity.Values + first, count);
}
