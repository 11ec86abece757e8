using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>
/// A dense variational autoencoder (Kingma and Welling, 2014). Its encoder tells of each row a normal distribution; the decoder rebuilds a draw from it.
/// </summary>
/// <param name="shape">Its widths, the encoder's last being 2 c: means, then logarithms of variances.</param>
/// <param name="options">The activation and the dropout.</param>
/// <param name="parameters">All weights and biases, as the shape lays them out; copied.</param>
/// <param name="device">Where to.</param>
internal sealed class VariationalNetwork(NetworkShape shape, AutoencoderOptions options, float[] parameters, Device device)
    : FlexibleDenseNetwork(shape, options, parameters, device)
{
    /// <summary>Keeps the logarithm of the error finite where rows are rebuilt to the last bit.</summary>
    private const double SmallestError = 1e-12;

    private readonly int _latentDimension = shape.LatentDimension;

    /// <inheritdoc/>
    protected override Tensor Encode(Tensor parameters, Tensor rows, Generator? generator) => Means(base.Encode(parameters, rows, generator));

    /// <inheritdoc/>
    protected override (Tensor Reconstruction, Tensor? Penalty) Rebuild(Tensor parameters, Tensor rows, Generator generator)
    {
        var told = base.Encode(parameters, rows, generator);
        var means = Means(told);
        var logVariances = told.narrow(1, _latentDimension, _latentDimension);
        var draws = means + ((logVariances / 2).exp() * randn(means.shape, device: means.device, generator: generator));
        var divergence = (means.square() + logVariances.exp() - logVariances - 1).sum() / 2;
        return (Decode(parameters, draws, generator), divergence / rows.numel());
    }

    /// <summary>
    /// The negative evidence lower bound of a value, but for a constant, at the variance of the reconstruction that maximizes it (Rybkin et al., 2021, eq. 6).
    /// </summary>
    protected override Tensor Loss(Tensor meanSquaredError, Tensor? penalty) => ((meanSquaredError + SmallestError).log() / 2) + penalty!;

    private Tensor Means(Tensor told) => told.narrow(1, 0, _latentDimension);
}
