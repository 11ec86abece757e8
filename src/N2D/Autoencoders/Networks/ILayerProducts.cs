using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>What the passes of a dense network of rectified linear units are made of: the products of its layers, and what is done to them on the way.</summary>
internal interface ILayerProducts
{
    /// <summary>The output of a layer.</summary>
    /// <param name="input">m x inputs.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="isActivated">Whether negative values become 0.</param>
    /// <param name="output">Takes m x outputs.</param>
    void Forward(Tensor input, DenseLayer layer, bool isActivated, Tensor output);

    /// <summary>The derivative of the loss by a layer's weights and biases, into the layer.</summary>
    /// <param name="input">What went in, m x inputs.</param>
    /// <param name="delta">The derivative by what came out, m x outputs.</param>
    /// <param name="layer">The layer.</param>
    void ParameterGradients(Tensor input, Tensor delta, DenseLayer layer);

    /// <summary>The derivative of the loss by what went into a layer.</summary>
    /// <param name="delta">The derivative by what came out, m x outputs.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="input">What went in, m x inputs; used up where it is activated.</param>
    /// <param name="isActivated">Whether the layer before made 0 of negative values: there the derivative is 0 as well.</param>
    /// <param name="inputDelta">Takes m x inputs.</param>
    void InputGradient(Tensor delta, DenseLayer layer, Tensor input, bool isActivated, Tensor inputDelta);

    /// <summary>The derivative of the mean squared error by the reconstruction.</summary>
    /// <param name="reconstruction">m x d.</param>
    /// <param name="rows">What was to be rebuilt, m x d.</param>
    /// <param name="delta">Takes m x d.</param>
    /// <param name="squaredErrors">Has the sum of the squared errors added.</param>
    void LossGradient(Tensor reconstruction, Tensor rows, Tensor delta, Tensor squaredErrors);
}

/// <summary>The views of one layer into the flat tensors of its network.</summary>
/// <param name="Weights">Inputs x outputs.</param>
/// <param name="WeightGradient">Likewise.</param>
/// <param name="Bias">Outputs.</param>
/// <param name="BiasGradient">Likewise.</param>
internal sealed record DenseLayer(Tensor Weights, Tensor WeightGradient, Tensor Bias, Tensor BiasGradient);
