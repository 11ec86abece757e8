using TorchSharp;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// A dense variational autoencoder (Kingma and Welling, 2014). The encoder maps each row to a normal distribution; the decoder
/// reconstructs the row from a sample of it.
/// </summary>
/// <param name="shape">The layers. The encoder has 2 c outputs: means, then logarithms of variances.</param>
/// <param name="options">The activation and the dropout.</param>
/// <param name="parameters">All weights and biases in the layout of the shape; copied.</param>
/// <param name="device">The device.</param>
internal sealed class VariationalNetwork(NetworkShape shape, AutoencoderOptions options, float[] parameters, Device device)
    : FlexibleDenseNetwork(shape, options, parameters, device)
{
    /// <summary>Keeps the logarithm of the error finite if the reconstruction is exact.</summary>
    private const double SmallestError = 1e-12;

    private readonly int _latentDimension = shape.LatentDimension;

    /// <inheritdoc/>
    protected override Tensor Encode(Tensor parameters, Tensor rows, Generator? generator) =>
        Means(base.Encode(parameters, rows, generator));

    /// <inheritdoc/>
    protected override (Tensor Reconstruction, Tensor? Penalty) Reconstruct(Tensor parameters, Tensor rows, Generator generator)
    {
        var moments = base.Encode(parameters, rows, generator);
        var means = Means(moments);
        var logVariances = moments.narrow(1, _latentDimension, _latentDimension);
        using Scalar one = 1, two = 2, count = rows.numel();
        var samples = means + ((logVariances / two).exp() * randn(means.shape, device: means.device, generator: generator));
        var divergence = (means.square() + logVariances.exp() - logVariances - one).sum() / two;
        return (Decode(parameters, samples, generator), divergence / count);
    }

    /// <summary>
    /// Returns the negative evidence lower bound for each value, up to a constant, at the variance of the reconstruction that maximizes it
    /// (Rybkin et al., 2021, eq. 6).
    /// </summary>
    protected override Tensor Loss(Tensor meanSquaredError, Tensor? penalty)
    {
        using Scalar smallest = SmallestError, two = 2;
        return ((meanSquaredError + smallest).log() / two) + penalty!;
    }

    private Tensor Means(Tensor moments) => moments.narrow(1, 0, _latentDimension);
}
