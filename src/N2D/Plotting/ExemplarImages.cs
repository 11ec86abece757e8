using System.Numerics.Tensors;
using N2D.Pipeline;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>Images out of a data set, some of each cluster.</summary>
internal sealed class ExemplarImages
{
    private readonly float[][] _values;
    private readonly float _least;
    private readonly float _most;

    private ExemplarImages(ImageShape shape, float[][] values, IReadOnlyList<string> rowNames)
    {
        (Shape, _values, RowNames) = (shape, values, rowNames);
        var filled = values.Where(row => row.Length > 0).ToArray();
        (_least, _most) = (filled.Min(row => TensorPrimitives.Min<float>(row)), filled.Max(row => TensorPrimitives.Max<float>(row)));
    }

    /// <summary>The shape of each image.</summary>
    public ImageShape Shape { get; }

    /// <summary>The name of each cluster.</summary>
    public IReadOnlyList<string> RowNames { get; }

    /// <summary>The largest number of images of a cluster.</summary>
    public int ColumnCount => Enumerable.Range(0, RowNames.Count).Max(CountOf);

    private int PixelCount => Shape.Width * Shape.Height;

    /// <summary>Reads images; of data in a file, no others.</summary>
    /// <param name="dataset">Where they are.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="rows">Of each cluster, the numbers of its rows.</param>
    /// <param name="names">The name of each cluster.</param>
    public static ExemplarImages Read(Dataset dataset, ImageShape shape, int[][] rows, IReadOnlyList<string> names)
    {
        var matrix = dataset.GetDataMatrix();
        return new ExemplarImages(
            shape,
            Array.ConvertAll(rows, numbers =>
            {
                var values = new float[numbers.Length * dataset.Dimension];
                matrix.CopyRows(numbers, values);
                return values;
            }),
            names);
    }

    /// <summary>The number of images of a cluster.</summary>
    /// <param name="row">The cluster's place.</param>
    public int CountOf(int row) => _values[row].Length / PixelCount;

    /// <summary>An image, from the background's color at the lowest value of all to the text's at the highest: ink on the paper at hand.</summary>
    /// <param name="row">The cluster's place.</param>
    /// <param name="column">The image's place.</param>
    /// <param name="colors">The theme.</param>
    public SKImage ToImage(int row, int column, ThemeColors colors)
    {
        var values = _values[row].AsSpan(column * PixelCount, PixelCount);
        using var bitmap = new SKBitmap(new SKImageInfo(Shape.Width, Shape.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var range = _most > _least ? _most - _least : 1;
        for (var pixel = 0; pixel < values.Length; pixel++)
        {
            var color = CategoryStyle.Mix(colors.Paper, colors.Text, (values[pixel] - _least) / range);
            bitmap.SetPixel(pixel % Shape.Width, pixel / Shape.Width, color.ToSKColor());
        }

        bitmap.SetImmutable();
        return SKImage.FromBitmap(bitmap);
    }
}
