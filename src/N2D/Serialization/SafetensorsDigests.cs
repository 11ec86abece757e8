using System.Security.Cryptography;
using System.Text;

namespace N2D.Serialization;

/// <summary>
/// By what a safetensors file tells that it is as it was written: SHA-256 of each array's bytes, and of the header with zeros in the place of its own digest, as texts of the
/// metadata. Whoever changes a file with another program leaves them out; a file without them is read unchecked.
/// </summary>
internal static class SafetensorsDigests
{
    /// <summary>The text that the header's digest is; those of arrays are called so, with the array's name behind a point.</summary>
    public const string HeaderName = "sha256";

    private const int TextLength = 2 * SHA256.HashSizeInBytes;

    /// <summary>What stands for the header's digest while that is computed.</summary>
    public static string Blank { get; } = new('0', TextLength);

    /// <summary>The text that an array's digest is.</summary>
    public static string NameOf(string array) => $"{HeaderName}.{array}";

    /// <summary>Whether a text of the metadata is a digest.</summary>
    public static bool IsOne(string name) => name == HeaderName || name.StartsWith(HeaderName + ".", StringComparison.Ordinal);

    /// <summary>The digest of an array.</summary>
    public static string Of(NamedArray array)
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            array.WriteTo(stream);
        }

        return TextOf(hash.Hash);
    }

    /// <summary>The digest of bytes that went through a hash.</summary>
    public static string TextOf(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash);

    /// <summary>Puts the digest of a header into it.</summary>
    /// <param name="header">The header, with the blank as its first text.</param>
    public static void Seal(Span<byte> header)
    {
        var place = header.IndexOf(Encoding.ASCII.GetBytes(Blank));
        var digest = TextOf(SHA256.HashData(header));
        Encoding.ASCII.GetBytes(digest, header[place..]);
    }

    /// <summary>Whether a header is as it was written; one without any digest is taken to be.</summary>
    /// <param name="header">The header.</param>
    /// <param name="metadata">Its texts. One that has digests of arrays has its own as well.</param>
    public static bool IsIntact(ReadOnlySpan<byte> header, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(HeaderName, out var digest))
        {
            return !metadata.Keys.Any(IsOne);
        }

        var place = digest.Length == TextLength ? header.IndexOf(Encoding.UTF8.GetBytes(digest)) : -1;
        if (place < 0)
        {
            return false;
        }

        var blank = header.ToArray();
        blank.AsSpan(place, TextLength).Fill((byte)'0');
        return TextOf(SHA256.HashData(blank)) == digest;
    }
}
