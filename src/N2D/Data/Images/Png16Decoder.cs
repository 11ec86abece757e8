using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using ICSharpCode.SharpZipLib.Checksum;
using SkiaSharp;

namespace N2D.Data;

/// <summary>Decodes PNG images with 16 bits per channel (Portable Network Graphics, third edition).</summary>
/// <remarks>
/// <para>
/// The library has its own decoder because the 16 bits matter in depth images, microscopy and radiographs, and the available packages lose
/// them or accept damaged files:
/// </para>
/// <list type="bullet">
/// <item>
/// SkiaSharp 3.119.4, which decodes all other images, reduces 16-bit gray to 256 levels in every color type that it accepts (Gray8,
/// RgbaF16). It reduces 16-bit colors to 8 bits, or to half precision (RgbaF16), which keeps 7168 of 65536 levels. It rejects
/// Rgba16161616.
/// </item>
/// <item>
/// StbImageSharp 2.30.16 reduces all images to 8 bits in ImageResult and ImageResultFloat. Its unsafe function for 16 bits is exact, but
/// verifies no checksums: a changed byte gives wrong pixels without an error.
/// </item>
/// </list>
/// <para>Skia validates the header before this decoder runs. This decoder verifies the checksums of the pixel data.</para>
/// </remarks>
internal static class Png16Decoder
{
    // The header fields follow the signature, length and chunk name: width, height, depth, color type, compression, filter, interlace
    // (11.2.1).
    private const int PlaceOfDepth = 24;
    private const int PlaceOfColorType = 25;
    private const int PlaceOfInterlace = 28;
    private const int FirstChunk = 8;

    /// <summary>The length of a chunk's length, name and checksum fields.</summary>
    private const int ChunkFrame = 12;

    /// <summary>The single pass of an image without interlacing.</summary>
    private static readonly Pass[] Whole = [new(0, 0, 1, 1)];

    /// <summary>The seven passes of Adam7 interlacing (8.1).</summary>
    private static readonly Pass[] Interlaced =
        [new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2)];

    /// <summary>Whether a file is PNG with 16 bits per channel.</summary>
    /// <param name="bytes">Its bytes.</param>
    public static bool IsDeep(ReadOnlySpan<byte> bytes) => ImageDecoder.IsPng(bytes)
        && bytes.Length > PlaceOfInterlace
        && bytes[PlaceOfDepth] == 16;

    /// <summary>Decodes the pixels.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="bytes">All bytes of the file. The header must be valid.</param>
    /// <param name="bitmap">Receives red, green, blue and alpha with 16 bits each, premultiplied.</param>
    /// <exception cref="N2DException">The pixels are damaged (<c>ImageDamaged</c>).</exception>
    public static void Decode(InputFile file, ReadOnlySpan<byte> bytes, SKBitmap bitmap)
    {
        var channels = bytes[PlaceOfColorType] switch { 0 => 1, 2 => 3, 4 => 2, _ => 4 };
        var transparent = ReadOnlySpan<byte>.Empty;
        using var compressed = new MemoryStream();
        for (var place = FirstChunk; bytes.Length - place >= ChunkFrame;)
        {
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes[place..]), bytes.Length - place - ChunkFrame);
            var name = bytes.Slice(place + 4, 4);
            var content = bytes.Slice(place + 8, length);
            if (name.SequenceEqual("IDAT"u8))
            {
                ThrowIfChanged(
                    file, bytes.Slice(place + 4, 4 + length), BinaryPrimitives.ReadUInt32BigEndian(bytes[(place + 8 + length)..]));
                compressed.Write(content);
            }
            else if (name.SequenceEqual("tRNS"u8))
            {
                transparent = content;
            }

            place += length + ChunkFrame;
        }

        compressed.Position = 0;
        using var lines = new ZLibStream(compressed, CompressionMode.Decompress);
        try
        {
            foreach (var pass in bytes[PlaceOfInterlace] == 0 ? Whole : Interlaced)
            {
                Decode(lines, pass, channels, transparent, bitmap);
            }
        }
        catch (Exception error) when (error is EndOfStreamException or InvalidDataException)
        {
            throw ImageDecoder.Damaged(file);
        }
    }

    private static void ThrowIfChanged(InputFile file, ReadOnlySpan<byte> nameAndContent, uint expected)
    {
        var sum = new Crc32();
        sum.Update(new ArraySegment<byte>(nameAndContent.ToArray()));
        if ((uint)sum.Value != expected)
        {
            throw ImageDecoder.Damaged(file);
        }
    }

    private static void Decode(ZLibStream lines, Pass pass, int channels, ReadOnlySpan<byte> transparent, SKBitmap bitmap)
    {
        Debug.Assert(ImageDecoder.IsDeep(bitmap) && bitmap.RowBytes == 8 * bitmap.Width, "Four channels of 16 bits, without padding.");
        var (width, height) = (CountOf(bitmap.Width, pass.Left, pass.Across), CountOf(bitmap.Height, pass.Top, pass.Down));
        if (width == 0 || height == 0)
        {
            return;
        }

        var pixelLength = 2 * channels;
        var pixels = MemoryMarshal.Cast<byte, ushort>(bitmap.GetPixelSpan());
        var (line, before) = (new byte[width * pixelLength], new byte[width * pixelLength]);
        Span<byte> filter = stackalloc byte[1];
        for (var row = 0; row < height; row++)
        {
            lines.ReadExactly(filter);
            lines.ReadExactly(line);
            Restore(filter[0], line, before, pixelLength);
            var start = ((((row * pass.Down) + pass.Top) * bitmap.Width) + pass.Left) * 4;
            for (var column = 0; column < width; column++)
            {
                Write(line.AsSpan(column * pixelLength, pixelLength), transparent, pixels.Slice(start + (column * pass.Across * 4), 4));
            }

            (line, before) = (before, line);
        }
    }

    private static int CountOf(int size, int first, int step) => Math.Max(0, (size - first + step - 1) / step);

    /// <summary>
    /// Reverses a filter (9.2), which predicts each byte from the pixel to the left, the one above, their mean, or Paeth's choice among
    /// these and the pixel to the upper left.
    /// </summary>
    private static void Restore(byte filter, Span<byte> line, ReadOnlySpan<byte> above, int pixelLength)
    {
        for (var place = 0; place < line.Length; place++)
        {
            var isFirst = place < pixelLength;
            int left = isFirst ? 0 : line[place - pixelLength], up = above[place], corner = isFirst ? 0 : above[place - pixelLength];
            line[place] += filter switch
            {
                0 => 0,
                1 => (byte)left,
                2 => (byte)up,
                3 => (byte)((left + up) / 2),
                4 => (byte)Paeth(left, up, corner),
                _ => throw new InvalidDataException(),
            };
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var (toLeft, toUp, toCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - (2 * corner)));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    /// <summary>
    /// Writes a pixel: a gray value or three colors, with alpha if there is one more channel. Without alpha, one color can be transparent
    /// (11.3.1.1).
    /// </summary>
    private static void Write(ReadOnlySpan<byte> pixel, ReadOnlySpan<byte> transparent, Span<ushort> target)
    {
        var isGray = pixel.Length <= 4;
        var hasOpacity = pixel.Length is 4 or 8;
        uint opacity = hasOpacity
            ? BinaryPrimitives.ReadUInt16BigEndian(pixel[^2..])
            : pixel.SequenceEqual(transparent)
            ? 0u
            : ushort.MaxValue;
        for (var color = 0; color < 3; color++)
        {
            target[color] = (ushort)(((BinaryPrimitives.ReadUInt16BigEndian(pixel[(isGray ? 0 : 2 * color)..]) * opacity)
                + (ushort.MaxValue / 2)) / ushort.MaxValue);
        }

        target[3] = (ushort)opacity;
    }

    /// <summary>An interlacing pass: the first pixel and the step, horizontally and vertically.</summary>
    private readonly record struct Pass(int Left, int Top, int Across, int Down);
}
