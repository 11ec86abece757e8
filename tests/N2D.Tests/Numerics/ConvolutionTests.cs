using N2D.Numerics;

namespace N2D.Tests.Numerics;

/// <summary>The 3 x 3 convolution and its derivatives, compared with their sums.</summary>
public sealed unsafe class ConvolutionTests
{
    private const int KernelSide = 3;

    /// <summary>A value that no kernel may overwrite.</summary>
    private const float Guard = 77;

    // Whole and partial micro-tiles, odd sides, single rows, columns and pixels; several registers of channels.
    public static TheoryData<int, int, int, int> InnerShapes => new()
    {
        { 4, 4, 16, 32 },
        { 5, 3, 16, 16 },
        { 1, 9, 16, 48 },
        { 9, 1, 32, 16 },
        { 1, 1, 16, 16 },
    };

    // The pixels of a data set are one channel.
    public static TheoryData<int, int, int, int> FirstShapes => new()
    {
        { 8, 8, 1, 16 },
        { 7, 5, 1, 16 },
        { 2, 2, 1, 64 },
    };

    [Theory]
    [MemberData(nameof(FirstShapes))]
    [MemberData(nameof(InnerShapes))]
    public void Forward_EqualsItsSums_AndWritesNothingElse(int height, int width, int inputs, int outputs)
    {
        var convolution = new Convolution(height, width, inputs, outputs);
        var image = Image(height, width, inputs, seed: 1);
        var weights = Centered(convolution.WeightCount, seed: 2);
        var input = Padded(convolution, image, inputs, convolution.InputSize);
        var output = Filled(convolution.OutputSize + TileKernel.NR);
        fixed (float* from = input, kernel = weights, to = output)
        {
            convolution.Forward(from, kernel, to);
        }

        ForEachOutput(convolution, (y, x, channel) =>
        {
            var (sum, exact, size) = (0f, 0.0, 0.0);
            ForEachTerm(y, x, (place, sourceY, sourceX) =>
            {
                for (var i = 0; i < inputs; i++)
                {
                    var value = At(image, convolution, inputs, sourceY, sourceX, i);
                    var weight = weights[(((place * inputs) + i) * outputs) + channel];
                    sum = float.MultiplyAddEstimate(value, weight, sum);
                    exact += (double)value * weight;
                    size += Math.Abs((double)value * weight);
                }
            });

            // The order of summation is documented, so all bits must be equal.
            var computed = output[(((y * convolution.Stride) + x) * outputs) + channel];
            Assert.Equal(sum, computed);
            Assert.Equal(exact, computed, Tolerance(size, KernelSide * KernelSide * inputs));
        });
        Assert.All(output[convolution.OutputSize..], value => Assert.Equal(Guard, value));
    }

    [Theory]
    [MemberData(nameof(InnerShapes))]
    public void InputGradient_EqualsItsSums(int height, int width, int inputs, int outputs)
    {
        var convolution = new Convolution(height, width, inputs, outputs);
        var slopes = Image(height, width, outputs, seed: 3);
        var weights = Centered(convolution.WeightCount, seed: 4);
        var delta = Padded(convolution, slopes, outputs, convolution.PaddedOutputSize);
        var rotated = new float[convolution.WeightCount];
        var computed = Filled((convolution with { Outputs = inputs }).OutputSize + TileKernel.NR);
        fixed (float* from = delta, kernel = weights, turned = rotated, to = computed)
        {
            convolution.Rotate(kernel, turned);
            convolution.InputGradient(from, turned, to);
        }

        // Each output adds its derivative, times the weight, to the inputs that it was computed from.
        var (expected, sizes) = (new double[height * width * inputs], new double[height * width * inputs]);
        ForEachOutput(convolution, (y, x, channel) => ForEachTerm(y, x, (place, sourceY, sourceX) =>
        {
            if (sourceY < 0 || sourceY >= height || sourceX < 0 || sourceX >= width)
            {
                return;
            }

            for (var i = 0; i < inputs; i++)
            {
                var term = (double)At(slopes, convolution, outputs, y, x, channel)
                    * weights[(((place * inputs) + i) * outputs) + channel];
                expected[(((sourceY * width) + sourceX) * inputs) + i] += term;
                sizes[(((sourceY * width) + sourceX) * inputs) + i] += Math.Abs(term);
            }
        }));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var i = 0; i < inputs; i++)
                {
                    var place = (((y * width) + x) * inputs) + i;
                    Assert.Equal(
                        expected[place], computed[(((y * convolution.Stride) + x) * inputs) + i],
                        Tolerance(sizes[place], KernelSide * KernelSide * outputs));
                }
            }
        }

        Assert.All(computed[^TileKernel.NR..], value => Assert.Equal(Guard, value));
    }

    [Theory]
    [MemberData(nameof(FirstShapes))]
    [MemberData(nameof(InnerShapes))]
    public void WeightGradient_IsTheSumOfAllImages(int height, int width, int inputs, int outputs)
    {
        const int ImageCount = 3;
        var convolution = new Convolution(height, width, inputs, outputs);
        var (expected, sizes) = (new double[convolution.WeightCount], new double[convolution.WeightCount]);
        var (scratch, gradient) = (new float[convolution.WeightScratchSize], Filled(convolution.WeightCount + TileKernel.NR));
        for (var number = 0; number < ImageCount; number++)
        {
            var image = Image(height, width, inputs, seed: 10 + number);
            var slopes = Image(height, width, outputs, seed: 20 + number);
            fixed (float* from = Padded(convolution, image, inputs, convolution.InputSize),
                delta = Padded(convolution, slopes, outputs, convolution.PaddedOutputSize), sums = scratch)
            {
                convolution.AddWeightGradient(from, delta, sums);
            }

            ForEachOutput(convolution, (y, x, channel) => ForEachTerm(y, x, (place, sourceY, sourceX) =>
            {
                for (var i = 0; i < inputs; i++)
                {
                    var term = (double)At(image, convolution, inputs, sourceY, sourceX, i)
                        * At(slopes, convolution, outputs, y, x, channel);
                    expected[(((place * inputs) + i) * outputs) + channel] += term;
                    sizes[(((place * inputs) + i) * outputs) + channel] += Math.Abs(term);
                }
            }));
        }

        fixed (float* sums = scratch, to = gradient)
        {
            convolution.StoreWeightGradient(sums, to);
        }

        for (var weight = 0; weight < expected.Length; weight++)
        {
            Assert.Equal(expected[weight], gradient[weight], Tolerance(sizes[weight], ImageCount * height * convolution.Stride));
        }

        Assert.All(gradient[convolution.WeightCount..], value => Assert.Equal(Guard, value));
    }

    /// <summary>Each addition loses at most half a unit in the last place of the sum of the terms' sizes.</summary>
    private static double Tolerance(double size, int termCount) => (size * termCount * 6e-8) + 1e-30;

    private static float[] Centered(int count, int seed) =>
        Array.ConvertAll(RandomRows.Uniform(1, count, seed).Values.ToArray(), value => value - 0.5f);

    private static float[] Image(int height, int width, int channels, int seed) => Centered(height * width * channels, seed);

    private static float[] Filled(int count)
    {
        var values = new float[count];
        Array.Fill(values, Guard);
        return values;
    }

    /// <summary>The image inside its border of zeros, followed by values that may be read but must not count.</summary>
    private static float[] Padded(Convolution convolution, float[] image, int channels, int size)
    {
        var padded = new float[size + convolution.Slack];
        for (var y = 0; y < convolution.Height; y++)
        {
            image.AsSpan(y * convolution.Width * channels, convolution.Width * channels)
                .CopyTo(padded.AsSpan((((y + 1) * convolution.Stride) + 1) * channels));
        }

        padded.AsSpan(size).Fill(Guard);
        return padded;
    }

    private static float At(float[] image, Convolution convolution, int channels, int y, int x, int channel) =>
        y < 0 || y >= convolution.Height || x < 0 || x >= convolution.Width
            ? 0
            : image[(((y * convolution.Width) + x) * channels) + channel];

    private static void ForEachOutput(Convolution convolution, Action<int, int, int> action)
    {
        for (var y = 0; y < convolution.Height; y++)
        {
            for (var x = 0; x < convolution.Width; x++)
            {
                for (var channel = 0; channel < convolution.Outputs; channel++)
                {
                    action(y, x, channel);
                }
            }
        }
    }

    private static void ForEachTerm(int y, int x, Action<int, int, int> action)
    {
        for (var place = 0; place < KernelSide * KernelSide; place++)
        {
            action(place, y + (place / KernelSide) - 1, x + (place % KernelSide) - 1);
        }
    }
}
