using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// An autoencoder's network on a device, its parameters in one flat tensor and its gradient in another. Its tensors belong to the dispose scope that it
/// is made in; what a call returns belongs to the caller's, and is valid until the next call.
/// </summary>
internal interface INetwork
{
    /// <summary>All weights and biases.</summary>
    Tensor Parameters { get; }

    /// <summary>The loss's derivative by each of them, after <see cref="ComputeGradient"/>.</summary>
    Tensor Gradient { get; }

    /// <summary>Computes the gradient of the loss of a batch.</summary>
    /// <param name="rows">What is to be rebuilt, m x d.</param>
    /// <param name="seen">What the network gets to see of it: the same, or the same with noise.</param>
    /// <param name="squaredErrors">Has the sum of the reconstruction's squared errors added.</param>
    /// <param name="randomSeed">Of what is drawn at random in this step.</param>
    void ComputeGradient(Tensor rows, Tensor seen, Tensor squaredErrors, long randomSeed);

    /// <summary>The codes of rows, m x c.</summary>
    Tensor Encode(Tensor rows);

    /// <summary>What codes are rebuilt to, m x d.</summary>
    Tensor Decode(Tensor codes);
}
