using N2D.Pipeline;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>The architecture of a network, from options and the number of columns of the rows.</summary>
internal sealed class NetworkPlan
{
    private readonly AutoencoderOptions _options;
    private readonly NetworkShape? _dense;
    private readonly ConvolutionalShape? _convolutional;

    /// <summary>Plans a network.</summary>
    /// <param name="options">The options.</param>
    /// <param name="inputDimension">d.</param>
    /// <param name="image">The shape of the image in each row. Required for a convolutional network.</param>
    /// <exception cref="N2DException">The network is convolutional, but the rows are not images (<c>ImageShapeRequired</c>).</exception>
    public NetworkPlan(AutoencoderOptions options, int inputDimension, ImageShape? image)
    {
        _options = options;
        if (options.Kind == AutoencoderKind.Convolutional)
        {
            _convolutional = new ConvolutionalShape(RequireImage(image, inputDimension), options.HiddenUnits, options.LatentDimension);
        }
        else
        {
            var outputsPerCode = options.Kind == AutoencoderKind.Variational ? 2 : 1;
            _dense = new NetworkShape(inputDimension, options.HiddenUnits, options.LatentDimension, outputsPerCode);
        }
    }

    /// <summary>The shape of the input images; null if the network is not convolutional.</summary>
    public ImageShape? Image => _convolutional?.Image;

    /// <summary>The layout of the parameters.</summary>
    public ParameterLayout Layout => _dense?.Layout ?? _convolutional!.Layout;

    /// <summary>
    /// Whether <see cref="DenseNetwork"/> implements the network, without autograd: it is of the kind that the study uses.
    /// </summary>
    public bool HasManualBackprop => _options is
    {
        Kind: AutoencoderKind.Dense or AutoencoderKind.Denoising,
        Activation: Activation.Relu,
        Dropout: 0,
        Precision: not Precision.BFloat16,
    };

    /// <summary>The number of output values of all layers for one row.</summary>
    public long OutputsPerRow => _dense is not null
        ? Enumerable.Range(0, _dense.LayerCount).Sum(layer => (long)_dense.Outputs(layer))
        : _convolutional!.OutputsPerRow;

    /// <summary>Creates the network on a device.</summary>
    /// <param name="parameters">All weights and biases; copied.</param>
    /// <param name="device">The device.</param>
    /// <param name="execution">Threads and cancellation of the passes.</param>
    /// <param name="batchSizes">
    /// The batch sizes that gradients will be computed for; empty for a network that only encodes and decodes.
    /// </param>
    public INetwork Create(float[] parameters, Device device, Execution execution, params ReadOnlySpan<int> batchSizes) => _options switch
    {
        { Kind: AutoencoderKind.Convolutional } => new ConvolutionalNetwork(_convolutional!, _options, parameters, device),
        { Kind: AutoencoderKind.Variational } => new VariationalNetwork(_dense!, _options, parameters, device),
        _ when HasManualBackprop => new DenseNetwork(_dense!, parameters, device, execution, batchSizes),
        _ => new FlexibleDenseNetwork(_dense!, _options, parameters, device),
    };

    /// <summary>The widths up to the code, such as <c>784-500-500-2000-10</c>.</summary>
    public override string ToString() => _dense?.ToString() ?? _convolutional!.ToString();

    private static ImageShape RequireImage(ImageShape? image, int inputDimension) =>
        image is { Height: > 0, Width: > 0 } shape && (long)shape.Height * shape.Width == inputDimension
            ? shape
            : throw new N2DException(
                "ImageShapeRequired",
                ErrorKind.InvalidArgument,
                $"A convolutional autoencoder requires images, but the shape of these rows of {Quantity.Of(inputDimension, "column")} "
                    + "is not known. Import IDX files, image files or an image data set and train on it directly, or use Kind Dense.",
                inputDimension)
            { Options = [nameof(AutoencoderOptions.Kind)] };
}
