using System.Buffers.Binary;
using System.IO.Compression;
using K4os.Compression.LZ4;
using Snappier;

namespace N2D.Data;

/// <summary>How the pages of a column are compressed.</summary>
internal enum ParquetCodec
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Snappy, which most writers use.</summary>
    Snappy = 1,

    /// <summary>gzip.</summary>
    Gzip = 2,

    /// <summary>LZO, which is not supported.</summary>
    Lzo = 3,

    /// <summary>Brotli.</summary>
    Brotli = 4,

    /// <summary>LZ4 in the frames of Hadoop, or without any.</summary>
    Lz4 = 5,

    /// <summary>Zstandard.</summary>
    Zstd = 6,

    /// <summary>LZ4 blocks.</summary>
    Lz4Raw = 7,
}

/// <summary>Decompresses the pages of a column.</summary>
internal static class ParquetCompression
{
    /// <summary>What each format can expand by at most, so that a size is not believed that the compressed bytes cannot hold.</summary>
    /// <remarks>Snappy: a copy of 64 bytes takes 3. gzip: RFC 1951. LZ4: a byte of length is worth 255. Zstandard and Brotli: a block of one byte that is repeated.</remarks>
    private static long LargestExpansion(ParquetCodec codec) => codec switch
    {
        ParquetCodec.Snappy => 22,
        ParquetCodec.Gzip => 1032,
        ParquetCodec.Lz4 or ParquetCodec.Lz4Raw => 255,
        ParquetCodec.Zstd => 1 << 17,
        _ => 1 << 24,
    };

    /// <summary>Refuses a size that compressed bytes cannot hold.</summary>
    /// <param name="codec">How they are compressed.</param>
    /// <param name="storedSize">Their number.</param>
    /// <param name="size">The size, decompressed.</param>
    public static void ThrowIfNotPlausible(ParquetCodec codec, int storedSize, int size)
    {
        const int Slack = 64;
        if (size > (storedSize + Slack) * LargestExpansion(codec))
        {
            throw new InvalidDataException("a page is said to be larger than its bytes can be");
        }
    }

    /// <summary>Decompresses a page.</summary>
    /// <param name="codec">How it is compressed.</param>
    /// <param name="source">The compressed bytes.</param>
    /// <param name="target">Takes all of the bytes.</param>
    /// <exception cref="InvalidDataException">They are damaged, or not as many.</exception>
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
            _ => throw new InvalidDataException($"its columns are compressed by {codec}, which is not supported; write it with Snappy or Zstandard"),
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

    /// <summary>Hadoop's frames: the size of some bytes, their compressed size, both with the first byte the highest, and the compressed bytes.</summary>
    private static bool TryHadoop(ReadOnlySpan<byte> source, Span<byte> target)
    {
        while (source.Length > 2 * sizeof(int))
        {
            var (size, storedSize) = (BinaryPrimitives.ReadInt32BigEndian(source), BinaryPrimitives.ReadInt32BigEndian(source[sizeof(int)..]));
            source = source[(2 * sizeof(int))..];
            if (size < 0 || size > target.Length || storedSize < 0 || storedSize > source.Length || LZ4Codec.Decode(source[..storedSize], target[..size]) != size)
            {
                return false;
            }

            source = source[storedSize..];
            target = target[size..];
        }

        return target.IsEmpty;
    }
}
