using System.Diagnostics;

namespace N2D.Numerics;

/// <summary>
/// A 3 x 3 convolution (stride 1, zero padding) of images with channels, on one thread. Images are stored by rows, pixels and channels,
/// with a border of zeros one pixel wide.
/// </summary>
/// <remarks>
/// Outputs are computed for each pixel of the rows with their border: the two outputs at the end of each row are meaningless, and cost less
/// than treating each row separately. A row of the kernel covers 3 x channels contiguous values, so the micro-kernel reads the image in
/// place.
/// </remarks>
/// <param name="Height">The height of an image.</param>
/// <param name="Width">The width of an image.</param>
/// <param name="Inputs">The channels of the input.</param>
/// <param name="Outputs">The channels of the output, a multiple of 16.</param>
internal readonly unsafe record struct Convolution(int Height, int Width, int Inputs, int Outputs)
{
    private const int KernelSide = 3;

    /// <summary>The number of pixels in a row with its border.</summary>
    public int Stride => Width + 2;

    /// <summary>The number of outputs, including the meaningless ones at the end of each row.</summary>
    public int PositionCount => Height * Stride;

    /// <summary>The number of values of an input image with its border.</summary>
    public int InputSize => (Height + 2) * Stride * Inputs;

    /// <summary>The number of values of an output image.</summary>
    public int OutputSize => TileKernel.WholeTiles(PositionCount) * Outputs;

    /// <summary>The number of values of an output image with a border.</summary>
    public int PaddedOutputSize => (Height + 2) * Stride * Outputs;

    /// <summary>The number of finite values that must follow the last input image or padded output image.</summary>
    public int Slack => 16 * Math.Max(Inputs, Outputs);

    /// <summary>The number of weights: kernel rows x kernel columns x inputs x outputs.</summary>
    public int WeightCount => KernelSide * KernelSide * Inputs * Outputs;

    /// <summary>The number of values in the working memory of <see cref="AddWeightGradient"/>.</summary>
    public int WeightScratchSize => KernelSide * TileKernel.WholeTiles(KernelSide * Inputs) * Outputs;

    /// <summary>Convolves an image.</summary>
    /// <param name="input">The image with its border.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="output">Receives the outputs, <see cref="OutputSize"/> values.</param>
    public void Forward(float* input, float* weights, float* output)
    {
        Debug.Assert(Outputs % TileKernel.NR == 0, "The output channels must fill whole registers.");
        var terms = new TileKernel.Terms((nint)input, Inputs, 1, KernelSide * Inputs, KernelSide, Stride * Inputs);
        TileKernel.Multiply(terms, PositionCount, weights, Outputs, output, accumulates: false);
    }

    /// <summary>Adds an image's part of the gradient of the weights.</summary>
    /// <param name="input">The image with its border.</param>
    /// <param name="delta">The derivative by the outputs, with a border of zeros.</param>
    /// <param name="scratch">The sums of all images; see <see cref="StoreWeightGradient"/>.</param>
    public void AddWeightGradient(float* input, float* delta, float* scratch)
    {
        Debug.Assert(Outputs % TileKernel.NR == 0, "The output channels must fill whole registers.");
        var rows = KernelSide * Inputs;
        var first = delta + ((Stride + 1) * Outputs);
        for (var row = 0; row < KernelSide; row++)
        {
            var terms = new TileKernel.Terms((nint)(input + (row * Stride * Inputs)), 1, Inputs, PositionCount);
            TileKernel.Multiply(terms, rows, first, Outputs, scratch + (row * TileKernel.WholeTiles(rows) * Outputs), accumulates: true);
        }
    }

    /// <summary>Copies the gradient out of the working memory.</summary>
    public void StoreWeightGradient(float* scratch, float* gradient)
    {
        var count = KernelSide * Inputs * Outputs;
        for (var row = 0; row < KernelSide; row++)
        {
            new ReadOnlySpan<float>(scratch + (row * TileKernel.WholeTiles(KernelSide * Inputs) * Outputs), count)
                .CopyTo(new Span<float>(gradient + (row * count), count));
        }
    }

    /// <summary>Computes the derivative by the input: a convolution of the derivative with the rotated kernel.</summary>
    /// <param name="delta">The derivative by the outputs, with a border of zeros.</param>
    /// <param name="rotated">The weights, rotated (<see cref="Rotate"/>).</param>
    /// <param name="inputDelta">Receives the derivative, in the layout of an output image with <see cref="Inputs"/> channels.</param>
    public void InputGradient(float* delta, float* rotated, float* inputDelta) =>
        (this with { Inputs = Outputs, Outputs = Inputs }).Forward(delta, rotated, inputDelta);

    /// <summary>Rotates the kernel by 180 degrees and exchanges its inputs and outputs.</summary>
    public void Rotate(float* weights, float* rotated)
    {
        for (var place = 0; place < KernelSide * KernelSide; place++)
        {
            var source = weights + (place * Inputs * Outputs);
            var target = rotated + (((KernelSide * KernelSide) - 1 - place) * Inputs * Outputs);
            for (var input = 0; input < Inputs; input++)
            {
                for (var output = 0; output < Outputs; output++)
                {
                    target[(output * Inputs) + input] = source[(input * Outputs) + output];
                }
            }
        }
    }
}
