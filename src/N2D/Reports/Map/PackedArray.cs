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
    /// <summary>The number of bytes that are compressed between checks for cancellation.</summary>
    private const int BlockSize = 1 << 20;

    /// <summary>Packs bytes.</summary>
    /// <param name="values">The values.</param>
    /// <param name="token">Cancels the compression.</param>
    public static PackedArray Of(ReadOnlySpan<byte> values, CancellationToken token) => new("u8", Pack(values, token));

    /// <summary>Packs integers of 16 bits.</summary>
    /// <param name="values">The values.</param>
    /// <param name="token">Cancels the compression.</param>
    public static PackedArray Of(ReadOnlySpan<ushort> values, CancellationToken token) =>
        new("u16", Pack(MemoryMarshal.AsBytes(values), token));

    /// <summary>Packs numbers.</summary>
    /// <param name="values">The values.</param>
    /// <param name="token">Cancels the compression.</param>
    public static PackedArray Of(ReadOnlySpan<float> values, CancellationToken token) =>
        new("f32", Pack(MemoryMarshal.AsBytes(values), token));

    /// <summary>Packs texts. Control characters become visible.</summary>
    /// <param name="values">The texts.</param>
    /// <param name="token">Cancels the compression.</param>
    public static PackedArray Of(IReadOnlyList<string> values, CancellationToken token) =>
        new("text", Pack(JsonSerializer.SerializeToUtf8Bytes(values.Select(Quotation.Printable)), token));

    private static string Pack(ReadOnlySpan<byte> bytes, CancellationToken token)
    {
        using var packed = new MemoryStream();
        using (var stream = new DeflaterOutputStream(packed, new Deflater(Deflater.DEFAULT_COMPRESSION, noZlibHeaderOrFooter: true))
        { IsStreamOwner = false })
        {
            for (var start = 0; start < bytes.Length; start += BlockSize)
            {
                token.ThrowIfCancellationRequested();
                stream.Write(bytes.Slice(start, Math.Min(BlockSize, bytes.Length - start)));
            }
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }
}
