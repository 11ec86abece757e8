using N2D.Pipeline;
using static TorchSharp.torch;

namespace N2D.Autoencoders;

/// <summary>The network that options ask for, for rows of a given number of columns: what it is before it has any parameters.</summary>
internal sealed class NetworkPlan
{
    private readonly AutoencoderOptions _options;
    private readonly NetworkShape? _dense;
    private readonly ConvolutionalShape? _convolutional;

    /// <summary>Plans a network.</summary>
    /// <param name="options">The options.</param>
    /// <param name="inputDimension">d.</param>
    /// <param name="image">The shape of the image that each row holds; convolutions need one.</param>
    /// <exception cref="N2DException">Convolutions are asked for, and the rows are no images (<c>ImageShapeRequired</c>).</exception>
    public NetworkPlan(AutoencoderOptions options, int inputDimension, ImageShape? image)
    {
        _options = options;
        if (options.Kind == AutoencoderKind.Convolutional)
        {
            _convolutional = new ConvolutionalShape(RequireImage(image, inputDimension), options.HiddenUnits, options.LatentDimension);
        }
        else
        {
            var outputsACode = options.Kind == AutoencoderKind.Variational ? 2 : 1;
            _dense = new NetworkShape(inputDimension, options.HiddenUnits, options.LatentDimension, outputsACode);
        }
    }

    /// <summary>The shape of the images that go in; null where the network makes nothing of it.</summary>
    public ImageShape? Image => _convolutional?.Image;

    /// <summary>Where its parameters lie.</summary>
    public ParameterLayout Layout => _dense?.Layout ?? _convolutional!.Layout;

    /// <summary>Whether its passes are written out by hand, for the kind of network that the study has.</summary>
    public bool HasManualBackprop => _options is { Kind: AutoencoderKind.Dense or AutoencoderKind.Denoising, Activation: Activation.Relu, Dropout: 0, Precision: not Precision.BFloat16 };

    /// <summary>The values that come out of all layers for one row.</summary>
    public long OutputsARow => _dense is not null
        ? Enumerable.Range(0, _dense.LayerCount).Sum(layer => (long)_dense.Outputs(layer))
        : _convolutional!.OutputsARow;

    /// <summary>Puts the network on a device.</summary>
    /// <param name="parameters">All weights and biases; copied.</param>
    /// <param name="device">Where to.</param>
    /// <param name="execution">Threads and cancellation of its passes.</param>
    /// <param name="batchSizes">The numbers of rows that gradients will be asked for; none for a network that only encodes and decodes.</param>
    public INetwork Create(float[] parameters, Device device, Execution execution, params ReadOnlySpan<int> batchSizes) => _options switch
    {
        { Kind: AutoencoderKind.Convolutional } => new ConvolutionalNetwork(_convolutional!, _options, parameters, device),
        { Kind: AutoencoderKind.Variational } => new VariationalNetwork(_dense!, _options, parameters, device),
        _ when HasManualBackprop => new DenseNetwork(_dense!, parameters, device, execution, batchSizes),
        _ => new FlexibleDenseNetwork(_dense!, _options, parameters, device),
    };

    /// <summary>The widths up to the code, such as <c>784-500-500-2000-10</c>.</summary>
    public override string ToString() => _dense?.ToString() ?? _convolutional!.ToString();

    private static ImageShape RequireImage(ImageShape? image, int inputDimension) => image is { Height: > 0, Width: > 0 } shape && (long)shape.Height * shape.Width == inputDimension
        ? shape
        : throw new N2DException(
            "ImageShapeRequired",
            ErrorKind.InvalidArgument,
            $"A convolutional autoencoder needs images, and these rows of {Quantity.Of(inputDimension, "column")} are none that it knows the shape of: import IDX files or a data set of "
                + "images, and train it on them directly; or use -Kind Dense.",
            inputDimension);
}
