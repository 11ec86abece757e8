using TorchSharp;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Computes dense layers by libtorch, on any device, into existing tensors. A training step allocates nothing.</summary>
internal sealed class LibtorchLayerProducts : ILayerProducts
{
    /// <summary>For each batch size m, a vector of m ones. Its product with a matrix sums over the rows.</summary>
    private readonly Dictionary<long, Tensor> _ones;

    /// <summary>Allocates the vectors of ones. They belong to the dispose scope in which this object is created.</summary>
    /// <param name="device">The device.</param>
    /// <param name="batchSizes">The batch sizes that gradients will be computed for.</param>
    public LibtorchLayerProducts(Device device, IEnumerable<int> batchSizes) =>
        _ones = batchSizes.ToDictionary(size => (long)size, size => ones(size, device: device));

    /// <inheritdoc/>
    public void Forward(Tensor input, DenseLayer layer, bool isActivated, Tensor output)
    {
        output.copy_(layer.Bias);
        output.addmm_(input, layer.Weights, 1, 1);
        if (isActivated)
        {
            output.relu_();
        }
    }

    /// <inheritdoc/>
    public void ParameterGradients(Tensor input, Tensor delta, DenseLayer layer)
    {
        layer.WeightGradient.addmm_(input.t(), delta, 0, 1);
        layer.BiasGradient.addmv_(delta.t(), _ones[delta.shape[0]], 0, 1);
    }

    /// <inheritdoc/>
    public void InputGradient(Tensor delta, DenseLayer layer, Tensor input, bool isActivated, Tensor inputDelta)
    {
        inputDelta.addmm_(delta, layer.Weights.t(), 0, 1);
        if (isActivated)
        {
            // The derivative of a ReLU is the sign of its output. The output itself is no longer needed.
            inputDelta.mul_(input.sign_());
        }
    }

    /// <inheritdoc/>
    public void LossGradient(Tensor reconstruction, Tensor target, Tensor delta, Tensor squaredErrors)
    {
        delta.copy_(reconstruction);
        delta.sub_(target);
        squaredErrors.add_(delta.view(-1).dot(delta.view(-1)));
        using Scalar scale = 2f / target.numel();
        delta.mul_(scale);
    }
}
