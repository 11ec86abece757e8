using System.Diagnostics;
using N2D.Numerics;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace N2D.Classifiers;

/// <summary>
/// The forward and backward pass of a group of images, on one thread. The group has its own normalization ("ghost batch normalization",
/// Hoffer et al., 2017), so groups need nothing from each other: the bytes do not depend on the number of threads.
/// </summary>
internal sealed unsafe class ClassifierPass
{
    private readonly ClassifierShape _shape;
    private readonly int _capacity;
    private readonly Layer[] _layers;
    private readonly float* _features;
    private readonly float* _featureDelta;
    private readonly float* _logits;
    private readonly float* _flatDelta;
    private readonly float* _hiddenGradient;
    private readonly float* _imageDelta;
    private readonly double[] _sums;
    private readonly double[] _exponentials;

    /// <summary>Allocates the working memory of a group.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="capacity">The largest number of images in a group.</param>
    /// <param name="memory">Owns the memory.</param>
    public ClassifierPass(ClassifierShape shape, int capacity, AlignedBuffers memory)
    {
        _shape = shape;
        _capacity = capacity;
        var rows = TileKernel.WholeTiles(capacity);
        _layers = [.. shape.Blocks.Select(block => new Layer(
            memory.Zeros((capacity * block.Convolution.InputSize) + block.Convolution.Slack),
            memory.Zeros(capacity * block.Convolution.OutputSize),
            memory.Zeros(capacity * block.Pooling.PooledCount * block.Channels),
            memory.Zeros(capacity * block.Pooling.PooledCount * block.Channels),
            memory.Zeros(block.Convolution.WeightScratchSize),
            memory.Zeros(4 * block.Channels),
            memory.Zeros(2 * block.Channels)))];
        Flat = memory.Zeros((rows * shape.FlatCount) + 16);
        _flatDelta = memory.Zeros(rows * shape.FlatCount);
        _features = memory.Zeros((rows * ClassifierShape.FeatureCount) + 16);
        _featureDelta = memory.Zeros(rows * ClassifierShape.FeatureCount);
        _logits = memory.Zeros(rows * shape.PaddedClassCount);
        _hiddenGradient = memory.Zeros(Math.Max(
            TileKernel.WholeTiles(shape.FlatCount) * ClassifierShape.FeatureCount,
            TileKernel.WholeTiles(ClassifierShape.FeatureCount) * shape.PaddedClassCount));
        _imageDelta = memory.Zeros(
            shape.Blocks.Select(block => block.Convolution.PaddedOutputSize + block.Convolution.Slack).Append(0).Max());
        for (var block = 1; block < shape.Blocks.Count; block++)
        {
            _layers[block].InputDelta = (nint)memory.Zeros(
                capacity * (shape.Blocks[block].Convolution with { Outputs = shape.Blocks[block].Convolution.Inputs }).OutputSize);
        }

        Gradient = memory.Zeros(shape.ParameterCount);
        Moments = new double[shape.MomentCount];
        _sums = new double[2 * shape.Blocks.Select(block => block.Channels).Append(0).Max()];
        _exponentials = new double[Exponential.PaddedLength(shape.ClassCount)];
    }

    /// <summary>The number of values that <see cref="ClassifierPass"/> keeps for each image.</summary>
    /// <param name="shape">The network.</param>
    public static long ValuesPerImage(ClassifierShape shape) =>
        shape.Blocks.Sum(block => (2L * block.Convolution.InputSize) + block.Convolution.OutputSize
            + (2L * block.Pooling.PooledCount * block.Channels))
            + (2L * shape.FlatCount) + (2 * ClassifierShape.FeatureCount) + shape.PaddedClassCount;

    /// <summary>The gradient of the loss by the parameters.</summary>
    public float* Gradient { get; }

    /// <summary>The means and variances of the group, by block.</summary>
    public double[] Moments { get; }

    /// <summary>The sum of the losses of the images.</summary>
    public double Loss { get; private set; }

    /// <summary>The outputs of the last block, images x inputs of the dense layer.</summary>
    private float* Flat { get; }

    /// <summary>The memory of a row's input.</summary>
    public float* InputOf(int number) => (_layers.Length > 0 ? Input(0) : Flat) + (number * _shape.InputSize);

    /// <summary>Computes the loss and its gradient.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="rotated">The same weights for the backward pass.</param>
    /// <param name="classes">The class of each image.</param>
    /// <param name="smoothing">The share of the target that is spread over all classes (label smoothing, Szegedy et al., 2016).</param>
    /// <param name="weight">The weight of an image: 1 / the number of images in the batch.</param>
    /// <param name="token">Cancels the work after an image or a layer: large images take a while.</param>
    public void Run(
        float* parameters, RotatedWeights rotated, ReadOnlySpan<int> classes, double smoothing, float weight, CancellationToken token)
    {
        Debug.Assert(classes.Length > 0 && classes.Length <= _capacity, "The group must fit.");
        var count = classes.Length;
        new Span<float>(Gradient, _shape.ParameterCount).Clear();
        for (var block = 0; block < _layers.Length; block++)
        {
            Forward(parameters, block, count, token);
        }

        token.ThrowIfCancellationRequested();
        ForwardDense(parameters, count);
        Loss = LossGradient(classes, smoothing, weight);
        BackwardDense(rotated, count, token);
        for (var block = _layers.Length - 1; block >= 0; block--)
        {
            Backward(rotated, block, count, token);
        }
    }

    private float* Input(int block) => (float*)_layers[block].Input;

    private float* Pooled(int block, int image) => block == _layers.Length - 1
        ? Flat + (image * _shape.FlatCount)
        : Input(block + 1) + (image * _shape.Blocks[block + 1].Convolution.InputSize);

    private float* PooledDelta(int block, int image) => block == _layers.Length - 1
        ? _flatDelta + (image * _shape.FlatCount)
        : (float*)_layers[block + 1].InputDelta
            + (image * (_shape.Blocks[block + 1].Convolution with { Outputs = _shape.Blocks[block].Channels }).OutputSize);

    private Normalization NormalizationOf(int block)
    {
        var values = (float*)_layers[block].Normalization;
        var channels = _shape.Blocks[block].Channels;
        return new(values, values + channels, values + (2 * channels), values + (3 * channels));
    }

    private void Forward(float* parameters, int block, int count, CancellationToken token)
    {
        var (part, layer) = (_shape.Blocks[block], _layers[block]);
        var sums = _sums.AsSpan(0, 2 * part.Channels);
        sums.Clear();
        for (var image = 0; image < count; image++)
        {
            token.ThrowIfCancellationRequested();
            var output = (float*)layer.Output + (image * part.Convolution.OutputSize);
            part.Convolution.Forward(Input(block) + (image * part.Convolution.InputSize), parameters + part.Weights, output);
            part.Pooling.AddMoments(output, sums);
        }

        var norm = NormalizationOf(block);
        var valueCount = (double)count * part.Convolution.Height * part.Convolution.Width;
        for (var channel = 0; channel < part.Channels; channel++)
        {
            var mean = sums[channel] / valueCount;
            var variance = Math.Max((sums[part.Channels + channel] / valueCount) - (mean * mean), 0);
            (Moments[part.Moments + channel], Moments[part.Moments + part.Channels + channel]) = (mean, variance);
            var inverse = 1 / Math.Sqrt(variance + ClassifierShape.VarianceFloor);
            var scale = parameters[part.Scale + channel] * inverse;
            norm.Scale[channel] = (float)scale;
            norm.Shift[channel] = (float)(parameters[part.Shift + channel] - (mean * scale));
            norm.Mean[channel] = (float)mean;
            norm.InverseDeviation[channel] = (float)inverse;
        }

        var windows = part.Pooling.PooledCount * part.Channels;
        for (var image = 0; image < count; image++)
        {
            part.Pooling.Forward(
                (float*)layer.Output + (image * part.Convolution.OutputSize), norm, Pooled(block, image),
                (float*)layer.Places + (image * windows), (float*)layer.Normalized + (image * windows));
        }
    }

    private void ForwardDense(float* parameters, int count)
    {
        Classifier.Dense(Flat, _shape.FlatCount, count, parameters + _shape.HiddenWeights, parameters + _shape.HiddenBias,
            ClassifierShape.FeatureCount, isActivated: true, _features);
        Classifier.Dense(_features, ClassifierShape.FeatureCount, count, parameters + _shape.OutputWeights, parameters + _shape.OutputBias,
            _shape.PaddedClassCount, isActivated: false, _logits);
    }

    /// <summary>Replaces the logits by the derivative of the cross-entropy, and returns the sum of the losses.</summary>
    private double LossGradient(ReadOnlySpan<int> classes, double smoothing, float weight)
    {
        var sum = 0.0;
        var classCount = _shape.ClassCount;
        var spread = smoothing / classCount;
        for (var image = 0; image < classes.Length; image++)
        {
            var logits = new Span<float>(_logits + (image * _shape.PaddedClassCount), _shape.PaddedClassCount);
            var total = Classifier.Softmax(logits[..classCount], _exponentials, out var largest);
            var logarithm = PortableMath.Log(total);
            for (var i = 0; i < classCount; i++)
            {
                var target = spread + (i == classes[image] ? 1 - smoothing : 0);
                sum -= target * (logits[i] - largest - logarithm);
                logits[i] = (float)((_exponentials[i] / total) - target) * weight;
            }

            logits[classCount..].Clear();
        }

        return sum;
    }

    private void BackwardDense(RotatedWeights rotated, int count, CancellationToken token)
    {
        DenseGradients(
            _features, ClassifierShape.FeatureCount, _logits, _shape.PaddedClassCount, count, _shape.OutputWeights, _shape.OutputBias);
        Classifier.Product(_logits, _shape.PaddedClassCount, count, rotated.Output, ClassifierShape.FeatureCount, _featureDelta);
        for (var i = 0; i < count * ClassifierShape.FeatureCount; i++)
        {
            _featureDelta[i] = _features[i] > 0 ? _featureDelta[i] : 0;
        }

        token.ThrowIfCancellationRequested();
        DenseGradients(Flat, _shape.FlatCount, _featureDelta, ClassifierShape.FeatureCount, count, _shape.HiddenWeights, _shape.HiddenBias);
        token.ThrowIfCancellationRequested();
        Classifier.Product(_featureDelta, ClassifierShape.FeatureCount, count, rotated.Hidden, _shape.FlatCount, _flatDelta);
    }

    private void DenseGradients(float* input, int inputCount, float* delta, int outputCount, int count, int weights, int bias)
    {
        TileKernel.Multiply(
            new((nint)input, 1, inputCount, count), inputCount, delta, outputCount, _hiddenGradient, accumulates: false);
        new ReadOnlySpan<float>(_hiddenGradient, inputCount * outputCount).CopyTo(new(Gradient + weights, inputCount * outputCount));
        var sums = new Span<float>(Gradient + bias, outputCount);
        for (var image = 0; image < count; image++)
        {
            TensorPrimitives.Add(sums, new ReadOnlySpan<float>(delta + (image * outputCount), outputCount), sums);
        }
    }

    private void Backward(RotatedWeights rotated, int block, int count, CancellationToken token)
    {
        var (part, layer) = (_shape.Blocks[block], _layers[block]);
        var channels = part.Channels;
        var windows = part.Pooling.PooledCount * channels;
        var sums = _sums.AsSpan(0, 2 * channels);
        sums.Clear();
        for (var image = 0; image < count; image++)
        {
            part.Pooling.AddGradientMoments(
                PooledDelta(block, image), (float*)layer.Places + (image * windows), (float*)layer.Normalized + (image * windows), sums);
        }

        var norm = NormalizationOf(block);
        var slope = (float*)layer.Slopes;
        var offset = slope + channels;
        var valueCount = (double)count * part.Convolution.Height * part.Convolution.Width;
        for (var channel = 0; channel < channels; channel++)
        {
            Gradient[part.Shift + channel] = (float)sums[channel];
            Gradient[part.Scale + channel] = (float)sums[channels + channel];
            var mean = norm.Scale[channel] * sums[channel] / valueCount;
            var product = norm.Scale[channel] * sums[channels + channel] / valueCount;
            slope[channel] = (float)(-product * norm.InverseDeviation[channel]);
            offset[channel] = (float)((product * norm.Mean[channel] * norm.InverseDeviation[channel]) - mean);
        }

        var scratch = (float*)layer.WeightScratch;
        new Span<float>(scratch, part.Convolution.WeightScratchSize).Clear();
        new Span<float>(_imageDelta, part.Convolution.PaddedOutputSize + part.Convolution.Slack).Clear();
        for (var image = 0; image < count; image++)
        {
            token.ThrowIfCancellationRequested();
            part.Pooling.Backward(
                (float*)layer.Output + (image * part.Convolution.OutputSize), PooledDelta(block, image),
                (float*)layer.Places + (image * windows), norm, slope, offset, _imageDelta);
            part.Convolution.AddWeightGradient(Input(block) + (image * part.Convolution.InputSize), _imageDelta, scratch);
            if (block > 0)
            {
                part.Convolution.InputGradient(_imageDelta, rotated.Kernel(block), PooledDelta(block - 1, image));
            }
        }

        part.Convolution.StoreWeightGradient(scratch, Gradient + part.Weights);
    }

    /// <summary>The working memory of a block.</summary>
    private sealed class Layer(
        float* input, float* output, float* places, float* normalized, float* weightScratch, float* normalization, float* slopes)
    {
        public nint Input { get; } = (nint)input;

        public nint Output { get; } = (nint)output;

        public nint Places { get; } = (nint)places;

        public nint Normalized { get; } = (nint)normalized;

        public nint WeightScratch { get; } = (nint)weightScratch;

        public nint Normalization { get; } = (nint)normalization;

        public nint Slopes { get; } = (nint)slopes;

        public nint InputDelta { get; set; }
    }
}
