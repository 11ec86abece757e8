using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using N2D.Pipeline;
using SkiaSharp;

namespace N2D.Data;

/// <summary>Reads binary PGM, the plainest format of gray images: <c>P5</c>, width, height and the largest value in text, one blank, then a byte a pixel, or two, the higher first, where the largest value is above 255 (Netpbm's pgm(5)).</summary>
internal static partial class GrayMap
{
    private const int LongestHeader = 256;

    /// <summary>Whether a file begins like one.</summary>
    /// <param name="head">The first bytes.</param>
    public static bool IsGrayMap(ReadOnlySpan<byte> head) => head.StartsWith("P5"u8) && HeaderOf(head).Success;

    /// <summary>The shape of one, from its header.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="head">The first bytes.</param>
    /// <exception cref="N2DException">It has too many pixels (<c>ImageTooLarge</c>), or none, or a largest value that is none (<c>ImageDamaged</c>).</exception>
    public static ImageShape ShapeOf(InputFile file, ReadOnlySpan<byte> head)
    {
        var header = HeaderOf(head);
        var (width, height, largest) = (NumberIn(header, 1), NumberIn(header, 2), NumberIn(header, 3));
        if (width < 1 || height < 1 || largest is < 1 or > ushort.MaxValue)
        {
            throw file.Invalid("ImageDamaged", $" promises {header.Groups[1].Value} x {header.Groups[2].Value} pixels of at most {header.Groups[3].Value}, which is no image: copy or write it again.");
        }

        ImageDecoder.ThrowIfTooLarge(file, width, height);
        return new ImageShape(height, width);
    }

    /// <summary>Decodes one, its largest value as white.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="bytes">All of its bytes.</param>
    /// <exception cref="N2DException">As of <see cref="ShapeOf"/>, or it has fewer pixels than its header promises (<c>ImageDamaged</c>).</exception>
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
            throw file.Invalid("ImageDamaged", $" promises {shape.Width} x {shape.Height} pixels and has {pixels.Length / pixelLength}: copy or write it again.");
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
        for (var place = 0; place < target.Length; place += 4)
        {
            target.Slice(place, 3).Fill((ushort)Scaled(BinaryPrimitives.ReadUInt16BigEndian(pixels[(place / 2)..]), largest, ushort.MaxValue));
            target[place + 3] = ushort.MaxValue;
        }
    }

    private static uint Scaled(int value, int largest, uint white) => (((uint)Math.Min(value, largest) * white) + ((uint)largest / 2)) / (uint)largest;

    private static Match HeaderOf(ReadOnlySpan<byte> bytes) => Header().Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, LongestHeader)]));

    private static int NumberIn(Match header, int number) => int.TryParse(header.Groups[number].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;

    // Comments run from a # to the end of a line.
    [GeneratedRegex(@"^P5(?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)\s")]
    private static partial Regex Header();
}
