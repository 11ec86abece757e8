using System.Runtime.CompilerServices;

using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>Adam for one flat vector; see <see cref="AdamStep"/>.</summary>
internal sealed unsafe class AdamOptimizer : Optimizer
{
    private readonly NativeVector _firstMoment;
    private readonly NativeVector _secondMoment;
    private float _rate;

    /// <summary>Creates an optimizer of a vector.</summary>
    public AdamOptimizer(NativeVector parameters, AutoencoderOptions options)
        : base(parameters, options)
    {
        _firstMoment = new NativeVector(parameters.Length);
        _secondMoment = new NativeVector(parameters.Length);
        State = new Dictionary<string, NativeVector> { ["first_moment"] = _firstMoment, ["second_moment"] = _secondMoment };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, NativeVector> State { get; }

    /// <inheritdoc/>
    public override void BeginStep(double factor)
    {
        base.BeginStep(factor);
        _rate = AdamStep.Rate(LearningRate, StepCount);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Move(Span<float> values, ReadOnlySpan<float> slopes, long first) => AdamStep.Update(
        values,
        slopes,
        new(_firstMoment.Values + first, values.Length),
        new(_secondMoment.Values + first, values.Length),
        _rate,
        Decay);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void PrefetchState(long first, int count)
    {
        PrefetchValues(_firstMoment.Values + first, count);
        PrefetchValues(_secondMoment.Values + first, count);
    }
}
