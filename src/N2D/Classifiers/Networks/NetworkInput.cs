using System.Diagnostics;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Classifiers;

/// <summary>
/// Turns rows into the input of a network: images are divided by the root mean square of all pixels, so that empty pixels stay 0; the
/// columns of other rows are standardized.
/// </summary>
internal sealed unsafe class NetworkInput
{
    /// <summary>The standard deviation of the noise, in units of the input.</summary>
    private const double NoiseLevel = 0.1;

    private readonly float[] _offsets;
    private readonly float[] _factors;

    /// <summary>Creates the map of a fit.</summary>
    /// <param name="image">The shape of the images; null if rows are not images.</param>
    /// <param name="offsets">The number to subtract from each column; 0 for images.</param>
    /// <param name="factors">The number to multiply each column by afterward.</param>
    public NetworkInput(ImageShape? image, float[] offsets, float[] factors)
    {
        Image = image;
        _offsets = offsets;
        _factors = factors;
    }

    /// <summary>The shape of the images; null if rows are not images.</summary>
    public ImageShape? Image { get; }

    /// <summary>The number of columns of a row.</summary>
    public int ColumnCount => _offsets.Length;

    /// <summary>The number to subtract from each column.</summary>
    public float[] Offsets => _offsets;

    /// <summary>The number to multiply each column by afterward.</summary>
    public float[] Factors => _factors;

    /// <summary>Fits the map to rows.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="image">The shape of the images; null if rows are not images.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static NetworkInput Of(Matrix rows, ImageShape? image, Execution execution)
    {
        var (offsets, factors) = (new float[rows.ColumnCount], new float[rows.ColumnCount]);
        var moments = ColumnMoments.Of(rows, execution);
        if (image is null)
        {
            for (var column = 0; column < offsets.Length; column++)
            {
                offsets[column] = (float)moments.Means[column];
                factors[column] = InverseOf(moments.Variances[column]);
            }
        }
        else
        {
            var meanSquare = moments.Means.Zip(moments.Variances, (mean, variance) => (mean * mean) + variance).Average();
            Array.Fill(factors, InverseOf(meanSquare));
        }

        return new NetworkInput(image, offsets, factors);

        // Values that are all zero, or too small for float32, stay 0.
        static float InverseOf(double square) => (float)(1 / Math.Sqrt(square)) is var factor && float.IsFinite(factor) ? factor : 0;
    }

    /// <summary>Writes the input of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="target">
    /// The memory of the input. An image is written inside its border of zeros; other rows are written as they are.
    /// </param>
    public void Write(ReadOnlySpan<float> row, float* target)
    {
        Debug.Assert(row.Length == ColumnCount, "The row must have the columns of the fit.");
        if (Image is not { } shape)
        {
            for (var column = 0; column < row.Length; column++)
            {
                target[column] = (row[column] - _offsets[column]) * _factors[column];
            }

            return;
        }

        for (var y = 0; y < shape.Height; y++)
        {
            var pixels = target + PlaceOf(shape, y);
            for (var x = 0; x < shape.Width; x++)
            {
                pixels[x] = row[(y * shape.Width) + x] * _factors[0];
            }
        }
    }

    /// <summary>Writes the input of a randomly transformed row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="augmentation">The transforms.</param>
    /// <param name="random">The random numbers.</param>
    /// <param name="target">The memory of the input.</param>
    public void Write(ReadOnlySpan<float> row, Augmentation augmentation, ref RandomSequence random, float* target)
    {
        switch (augmentation)
        {
            case Augmentation.Affine or Augmentation.Flip when Image is { } shape:
                new AffineTransform(shape, augmentation == Augmentation.Flip, ref random)
                    .Apply(row, shape, _factors[0], target + PlaceOf(shape, 0), shape.Width + 2);
                break;
            case Augmentation.Jitter:
                Write(row, target);
                AddNoise(ref random, target);
                break;
            default:
                Write(row, target);
                break;
        }
    }

    private static int PlaceOf(ImageShape shape, int y) => ((y + 1) * (shape.Width + 2)) + 1;

    private void AddNoise(ref RandomSequence random, float* target)
    {
        var (height, width) = Image is { } shape ? (shape.Height, shape.Width) : (1, ColumnCount);
        for (var y = 0; y < height; y++)
        {
            var values = Image is { } image ? target + PlaceOf(image, y) : target;
            for (var x = 0; x < width; x++)
            {
                values[x] += (float)(NoiseLevel * random.NextGaussian());
            }
        }
    }
}
