using System.Collections.Concurrent;
using N2D.Numerics;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace N2D.Classifiers;

/// <summary>A trained convolutional classifier of images. Immutable.</summary>
internal sealed unsafe class Classifier
{
    private const int RowsPerBlock = 48;

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
        using var memory = new AlignedBuffers();
        var unused = new ConcurrentBag<Workspace>();
        var done = 0;
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var workspace = unused.TryTake(out var used) ? used : new Workspace(Shape, Math.Min(RowsPerBlock, rows.RowCount), memory);
            fixed (float* parameters = Parameters, scales = _scales)
            {
                Convolve(rows, input, start, end, parameters, scales, workspace, execution.CancellationToken);
                Classify(start, end, parameters, workspace, features, offset, stride, classes);
            }

            unused.Add(workspace);
            var finished = Interlocked.Add(ref done, end - start);
            execution.Report($"features of {finished} of {Quantity.Of(rows.RowCount, "row")}", (double)finished / rows.RowCount);
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

    /// <summary>Computes the inputs of the dense layer.</summary>
    private void Convolve(
        Matrix rows, NetworkInput input, int start, int end, float* parameters, float* scales, Workspace workspace, CancellationToken token)
    {
        var image = workspace.Image;
        var next = workspace.Next;
        workspace.ClearFlat();
        for (var row = start; row < end; row++)
        {
            token.ThrowIfCancellationRequested();
            var pooled = workspace.Flat + ((row - start) * Shape.FlatCount);
            if (Shape.Blocks.Count == 0)
            {
                input.Write(rows.Row(row), pooled);
                continue;
            }

            workspace.Clear(image);
            input.Write(rows.Row(row), image);
            for (var number = 0; number < Shape.Blocks.Count; number++)
            {
                var block = Shape.Blocks[number];
                block.Convolution.Forward(image, parameters + block.Weights, workspace.Output);
                var isLast = number == Shape.Blocks.Count - 1;
                if (!isLast)
                {
                    workspace.Clear(next);
                }

                block.Pooling.Apply(
                    workspace.Output, scales + block.Moments, scales + block.Moments + block.Channels, isLast ? pooled : next);
                var emptied = image;
                image = next;
                next = emptied;
            }
        }
    }

    /// <summary>Computes the dense layers.</summary>
    private void Classify(
        int start, int end, float* parameters, Workspace workspace, float[] features, int offset, int stride, int[] classes)
    {
        var count = end - start;
        var hidden = workspace.Hidden;
        Dense(workspace.Flat, Shape.FlatCount, count, parameters + Shape.HiddenWeights, parameters + Shape.HiddenBias,
            ClassifierShape.FeatureCount, isActivated: true, hidden);
        for (var row = 0; row < count; row++)
        {
            new ReadOnlySpan<float>(hidden + (row * ClassifierShape.FeatureCount), ClassifierShape.FeatureCount)
                .CopyTo(features.AsSpan(((start + row) * stride) + offset));
        }

        if (classes.Length > 0)
        {
            Dense(hidden, ClassifierShape.FeatureCount, count, parameters + Shape.OutputWeights, parameters + Shape.OutputBias,
                Shape.PaddedClassCount, isActivated: false, workspace.Logits);
            for (var row = 0; row < count; row++)
            {
                classes[start + row] = TensorPrimitives.IndexOfMax(
                    new ReadOnlySpan<float>(workspace.Logits + (row * Shape.PaddedClassCount), Shape.ClassCount));
            }
        }
    }

    /// <summary>The working memory of a block of rows.</summary>
    private sealed class Workspace
    {
        private readonly int _imageSize;
        private readonly int _flatSize;

        public Workspace(ClassifierShape shape, int rowCount, AlignedBuffers memory)
        {
            var tileRows = TileKernel.WholeTiles(rowCount);
            _imageSize = shape.Blocks.Select(block => block.Convolution.InputSize + block.Convolution.Slack).Append(0).Max();
            _flatSize = (tileRows * shape.FlatCount) + 16;
            Image = memory.Zeros(_imageSize);
            Next = memory.Zeros(_imageSize);
            Output = memory.Zeros(shape.Blocks.Select(block => block.Convolution.OutputSize).Append(0).Max());
            Flat = memory.Zeros(_flatSize);
            Hidden = memory.Zeros(tileRows * ClassifierShape.FeatureCount);
            Logits = memory.Zeros(tileRows * shape.PaddedClassCount);
        }

        /// <summary>The input of a block, with its border.</summary>
        public float* Image { get; }

        /// <summary>The input of the next block.</summary>
        public float* Next { get; }

        /// <summary>The outputs of a convolution.</summary>
        public float* Output { get; }

        /// <summary>The inputs of the dense layer, rows x inputs.</summary>
        public float* Flat { get; }

        /// <summary>The features, rows x features.</summary>
        public float* Hidden { get; }

        /// <summary>The logits, rows x padded classes.</summary>
        public float* Logits { get; }

        /// <summary>Clears an input of a block.</summary>
        public void Clear(float* image) => new Span<float>(image, _imageSize).Clear();

        /// <summary>Clears the inputs of the dense layer.</summary>
        public void ClearFlat() => new Span<float>(Flat, _flatSize).Clear();
    }
}
