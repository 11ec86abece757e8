using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Reports;

/// <summary>Small images of all rows: gray levels from 0 to 15, two pixels in a byte.</summary>
/// <param name="Shape">The size of each image.</param>
/// <param name="Pixels">The images, row by row. The first pixel of a byte is in its low half.</param>
internal sealed record MapThumbnails(ImageShape Shape, PackedArray Pixels)
{
    /// <summary>The most bytes of all images before compression.</summary>
    private const long MaxBytes = 8_000_000;

    /// <summary>The least side of an image that can be recognized, in pixels.</summary>
    private const int MinSide = 8;

    private const int MaxSide = 32;
    private const int MaxLevel = 15;

    /// <summary>Reads the images of a data set and shrinks them.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>The images; null if rows are not images, or if there are too many for a page.</returns>
    public static MapThumbnails? Of(Dataset dataset, Execution execution)
    {
        if (dataset.ImageShape is not { } source || FactorOf(source, dataset.RowCount) is not { } factor)
        {
            return null;
        }

        var shape = Shrink(source, factor);
        var stride = StrideOf(shape);
        var pixels = new byte[(long)dataset.RowCount * stride];
        var rows = dataset.GetDataMatrix();
        var (low, high) = RangeOf(rows, execution.Part(0, 0.5));
        var scale = high > low ? MaxLevel / (high - low) : 0;
        rows.ForEachBlock("reading the images", execution.Part(0.5, 1), (start, block) =>
        {
            for (var place = 0; place < block.Length; place += dataset.Dimension)
            {
                var row = start + (place / dataset.Dimension);
                Draw(block.Span.Slice(place, dataset.Dimension), source, factor, low, scale, pixels.AsSpan(row * stride, stride));
            }

            return true;
        });
        return new MapThumbnails(shape, PackedArray.Of(pixels, execution.CancellationToken));
    }

    private static int StrideOf(ImageShape shape) => ((shape.Width * shape.Height) + 1) / 2;

    private static ImageShape Shrink(ImageShape shape, int factor) =>
        new((shape.Height + factor - 1) / factor, (shape.Width + factor - 1) / factor);

    private static int? FactorOf(ImageShape shape, int rowCount)
    {
        for (var factor = 1; ; factor++)
        {
            var small = Shrink(shape, factor);
            if (factor > 1 && Math.Min(small.Height, small.Width) < MinSide)
            {
                return null;
            }

            if (Math.Max(small.Height, small.Width) <= MaxSide && (long)StrideOf(small) * rowCount <= MaxBytes)
            {
                return factor;
            }
        }
    }

    private static (float Low, float High) RangeOf(IDataMatrix rows, Execution execution)
    {
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        rows.ForEachBlock("reading the images", execution, (_, block) =>
        {
            var range = Quantization.RangeOf(block.Span);
            (low, high) = (Math.Min(low, range.Low), Math.Max(high, range.High));
            return true;
        });
        return (low, high);
    }

    /// <summary>Shrinks an image by the mean of squares of pixels.</summary>
    private static void Draw(ReadOnlySpan<float> image, ImageShape source, int factor, float low, float scale, Span<byte> target)
    {
        var small = Shrink(source, factor);
        for (var y = 0; y < small.Height; y++)
        {
            for (var x = 0; x < small.Width; x++)
            {
                var (sum, count) = (0f, 0);
                for (var row = y * factor; row < Math.Min(source.Height, (y + 1) * factor); row++)
                {
                    for (var column = x * factor; column < Math.Min(source.Width, (x + 1) * factor); column++)
                    {
                        sum += image[(row * source.Width) + column] - low;
                        count++;
                    }
                }

                var level = (int)Math.Round(scale * sum / count);
                var place = (y * small.Width) + x;
                target[place / 2] |= (byte)(level << (4 * (place % 2)));
            }
        }
    }
}
