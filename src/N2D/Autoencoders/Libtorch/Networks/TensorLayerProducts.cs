using TorchSharp;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>Computes dense layers by libtorch, on any device, into existing tensors. A training step allocates nothing.</summary>
internal sealed class TensorLayerProducts
{
    /// <summary>For each batch size m, a vector of m ones. Its product with a matrix sums over the rows.</summary>
    private readonly Dictionary<long, Tensor> _ones;

    /// <summary>Allocates the vectors of ones. They belong to the dispose scope in which this object is created.</summary>
    /// <param name="device">The device.</param>
    /// <param name="batchSizes">The batch sizes that gradients will be computed for.</param>
    public TensorLayerProducts(Device device, IEnumerable<int> batchSizes) =>
        _ones = batchSizes.ToDictionary(size => (long)size, size => ones(size, device: device));

    /// <summary>Computes the output of a layer.</summary>
    /// <param name="input">m x inputs.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="isActivated">Whether a ReLU follows the layer.</param>
    /// <param name="output">Receives the output, m x outputs.</param>
    public static void Forward(Tensor input, TensorLayer layer, bool isActivated, Tensor output)
    {
        output.copy_(layer.Bias);
        output.addmm_(input, layer.Weights, 1, 1);
        if (isActivated)
        {
            output.relu_();
        }
    }

    /// <summary>Computes the gradients of a layer's weights and biases.</summary>
    /// <param name="input">The layer's input, m x inputs.</param>
    /// <param name="delta">The derivative of the loss by the layer's output, m x outputs.</param>
    /// <param name="layer">The layer, which receives the gradients.</param>
    public void ParameterGradients(Tensor input, Tensor delta, TensorLayer layer)
    {
        layer.WeightGradient.addmm_(input.t(), delta, 0, 1);
        layer.BiasGradient.addmv_(delta.t(), _ones[delta.shape[0]], 0, 1);
    }

    /// <summary>Computes the derivative of the loss by a layer's input.</summary>
    /// <param name="delta">The derivative of the loss by the layer's output, m x outputs.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The layer's input, m x inputs. Overwritten if it is activated.</param>
    /// <param name="isActivated">Whether the input is the output of a ReLU. The derivative is 0 where that is 0.</param>
    /// <param name="inputDelta">Receives the derivative, m x inputs.</param>
    public static void InputGradient(Tensor delta, TensorLayer layer, Tensor input, bool isActivated, Tensor inputDelta)
    {
        inputDelta.addmm_(delta, layer.Weights.t(), 0, 1);
        if (isActivated)
        {
            // The derivative of a ReLU is the sign of its output. The output itself is no longer needed.
            inputDelta.mul_(input.sign_());
        }
    }

    /// <summary>Computes the derivative of the mean squared error by the reconstruction.</summary>
    /// <param name="reconstruction">m x d.</param>
    /// <param name="target">The rows to reconstruct, m x d.</param>
    /// <param name="delta">Receives the derivative, m x d.</param>
    /// <param name="squaredErrors">A scalar to which the sum of the squared errors is added.</param>
    public static void LossGradient(Tensor reconstruction, Tensor target, Tensor delta, Tensor squaredErrors)
    {
        delta.copy_(reconstruction);
        delta.sub_(target);
        squaredErrors.add_(delta.view(-1).dot(delta.view(-1)));
        using Scalar scale = 2f / target.numel();
        delta.mul_(scale);
    }
}

/// <summary>A dense layer: views into the flat tensors of its network.</summary>
/// <param name="Weights">The weights, inputs x outputs.</param>
/// <param name="WeightGradient">The gradient of the weights, inputs x outputs.</param>
/// <param name="Bias">The biases, one for each output.</param>
/// <param name="BiasGradient">The gradient of the biases, one for each output.</param>
internal sealed record TensorLayer(Tensor Weights, Tensor WeightGradient, Tensor Bias, Tensor BiasGradient);
