using System.Globalization;
using System.Text;
using SkiaSharp;

namespace N2D.Plotting;

/// <summary>
/// Encodes pictures as sixels (DEC VT330/VT340 Programmer Reference Manual, chapter 14): each character is six pixels of a column.
/// </summary>
internal static class SixelPicture
{
    private const int BandHeight = 6;

    /// <summary>The character of six empty pixels. Each filled pixel adds its power of two.</summary>
    private const int Empty = 63;

    /// <summary>The minimum length of a run that is shorter in run-length encoding.</summary>
    private const int MinRun = 4;

    /// <summary>Encodes a picture.</summary>
    /// <param name="bitmap">The picture. Opacity is ignored.</param>
    public static string Encode(SKBitmap bitmap)
    {
        var palette = ColorTable.Of(bitmap);
        var output = new StringBuilder();

        // Square pixels, undrawn pixels stay unchanged; then the size.
        output.Append(CultureInfo.InvariantCulture, $"\eP0;1;0q\"1;1;{bitmap.Width};{bitmap.Height}");
        for (var color = 0; color < palette.Colors.Count; color++)
        {
            var (red, green, blue) = palette.Colors[color];
            output.Append(CultureInfo.InvariantCulture, $"#{color};2;{Percent(red)};{Percent(green)};{Percent(blue)}");
        }

        for (var top = 0; top < bitmap.Height; top += BandHeight)
        {
            AppendBand(output, palette.Indices, bitmap.Width, top, Math.Min(BandHeight, bitmap.Height - top));
            output.Append('-');
        }

        return output.Append("\e\\").ToString();
    }

    private static int Percent(byte value) => (int)Math.Round(value * 100 / 255.0);

    private static void AppendBand(StringBuilder output, byte[] indices, int width, int top, int height)
    {
        var columns = new SortedDictionary<int, byte[]>();
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var color = indices[((top + y) * width) + x];
                if (!columns.TryGetValue(color, out var bits))
                {
                    columns.Add(color, bits = new byte[width]);
                }

                bits[x] |= (byte)(1 << y);
            }
        }

        var isFirst = true;
        foreach (var (color, bits) in columns)
        {
            output.Append(CultureInfo.InvariantCulture, $"{(isFirst ? "" : "$")}#{color}");
            isFirst = false;
            AppendRuns(output, bits);
        }
    }

    private static void AppendRuns(StringBuilder output, byte[] bits)
    {
        // Omit empty pixels at the end.
        var end = bits.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        for (var start = 0; start < end;)
        {
            var rest = bits.AsSpan(start, end - start);
            var length = rest.IndexOfAnyExcept(bits[start]) is var other and >= 0 ? other : rest.Length;
            var character = (char)(Empty + bits[start]);
            if (length >= MinRun)
            {
                output.Append(CultureInfo.InvariantCulture, $"!{length}{character}");
            }
            else
            {
                output.Append(character, length);
            }

            start += length;
        }
    }
}
