using System.Runtime.InteropServices;
using System.Text.Json;
using ICSharpCode.SharpZipLib.Zip.Compression;
using ICSharpCode.SharpZipLib.Zip.Compression.Streams;

namespace N2D.Reports;

/// <summary>An array in a page: little-endian values, compressed by raw Deflate, in base64.</summary>
/// <remarks>Browsers unpack it with DecompressionStream. The managed compressor gives the same bytes on every system.</remarks>
/// <param name="Kind">The type of the values: <c>u8</c>, <c>u16</c>, <c>f32</c>, or <c>text</c>, a JSON array of strings.</param>
/// <param name="Text">The base64 text.</param>
internal sealed record PackedArray(string Kind, string Text)
{
    /// <summary>Packs bytes.</summary>
    /// <param name="values">The values.</param>
    public static PackedArray Of(ReadOnlySpan<byte> values) => new("u8", Pack(values));

    /// <summary>Packs integers of 16 bits.</summary>
    /// <param name="values">The values.</param>
    public static PackedArray Of(ReadOnlySpan<ushort> values) => new("u16", Pack(MemoryMarshal.AsBytes(values)));

    /// <summary>Packs numbers.</summary>
    /// <param name="values">The values.</param>
    public static PackedArray Of(ReadOnlySpan<float> values) => new("f32", Pack(MemoryMarshal.AsBytes(values)));

    /// <summary>Packs texts.</summary>
    /// <param name="values">The texts.</param>
    public static PackedArray Of(IReadOnlyList<string> values) => new("text", Pack(JsonSerializer.SerializeToUtf8Bytes(values)));

    private static string Pack(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new DeflaterOutputStream(packed, new Deflater(Deflater.DEFAULT_COMPRESSION, noZlibHeaderOrFooter: true))
        { IsStreamOwner = false })
        {
            stream.Write(bytes);
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }
}
