using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace N2D.Numerics;

/// <summary>A digest of the values of rows, to recognize the same rows.</summary>
internal static class RowDigest
{
    private const int DigestBytes = 16;

    /// <summary>Returns the first 128 bits of the SHA-256 of the values, as 32 hexadecimal digits in upper case.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <param name="more">Further bytes, after those of the rows.</param>
    public static string Of(IDataMatrix rows, Execution execution, ReadOnlySpan<byte> more = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        rows.ForEachBlock("computing a digest of the rows", execution, (_, block) =>
        {
            hash.AppendData(MemoryMarshal.AsBytes(block.Span));
            return true;
        });

        hash.AppendData(more);
        return Convert.ToHexString(hash.GetHashAndReset().AsSpan(0, DigestBytes));
    }
}
