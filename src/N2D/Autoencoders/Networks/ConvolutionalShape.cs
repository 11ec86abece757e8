using N2D.Pipeline;

namespace N2D.Autoencoders;

/// <summary>
/// The layers of a convolutional autoencoder and the layout of its parameters: convolutions of stride 2 and a dense layer to the code,
/// then the same in reverse (Guo et al., 2017).
/// </summary>
internal sealed class ConvolutionalShape
{
    private const int KernelSize = 5;
    private const int LastKernelSize = 3;
    private readonly string _text;

    /// <summary>Lays out an encoder and the mirrored decoder.</summary>
    /// <param name="image">The shape of the images.</param>
    /// <param name="channels">The channels of the convolutions.</param>
    /// <param name="latentDimension">c.</param>
    public ConvolutionalShape(ImageShape image, IReadOnlyList<int> channels, int latentDimension)
    {
        Image = image;
        LatentDimension = latentDimension;
        var size = image;
        for (var layer = 0; layer < channels.Count; layer++)
        {
            var kernel = layer == channels.Count - 1 ? LastKernelSize : KernelSize;
            var smaller = new ImageShape((size.Height + 1) / 2, (size.Width + 1) / 2);
            Convolutions.Add(new Convolution(layer == 0 ? 1 : channels[layer - 1], channels[layer], kernel, size, smaller));
            size = smaller;
        }

        CodeImage = size;

        // On overflow, the dense layer below is rejected as too large.
        FlatLength = (int)Math.Min((channels.Count == 0 ? 1L : channels[^1]) * size.Height * size.Width, int.MaxValue);
        for (var layer = 0; layer < Convolutions.Count; layer++)
        {
            AddConvolution($"encoder.{layer}", Convolutions[layer], isTransposed: false);
        }

        AddDense($"encoder.{Convolutions.Count}", FlatLength, latentDimension);
        AddDense("decoder.0", latentDimension, FlatLength);
        for (var layer = Convolutions.Count - 1; layer >= 0; layer--)
        {
            AddConvolution($"decoder.{Convolutions.Count - layer}", Convolutions[layer], isTransposed: true);
        }

        _text = $"{image.Height}x{image.Width}-{string.Concat(channels.Select(channel => $"{channel}c-"))}{latentDimension}";
    }

    /// <summary>The shape of the images.</summary>
    public ImageShape Image { get; }

    /// <summary>The number of columns of the code, c.</summary>
    public int LatentDimension { get; }

    /// <summary>The encoder's convolutions, first to last.</summary>
    public List<Convolution> Convolutions { get; } = [];

    /// <summary>The size of the images after the last convolution.</summary>
    public ImageShape CodeImage { get; }

    /// <summary>The number of values after the last convolution.</summary>
    public int FlatLength { get; }

    /// <summary>The number of output values of all layers for one image.</summary>
    public long OutputsPerRow =>
        LatentDimension + FlatLength + Convolutions.Sum(convolution =>
            ((long)convolution.Outputs * convolution.After.Height * convolution.After.Width)
                + ((long)convolution.Inputs * convolution.Before.Height * convolution.Before.Width));

    /// <summary>The layout of the parameters: by layer, encoder before decoder, weights before biases.</summary>
    public ParameterLayout Layout { get; } = new();

    /// <summary>The layers up to the code, such as <c>28x28-32c-64c-128c-10</c>.</summary>
    public override string ToString() => _text;

    private void AddConvolution(string name, Convolution convolution, bool isTransposed)
    {
        var (inputs, outputs) = isTransposed ? (convolution.Outputs, convolution.Inputs) : (convolution.Inputs, convolution.Outputs);
        var area = convolution.KernelSize * convolution.KernelSize;

        // A transposed convolution has weights of the same sizes as the convolution that it inverts.
        Layout.AddWeights(
            $"{name}.weight", inputs * area, outputs * area, convolution.Outputs, convolution.Inputs, convolution.KernelSize,
            convolution.KernelSize);
        Layout.AddBiases($"{name}.bias", outputs);
    }

    private void AddDense(string name, int inputs, int outputs)
    {
        Layout.AddWeights($"{name}.weight", inputs, outputs, inputs, outputs);
        Layout.AddBiases($"{name}.bias", outputs);
    }

    /// <summary>A convolution of stride 2 with zero padding.</summary>
    /// <param name="Inputs">The number of input channels.</param>
    /// <param name="Outputs">The number of output channels.</param>
    /// <param name="KernelSize">The side of the kernel, odd.</param>
    /// <param name="Before">The size of the input images.</param>
    /// <param name="After">The size of the output images: half of the input, rounded up.</param>
    internal sealed record Convolution(int Inputs, int Outputs, int KernelSize, ImageShape Before, ImageShape After)
    {
        /// <summary>The number of rows and columns of zeros around an image.</summary>
        public int Padding => KernelSize / 2;

        /// <summary>The rows and columns that the transposed convolution adds to restore the size of the input.</summary>
        public (int Height, int Width) OutputPadding => (Before.Height - (2 * After.Height) + 1, Before.Width - (2 * After.Width) + 1);
    }
}
