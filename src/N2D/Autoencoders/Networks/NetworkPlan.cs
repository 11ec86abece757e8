using N2D.Pipeline;

namespace N2D.Autoencoders;

/// <summary>The architecture of a network, from options and the number of columns of the rows.</summary>
internal sealed class NetworkPlan
{
    /// <summary>Plans a network.</summary>
    /// <param name="options">The options.</param>
    /// <param name="inputDimension">d.</param>
    /// <param name="image">The shape of the image in each row. Required for a convolutional network.</param>
    /// <exception cref="N2DException">The network is convolutional, but the rows are not images (<c>ImageShapeRequired</c>).</exception>
    public NetworkPlan(AutoencoderOptions options, int inputDimension, ImageShape? image)
    {
        Options = options;
        InputDimension = inputDimension;
        if (options.Kind == AutoencoderKind.Convolutional)
        {
            Convolutional = new ConvolutionalShape(RequireImage(image, inputDimension), options.HiddenUnits, options.LatentDimension);
        }
        else
        {
            var outputsPerCode = options.Kind == AutoencoderKind.Variational ? 2 : 1;
            Dense = new NetworkShape(inputDimension, options.HiddenUnits, options.LatentDimension, outputsPerCode);
        }
    }

    /// <summary>The options.</summary>
    public AutoencoderOptions Options { get; }

    /// <summary>The number of columns of the rows, d.</summary>
    public int InputDimension { get; }

    /// <summary>The layers of a dense network; null if the network is convolutional.</summary>
    public NetworkShape? Dense { get; }

    /// <summary>The layers of a convolutional network; null if the network is dense.</summary>
    public ConvolutionalShape? Convolutional { get; }

    /// <summary>The shape of the input images; null if the network is not convolutional.</summary>
    public ImageShape? Image => Convolutional?.Image;

    /// <summary>The layout of the parameters.</summary>
    public ParameterLayout Layout => Dense?.Layout ?? Convolutional!.Layout;

    /// <summary>Whether the gradient is computed by explicit products, without autograd.</summary>
    public bool HasManualBackprop => LibtorchNeed.Of(Options) is null;

    /// <summary>The number of output values of all layers for one row.</summary>
    public long OutputsPerRow => Dense is not null
        ? Enumerable.Range(0, Dense.LayerCount).Sum(layer => (long)Dense.Outputs(layer))
        : Convolutional!.OutputsPerRow;

    /// <summary>Creates the network on the processor, to encode and decode.</summary>
    /// <param name="parameters">All weights and biases; copied.</param>
    /// <param name="execution">Threads and cancellation of the passes.</param>
    /// <exception cref="N2DException">The network requires libtorch, which cannot be loaded (<c>TorchUnavailable</c>).</exception>
    public INetwork CreateOnProcessor(float[] parameters, Execution execution) => LibtorchNeed.Of(Options) is null
        ? new DenseNetwork(Dense!, parameters, execution)
        : LibtorchNetwork.OnProcessor(this, parameters, execution);

    /// <summary>The widths up to the code, such as <c>784-500-500-2000-10</c>.</summary>
    public override string ToString() => Dense?.ToString() ?? Convolutional!.ToString();

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
