using TorchSharp;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Gradient descent with momentum by libtorch; see <see cref="SgdOptimizer"/>.</summary>
internal sealed class TensorSgd : TensorOptimizer
{
    private const float Momentum = 0.9f;

    private readonly Tensor _velocity;

    /// <summary>Creates an optimizer of a tensor.</summary>
    public TensorSgd(Tensor parameters, Tensor gradient, AutoencoderOptions options)
        : base(parameters, gradient, options)
    {
        _velocity = zeros_like(parameters);
        State = new Dictionary<string, Tensor> { ["velocity"] = _velocity };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> State { get; }

    /// <inheritdoc/>
    protected override void Move(double learningRate, float decay, Execution execution)
    {
        // Scalars must outlive libtorch's calls: TorchSharp does not keep temporary ones from the garbage collector.
        using Scalar momentum = Momentum, shrinkage = decay, step = -learningRate;
        _velocity.mul_(momentum).add_(Gradient);
        Parameters.mul_(shrinkage).add_(_velocity, step);
    }
}
