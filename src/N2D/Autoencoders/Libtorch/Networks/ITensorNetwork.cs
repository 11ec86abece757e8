using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// A network that libtorch computes on a device, with all parameters in one flat tensor and their gradient in another. Its tensors belong
/// to the dispose scope in which it is created. The result of a call belongs to the caller's scope and is valid until the next call.
/// </summary>
internal interface ITensorNetwork
{
    /// <summary>All weights and biases.</summary>
    Tensor Parameters { get; }

    /// <summary>The gradient of the loss, after <see cref="ComputeGradient"/>.</summary>
    Tensor Gradient { get; }

    /// <summary>Computes the gradient of the loss of a batch.</summary>
    /// <param name="target">The rows to reconstruct, m x d.</param>
    /// <param name="input">The input of the network: the same rows, with or without noise.</param>
    /// <param name="squaredErrors">A scalar to which the sum of the squared errors of the reconstruction is added.</param>
    /// <param name="randomSeed">The seed of the random numbers of this step.</param>
    void ComputeGradient(Tensor target, Tensor input, Tensor squaredErrors, long randomSeed);

    /// <summary>Encodes rows to codes, m x c.</summary>
    Tensor Encode(Tensor rows);

    /// <summary>Decodes codes to rows, m x d.</summary>
    Tensor Decode(Tensor codes);
}
