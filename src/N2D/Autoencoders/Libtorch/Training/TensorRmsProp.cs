using TorchSharp;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>RMSprop by libtorch; see <see cref="RmsPropOptimizer"/>.</summary>
internal sealed class TensorRmsProp : TensorOptimizer
{
    private const float Decay = 0.9f;
    private const float Epsilon = 1e-7f;

    private readonly Tensor _meanSquare;

    /// <summary>Creates an optimizer of a tensor.</summary>
    public TensorRmsProp(Tensor parameters, Tensor gradient, AutoencoderOptions options)
        : base(parameters, gradient, options)
    {
        _meanSquare = zeros_like(parameters);
        State = new Dictionary<string, Tensor> { ["mean_square"] = _meanSquare };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, Tensor> State { get; }

    /// <inheritdoc/>
    protected override void Move(double learningRate, float decay, Execution execution)
    {
        // Scalars must outlive libtorch's calls: TorchSharp does not keep temporary ones from the garbage collector.
        using Scalar kept = Decay, added = 1 - Decay, epsilon = Epsilon, shrinkage = decay, step = -learningRate;
        using var scope = NewDisposeScope();
        _meanSquare.mul_(kept).addcmul_(Gradient, Gradient, added);
        Parameters.mul_(shrinkage).addcdiv_(Gradient, _meanSquare.sqrt().add_(epsilon), step);
    }
}
