using System.Runtime.InteropServices;
using N2D.Pipeline;
using SkiaSharp;

namespace N2D.Data;

/// <summary>Decodes an image file of any of the formats, whole: a part of a picture is another one. How large it is, its header tells before memory is taken for its pixels.</summary>
internal static class ImageDecoder
{
    /// <summary>The most pixels of one image, 67 million; 256 MiB decoded, of 16 bits a color 512. Each thread holds one at a time.</summary>
    public const int LargestPixelCount = 1 << 26;

    // No format of 8 bits needs more for as many pixels, unless they were written to take more.
    private const int LargestContent = 1 << 28;
    private const int HeadLength = 256;

    private delegate TResult GrayMapUse<TResult>(InputFile file, ReadOnlySpan<byte> bytes);

    private delegate TResult PictureUse<TResult>(InputFile file, SKCodec codec, ReadOnlySpan<byte> bytes);

    /// <summary>The shape of an image as it is looked at, from its header.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="N2DException">As of <see cref="Decode"/>, but for pixels that are damaged.</exception>
    public static ImageShape ShapeOf(InputFile file) => Open(file, GrayMap.ShapeOf, (_, codec, _) => IsOnItsSide(codec.EncodedOrigin)
        ? new ImageShape(codec.Info.Width, codec.Info.Height)
        : new ImageShape(codec.Info.Height, codec.Info.Width));

    /// <summary>Decodes an image.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Red, green, blue and opacity, a byte each, or 16 bits where the file has more than 8; the first three times the last; turned as the camera was held.</returns>
    /// <exception cref="N2DException">
    /// It is no image (<c>NotAnImage</c>), damaged (<c>ImageDamaged</c>), or has more pixels than are read or find room (<c>ImageTooLarge</c>).
    /// </exception>
    public static SKBitmap Decode(InputFile file) => Open(file, GrayMap.Decode, DecodePixels);

    /// <summary>Whether a file begins like a PNG image.</summary>
    /// <param name="head">The first bytes.</param>
    public static bool IsPng(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);

    /// <summary>An empty bitmap.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="isDeep">Whether a color has 16 bits, and not 8.</param>
    /// <exception cref="N2DException">There is no room for it (<c>ImageTooLarge</c>).</exception>
    public static SKBitmap NewBitmap(InputFile file, int width, int height, bool isDeep)
    {
        var bitmap = new SKBitmap();
        if (bitmap.TryAllocPixels(new SKImageInfo(width, height, isDeep ? SKColorType.Rgba16161616 : SKColorType.Rgba8888, SKAlphaType.Premul)))
        {
            return bitmap;
        }

        bitmap.Dispose();
        throw file.Invalid("ImageTooLarge", $" has {width} x {height} pixels, for which there is no memory left: make it smaller, or read it with fewer threads.");
    }

    /// <summary>Refuses an image of too many pixels.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="width">Pixels, as the header says.</param>
    /// <param name="height">Pixels, as the header says.</param>
    /// <exception cref="N2DException">It has more (<c>ImageTooLarge</c>).</exception>
    public static void ThrowIfTooLarge(InputFile file, int width, int height)
    {
        if ((long)width * height > LargestPixelCount)
        {
            throw file.Invalid("ImageTooLarge", $" has {width} x {height} pixels by its header, more than the {LargestPixelCount} that are read of one image: make it smaller with a program for images.");
        }
    }

    /// <summary>The error of an image that is not whole.</summary>
    /// <param name="file">The file.</param>
    public static N2DException Damaged(InputFile file) => file.Invalid("ImageDamaged", $" is damaged or cut short: copy or write it again.");

    /// <summary>Whether a bitmap has 16 bits a color.</summary>
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
            using var codec = SKCodec.Create(data) ?? throw file.Invalid("NotAnImage", $" is no image that can be read: PNG, JPEG, WebP, GIF and binary PGM are.");
            ThrowIfTooLarge(file, codec.Info.Width, codec.Info.Height);
            return use(file, codec, bytes);
        }
    }

    /// <summary>All bytes, once the first have not promised too many pixels: what is compressed expands up to a thousandfold.</summary>
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
                throw file.Invalid("ImageTooLarge", $" has more than the {LargestContent} bytes that are read of one image: make it smaller with a program for images.");
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

    /// <summary>Turns a picture as the camera was held: an origin is where the first row and the first column are seen (Exif 2.32, 4.6.4, tag 274).</summary>
    private static SKBitmap Turn<TPixel>(InputFile file, SKBitmap bitmap, SKEncodedOrigin origin)
        where TPixel : unmanaged
    {
        var (width, height) = (bitmap.Width, bitmap.Height);
        var isOnItsSide = IsOnItsSide(origin);
        var fromRight = origin is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var fromBottom = origin is SKEncodedOrigin.BottomLeft or SKEncodedOrigin.BottomRight or SKEncodedOrigin.RightBottom or SKEncodedOrigin.RightTop;
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

    private static bool IsOnItsSide(SKEncodedOrigin origin) => origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
}
