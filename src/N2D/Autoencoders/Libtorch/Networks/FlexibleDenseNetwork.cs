using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>A dense autoencoder with any activation, and with dropout.</summary>
/// <param name="shape">The layers.</param>
/// <param name="options">The activation, the dropout and the precision.</param>
/// <param name="parameters">All weights and biases in the layout of the shape; copied.</param>
/// <param name="device">The device.</param>
internal class FlexibleDenseNetwork(NetworkShape shape, AutoencoderOptions options, float[] parameters, Device device)
    : AutogradNetwork(parameters, device)
{
    /// <inheritdoc/>
    protected override Tensor Encode(Tensor parameters, Tensor rows, Generator? generator) =>
        Run(parameters, rows, 0, shape.EncoderLayerCount, generator);

    /// <inheritdoc/>
    protected override Tensor Decode(Tensor parameters, Tensor codes, Generator? generator) =>
        Run(parameters, codes, shape.EncoderLayerCount, shape.LayerCount, generator);

    private Tensor Run(Tensor parameters, Tensor values, int firstLayer, int endLayer, Generator? generator)
    {
        for (var layer = firstLayer; layer < endLayer; layer++)
        {
            values = options.Precision.Product(values, shape.Weights(layer).In(parameters)) + shape.Biases(layer).In(parameters);
            if (shape.IsActivated(layer))
            {
                values = DropOut(options.Activation.Apply(values), options.Dropout, generator);
            }
        }

        return values;
    }
}
