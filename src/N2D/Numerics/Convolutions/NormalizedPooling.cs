using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace N2D.Numerics;

/// <summary>
/// Batch normalization (Ioffe and Szegedy, 2015), ReLU and 2 x 2 maximum pooling of the outputs of a convolution, in one pass over the
/// image, and their derivatives. One thread.
/// </summary>
/// <remarks>An odd last row or column belongs to no window. It counts for the moments of its channel only.</remarks>
/// <param name="Height">The height of an image.</param>
/// <param name="Width">The width of an image.</param>
/// <param name="Channels">The channels, a multiple of 16.</param>
/// <param name="Border">The border of zeros around a pooled image: 1 before a convolution, 0 before a dense layer.</param>
internal readonly unsafe record struct NormalizedPooling(int Height, int Width, int Channels, int Border)
{
    /// <summary>
    /// The number of values that are summed in float32 before their sum is added to one in double. Images of up to 32 x 32 pixels are one
    /// such part; in one sum of a large image, small values would be lost.
    /// </summary>
    private const int ValuesPerSum = 1024;

    /// <summary>The place of a maximum that is not positive, so that the ReLU removes it.</summary>
    private const float Inactive = 4;

    /// <summary>The height of a pooled image.</summary>
    public int PooledHeight => Height / 2;

    /// <summary>The width of a pooled image.</summary>
    public int PooledWidth => Width / 2;

    /// <summary>The number of pixels of a pooled image.</summary>
    public int PooledCount => PooledHeight * PooledWidth;

    /// <summary>The number of values of a pooled image with its border.</summary>
    public int PooledSize => (PooledHeight + (2 * Border)) * PooledStride * Channels;

    private int PooledStride => PooledWidth + (2 * Border);

    private int Stride => Width + 2;

    /// <summary>Adds the sums of an image's values and of their squares.</summary>
    /// <param name="image">The outputs of the convolution.</param>
    /// <param name="sums">Receives the sums of each channel, then those of the squares.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddMoments(float* image, Span<double> sums)
    {
        Debug.Assert(Channels % 16 == 0, "The channels must fill whole registers.");
        Debug.Assert(sums.Length == 2 * Channels, "There must be two sums for each channel.");
        for (var channel = 0; channel < Channels; channel += 16)
        {
            Vector256<float> sum0 = default, sum1 = default, square0 = default, square1 = default;
            var remaining = ValuesPerSum;
            for (var y = 0; y < Height; y++)
            {
                var pixel = image + (y * Stride * Channels) + channel;
                for (var x = 0; x < Width; x++, pixel += Channels)
                {
                    var (first, second) = (Vector256.Load(pixel), Vector256.Load(pixel + 8));
                    (sum0, sum1) = (sum0 + first, sum1 + second);
                    square0 = Vector256.MultiplyAddEstimate(first, first, square0);
                    square1 = Vector256.MultiplyAddEstimate(second, second, square1);
                    if (--remaining == 0)
                    {
                        Flush(sums[channel..], sums[(Channels + channel)..], sum0, sum1, square0, square1);
                        (sum0, sum1, square0, square1) = (default, default, default, default);
                        remaining = ValuesPerSum;
                    }
                }
            }

            Flush(sums[channel..], sums[(Channels + channel)..], sum0, sum1, square0, square1);
        }

        static void Flush(
            Span<double> sums, Span<double> squares, Vector256<float> sum0, Vector256<float> sum1, Vector256<float> square0,
            Vector256<float> square1)
        {
            Add(sums, sum0);
            Add(sums[8..], sum1);
            Add(squares, square0);
            Add(squares[8..], square1);
        }
    }

    /// <summary>Normalizes, activates and pools an image.</summary>
    /// <param name="image">The outputs of the convolution.</param>
    /// <param name="scale">The factor of each channel.</param>
    /// <param name="shift">The term of each channel.</param>
    /// <param name="pooled">Receives the pooled image, inside its border.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(float* image, float* scale, float* shift, float* pooled)
    {
        Debug.Assert(Channels % 16 == 0, "The channels must fill whole registers.");
        for (var y = 0; y < PooledHeight; y++)
        {
            var source = image + (2 * y * Stride * Channels);
            var target = pooled + ((((y + Border) * PooledStride) + Border) * Channels);
            for (var x = 0; x < PooledWidth; x++, source += 2 * Channels, target += Channels)
            {
                for (var channel = 0; channel < Channels; channel += 8)
                {
                    var (factor, term) = (Vector256.Load(scale + channel), Vector256.Load(shift + channel));
                    var below = source + channel + (Stride * Channels);
                    var best = Vector256.Max(
                        Vector256.Max(
                            Vector256.MultiplyAddEstimate(Vector256.Load(source + channel), factor, term),
                            Vector256.MultiplyAddEstimate(Vector256.Load(source + channel + Channels), factor, term)),
                        Vector256.Max(
                            Vector256.MultiplyAddEstimate(Vector256.Load(below), factor, term),
                            Vector256.MultiplyAddEstimate(Vector256.Load(below + Channels), factor, term)));
                    Vector256.Max(best, Vector256<float>.Zero).Store(target + channel);
                }
            }
        }
    }

    /// <summary>Normalizes, activates and pools an image, and keeps what the derivative needs.</summary>
    /// <param name="image">The outputs of the convolution.</param>
    /// <param name="norm">The normalization.</param>
    /// <param name="pooled">Receives the pooled image, inside its border.</param>
    /// <param name="places">Receives the place of each maximum in its window.</param>
    /// <param name="normalized">Receives the normalized value of each maximum.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(float* image, Normalization norm, float* pooled, float* places, float* normalized)
    {
        Debug.Assert(Channels % 16 == 0, "The channels must fill whole registers.");
        for (var y = 0; y < PooledHeight; y++)
        {
            var source = image + (2 * y * Stride * Channels);
            var target = pooled + ((((y + Border) * PooledStride) + Border) * Channels);
            for (var x = 0; x < PooledWidth; x++, source += 2 * Channels, target += Channels)
            {
                for (var channel = 0; channel < Channels; channel += 8, places += 8, normalized += 8)
                {
                    var (factor, term) = (Vector256.Load(norm.Scale + channel), Vector256.Load(norm.Shift + channel));
                    var best = Vector256.Load(source + channel);
                    var output = Vector256.MultiplyAddEstimate(best, factor, term);
                    var place = Vector256<float>.Zero;
                    Compare(source + channel + Channels, 1, factor, term, ref best, ref output, ref place);
                    Compare(source + channel + (Stride * Channels), 2, factor, term, ref best, ref output, ref place);
                    Compare(source + channel + ((Stride + 1) * Channels), 3, factor, term, ref best, ref output, ref place);
                    var isActive = Vector256.GreaterThan(output, Vector256<float>.Zero);
                    Vector256.ConditionalSelect(isActive, output, Vector256<float>.Zero).Store(target + channel);
                    Vector256.ConditionalSelect(isActive, place, Vector256.Create(Inactive)).Store(places);
                    ((best - Vector256.Load(norm.Mean + channel)) * Vector256.Load(norm.InverseDeviation + channel)).Store(normalized);
                }
            }
        }
    }

    /// <summary>
    /// Sets the derivatives of inactive outputs to zero, and adds the sums of the derivatives, and of their products with the normalized
    /// values.
    /// </summary>
    /// <param name="delta">The derivative by the pooled image, with the stride of its border; changed in place.</param>
    /// <param name="places">The places of the maxima.</param>
    /// <param name="normalized">The normalized values of the maxima.</param>
    /// <param name="sums">Receives the sums of each channel, then those of the products.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddGradientMoments(float* delta, float* places, float* normalized, Span<double> sums)
    {
        Debug.Assert(Channels % 16 == 0, "The channels must fill whole registers.");
        Debug.Assert(sums.Length == 2 * Channels, "There must be two sums for each channel.");
        for (var channel = 0; channel < Channels; channel += 8)
        {
            Vector256<float> sum = default, product = default;
            var window = channel;
            var remaining = ValuesPerSum;
            for (var y = 0; y < PooledHeight; y++)
            {
                var source = delta + (y * PooledStride * Channels) + channel;
                for (var x = 0; x < PooledWidth; x++, source += Channels, window += Channels)
                {
                    var isActive = Vector256.LessThan(Vector256.Load(places + window), Vector256.Create(Inactive));
                    var slope = Vector256.ConditionalSelect(isActive, Vector256.Load(source), Vector256<float>.Zero);
                    slope.Store(source);
                    sum += slope;
                    product = Vector256.MultiplyAddEstimate(slope, Vector256.Load(normalized + window), product);
                    if (--remaining == 0)
                    {
                        Add(sums[channel..], sum);
                        Add(sums[(Channels + channel)..], product);
                        (sum, product) = (default, default);
                        remaining = ValuesPerSum;
                    }
                }
            }

            Add(sums[channel..], sum);
            Add(sums[(Channels + channel)..], product);
        }
    }

    /// <summary>Computes the derivative by the outputs of the convolution.</summary>
    /// <param name="image">The outputs of the convolution.</param>
    /// <param name="delta">The derivative by the pooled image, after <see cref="AddGradientMoments"/>.</param>
    /// <param name="places">The places of the maxima.</param>
    /// <param name="norm">The normalization.</param>
    /// <param name="slope">The derivative of a normalized value's neighbors: the factor of each channel.</param>
    /// <param name="offset">The same: the term of each channel.</param>
    /// <param name="imageDelta">Receives the derivative, with a border of zeros, which is left as it is.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(
        float* image, float* delta, float* places, Normalization norm, float* slope, float* offset, float* imageDelta)
    {
        Debug.Assert(Channels % 16 == 0, "The channels must fill whole registers.");
        for (var y = 0; y < Height; y++)
        {
            var source = image + (y * Stride * Channels);
            var target = imageDelta + ((((y + 1) * Stride) + 1) * Channels);
            var isPooledRow = y / 2 < PooledHeight;
            var deltaRow = delta + (y / 2 * PooledStride * Channels);
            var placeRow = places + (y / 2 * PooledWidth * Channels);
            for (var x = 0; x < Width; x++, source += Channels, target += Channels)
            {
                var isPooled = isPooledRow && x / 2 < PooledWidth;
                var own = Vector256.Create((float)((2 * (y % 2)) + (x % 2)));
                for (var channel = 0; channel < Channels; channel += 8)
                {
                    var value = Vector256.MultiplyAddEstimate(
                        Vector256.Load(source + channel), Vector256.Load(slope + channel), Vector256.Load(offset + channel));
                    if (isPooled)
                    {
                        var window = (x / 2 * Channels) + channel;
                        var isOwn = Vector256.Equals(Vector256.Load(placeRow + window), own);
                        var above = Vector256.Load(norm.Scale + channel) * Vector256.Load(deltaRow + window);
                        value += Vector256.ConditionalSelect(isOwn, above, Vector256<float>.Zero);
                    }

                    value.Store(target + channel);
                }
            }
        }
    }

    /// <summary>Adds eight values to sums in double.</summary>
    private static void Add(Span<double> sums, Vector256<float> values)
    {
        var (lower, upper) = Vector256.Widen(values);
        (Vector256.Create<double>(sums) + lower).CopyTo(sums);
        (Vector256.Create<double>(sums[4..]) + upper).CopyTo(sums[4..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compare(
        float* values, float own, Vector256<float> factor, Vector256<float> term, ref Vector256<float> best, ref Vector256<float> output,
        ref Vector256<float> place)
    {
        var value = Vector256.Load(values);
        var next = Vector256.MultiplyAddEstimate(value, factor, term);
        var isMore = Vector256.GreaterThan(next, output);
        best = Vector256.ConditionalSelect(isMore, value, best);
        output = Vector256.ConditionalSelect(isMore, next, output);
        place = Vector256.ConditionalSelect(isMore, Vector256.Create(own), place);
    }
}

/// <summary>The normalization of a batch: for each channel, the moments of its values, and the affine map that includes the trained scale
/// and shift.</summary>
/// <param name="scale">The trained scale divided by the standard deviation.</param>
/// <param name="shift">The trained shift minus the scaled mean.</param>
/// <param name="mean">The mean.</param>
/// <param name="inverseDeviation">The inverse of the standard deviation.</param>
internal readonly unsafe struct Normalization(float* scale, float* shift, float* mean, float* inverseDeviation)
{
    /// <summary>The trained scale divided by the standard deviation.</summary>
    public float* Scale { get; } = scale;

    /// <summary>The trained shift minus the scaled mean.</summary>
    public float* Shift { get; } = shift;

    /// <summary>The mean.</summary>
    public float* Mean { get; } = mean;

    /// <summary>The inverse of the standard deviation.</summary>
    public float* InverseDeviation { get; } = inverseDeviation;
}
