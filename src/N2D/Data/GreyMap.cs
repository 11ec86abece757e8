using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SkiaSharp;

namespace N2D.Data;

/// <summary>Reads binary PGM, the plainest format of grey images: <c>P5</c>, width, height and the largest value in text, one blank, then a byte a pixel (Netpbm's pgm(5)).</summary>
internal static partial class GreyMap
{
    private const int LongestHeader = 256;

    /// <summary>Whether a file begins like one.</summary>
    /// <param name="head">The first bytes.</param>
    public static bool IsGreyMap(ReadOnlySpan<byte> head) => head.StartsWith("P5"u8) && HeaderOf(head).Success;

    /// <summary>Decodes one.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="bytes">All of its bytes.</param>
    /// <exception cref="N2DException">It has more than 8 bits a pixel (<c>NotAnImage</c>), or fewer pixels than its header promises (<c>ImageDamaged</c>).</exception>
    public static SKBitmap Decode(InputFile file, ReadOnlySpan<byte> bytes)
    {
        var header = HeaderOf(bytes);
        var (width, height, largest) = (NumberIn(header, 1), NumberIn(header, 2), NumberIn(header, 3));
        if (largest is < 1 or > byte.MaxValue)
        {
            throw file.Invalid("NotAnImage", $" is a PGM image whose largest value is {largest}; those of 1 to 255, a byte a pixel, are read here.");
        }

        var pixels = bytes[header.Length..];
        if (width < 1 || height < 1 || (long)width * height > pixels.Length)
        {
            throw file.Invalid("ImageDamaged", $" promises {width} x {height} pixels and has {pixels.Length}: copy or write it again.");
        }

        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        var target = bitmap.GetPixelSpan();
        for (var pixel = 0; pixel < width * height; pixel++)
        {
            var grey = (byte)(((Math.Min((int)pixels[pixel], largest) * byte.MaxValue) + (largest / 2)) / largest);
            target[4 * pixel] = target[(4 * pixel) + 1] = target[(4 * pixel) + 2] = grey;
            target[(4 * pixel) + 3] = byte.MaxValue;
        }

        return bitmap;
    }

    private static Match HeaderOf(ReadOnlySpan<byte> bytes) => Header().Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, LongestHeader)]));

    private static int NumberIn(Match header, int number) => int.TryParse(header.Groups[number].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;

    // Comments run from a # to the end of a line.
    [GeneratedRegex(@"^P5(?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)(?:\s|#[^\n]*\n)+(\d+)\s")]
    private static partial Regex Header();
}
