using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using N2D.Pipeline;
using SkiaSharp;

namespace N2D.Data;

/// <summary>
/// Decodes image files. Incomplete files are rejected. The size in the header is checked before memory is allocated for the pixels.
/// </summary>
internal static class ImageDecoder
{
    /// <summary>
    /// The maximum number of pixels, 67 million. Decoded they need 256 MiB, or 512 MiB with 16 bits per channel. Each thread decodes one
    /// image at a time.
    /// </summary>
    public const int MaxPixelCount = 1 << 26;

    // Enough for this number of pixels in all formats with 8 bits per channel, unless they are deliberately inefficient.
    private const int LargestContent = 1 << 28;
    private const int HeadLength = 256;

    private delegate TResult GrayMapUse<TResult>(InputFile file, ReadOnlySpan<byte> bytes);

    private delegate TResult PictureUse<TResult>(InputFile file, SKCodec codec, ReadOnlySpan<byte> bytes);

    /// <summary>Reads the shape of the upright image from the header.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="N2DException">See <see cref="Decode"/>, except that pixels are not checked.</exception>
    public static ImageShape ShapeOf(InputFile file) => Open(file, GrayMap.ShapeOf, (_, codec, _) => IsOnItsSide(codec.EncodedOrigin)
        ? new ImageShape(codec.Info.Width, codec.Info.Height)
        : new ImageShape(codec.Info.Height, codec.Info.Width));

    /// <summary>Decodes an image.</summary>
    /// <param name="file">The file.</param>
    /// <returns>
    /// Red, green, blue and alpha with 8 bits each, or 16 bits if the file has more than 8. Colors are premultiplied by alpha. The image is
    /// rotated according to its EXIF orientation.
    /// </returns>
    /// <exception cref="N2DException">
    /// The file is not an image (<c>NotAnImage</c>), is damaged (<c>ImageDamaged</c>), or has too many pixels for the limit or the memory
    /// (<c>ImageTooLarge</c>).
    /// </exception>
    public static SKBitmap Decode(InputFile file) => Open(file, GrayMap.Decode, DecodePixels);

    /// <summary>Whether a file is PNG.</summary>
    /// <param name="head">The first bytes.</param>
    public static bool IsPng(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);

    /// <summary>Creates an empty bitmap.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="height">The height in pixels.</param>
    /// <param name="isDeep">Whether a channel has 16 bits instead of 8.</param>
    /// <exception cref="N2DException">There is not enough memory (<c>ImageTooLarge</c>).</exception>
    public static SKBitmap NewBitmap(InputFile file, int width, int height, bool isDeep)
    {
        var bitmap = new SKBitmap();
        if (bitmap.TryAllocPixels(
            new SKImageInfo(width, height, isDeep ? SKColorType.Rgba16161616 : SKColorType.Rgba8888, SKAlphaType.Premul)))
        {
            return bitmap;
        }

        bitmap.Dispose();
        throw file.Invalid(
            "ImageTooLarge",
            $" has {width} x {height} pixels, and there is not enough memory to decode it. Make it smaller, or use fewer threads.");
    }

    /// <summary>Rejects an image with too many pixels.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="width">The width in pixels, from the header.</param>
    /// <param name="height">The height in pixels, from the header.</param>
    /// <exception cref="N2DException">It has too many pixels (<c>ImageTooLarge</c>).</exception>
    public static void ThrowIfTooLarge(InputFile file, int width, int height)
    {
        if ((long)width * height > MaxPixelCount)
        {
            throw file.Invalid(
                "ImageTooLarge",
                $" has {width} x {height} pixels according to its header. The limit is {MaxPixelCount} pixels. "
                    + $"Make it smaller in an image editor.");
        }
    }

    /// <summary>Creates the error for a damaged image.</summary>
    /// <param name="file">The file.</param>
    public static N2DException Damaged(InputFile file) => file.Invalid(
        "ImageDamaged",
        $" is damaged or incomplete. Copy or write it again.");

    /// <summary>Whether a bitmap has 16 bits per channel.</summary>
    /// <param name="bitmap">A bitmap of <see cref="NewBitmap"/>.</param>
    public static bool IsDeep(SKBitmap bitmap) => bitmap.ColorType == SKColorType.Rgba16161616;

    private static unsafe TResult Open<TResult>(InputFile file, GrayMapUse<TResult> useGrayMap, PictureUse<TResult> use)
    {
        using var content = ReadContent(file);
        var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        if (GrayMap.IsGrayMap(bytes))
        {
            return useGrayMap(file, bytes);
        }

        fixed (byte* start = bytes)
        {
            using var data = SKData.Create((nint)start, bytes.Length);
            using var codec = SKCodec.Create(data)
                ?? throw file.Invalid(
                    "NotAnImage",
                    $" is not an image in a supported format: PNG, JPEG, WebP, GIF or binary PGM. Convert it to PNG.");
            ThrowIfTooLarge(file, codec.Info.Width, codec.Info.Height);
            return use(file, codec, bytes);
        }
    }

    /// <summary>Reads all bytes. The header is checked first, because compressed files can expand a thousandfold.</summary>
    private static MemoryStream ReadContent(InputFile file)
    {
        var head = new byte[HeadLength];
        var read = head.AsSpan(0, file.Content.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false));
        if (GrayMap.IsGrayMap(read))
        {
            GrayMap.ShapeOf(file, read);
        }

        var content = new MemoryStream(file.IsCompressed ? HeadLength : (int)Math.Clamp(file.LengthOnDisk, HeadLength, LargestContent));
        var buffer = new byte[1 << 16];
        for (; read.Length > 0; read = buffer.AsSpan(0, file.Content.Read(buffer, 0, buffer.Length)))
        {
            if (content.Length + read.Length > LargestContent)
            {
                throw file.Invalid(
                    "ImageTooLarge",
                    $" has more than {LargestContent} bytes, the limit for an image. Make it smaller in an image editor.");
            }

            content.Write(read);
        }

        return content;
    }

    private static SKBitmap DecodePixels(InputFile file, SKCodec codec, ReadOnlySpan<byte> bytes)
    {
        var isDeep = Png16Decoder.IsDeep(bytes);
        var bitmap = NewBitmap(file, codec.Info.Width, codec.Info.Height, isDeep);
        try
        {
            if (isDeep)
            {
                Png16Decoder.Decode(file, bytes, bitmap);
            }
            else if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) != SKCodecResult.Success)
            {
                throw Damaged(file);
            }

            if (codec.EncodedOrigin is SKEncodedOrigin.TopLeft)
            {
                return bitmap;
            }

            var turned = isDeep ? Turn<ulong>(file, bitmap, codec.EncodedOrigin) : Turn<uint>(file, bitmap, codec.EncodedOrigin);
            bitmap.Dispose();
            return turned;
        }
        catch
        {
            bitmap.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Rotates an image according to its EXIF orientation, which gives the visual position of the first row and column (Exif 2.32, 4.6.4,
    /// tag 274).
    /// </summary>
    private static SKBitmap Turn<TPixel>(InputFile file, SKBitmap bitmap, SKEncodedOrigin origin)
        where TPixel : unmanaged
    {
        Debug.Assert(bitmap.BytesPerPixel == Unsafe.SizeOf<TPixel>(), "The type has the size of a pixel.");
        Debug.Assert(bitmap.RowBytes == bitmap.Width * bitmap.BytesPerPixel, "The rows have no padding.");
        var (width, height) = (bitmap.Width, bitmap.Height);
        var isOnItsSide = IsOnItsSide(origin);
        var fromRight =
            origin is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var fromBottom =
            origin is SKEncodedOrigin.BottomLeft or SKEncodedOrigin.BottomRight or SKEncodedOrigin.RightBottom or SKEncodedOrigin.RightTop;
        var turned = isOnItsSide ? NewBitmap(file, height, width, IsDeep(bitmap)) : NewBitmap(file, width, height, IsDeep(bitmap));
        var source = MemoryMarshal.Cast<byte, TPixel>(bitmap.GetPixelSpan());
        var target = MemoryMarshal.Cast<byte, TPixel>(turned.GetPixelSpan());
        var place = 0;
        for (var y = 0; y < turned.Height; y++)
        {
            for (var x = 0; x < turned.Width; x++)
            {
                var (column, row) = isOnItsSide ? (y, x) : (x, y);
                target[place++] = source[((fromBottom ? height - 1 - row : row) * width) + (fromRight ? width - 1 - column : column)];
            }
        }

        return turned;
    }

    private static bool IsOnItsSide(SKEncodedOrigin origin) =>
        origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
}
