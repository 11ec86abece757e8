using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>The operations of the forward and backward passes of a dense network with ReLU activations.</summary>
internal interface ILayerProducts
{
    /// <summary>Computes the output of a layer.</summary>
    /// <param name="input">m x inputs.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="isActivated">Whether a ReLU follows the layer.</param>
    /// <param name="output">Receives the output, m x outputs.</param>
    void Forward(Tensor input, DenseLayer layer, bool isActivated, Tensor output);

    /// <summary>Computes the gradients of a layer's weights and biases.</summary>
    /// <param name="input">The layer's input, m x inputs.</param>
    /// <param name="delta">The derivative of the loss by the layer's output, m x outputs.</param>
    /// <param name="layer">The layer, which receives the gradients.</param>
    void ParameterGradients(Tensor input, Tensor delta, DenseLayer layer);

    /// <summary>Computes the derivative of the loss by a layer's input.</summary>
    /// <param name="delta">The derivative of the loss by the layer's output, m x outputs.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The layer's input, m x inputs. Overwritten if it is activated.</param>
    /// <param name="isActivated">Whether the input is the output of a ReLU. The derivative is 0 where that is 0.</param>
    /// <param name="inputDelta">Receives the derivative, m x inputs.</param>
    void InputGradient(Tensor delta, DenseLayer layer, Tensor input, bool isActivated, Tensor inputDelta);

    /// <summary>Computes the derivative of the mean squared error by the reconstruction.</summary>
    /// <param name="reconstruction">m x d.</param>
    /// <param name="target">The rows to reconstruct, m x d.</param>
    /// <param name="delta">Receives the derivative, m x d.</param>
    /// <param name="squaredErrors">A scalar to which the sum of the squared errors is added.</param>
    void LossGradient(Tensor reconstruction, Tensor target, Tensor delta, Tensor squaredErrors);
}

/// <summary>A dense layer: views into the flat tensors of its network.</summary>
/// <param name="Weights">The weights, inputs x outputs.</param>
/// <param name="WeightGradient">The gradient of the weights, inputs x outputs.</param>
/// <param name="Bias">The biases, one for each output.</param>
/// <param name="BiasGradient">The gradient of the biases, one for each output.</param>
internal sealed record DenseLayer(Tensor Weights, Tensor WeightGradient, Tensor Bias, Tensor BiasGradient);
