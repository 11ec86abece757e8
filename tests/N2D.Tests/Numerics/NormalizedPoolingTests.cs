using N2D.Numerics;

namespace N2D.Tests.Numerics;

/// <summary>Batch normalization, ReLU and maximum pooling of one image, compared with a plain implementation in double precision.</summary>
public sealed unsafe class NormalizedPoolingTests
{
    /// <summary>A few roundings of float32, relative to values of size 1 to 4.</summary>
    private const double Tolerance = 2e-6;

    // Even and odd sides, a single window, no window at all; with and without a border; several registers of channels.
    public static TheoryData<int, int, int, int> Shapes => new()
    {
        { 6, 4, 16, 0 },
        { 6, 4, 16, 1 },
        { 7, 5, 16, 1 },
        { 5, 2, 48, 0 },
        { 2, 2, 32, 1 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Moments_AreThoseOfTheImage_WithoutTheValuesBehindItsRows(int height, int width, int channels, int border)
    {
        var pooling = new NormalizedPooling(height, width, channels, border);
        var image = new Drawn(pooling, seed: 1);
        var sums = new double[2 * channels];
        Array.Fill(sums, 3);
        fixed (float* values = image.Outputs)
        {
            pooling.AddMoments(values, sums);
        }

        for (var channel = 0; channel < channels; channel++)
        {
            var pixels = image.PixelsOf(channel).ToArray();
            Assert.Equal(3 + pixels.Sum(), sums[channel], Tolerance * pixels.Length);
            Assert.Equal(3 + pixels.Sum(value => value * value), sums[channels + channel], Tolerance * pixels.Length);
        }
    }

    [Fact]
    public void MomentsOfLargeImages_KeepTheirDigits()
    {
        // In float32, each of 90,000 additions to a sum of up to 9000 can lose 0.0005: up to 0.5 % in all.
        const float Value = 0.1f;
        const int Side = 300;
        var pooling = new NormalizedPooling(Side, Side, 16, 0);
        var image = new float[Side * (Side + 2) * 16];
        Array.Fill(image, Value);
        var windows = new float[pooling.PooledCount * 16];
        var (delta, places) = (new float[windows.Length], new float[windows.Length]);
        Array.Fill(windows, Value);
        Array.Fill(delta, Value);
        var (sums, slopes) = (new double[32], new double[32]);
        fixed (float* values = image, deltas = delta, place = places, normalized = windows)
        {
            pooling.AddMoments(values, sums);
            pooling.AddGradientMoments(deltas, place, normalized, slopes);
        }

        // A sum of 1024 values loses up to 1024 roundings of 3e-8 of it.
        const double Relative = 1024 * 3e-8;
        const double Count = Side * Side;
        Assert.All(sums[..16], sum => Assert.Equal(1, sum / (Count * Value), Relative));
        Assert.All(sums[16..], sum => Assert.Equal(1, sum / (Count * Value * Value), Relative));
        Assert.All(slopes[..16], sum => Assert.Equal(1, sum / (Count / 4 * Value), Relative));
        Assert.All(slopes[16..], sum => Assert.Equal(1, sum / (Count / 4 * Value * Value), Relative));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Pooled_IsTheLargestNormalizedValueOfEachWindow_AndBothWaysGiveTheSameBytes(int height, int width, int channels, int border)
    {
        var pooling = new NormalizedPooling(height, width, channels, border);
        var image = new Drawn(pooling, seed: 2);
        var (applied, forward) = (new float[pooling.PooledSize], new float[pooling.PooledSize]);
        var windows = pooling.PooledCount * channels;
        var (places, normalized) = (new float[windows], new float[windows]);
        fixed (float* values = image.Outputs, scale = image.Scale, shift = image.Shift, mean = image.Mean, inverse = image.Inverse,
            pooled = applied, kept = forward, place = places, norm = normalized)
        {
            pooling.Apply(values, scale, shift, pooled);
            pooling.Forward(values, new Normalization(scale, shift, mean, inverse), kept, place, norm);
        }

        Assert.Equal(applied, forward);
        var inside = 0.0;
        ForEachWindow(pooling, (y, x, channel) =>
        {
            var best = Enumerable.Range(0, 4).MaxBy(number => image.NormalizedAt(y, x, number, channel));
            var output = image.NormalizedAt(y, x, best, channel);
            var stride = pooling.PooledWidth + (2 * border);
            var pooled = forward[((((y + border) * stride) + x + border) * channels) + channel];
            inside += pooled;
            Assert.Equal(Math.Max(output, 0), pooled, Tolerance);
            var window = (((y * pooling.PooledWidth) + x) * channels) + channel;
            Assert.Equal(output > 0 ? best : 4f, places[window]);
            var value = image.At((2 * y) + (best / 2), (2 * x) + (best % 2), channel);
            Assert.Equal((value - image.Mean[channel]) * (double)image.Inverse[channel], normalized[window], Tolerance);
        });

        // The border stays zero.
        Assert.Equal(inside, forward.Sum(value => (double)value), Tolerance * forward.Length);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Backward_SendsEachDerivativeToTheMaximum_AndAddsThatOfTheMoments(int height, int width, int channels, int border)
    {
        var pooling = new NormalizedPooling(height, width, channels, border);
        var image = new Drawn(pooling, seed: 3);
        var windows = pooling.PooledCount * channels;
        var (pooled, places, normalized) = (new float[pooling.PooledSize], new float[windows], new float[windows]);
        var delta = Drawn.Values(pooling.PooledSize, seed: 5);
        var given = delta.ToArray();
        var (slope, offset) = (Drawn.Values(channels, seed: 6), Drawn.Values(channels, seed: 7));
        var sums = new double[2 * channels];
        var stride = width + 2;
        var imageDelta = new float[(height + 2) * stride * channels];
        fixed (float* values = image.Outputs, scale = image.Scale, shift = image.Shift, mean = image.Mean, inverse = image.Inverse,
            to = pooled, place = places, norm = normalized, from = delta, a = slope, b = offset, result = imageDelta)
        {
            var normalization = new Normalization(scale, shift, mean, inverse);
            pooling.Forward(values, normalization, to, place, norm);
            pooling.AddGradientMoments(from, place, norm, sums);
            pooling.Backward(values, from, place, normalization, a, b, result);
        }

        var (expected, sumsOf) = (new double[imageDelta.Length], new double[2 * channels]);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    expected[((((y + 1) * stride) + x + 1) * channels) + channel] =
                        (image.At(y, x, channel) * (double)slope[channel]) + offset[channel];
                }
            }
        }

        // A pooled image without a border has the stride of its windows; otherwise, its rows end with two values that do not count.
        var pooledStride = pooling.PooledWidth + (2 * border);
        ForEachWindow(pooling, (y, x, channel) =>
        {
            var best = Enumerable.Range(0, 4).MaxBy(number => image.NormalizedAt(y, x, number, channel));
            if (image.NormalizedAt(y, x, best, channel) <= 0)
            {
                return;
            }

            var own = (double)given[(((y * pooledStride) + x) * channels) + channel];
            var (pixelY, pixelX) = ((2 * y) + (best / 2), (2 * x) + (best % 2));
            expected[((((pixelY + 1) * stride) + pixelX + 1) * channels) + channel] += own * image.Scale[channel];
            sumsOf[channel] += own;
            sumsOf[channels + channel] += own * (image.At(pixelY, pixelX, channel) - image.Mean[channel]) * image.Inverse[channel];
        });
        Assert.All(sumsOf.Zip(sums), pair => Assert.Equal(pair.First, pair.Second, Tolerance * (1 + pooling.PooledCount)));
        Assert.All(expected.Zip(imageDelta), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    private static void ForEachWindow(NormalizedPooling pooling, Action<int, int, int> action)
    {
        for (var y = 0; y < pooling.PooledHeight; y++)
        {
            for (var x = 0; x < pooling.PooledWidth; x++)
            {
                for (var channel = 0; channel < pooling.Channels; channel++)
                {
                    action(y, x, channel);
                }
            }
        }
    }

    /// <summary>A random image in the layout of a convolution's outputs, and a random normalization with scales of both signs.</summary>
    private sealed class Drawn(NormalizedPooling pooling, int seed)
    {
        private readonly NormalizedPooling _pooling = pooling;

        // The values behind the rows are far larger, so that a kernel that counts them fails.
        public float[] Outputs { get; } = OutputsOf(pooling, seed);

        public float[] Scale { get; } = Values(pooling.Channels, seed + 1000);

        public float[] Shift { get; } = Values(pooling.Channels, seed + 2000);

        public float[] Mean { get; } = Values(pooling.Channels, seed + 3000);

        public float[] Inverse { get; } = Values(pooling.Channels, seed + 4000);

        public static float[] Values(int count, int seed) =>
            Array.ConvertAll(RandomRows.Uniform(1, count, seed).Values.ToArray(), value => (2 * value) - 1);

        public float At(int y, int x, int channel) => Outputs[(((y * (_pooling.Width + 2)) + x) * _pooling.Channels) + channel];

        public double NormalizedAt(int y, int x, int number, int channel) =>
            (At((2 * y) + (number / 2), (2 * x) + (number % 2), channel) * (double)Scale[channel]) + Shift[channel];

        public IEnumerable<double> PixelsOf(int channel) => Enumerable.Range(0, _pooling.Height * _pooling.Width)
            .Select(pixel => (double)At(pixel / _pooling.Width, pixel % _pooling.Width, channel));

        private static float[] OutputsOf(NormalizedPooling pooling, int seed)
        {
            var stride = pooling.Width + 2;
            var values = Values(pooling.Height * stride * pooling.Channels, seed);
            for (var y = 0; y < pooling.Height; y++)
            {
                values.AsSpan(((y * stride) + pooling.Width) * pooling.Channels, 2 * pooling.Channels).Fill(1e6f);
            }

            return values;
        }
    }
}
