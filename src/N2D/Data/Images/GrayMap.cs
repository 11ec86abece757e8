using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using N2D.Pipeline;
using SkiaSharp;

namespace N2D.Data;

/// <summary>
/// Reads binary PGM, a simple format of gray images: <c>P5</c>, then width, height and maximum value as text, a whitespace character, and
/// one byte for each pixel, or two in big-endian order if the maximum value is above 255 (Netpbm, pgm(5)).
/// </summary>
internal static partial class GrayMap
{
    private const int MaxHeaderLength = 256;

    /// <summary>Whether a file is binary PGM.</summary>
    /// <param name="head">The first bytes.</param>
    public static bool IsGrayMap(ReadOnlySpan<byte> head) => head.StartsWith("P5"u8) && HeaderOf(head).Success;

    /// <summary>Reads the shape from the header.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="head">The first bytes.</param>
    /// <exception cref="N2DException">
    /// The image has too many pixels (<c>ImageTooLarge</c>), no pixels, or an invalid maximum value (<c>ImageDamaged</c>).
    /// </exception>
    public static ImageShape ShapeOf(InputFile file, ReadOnlySpan<byte> head)
    {
        var header = HeaderOf(head);
        var (width, height, largest) = (NumberIn(header, 1), NumberIn(header, 2), NumberIn(header, 3));
        if (width < 1 || height < 1 || largest is < 1 or > ushort.MaxValue)
        {
            throw file.Invalid(
                "ImageDamaged",
                $" is damaged: its header specifies {header.Groups[1].Value} x {header.Groups[2].Value} pixels with maximum value "
                    + $"{header.Groups[3].Value}. Copy or write it again.");
        }

        ImageDecoder.ThrowIfTooLarge(file, width, height);
        return new ImageShape(height, width);
    }

    /// <summary>Decodes an image. The maximum value becomes white.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="bytes">All of its bytes.</param>
    /// <exception cref="N2DException">
    /// See <see cref="ShapeOf"/>; or the file has fewer pixels than its header specifies (<c>ImageDamaged</c>).
    /// </exception>
    public static SKBitmap Decode(InputFile file, ReadOnlySpan<byte> bytes)
    {
        var header = HeaderOf(bytes);
        var (shape, largest) = (ShapeOf(file, bytes), NumberIn(header, 3));
        var pixels = bytes[header.Length..];
        var pixelCount = shape.Width * shape.Height;
        var isDeep = largest > byte.MaxValue;
        var pixelLength = isDeep ? 2 : 1;
        if (pixelCount > pixels.Length / pixelLength)
        {
            throw file.Invalid(
                "ImageDamaged",
                $" is incomplete: its header specifies {shape.Width} x {shape.Height} pixels, but it has {pixels.Length / pixelLength}. "
                    + $"Copy or write it again.");
        }

        var bitmap = ImageDecoder.NewBitmap(file, shape.Width, shape.Height, isDeep);
        var target = bitmap.GetPixelSpan();
        if (isDeep)
        {
            WriteDeep(pixels, largest, MemoryMarshal.Cast<byte, ushort>(target));
            return bitmap;
        }

        for (var pixel = 0; pixel < pixelCount; pixel++)
        {
            target.Slice(4 * pixel, 3).Fill((byte)Scaled(pixels[pixel], largest, byte.MaxValue));
            target[(4 * pixel) + 3] = byte.MaxValue;
        }

        return bitmap;
    }

    private static void WriteDeep(ReadOnlySpan<byte> pixels, int largest, Span<ushort> target)
    {
        Debug.Assert(target.Length % 4 == 0 && pixels.Length >= target.Length / 2, "Two bytes for each pixel of four channels.");
        for (var place = 0; place < target.Length; place += 4)
        {
            target.Slice(
                place, 3).Fill((ushort)Scaled(BinaryPrimitives.ReadUInt16BigEndian(pixels[(place / 2)..]), largest, ushort.MaxValue));
            target[place + 3] = ushort.MaxValue;
        }
    }

    private static uint Scaled(int value, int largest, uint white) =>
        (((uint)Math.Min(value, largest) * white) + ((uint)largest / 2)) / (uint)largest;

    private static Match HeaderOf(ReadOnlySpan<byte> bytes) =>
        Header().Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, MaxHeaderLength)]));

    private static int NumberIn(Match header, int number) =>
        int.TryParse(header.Groups[number].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;

    // A comment starts with # and ends with the line.
    [GeneratedRegex(@"^P5(?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)\s")]
    private static partial Regex Header();
}
