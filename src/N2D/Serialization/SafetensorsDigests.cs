using System.Security.Cryptography;
using System.Text;

namespace N2D.Serialization;

/// <summary>
/// SHA-256 digests in the metadata of a safetensors file, which detect damage: one of each array, and one of the header, computed with
/// zeros in place of its own digest. Other programs that rewrite a file omit the digests. A file without digests is read without these
/// checks.
/// </summary>
internal static class SafetensorsDigests
{
    /// <summary>The metadata name of the header's digest. Names of array digests have a period and the array name appended.</summary>
    public const string HeaderName = "sha256";

    private const int TextLength = 2 * SHA256.HashSizeInBytes;

    /// <summary>The placeholder of the header's digest during its computation.</summary>
    public static string Blank { get; } = new('0', TextLength);

    /// <summary>Returns the metadata name of an array's digest.</summary>
    public static string NameOf(string array) => $"{HeaderName}.{array}";

    /// <summary>Whether a metadata name is that of a digest.</summary>
    public static bool IsDigestName(string name) => name == HeaderName || name.StartsWith(HeaderName + ".", StringComparison.Ordinal);

    /// <summary>Computes the digest of an array.</summary>
    public static string Of(NamedArray array)
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            array.WriteTo(stream);
        }

        return TextOf(hash.Hash);
    }

    /// <summary>Converts a hash to the text of a digest.</summary>
    public static string TextOf(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash);

    /// <summary>Computes the digest of a header and replaces the placeholder with it.</summary>
    /// <param name="header">The header. The placeholder is its first metadata text.</param>
    public static void Seal(Span<byte> header)
    {
        var place = header.IndexOf(Encoding.ASCII.GetBytes(Blank));
        var digest = TextOf(SHA256.HashData(header));
        Encoding.ASCII.GetBytes(digest, header[place..]);
    }

    /// <summary>Whether a header matches its digest, or there are no digests.</summary>
    /// <param name="header">The header.</param>
    /// <param name="metadata">The metadata. Array digests without a header digest are not valid.</param>
    public static bool IsIntact(ReadOnlySpan<byte> header, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(HeaderName, out var digest))
        {
            return !metadata.Keys.Any(IsDigestName);
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
