using System.Diagnostics;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Classifiers;

/// <summary>
/// The layers of a small convolutional classifier, and the layout of its parameters: blocks of a 3 x 3 convolution, batch normalization,
/// ReLU and 2 x 2 maximum pooling; a dense layer with ReLU, whose outputs are the features; and a dense layer of the classes.
/// </summary>
internal sealed class ClassifierShape
{
    /// <summary>The term that batch normalization adds to each variance, in training and afterward.</summary>
    public const float VarianceFloor = 1e-5f;

    /// <summary>The number of outputs of the dense layer.</summary>
    public const int FeatureCount = 128;

    /// <summary>The least number of classes.</summary>
    public const int FewestClasses = 2;

    /// <summary>The largest number of classes.</summary>
    public const int MostClasses = 4096;

    /// <summary>The largest number of columns: for more, the offsets in the memory of a batch exceed an int.</summary>
    public const int MostColumns = 1 << 20;

    /// <summary>The number of random numbers that are drawn between two checks of the token: about a millisecond.</summary>
    private const int DrawsPerCheck = 1 << 16;

    private const int MinBlockCount = 3;
    private const int LargestLastSide = 4;
    private const int FirstChannels = 16;
    private const int MostChannels = 64;

    /// <summary>Lays out the network of a data set.</summary>
    /// <param name="image">The shape of the images, both sides 2 or more; null if rows are not images.</param>
    /// <param name="columnCount">The number of columns of a row.</param>
    /// <param name="classCount">The number of classes.</param>
    public ClassifierShape(ImageShape? image, int columnCount, int classCount)
    {
        Debug.Assert(columnCount <= MostColumns && classCount is >= FewestClasses and <= MostClasses, "The sizes must be checked before.");
        Debug.Assert(image is not { } sides || sides.Height * sides.Width == columnCount, "The columns must be the pixels.");
        ClassCount = classCount;
        FlatCount = image is { } shape ? AddBlocks(shape) : TileKernel.WholeColumns(columnCount);
        HiddenWeights = Take(FlatCount * FeatureCount);
        HiddenBias = Take(FeatureCount);
        OutputWeights = Take(FeatureCount * PaddedClassCount);
        OutputBias = Take(PaddedClassCount);
    }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The number of classes, rounded up to whole registers. The additional ones have no weights and are never used.</summary>
    public int PaddedClassCount => TileKernel.WholeColumns(ClassCount);

    /// <summary>The blocks of convolutions; none if rows are not images.</summary>
    public List<ClassifierBlock> Blocks { get; } = [];

    /// <summary>The number of inputs of the dense layer.</summary>
    public int FlatCount { get; }

    /// <summary>The place of the dense layer's weights, inputs x features.</summary>
    public int HiddenWeights { get; }

    /// <summary>The place of the dense layer's biases.</summary>
    public int HiddenBias { get; }

    /// <summary>The place of the weights of the classes, features x padded classes.</summary>
    public int OutputWeights { get; }

    /// <summary>The place of the biases of the classes.</summary>
    public int OutputBias { get; }

    /// <summary>The number of parameters.</summary>
    public int ParameterCount { get; private set; }

    /// <summary>The number of moments of all batch normalizations: the means and variances of each block's channels.</summary>
    public int MomentCount { get; private set; }

    /// <summary>The number of values of a row's input, with the border of an image.</summary>
    public int InputSize => Blocks.Count > 0 ? Blocks[0].Convolution.InputSize : FlatCount;

    /// <summary>The initial parameters: normal deviates with the variance of He et al. (2015), scales of 1, and zeros.</summary>
    /// <param name="random">The random numbers.</param>
    /// <param name="token">Cancels the work: wide rows have more than 100 million parameters.</param>
    public float[] InitialParameters(RandomSequence random, CancellationToken token)
    {
        var values = new float[ParameterCount];
        foreach (var block in Blocks)
        {
            var convolution = block.Convolution;
            Draw(block.Weights, convolution.WeightCount, 2.0 / (convolution.WeightCount / convolution.Outputs));
            values.AsSpan(block.Scale, convolution.Outputs).Fill(1);
        }

        Draw(HiddenWeights, FlatCount * FeatureCount, 2.0 / FlatCount);
        for (var feature = 0; feature < FeatureCount; feature++)
        {
            Draw(OutputWeights + (feature * PaddedClassCount), ClassCount, 1.0 / FeatureCount);
        }

        return values;

        void Draw(int start, int count, double variance)
        {
            var deviation = Math.Sqrt(variance);
            for (var i = 0; i < count; i++)
            {
                if (i % DrawsPerCheck == 0)
                {
                    token.ThrowIfCancellationRequested();
                }

                values[start + i] = (float)(deviation * random.NextGaussian());
            }
        }
    }

    /// <summary>Adds blocks until the image is small, and returns the number of outputs of the last block.</summary>
    private int AddBlocks(ImageShape image)
    {
        var (height, width, inputs) = (image.Height, image.Width, 1);
        var outputs = FirstChannels;
        while (CanShrink(height, width) && (Blocks.Count < MinBlockCount || Math.Max(height, width) > LargestLastSide))
        {
            var (pooledHeight, pooledWidth) = (height / 2, width / 2);
            var isLast = !CanShrink(pooledHeight, pooledWidth)
                || (Blocks.Count + 1 >= MinBlockCount && Math.Max(pooledHeight, pooledWidth) <= LargestLastSide);
            var convolution = new Convolution(height, width, inputs, outputs);
            Blocks.Add(new ClassifierBlock(
                convolution,
                new NormalizedPooling(height, width, outputs, isLast ? 0 : 1),
                Weights: Take(convolution.WeightCount),
                Scale: Take(outputs),
                Shift: Take(outputs),
                Moments: MomentCount));
            MomentCount += 2 * outputs;
            (height, width, inputs, outputs) = (pooledHeight, pooledWidth, outputs, Math.Min(2 * outputs, MostChannels));
        }

        return height * width * inputs;

        static bool CanShrink(int height, int width) => Math.Min(height, width) >= 2;
    }

    private int Take(int count)
    {
        // Each array starts at a cache line.
        var start = ParameterCount;
        ParameterCount += (count + 15) / 16 * 16;
        return start;
    }
}

/// <summary>A block of a classifier.</summary>
/// <param name="Convolution">The convolution.</param>
/// <param name="Pooling">The normalization, activation and pooling.</param>
/// <param name="Weights">The place of the weights.</param>
/// <param name="Scale">The place of the scales of the normalization.</param>
/// <param name="Shift">The place of the shifts of the normalization.</param>
/// <param name="Moments">The place of the means in the moments; the variances follow them.</param>
internal sealed record ClassifierBlock(
    Convolution Convolution, NormalizedPooling Pooling, int Weights, int Scale, int Shift, int Moments)
{
    /// <summary>The number of channels of the output.</summary>
    public int Channels => Convolution.Outputs;
}
