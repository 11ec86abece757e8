using System.Buffers.Binary;
using System.IO.Compression;
using K4os.Compression.LZ4;
using Snappier;

namespace N2D.Data;

/// <summary>The compression codecs of column chunks.</summary>
internal enum ParquetCodec
{
    /// <summary>No compression.</summary>
    None = 0,

    /// <summary>Snappy, the default of most writers.</summary>
    Snappy = 1,

    /// <summary>gzip.</summary>
    Gzip = 2,

    /// <summary>LZO, which is not supported.</summary>
    Lzo = 3,

    /// <summary>Brotli.</summary>
    Brotli = 4,

    /// <summary>LZ4, with or without Hadoop framing.</summary>
    Lz4 = 5,

    /// <summary>Zstandard.</summary>
    Zstd = 6,

    /// <summary>LZ4 blocks.</summary>
    Lz4Raw = 7,
}

/// <summary>Decompresses pages.</summary>
internal static class ParquetCompression
{
    /// <summary>The maximum expansion of each codec, which limits the page size that is accepted.</summary>
    /// <remarks>
    /// Snappy: a copy of 64 bytes is stored in 3. gzip: RFC 1951. LZ4: one length byte adds up to 255. Zstandard and Brotli: a block that
    /// repeats one byte.
    /// </remarks>
    private static long MaxExpansion(ParquetCodec codec) => codec switch
    {
        ParquetCodec.Snappy => 22,
        ParquetCodec.Gzip => 1032,
        ParquetCodec.Lz4 or ParquetCodec.Lz4Raw => 255,
        ParquetCodec.Zstd => 1 << 17,
        _ => 1 << 24,
    };

    /// <summary>Rejects a page size that the compressed bytes cannot have.</summary>
    /// <param name="codec">The compression codec.</param>
    /// <param name="storedSize">The number of compressed bytes.</param>
    /// <param name="size">The decompressed size in bytes.</param>
    public static void ThrowIfNotPlausible(ParquetCodec codec, int storedSize, int size)
    {
        const int Slack = 64;
        if (size > (storedSize + Slack) * MaxExpansion(codec))
        {
            throw new InvalidDataException("a page header specifies more bytes than the compressed data can contain");
        }
    }

    /// <summary>Decompresses a page.</summary>
    /// <param name="codec">The compression codec.</param>
    /// <param name="source">The compressed bytes.</param>
    /// <param name="target">Receives the decompressed bytes, which must fill it.</param>
    /// <exception cref="InvalidDataException">The bytes are damaged, or have another size.</exception>
    public static void Decompress(ParquetCodec codec, ReadOnlySpan<byte> source, Span<byte> target)
    {
        var count = target.IsEmpty ? 0 : codec switch
        {
            ParquetCodec.Snappy => Snappy.TryDecompress(source, target, out var written) ? written : -1,
            ParquetCodec.Gzip => Gunzip(source, target),
            ParquetCodec.Brotli => BrotliDecoder.TryDecompress(source, target, out var written) ? written : -1,
            ParquetCodec.Zstd => Unzstd(source, target),
            ParquetCodec.Lz4Raw => LZ4Codec.Decode(source, target),
            ParquetCodec.Lz4 => TryHadoop(source, target) ? target.Length : LZ4Codec.Decode(source, target),
            _ => throw new InvalidDataException(
                $"its columns are compressed with {codec}, which is not supported. Write it with Snappy or Zstandard"),
        };
        if (count != target.Length)
        {
            throw new InvalidDataException("a page cannot be decompressed");
        }
    }

    private static int Unzstd(ReadOnlySpan<byte> source, Span<byte> target)
    {
        using var decompressor = new ZstdSharp.Decompressor();
        return decompressor.Unwrap(source, target);
    }

    private static unsafe int Gunzip(ReadOnlySpan<byte> source, Span<byte> target)
    {
        fixed (byte* first = source)
        {
            using var compressed = new UnmanagedMemoryStream(first, source.Length);
            using var gzip = new GZipStream(compressed, CompressionMode.Decompress);
            return gzip.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        }
    }

    /// <summary>
    /// Decompresses Hadoop frames: the decompressed size and the compressed size, both big-endian, and the compressed bytes.
    /// </summary>
    private static bool TryHadoop(ReadOnlySpan<byte> source, Span<byte> target)
    {
        while (source.Length > 2 * sizeof(int))
        {
            var (size, storedSize) =
                (BinaryPrimitives.ReadInt32BigEndian(source), BinaryPrimitives.ReadInt32BigEndian(source[sizeof(int)..]));
            source = source[(2 * sizeof(int))..];
            if (size < 0
                || size > target.Length
                || storedSize < 0
                || storedSize > source.Length
                || LZ4Codec.Decode(source[..storedSize], target[..size]) != size)
            {
                return false;
            }

            source = source[storedSize..];
            target = target[size..];
        }

        return target.IsEmpty;
    }
}
