using System.Numerics.Tensors;
using N2D.Pipeline;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>A row of images for each cluster, from a data set.</summary>
internal sealed class ImageRows
{
    private readonly float[][] _values;
    private readonly float _min;
    private readonly float _max;

    private ImageRows(ImageShape shape, float[][] values, IReadOnlyList<string> rowNames, string[][]? captions)
    {
        (Shape, _values, RowNames, Captions) = (shape, values, rowNames, captions);
        var filled = values.Where(row => row.Length > 0).ToArray();
        (_min, _max) = (filled.Min(row => TensorPrimitives.Min<float>(row)), filled.Max(row => TensorPrimitives.Max<float>(row)));
    }

    /// <summary>The shape of each image.</summary>
    public ImageShape Shape { get; }

    /// <summary>The name of each cluster.</summary>
    public IReadOnlyList<string> RowNames { get; }

    /// <summary>A text for each image of each cluster; null for none.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? Captions { get; }

    /// <summary>The maximum number of images of a cluster.</summary>
    public int ColumnCount => Enumerable.Range(0, RowNames.Count).Max(CountOf);

    private int PixelCount => Shape.Width * Shape.Height;

    /// <summary>Reads images. If the data is in a file, only these images are read.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="rows">For each cluster, the indices of the rows.</param>
    /// <param name="names">The name of each cluster.</param>
    /// <param name="captionOf">Returns the text for an image, from its index; null for no texts.</param>
    public static ImageRows Read(Dataset dataset, int[][] rows, IReadOnlyList<string> names, Func<int, string>? captionOf = null)
    {
        var matrix = dataset.GetDataMatrix();
        return new ImageRows(
            dataset.ImageShape!.Value,
            Array.ConvertAll(rows, indices =>
            {
                var values = new float[indices.Length * dataset.Dimension];
                matrix.CopyRows(indices, values);
                return values;
            }),
            names,
            captionOf is null ? null : Array.ConvertAll(rows, indices => Array.ConvertAll(indices, index => captionOf(index))));
    }

    /// <summary>Returns the number of images of a cluster.</summary>
    /// <param name="row">The index of the cluster.</param>
    public int CountOf(int row) => _values[row].Length / PixelCount;

    /// <summary>
    /// Returns an image, in colors from the background at the lowest value of all images to the text color at the highest.
    /// </summary>
    /// <param name="row">The index of the cluster.</param>
    /// <param name="column">The index of the image.</param>
    /// <param name="colors">The theme.</param>
    public SKImage ToImage(int row, int column, ThemeColors colors)
    {
        var values = _values[row].AsSpan(column * PixelCount, PixelCount);
        using var bitmap = new SKBitmap(new SKImageInfo(Shape.Width, Shape.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var range = _max > _min ? _max - _min : 1;
        for (var pixel = 0; pixel < values.Length; pixel++)
        {
            var color = CategoryStyle.Mix(colors.Paper, colors.Text, (values[pixel] - _min) / range);
            bitmap.SetPixel(pixel % Shape.Width, pixel / Shape.Width, color.ToSKColor());
        }

        bitmap.SetImmutable();
        return SKImage.FromBitmap(bitmap);
    }
}
