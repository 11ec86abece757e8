using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using N2D.Numerics;
using N2D.Pipeline;
using SkiaSharp;

namespace N2D.Data;

/// <summary>
/// Reads image files as one data set, with one row for each image: PNG, JPEG, WebP, GIF (first frame) and binary PGM, with up to 2^26
/// pixels. Values are from 0 (black) to 1 (white, or the maximum value of the file). PNG and PGM can have 16 bits per channel. Transparent
/// pixels are blended with white. Images are rotated according to their EXIF orientation. Color profiles are ignored.
/// </summary>
public sealed record ImageFiles
{
    private const int MaxSide = 4096;

    private static readonly HashSet<string> Extensions =
        new([".png", ".jpg", ".jpeg", ".webp", ".gif", ".pgm"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The size to which images are resized; null for their own size, which must be the same for all.</summary>
    /// <exception cref="N2DException">A side is not 1 to 4096 pixels (<c>ImageSizeOutOfRange</c>).</exception>
    public ImageShape? Size
    {
        get;
        init => field = value is not { } size || (IsSide(size.Height) && IsSide(size.Width))
            ? value
            : throw new N2DException(
                "ImageSizeOutOfRange",
                ErrorKind.InvalidArgument,
                $"{nameof(Size)} is {size.Width} x {size.Height} pixels. Each side must be from 1 to {MaxSide} pixels.",
                value)
            {
                Options = [nameof(Size)],
            };
    }

    /// <summary>
    /// Whether each pixel has three columns, red, green and blue. Otherwise a pixel is its gray value, 0.299 red + 0.587 green + 0.114 blue
    /// (Rec. 601).
    /// </summary>
    public bool InColor { get; init; }

    /// <summary>Whether a file is an image in a supported format.</summary>
    /// <param name="head">The first bytes.</param>
    internal static bool IsImage(ReadOnlySpan<byte> head) =>
        ImageDecoder.IsPng(head)
        || head.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff])
        || head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)
        || (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8))
        || GrayMap.IsGrayMap(head);

    /// <summary>
    /// Returns the image files in a folder, by their extensions, in the order of their names. Hidden files are excluded; macOS creates one
    /// beside each file. Empty if the folder does not exist.
    /// </summary>
    /// <param name="folder">Full path.</param>
    public static IReadOnlyList<string> InFolder(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.GetFiles(folder)
            .Where(path => Extensions.Contains(Path.GetExtension(path)) && !Path.GetFileName(path).StartsWith('.'))
            .Order(StringComparer.Ordinal)];

    /// <summary>Reads the images.</summary>
    /// <param name="paths">The full paths in row order; one or more.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>
    /// The rows, named after the folder of the first image. The ids are the file names, in a column Name as in file objects; if names occur
    /// twice, the full paths, in a column FullName.
    /// </returns>
    /// <exception cref="N2DException">
    /// A file cannot be read, is not an image (<c>NotAnImage</c>), is damaged (<c>ImageDamaged</c>), too large (<c>ImageTooLarge</c>) or
    /// has another size than the first one (<c>ImageSizesDiffer</c>), or the images need too much memory. If several files have errors, the
    /// first one is reported.
    /// </exception>
    public Dataset Read(IReadOnlyList<string> paths, Execution? execution = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        execution ??= Execution.Default;
        var shape = Size ?? InputFile.Read(paths[0], ImageDecoder.ShapeOf);
        var columnCount = shape.Height * shape.Width * (InColor ? 3 : 1);
        InputFile.Read(paths[0], file =>
        {
            DenseMemory.ThrowIfTooLarge(
                file,
                paths.Count,
                columnCount,
                $"Set a smaller {nameof(Size)}, or read fewer images.",
                "and the other images are",
                options: [nameof(Size)]);
            return true;
        });

        var values = new float[ArraySize.Of(paths.Count, columnCount)];
        var errors = new N2DException?[paths.Count];
        var (done, firstBad) = (0, int.MaxValue);
        ParallelRows.For(paths.Count, 1, execution, (row, _) =>
        {
            // Rows before the first error are still read, so that the reported error does not depend on the timing of the threads.
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
            CultureInfo.InvariantCulture,
            $"'{folder}': {Quantity.Of(paths.Count, "image")} of {shape.Height} x {shape.Width} pixels, "
                + $"{(InColor ? "red, green and blue" : "gray")}, scaled from black to white to 0..1."));

        // Also for 16 bits, because a model can be applied to images of both depths, which have the same scale.
        var dataset = new Dataset(
            Path.GetFileName(folder) is { Length: > 0 } name ? name : "Images",
            Matrix.Own(values, columnCount),
            imageShape: InColor ? null : shape,
            source: folder)
        { Divisor = byte.MaxValue };
        return dataset.WithIds(areUnique ? names : paths, areUnique ? "Name" : "FullName", execution);
    }

    private static bool IsSide(int length) => length is >= 1 and <= MaxSide;

    private bool Write(InputFile file, SKBitmap bitmap, ImageShape shape, string first, Span<float> values)
    {
        if (Size is null && (bitmap.Height, bitmap.Width) != (shape.Height, shape.Width))
        {
            throw file.Invalid(
                "ImageSizesDiffer",
                $" has {bitmap.Width} x {bitmap.Height} pixels, but '{Path.GetFileName(first)}' has {shape.Width} x {shape.Height}. "
                    + $"All images must have the same size. To resize them, use {nameof(Size)} {shape.Width}, {shape.Height}.",
                nameof(Size));
        }

        if ((bitmap.Height, bitmap.Width) == (shape.Height, shape.Width))
        {
            WriteValues(bitmap, values);
            return true;
        }

        using var resized =
            bitmap.Resize(bitmap.Info.WithSize(shape.Width, shape.Height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear))
            ?? throw file.Invalid(
                "ImageTooLarge",
                $" cannot be resized to {shape.Width} x {shape.Height} pixels: there is not enough memory. Use fewer threads.");
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

    /// <summary>Converts pixels with 16 bits per channel to columns.</summary>
    private void WriteDeepValues(ReadOnlySpan<ushort> pixels, Span<float> values)
    {
        Debug.Assert(pixels.Length % 4 == 0 && values.Length == pixels.Length / 4 * (InColor ? 3 : 1), "A column for each channel.");
        const double White = ushort.MaxValue;
        for (var (pixel, place) = (0, 0); pixel < pixels.Length; pixel += 4)
        {
            var ground = ushort.MaxValue - pixels[pixel + 3];
            var (red, green, blue) = (pixels[pixel] + ground, pixels[pixel + 1] + ground, pixels[pixel + 2] + ground);
            if (InColor)
            {
                (values[place], values[place + 1], values[place + 2]) =
                    ((float)(red / White), (float)(green / White), (float)(blue / White));
                place += 3;
            }
            else
            {
                values[place++] = (float)(((299 * red) + (587 * green) + (114 * blue)) / (1000 * White));
            }
        }
    }

    /// <summary>Converts pixels (red, green, blue and alpha, premultiplied) to columns.</summary>
    private void WriteValues(ReadOnlySpan<byte> pixels, Span<float> values)
    {
        Debug.Assert(pixels.Length % 4 == 0 && values.Length == pixels.Length / 4 * (InColor ? 3 : 1), "A column for each channel.");
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
