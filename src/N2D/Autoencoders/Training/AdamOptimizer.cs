using N2D.Numerics;

namespace N2D.Autoencoders;

/// <summary>Adam for one flat vector; see <see cref="AdamStep"/>.</summary>
internal sealed class AdamOptimizer : Optimizer
{
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

    /// <inheritdoc/>
    protected override void Move(Span<float> values, ReadOnlySpan<float> slopes, Range range, double learningRate, float decay) =>
        AdamStep.Update(
            values, slopes, _firstMoment.Span[range], _secondMoment.Span[range], AdamStep.Rate(learningRate, StepCount), decay);
}
