using N2D.Numerics;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace N2D.Classifiers;

/// <summary>A trained convolutional classifier of images. Immutable.</summary>
internal sealed unsafe class Classifier
{
    private const int RowsPerBlock = 48;

    [ThreadStatic]
    private static AlignedBuffer[]? s_buffers;

    private readonly float[] _scales;

    /// <summary>Creates a classifier.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="moments">The means and variances of each block's channels.</param>
    public Classifier(ClassifierShape shape, float[] parameters, float[] moments)
    {
        Shape = shape;
        Parameters = parameters;
        Moments = moments;
        _scales = new float[moments.Length];
        foreach (var block in shape.Blocks)
        {
            for (var channel = 0; channel < block.Channels; channel++)
            {
                var (mean, variance) = (moments[block.Moments + channel], moments[block.Moments + block.Channels + channel]);
                var scale = parameters[block.Scale + channel] / MathF.Sqrt(variance + ClassifierShape.VarianceFloor);
                _scales[block.Moments + channel] = scale;
                _scales[block.Moments + block.Channels + channel] = parameters[block.Shift + channel] - (mean * scale);
            }
        }
    }

    /// <summary>The network.</summary>
    public ClassifierShape Shape { get; }

    /// <summary>The parameters.</summary>
    public float[] Parameters { get; }

    /// <summary>The means and variances of each block's channels.</summary>
    public float[] Moments { get; }

    /// <summary>Computes the features of images, and the class that the network predicts.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="input">The map of rows to inputs.</param>
    /// <param name="features">Receives the features.</param>
    /// <param name="offset">The place of the first image's features.</param>
    /// <param name="stride">The number of values from one image's features to the next.</param>
    /// <param name="classes">Receives the class of each image; empty if it is not needed.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public void Encode(Matrix rows, NetworkInput input, float[] features, int offset, int stride, int[] classes, Execution execution)
    {
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            fixed (float* parameters = Parameters, scales = _scales)
            {
                EncodeBlock(rows, input, start, end, parameters, scales, features, offset, stride, classes);
            }
        });
    }

    /// <summary>Multiplies rows with a matrix.</summary>
    internal static void Product(float* input, int inputCount, int rowCount, float* weights, int outputCount, float* output) =>
        TileKernel.Multiply(new((nint)input, inputCount, 1, inputCount), rowCount, weights, outputCount, output, accumulates: false);

    /// <summary>Computes a dense layer.</summary>
    internal static void Dense(
        float* input, int inputCount, int rowCount, float* weights, float* bias, int outputCount, bool isActivated, float* output)
    {
        Product(input, inputCount, rowCount, weights, outputCount, output);
        var terms = new ReadOnlySpan<float>(bias, outputCount);
        for (var row = 0; row < rowCount; row++)
        {
            var values = new Span<float>(output + (row * outputCount), outputCount);
            TensorPrimitives.Add(values, terms, values);
            if (isActivated)
            {
                TensorPrimitives.Max(values, 0, values);
            }
        }
    }

    /// <summary>Computes the exponentials of logits, relative to the largest one, and returns their sum.</summary>
    internal static double Softmax(ReadOnlySpan<float> logits, double[] exponentials, out float largest)
    {
        largest = TensorPrimitives.Max(logits);
        for (var i = 0; i < logits.Length; i++)
        {
            exponentials[i] = logits[i] - largest;
        }

        var total = 0.0;
        Exponential.ReplaceNonPositive(exponentials);
        for (var i = 0; i < logits.Length; i++)
        {
            total += exponentials[i];
        }

        return total;
    }

    private void EncodeBlock(
        Matrix rows, NetworkInput input, int start, int end, float* parameters, float* scales, float[] features, int offset, int stride,
        int[] classes)
    {
        var count = end - start;
        var buffers = s_buffers ??= [new(), new(), new(), new(), new()];
        var largest = Shape.Blocks.Select(block => block.Convolution.InputSize + block.Convolution.Slack).Append(0).Max();
        var image = buffers[0].Floats(largest);
        var next = buffers[1].Floats(largest);
        var output = buffers[2].Floats(Shape.Blocks.Select(block => block.Convolution.OutputSize).Append(0).Max());
        var rowCount = TileKernel.WholeTiles(count);
        var flat = buffers[3].Floats((rowCount * Shape.FlatCount) + 16);
        var hidden = buffers[4].Floats(rowCount * (ClassifierShape.FeatureCount + Shape.PaddedClassCount));
        new Span<float>(flat, (rowCount * Shape.FlatCount) + 16).Clear();
        for (var row = start; row < end; row++)
        {
            var pooled = flat + ((row - start) * Shape.FlatCount);
            if (Shape.Blocks.Count == 0)
            {
                input.Write(rows.Row(row), pooled);
                continue;
            }

            new Span<float>(image, largest).Clear();
            input.Write(rows.Row(row), image);
            for (var number = 0; number < Shape.Blocks.Count; number++)
            {
                var block = Shape.Blocks[number];
                block.Convolution.Forward(image, parameters + block.Weights, output);
                var isLast = number == Shape.Blocks.Count - 1;
                if (!isLast)
                {
                    new Span<float>(next, largest).Clear();
                }

                block.Pooling.Apply(
                    output, scales + block.Moments, scales + block.Moments + block.Channels, isLast ? pooled : next);
                var emptied = image;
                image = next;
                next = emptied;
            }
        }

        var logits = hidden + (rowCount * ClassifierShape.FeatureCount);
        Dense(flat, Shape.FlatCount, count, parameters + Shape.HiddenWeights, parameters + Shape.HiddenBias, ClassifierShape.FeatureCount,
            isActivated: true, hidden);
        for (var row = 0; row < count; row++)
        {
            new ReadOnlySpan<float>(hidden + (row * ClassifierShape.FeatureCount), ClassifierShape.FeatureCount)
                .CopyTo(features.AsSpan(((start + row) * stride) + offset));
        }

        if (classes.Length > 0)
        {
            Dense(hidden, ClassifierShape.FeatureCount, count, parameters + Shape.OutputWeights, parameters + Shape.OutputBias,
                Shape.PaddedClassCount, isActivated: false, logits);
            for (var row = 0; row < count; row++)
            {
                classes[start + row] = TensorPrimitives.IndexOfMax(
                    new ReadOnlySpan<float>(logits + (row * Shape.PaddedClassCount), Shape.ClassCount));
            }
        }
    }
}
