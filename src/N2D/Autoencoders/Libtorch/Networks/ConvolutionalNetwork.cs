using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>A convolutional autoencoder of images.</summary>
/// <param name="shape">The layers.</param>
/// <param name="options">The activation, the dropout and the precision.</param>
/// <param name="parameters">All weights and biases in the layout of the shape; copied.</param>
/// <param name="device">The device.</param>
internal sealed class ConvolutionalNetwork(ConvolutionalShape shape, AutoencoderOptions options, float[] parameters, Device device)
    : AutogradNetwork(parameters, device)
{
    private const int Stride = 2;

    /// <inheritdoc/>
    protected override Tensor Encode(Tensor parameters, Tensor rows, Generator? generator)
    {
        var values = rows.view(-1, 1, shape.Image.Height, shape.Image.Width);
        for (var layer = 0; layer < shape.Convolutions.Count; layer++)
        {
            var convolution = shape.Convolutions[layer];
            var (weights, biases) = Parts(parameters, layer);
            var convolved = nn.functional.conv2d(
                Rounded(values), Rounded(weights), Rounded(biases), strides: [Stride, Stride],
                padding: [convolution.Padding, convolution.Padding]);
            values = Activate(convolved.to(ScalarType.Float32), generator);
        }

        return Dense(parameters, shape.Convolutions.Count, values.reshape(-1, shape.FlatLength));
    }

    /// <inheritdoc/>
    protected override Tensor Decode(Tensor parameters, Tensor codes, Generator? generator)
    {
        var layer = shape.Convolutions.Count + 1;
        var values = Activate(
            Dense(parameters, layer, codes),
            generator).view(
                -1, shape.FlatLength / (shape.CodeImage.Height * shape.CodeImage.Width), shape.CodeImage.Height, shape.CodeImage.Width);
        for (var number = shape.Convolutions.Count - 1; number >= 0; number--)
        {
            var convolution = shape.Convolutions[number];
            var (weights, biases) = Parts(parameters, ++layer);
            values = nn.functional.conv_transpose2d(
                Rounded(values),
                Rounded(weights),
                Rounded(biases),
                strides: [Stride, Stride],
                padding: [convolution.Padding, convolution.Padding],
                output_padding: [convolution.OutputPadding.Height, convolution.OutputPadding.Width]).to(ScalarType.Float32);
            values = number > 0 ? Activate(values, generator) : values;
        }

        return values.reshape(-1, shape.Image.Height * shape.Image.Width);
    }

    private Tensor Activate(Tensor values, Generator? generator) => DropOut(options.Activation.Apply(values), options.Dropout, generator);

    private Tensor Rounded(Tensor values) => options.Precision.Rounded(values);

    private Tensor Dense(Tensor parameters, int layer, Tensor values)
    {
        var (weights, biases) = Parts(parameters, layer);
        return options.Precision.Product(values, weights) + biases;
    }

    private (Tensor Weights, Tensor Biases) Parts(Tensor parameters, int layer) =>
        (shape.Layout.Blocks[2 * layer].In(parameters), shape.Layout.Blocks[(2 * layer) + 1].In(parameters));
}
