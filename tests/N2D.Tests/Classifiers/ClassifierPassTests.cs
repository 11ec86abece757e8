using N2D.Classifiers;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Tests.Classifiers;

/// <summary>
/// The loss of a group and its whole gradient, compared with numerical derivatives of a plain network in double precision.
/// </summary>
public sealed unsafe class ClassifierPassTests
{
    private const int ImageCount = 7;
    private const double Smoothing = 0.05;
    private const float Weight = 1f / 11;

    /// <summary>The step of a central difference: small enough to cross no kink of a ReLU or a maximum, large enough for double.</summary>
    private const double Difference = 1e-6;

    // Squares, odd sides, the smallest image, a strip; rows that are no images; classes within and beyond a register.
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 8, 8, 2 },
        { 5, 9, 3 },
        { 2, 2, 2 },
        { 2, 7, 17 },
        { 0, 5, 3 },
        { 0, 40, 2 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void TheGradient_IsThatOfTheLoss_IncludingTheNormalizationOfTheGroup(int height, int width, int classCount)
    {
        ImageShape? image = height > 0 ? new ImageShape(height, width) : null;
        var rows = RandomRows.Uniform(ImageCount, Math.Max(height, 1) * width, seed: 3);
        var input = NetworkInput.Of(rows, image, Execution.Default);
        var shape = new ClassifierShape(image, rows.ColumnCount, classCount);
        var parameters = shape.InitialParameters(new RandomSequence(5, RandomPurpose.Weights), default);

        // Shifts and biases start at zero, where a ReLU of an empty input has a kink.
        var random = new RandomSequence(6, RandomPurpose.Sampling);
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] += (float)(0.05 * random.NextGaussian());
        }

        int[] classes = [.. Enumerable.Range(0, ImageCount).Select(row => row % classCount)];
        using var memory = new AlignedBuffers();
        var pass = new ClassifierPass(shape, ImageCount + 2, memory);
        var rotated = new RotatedWeights(shape, memory);
        for (var row = 0; row < ImageCount; row++)
        {
            input.Write(rows.Row(row), pass.InputOf(row));
        }

        fixed (float* values = parameters)
        {
            rotated.Update(values, default);
            pass.Run(values, rotated, classes, Smoothing, Weight, default);
        }

        var gradient = new ReadOnlySpan<float>(pass.Gradient, shape.ParameterCount).ToArray();
        var wide = Array.ConvertAll(parameters, value => (double)value);
        var plain = new PlainNetwork(shape, image, rows, input, classes, Smoothing);

        // The sum of seven losses of size 1, in float32.
        Assert.Equal(plain.Loss(wide), pass.Loss, 1e-5 * ImageCount);
        var tried = 0;
        foreach (var places in PlacesOf(shape))
        {
            var pairs = Array.ConvertAll(
                places, place => (Expected: plain.Slope(wide, place, Difference) * Weight, Computed: gradient[place]));

            // float32 through three normalizations, relative to the largest derivative of the array.
            var largest = pairs.Max(pair => Math.Abs(pair.Expected));
            Assert.True(largest > 1e-6, $"the derivatives from {places[0]} on are zero");
            Assert.All(pairs, pair => Assert.Equal(pair.Expected, pair.Computed, 2e-4 * largest));
            tried += pairs.Length;
        }

        Assert.True(tried > 40, $"{tried} derivatives");
        Assert.Equal(plain.Moments(wide).Length, pass.Moments.Length);
        Assert.All(plain.Moments(wide).Zip(pass.Moments), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * (1 + Math.Abs(pair.First))));
    }

    [Fact]
    public void UnusedClassesOfARegister_HaveNoGradient()
    {
        var shape = new ClassifierShape(image: null, columnCount: 4, classCount: 3);
        Assert.Equal(TileKernel.NR, shape.PaddedClassCount);
        using var memory = new AlignedBuffers();
        var (pass, rotated) = (new ClassifierPass(shape, 2, memory), new RotatedWeights(shape, memory));
        fixed (float* parameters = shape.InitialParameters(new RandomSequence(1, RandomPurpose.Weights), default))
        {
            for (var i = 0; i < 8; i++)
            {
                pass.InputOf(i / 4)[i % 4] = i - 3;
            }

            rotated.Update(parameters, default);
            pass.Run(parameters, rotated, [0, 2], Smoothing, 0.5f, default);
        }

        var gradient = new ReadOnlySpan<float>(pass.Gradient, shape.ParameterCount).ToArray();
        for (var feature = 0; feature < ClassifierShape.FeatureCount; feature++)
        {
            Assert.All(gradient.AsSpan(shape.OutputWeights + (feature * TileKernel.NR) + 3, TileKernel.NR - 3).ToArray(), value =>
                Assert.Equal(0, value));
        }

        Assert.All(gradient.AsSpan(shape.OutputBias + 3, TileKernel.NR - 3).ToArray(), value => Assert.Equal(0, value));
        Assert.Contains(gradient.AsSpan(shape.OutputBias, 3).ToArray(), value => value != 0);
    }

    [Fact]
    public void ACanceledPass_EndsBeforeItsFirstImage_AndItsFirstLayer()
    {
        var canceled = new CancellationToken(canceled: true);
        foreach (var image in new ImageShape?[] { new ImageShape(4, 4), null })
        {
            var shape = new ClassifierShape(image, columnCount: 16, classCount: 2);
            using var memory = new AlignedBuffers();
            var (pass, rotated) = (new ClassifierPass(shape, 2, memory), new RotatedWeights(shape, memory));
            var random = new RandomSequence(1, RandomPurpose.Weights);
            Assert.Throws<OperationCanceledException>(() => shape.InitialParameters(random, canceled));
            var parameters = shape.InitialParameters(random, default);
            Assert.Throws<OperationCanceledException>(() => UpdateAndRun(pass, rotated, parameters, canceled, default));
            Assert.Throws<OperationCanceledException>(() => UpdateAndRun(pass, rotated, parameters, default, canceled));
            Assert.Equal(0, pass.Loss);
            Assert.All(pass.Moments, moment => Assert.Equal(0, moment));
            UpdateAndRun(pass, rotated, parameters, default, default);
            Assert.NotEqual(0, pass.Loss);
        }

        static void UpdateAndRun(
            ClassifierPass pass, RotatedWeights rotated, float[] parameters, CancellationToken update, CancellationToken run)
        {
            fixed (float* values = parameters)
            {
                rotated.Update(values, update);
                pass.Run(values, rotated, [0, 1], Smoothing, 0.5f, run);
            }
        }
    }

    [Theory]
    [InlineData(28, 28, 3, 3 * 3 * 64)]
    [InlineData(16, 16, 3, 2 * 2 * 64)]
    [InlineData(8, 8, 3, 64)]
    [InlineData(2, 2, 1, 16)]
    [InlineData(2, 100, 1, 50 * 16)]
    [InlineData(64, 64, 4, 4 * 4 * 64)]
    public void Blocks_ShrinkAnImage_AsFarAsItsSidesAllow(int height, int width, int blockCount, int flatCount)
    {
        var shape = new ClassifierShape(new ImageShape(height, width), height * width, 10);
        Assert.Equal((blockCount, flatCount), (shape.Blocks.Count, shape.FlatCount));
        Assert.All(
            shape.Blocks.SkipLast(1).Zip(shape.Blocks.Skip(1)), pair => Assert.Equal(pair.First.Channels, pair.Second.Convolution.Inputs));
        Assert.Equal(0, shape.Blocks[^1].Pooling.Border);
    }

    /// <summary>Some places of each array in the parameter vector.</summary>
    private static IEnumerable<int[]> PlacesOf(ClassifierShape shape)
    {
        foreach (var block in shape.Blocks)
        {
            yield return Spread(block.Weights, block.Convolution.WeightCount);
            yield return Spread(block.Scale, block.Channels);
            yield return Spread(block.Shift, block.Channels);
        }

        yield return Spread(shape.HiddenWeights, shape.FlatCount * ClassifierShape.FeatureCount);
        yield return Spread(shape.HiddenBias, ClassifierShape.FeatureCount);
        yield return Spread(shape.OutputBias, shape.ClassCount);
        yield return [.. Spread(0, ClassifierShape.FeatureCount).Select(feature =>
            shape.OutputWeights + (feature * shape.PaddedClassCount) + (feature % shape.ClassCount))];

        static int[] Spread(int start, int count)
        {
            var placeCount = Math.Min(count, 14);
            return [.. Enumerable.Range(0, placeCount).Select(number => start + (count / placeCount * number))];
        }
    }

    /// <summary>The same network as loops over doubles.</summary>
    private sealed class PlainNetwork(
        ClassifierShape shape, ImageShape? image, Matrix rows, NetworkInput input, int[] classes, double smoothing)
    {
        private readonly List<double> _moments = [];

        public double[] Moments(double[] parameters)
        {
            _ = Loss(parameters);
            return [.. _moments];
        }

        public double Slope(double[] parameters, int place, double difference)
        {
            var value = parameters[place];
            parameters[place] = value + difference;
            var above = Loss(parameters);
            parameters[place] = value - difference;
            var below = Loss(parameters);
            parameters[place] = value;
            return (above - below) / (2 * difference);
        }

        public double Loss(double[] parameters)
        {
            _moments.Clear();
            var values = Enumerable.Range(0, classes.Length).Select(InputOf).ToArray();
            var (height, width, channels) = (image?.Height ?? 1, image?.Width ?? rows.ColumnCount, 1);
            foreach (var block in shape.Blocks)
            {
                var (inputs, outputs) = (channels, block.Channels);
                var (rowCount, columnCount) = (height, width);
                var convolved = Array.ConvertAll(
                    values, value => Convolve(value, rowCount, columnCount, inputs, outputs, parameters, block.Weights));
                Normalize(convolved, rowCount * columnCount, outputs, parameters, block);
                values = Array.ConvertAll(convolved, value => Pool(value, rowCount, columnCount, outputs));
                (height, width, channels) = (height / 2, width / 2, outputs);
            }

            return values.Select((value, row) => LossOf(value, classes[row], parameters)).Sum();
        }

        private double[] InputOf(int row)
        {
            var values = rows.Row(row).ToArray();
            return [.. values.Select((value, column) => (double)(value - input.Offsets[column]) * input.Factors[column])];
        }

        private static double[] Convolve(
            double[] values, int height, int width, int inputs, int outputs, double[] parameters, int weights)
        {
            var result = new double[height * width * outputs];
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    for (var place = 0; place < 9; place++)
                    {
                        var (sourceY, sourceX) = (y + (place / 3) - 1, x + (place % 3) - 1);
                        if (sourceY < 0 || sourceY >= height || sourceX < 0 || sourceX >= width)
                        {
                            continue;
                        }

                        for (var i = 0; i < inputs; i++)
                        {
                            var value = values[(((sourceY * width) + sourceX) * inputs) + i];
                            var from = weights + (((place * inputs) + i) * outputs);
                            for (var output = 0; output < outputs; output++)
                            {
                                result[(((y * width) + x) * outputs) + output] += value * parameters[from + output];
                            }
                        }
                    }
                }
            }

            return result;
        }

        private void Normalize(double[][] images, int pixelCount, int channels, double[] parameters, ClassifierBlock block)
        {
            var (means, variances) = (new double[channels], new double[channels]);
            for (var channel = 0; channel < channels; channel++)
            {
                var own = images
                    .SelectMany(values => Enumerable.Range(0, pixelCount).Select(pixel => values[(pixel * channels) + channel]))
                    .ToArray();
                means[channel] = own.Average();
                variances[channel] = own.Average(value => (value - means[channel]) * (value - means[channel]));
                var scale = parameters[block.Scale + channel] / Math.Sqrt(variances[channel] + 1e-5);
                foreach (var values in images)
                {
                    for (var place = channel; place < values.Length; place += channels)
                    {
                        values[place] = ((values[place] - means[channel]) * scale) + parameters[block.Shift + channel];
                    }
                }
            }

            _moments.AddRange([.. means, .. variances]);
        }

        private static double[] Pool(double[] values, int height, int width, int channels)
        {
            var result = new double[height / 2 * (width / 2) * channels];
            for (var place = 0; place < result.Length; place++)
            {
                var (pixel, channel) = (place / channels, place % channels);
                var (y, x) = (2 * (pixel / (width / 2)), 2 * (pixel % (width / 2)));
                result[place] = Math.Max(0, Enumerable.Range(0, 4).Max(number =>
                    values[((((y + (number / 2)) * width) + x + (number % 2)) * channels) + channel]));
            }

            return result;
        }

        private double LossOf(double[] values, int own, double[] parameters)
        {
            var features = Dense(values, ClassifierShape.FeatureCount, parameters, shape.HiddenWeights, shape.HiddenBias);
            var logits = Dense(
                Array.ConvertAll(features, value => Math.Max(value, 0)), shape.PaddedClassCount, parameters, shape.OutputWeights,
                shape.OutputBias)[..shape.ClassCount];
            var logarithm = Math.Log(logits.Sum(Math.Exp));
            return logits.Select((logit, number) =>
                ((smoothing / shape.ClassCount) + (number == own ? 1 - smoothing : 0)) * (logarithm - logit)).Sum();
        }

        private static double[] Dense(double[] values, int outputCount, double[] parameters, int weights, int bias)
        {
            var result = parameters[bias..(bias + outputCount)];
            for (var i = 0; i < values.Length; i++)
            {
                for (var output = 0; output < outputCount; output++)
                {
                    result[output] += values[i] * parameters[weights + (i * outputCount) + output];
                }
            }

            return result;
        }
    }
}
