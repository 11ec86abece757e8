using System.Globalization;
using System.Runtime.InteropServices;
using N2D.Numerics;
using N2D.Pipeline;
using SkiaSharp;

namespace N2D.Data;

/// <summary>
/// Reads image files as one data set, a row each: PNG, JPEG, WebP, GIF (its first frame) and binary PGM, of up to 2^26 pixels. Values are 0 (black) to 1, white or the largest value that a file says it may hold; PNG and
/// PGM may have 16 bits a color. What is transparent lies on white. Pictures are turned as the camera was held (EXIF); color profiles are not looked at.
/// </summary>
public sealed record ImageFiles
{
    private const int LargestSide = 4096;

    private static readonly HashSet<string> Extensions = new([".png", ".jpg", ".jpeg", ".webp", ".gif", ".pgm"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The size that images are brought to; null for their own, which has to be that of all.</summary>
    /// <exception cref="N2DException">A side is not 1 to 4096 pixels (<c>ImageSizeOutOfRange</c>).</exception>
    public ImageShape? Size
    {
        get;
        init => field = value is not { } size || (IsSide(size.Height) && IsSide(size.Width))
            ? value
            : throw new N2DException("ImageSizeOutOfRange", ErrorKind.InvalidArgument, $"An -ImageSize of {size.Width} x {size.Height} is none: each side must be 1 to {LargestSide} pixels.", value);
    }

    /// <summary>Whether red, green and blue are three columns a pixel; else a pixel is its gray value, 0.299 red + 0.587 green + 0.114 blue (Rec. 601).</summary>
    public bool InColor { get; init; }

    /// <summary>Whether a file begins like an image of these formats.</summary>
    /// <param name="head">The first bytes.</param>
    internal static bool IsImage(ReadOnlySpan<byte> head) =>
        ImageDecoder.IsPng(head)
        || head.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff])
        || head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)
        || (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8))
        || GrayMap.IsGrayMap(head);

    /// <summary>The images in a folder by what they are called, in the order of their names, without hidden ones (macOS leaves such beside each file); none where there is no such folder.</summary>
    /// <param name="folder">Full path.</param>
    public static IReadOnlyList<string> InFolder(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.GetFiles(folder).Where(path => Extensions.Contains(Path.GetExtension(path)) && !Path.GetFileName(path).StartsWith('.')).Order(StringComparer.Ordinal)];

    /// <summary>Reads the images.</summary>
    /// <param name="paths">Their full paths, in the order of the rows; one or more.</param>
    /// <param name="execution">How to run.</param>
    /// <returns>
    /// The rows, named after the folder of the first, with the names of the files as ids: called Name, as a file's own property; where a name is there twice, the full paths, called FullName.
    /// </returns>
    /// <exception cref="N2DException">
    /// A file cannot be read, is no image (<c>NotAnImage</c>), damaged (<c>ImageDamaged</c>), too large (<c>ImageTooLarge</c>) or of another
    /// size than the first (<c>ImageSizesDiffer</c>), or all take more memory than there is. Of several such files, the first is told of.
    /// </exception>
    public Dataset Read(IReadOnlyList<string> paths, Execution? execution = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        execution ??= Execution.Default;
        var shape = Size ?? InputFile.Read(paths[0], ImageDecoder.ShapeOf);
        var columnCount = shape.Height * shape.Width * (InColor ? 3 : 1);
        InputFile.Read(paths[0], file =>
        {
            DenseMemory.ThrowIfTooLarge(file, paths.Count, columnCount, "Bring the images to a smaller size (-ImageSize), or give fewer.", "and the others that were given are");
            return true;
        });

        var values = new float[paths.Count * columnCount];
        var errors = new N2DException?[paths.Count];
        var (done, firstBad) = (0, int.MaxValue);
        ParallelRows.For(paths.Count, 1, execution, (row, _) =>
        {
            // Rows before it are still read: which error comes out does not hang on which thread was the first.
            if (row > Volatile.Read(ref firstBad))
            {
                return;
            }

            try
            {
                InputFile.Read(paths[row], file =>
                {
                    using var bitmap = ImageDecoder.Decode(file);
                    return Write(file, bitmap, shape, paths[0], values.AsSpan(row * columnCount, columnCount));
                });
            }
            catch (N2DException error)
            {
                errors[row] = error;
                for (var seen = Volatile.Read(ref firstBad); row < seen; seen = Volatile.Read(ref firstBad))
                {
                    Interlocked.CompareExchange(ref firstBad, row, seen);
                }
            }

            execution.Report($"{Interlocked.Increment(ref done)} of {Quantity.Of(paths.Count, "image")}", (double)done / paths.Count);
        });
        if (errors.FirstOrDefault(error => error is not null) is { } first)
        {
            throw first;
        }

        var folder = Path.GetDirectoryName(paths[0]) ?? "";
        string[] names = [.. paths.Select(path => Path.GetFileName(path))];
        var areUnique = names.Distinct(StringComparer.Ordinal).Count() == names.Length;
        execution.Explain?.Invoke(string.Create(
            CultureInfo.InvariantCulture, $"'{folder}': {Quantity.Of(paths.Count, "image")} of {shape.Height} x {shape.Width} pixels, {(InColor ? "red, green and blue" : "gray")}, scaled from black to white to 0..1."));

        // Of 16 bits as well: a model of such images takes others for what they are, of one scale.
        var dataset = new Dataset(Path.GetFileName(folder) is { Length: > 0 } name ? name : "Images", Matrix.Own(values, columnCount), imageShape: InColor ? null : shape, source: folder) { Divisor = byte.MaxValue };
        return dataset.WithIds(areUnique ? names : paths, areUnique ? "Name" : "FullName", execution);
    }

    private static bool IsSide(int length) => length is >= 1 and <= LargestSide;

    private bool Write(InputFile file, SKBitmap bitmap, ImageShape shape, string first, Span<float> values)
    {
        if (Size is null && (bitmap.Height, bitmap.Width) != (shape.Height, shape.Width))
        {
            throw file.Invalid(
                "ImageSizesDiffer",
                $" has {bitmap.Width} x {bitmap.Height} pixels, and '{Path.GetFileName(first)}' {shape.Width} x {shape.Height}: rows must be of one length. Bring all to one size: -ImageSize {shape.Width}, {shape.Height}.");
        }

        if ((bitmap.Height, bitmap.Width) == (shape.Height, shape.Width))
        {
            WriteValues(bitmap, values);
            return true;
        }

        using var resized = bitmap.Resize(bitmap.Info.WithSize(shape.Width, shape.Height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear))
            ?? throw file.Invalid("ImageTooLarge", $" cannot be brought to {shape.Width} x {shape.Height} pixels: there is no memory left. Read the images with fewer threads.");
        WriteValues(resized, values);
        return true;
    }

    private void WriteValues(SKBitmap bitmap, Span<float> values)
    {
        if (ImageDecoder.IsDeep(bitmap))
        {
            WriteDeepValues(MemoryMarshal.Cast<byte, ushort>(bitmap.GetPixelSpan()), values);
        }
        else
        {
            WriteValues(bitmap.GetPixelSpan(), values);
        }
    }

    /// <summary>As the other, of 16 bits.</summary>
    private void WriteDeepValues(ReadOnlySpan<ushort> pixels, Span<float> values)
    {
        const double White = ushort.MaxValue;
        for (var (pixel, place) = (0, 0); pixel < pixels.Length; pixel += 4)
        {
            var ground = ushort.MaxValue - pixels[pixel + 3];
            var (red, green, blue) = (pixels[pixel] + ground, pixels[pixel + 1] + ground, pixels[pixel + 2] + ground);
            if (InColor)
            {
                (values[place], values[place + 1], values[place + 2]) = ((float)(red / White), (float)(green / White), (float)(blue / White));
                place += 3;
            }
            else
            {
                values[place++] = (float)(((299 * red) + (587 * green) + (114 * blue)) / (1000 * White));
            }
        }
    }

    /// <summary>Red, green, blue and opacity of each pixel, the first three times the last, become columns.</summary>
    private void WriteValues(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        for (var (pixel, place) = (0, 0); pixel < pixels.Length; pixel += 4)
        {
            var ground = byte.MaxValue - pixels[pixel + 3];
            var (red, green, blue) = (pixels[pixel] + ground, pixels[pixel + 1] + ground, pixels[pixel + 2] + ground);
            if (InColor)
            {
                (values[place], values[place + 1], values[place + 2]) = (red / 255f, green / 255f, blue / 255f);
                place += 3;
            }
            else
            {
                values[place++] = ((299 * red) + (587 * green) + (114 * blue)) / 255_000f;
            }
        }
    }
}
