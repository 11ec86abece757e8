using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using ICSharpCode.SharpZipLib.Checksum;
using N2D.Data;
using N2D.Pipeline;
using SkiaSharp;

namespace N2D.Tests.Data;

/// <summary>Images of 16 bits a color, written here by the published formats.</summary>
public sealed class DeepImageTests : IDisposable
{
    private const int Width = 9;
    private const int Height = 7;

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    /// <summary>
    /// The line before takes part in three of the filters, and the fifth has a choice: a line of each comes twice at least.
    /// </summary>
    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(0, 1, true)]
    [InlineData(2, 3, false)]
    [InlineData(2, 3, true)]
    [InlineData(4, 2, false)]
    [InlineData(6, 4, true)]
    public void EveryBit_OfEveryKindOfPng_IsRead(byte colorType, int channels, bool isInterlaced)
    {
        var png = Png(colorType, channels, isInterlaced);
        var path = _files.Bytes("x.png", png);

        var values = new ImageFiles { InColor = true }.Read([path]).GetRows().Values;
        var expected = new float[Width * Height * 3];
        for (var place = 0; place < expected.Length; place++)
        {
            var (pixel, color) = (place / 3, place % 3);
            var opacity = channels is 2 or 4 ? Sample(pixel, channels - 1) / 65535.0 : 1;
            expected[place] = (float)((Sample(pixel, channels < 3 ? 0 : color) / 65535.0 * opacity) + 1 - opacity);
        }

        // Half a step of 16 bits is rounded where a color is multiplied by its opacity.
        Assert.All(expected.Zip(values.ToArray()), pair => Assert.InRange(pair.Second - pair.First, -0.6 / 65535, 0.6 / 65535));
        if (channels >= 3)
        {
            Assert.All(expected.Zip(AsSkiaReadsIt(png)), pair => Assert.InRange(pair.Second - pair.First, -1.0 / 1024, 1.0 / 1024));
        }

        Assert.Equal(new ImageShape(Height, Width), new ImageFiles().Read([path]).ImageShape);
    }

    [Fact]
    public void TheTransparentColor_LiesOnWhite()
    {
        byte[] color = [(byte)(Sample(5, 0) >> 8), (byte)Sample(5, 0)];
        var values = new ImageFiles().Read([_files.Bytes("x.png", Png(0, 1, false, color))]).GetRows().Values;
        Assert.Equal(1, values[5]);
        Assert.Equal((float)(Sample(6, 0) / 65535.0), values[6], 1e-7f);
    }

    [Fact]
    public void GrayMapsOfTwoBytes_AreScaledByTheirOwnLargestValue()
    {
        var path = _files.Bytes("x.pgm", [.. "P5 4 1 4095\n"u8, 0, 0, 0, 1, 0x0f, 0xfe, 0x0f, 0xff]);

        // The step of 16 bits to which values are rounded.
        Assert.All(
            new[] { 0, 1 / 4095.0, 4094 / 4095.0, 1 }.Zip(new ImageFiles().Read([path]).GetRows().Values.ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, 0.5 / 65535));
    }

    [Fact]
    public void DeepAndOtherImages_AreOfOneScale_AndMadeSmallerAlike()
    {
        var deep = _files.Bytes("a.pgm", [.. "P5 8 8 65535\n"u8, .. Enumerable.Repeat((byte)128, 128)]);
        var plain = _files.Bytes("b.pgm", [.. "P5 8 8 255\n"u8, .. Enumerable.Repeat((byte)128, 64)]);
        var values = new ImageFiles { Size = new ImageShape(2, 2) }.Read([deep, plain]).GetRows().Values;
        Assert.All(values.ToArray(), value => Assert.Equal(128f / 255, value, 1.0 / 65535));
        Assert.Equal(255f, new ImageFiles().Read([deep]).Divisor);
    }

    [Fact]
    public void DamagedPixels_AreRefused()
    {
        var png = Png(0, 1, false);
        var start = png.AsSpan().IndexOf("IDAT"u8) + 4;
        byte[] changed = [.. png];
        changed[start + 30] ^= 0x55;
        byte[] changedSum = [.. png];
        changedSum[png.AsSpan().IndexOf("IEND"u8) - 5] ^= 1;
        foreach (var bytes in new[] { changed, changedSum, png[..(start + 20)], Png(0, 1, false, filter: 5) })
        {
            var error = Assert.Throws<N2DException>(() => new ImageFiles().Read([_files.Bytes("x.png", bytes)]));
            Assert.Equal("ImageDamaged", error.Id);
        }

        Assert.Equal(
            "ImageDamaged",
            Assert.Throws<N2DException>(() => new ImageFiles().Read([_files.Bytes("cut.pgm", [.. "P5 1 2 65535\n"u8, 1, 1, 1])])).Id);
        Assert.Equal(
            "ImageDamaged",
            Assert.Throws<N2DException>(() => new ImageFiles().Read([_files.Bytes("none.pgm", [.. "P5 1 1 65536\n"u8, 1, 1, 1, 1])])).Id);
    }

    /// <summary>Values whose lower bytes matter, and in which each filter's sums overflow.</summary>
    private static ushort Sample(int pixel, int channel) => (ushort)((pixel * 9973) + (channel * 20011) + (pixel * pixel * 7));

    private static byte[] Png(byte colorType, int channels, bool isInterlaced, byte[]? transparent = null, byte? filter = null)
    {
        using var pixels = new MemoryStream();
        using (var compressor = new ZLibStream(pixels, CompressionLevel.Optimal, leaveOpen: true))
        {
            (int Left, int Top, int Across, int Down)[] passes = isInterlaced
                ? [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
                : [(0, 0, 1, 1)];
            var number = 0;
            foreach (var (left, top, across, down) in passes)
            {
                byte[] before = [];
                for (var y = top; y < Height; y += down)
                {
                    byte[] line = [..
                        from x in Every(left, across)
                        from channel in Enumerable.Range(0, channels)
                        from part in BigEndian(Sample((y * Width) + x, channel))
                        select part];
                    if (line.Length > 0)
                    {
                        compressor.Write(Filtered(filter ?? (byte)(++number % 5), line, before, 2 * channels));
                        before = line;
                    }
                }
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9], header[12]) = (16, colorType, (byte)(isInterlaced ? 1 : 0));
        var data = pixels.ToArray();
        return
        [
            0x89, .. "PNG\r\n"u8, 26, 10, .. Chunk("IHDR", header), .. transparent is null ? [] : Chunk("tRNS", transparent),
            .. Chunk("IDAT", data[..40]), .. Chunk("IDAT", data[40..]), .. Chunk("IEND", []),
        ];
    }

    private static IEnumerable<int> Every(int first, int step)
    {
        for (var x = first; x < Width; x += step)
        {
            yield return x;
        }
    }

    private static byte[] BigEndian(ushort value) => [(byte)(value >> 8), (byte)value];

    /// <summary>PNG, third edition, 9.2: what is left of each byte when its prediction is taken off.</summary>
    private static byte[] Filtered(byte filter, byte[] line, byte[] before, int pixelLength)
    {
        var result = new byte[line.Length + 1];
        result[0] = filter;
        for (var x = 0; x < line.Length; x++)
        {
            var a = x < pixelLength ? 0 : line[x - pixelLength];
            var b = before.Length == 0 ? 0 : before[x];
            var c = x < pixelLength || before.Length == 0 ? 0 : before[x - pixelLength];
            var p = a + b - c;
            int[] byDistance = [.. new[] { a, b, c }.OrderBy(value => Math.Abs(p - value))];
            result[x + 1] = (byte)(line[x] - filter switch { 1 => a, 2 => b, 3 => (a + b) / 2, 4 => byDistance[0], _ => 0 });
        }

        return result;
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] named = [.. name.Select(letter => (byte)letter), .. content];
        var sum = new Crc32();
        sum.Update(named);
        var frame = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(frame, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), (uint)sum.Value);
        return [.. frame[..4], .. named, .. frame[4..]];
    }

    /// <summary>
    /// The three colors on white, in the half-precision numbers that Skia's own codec decodes 16 bits of color to; it checks as well that
    /// what is written here is PNG.
    /// </summary>
    private static float[] AsSkiaReadsIt(byte[] png)
    {
        using var data = SKData.CreateCopy(png);
        using var codec = SKCodec.Create(data);
        using var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.RgbaF16, SKAlphaType.Premul));
        Assert.Equal(SKCodecResult.Success, codec.GetPixels(bitmap.Info, bitmap.GetPixels()));
        var halves = MemoryMarshal.Cast<byte, Half>(bitmap.GetPixelSpan()).ToArray();
        return [.. halves.Chunk(4).SelectMany(pixel => pixel[..3].Select(color => (float)color + 1 - (float)pixel[3]))];
    }
}
