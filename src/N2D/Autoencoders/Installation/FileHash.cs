using System.Security.Cryptography;

namespace N2D.Autoencoders;

/// <summary>Compares files with hashes that their publisher states.</summary>
internal static class FileHash
{
    private const int BufferLength = 1 << 20;

    /// <summary>Rejects a file whose content has another hash. Afterward, the file can be read again from its start.</summary>
    /// <param name="file">The file, at its start.</param>
    /// <param name="expected">Its SHA-256 or SHA-512, hexadecimal or base64.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// The hash is neither a SHA-256 nor a SHA-512 (<c>HashNotReadable</c>), or that of another content (<c>HashMismatch</c>).
    /// </exception>
    public static void Check(FileStream file, string expected, Execution execution)
    {
        var bytes = Parse(expected);
        using var hash = IncrementalHash.CreateHash(
            bytes.Length == SHA256.HashSizeInBytes ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512);
        var buffer = new byte[BufferLength];
        var length = Math.Max(1, file.Length);
        for (int read; (read = file.Read(buffer)) > 0;)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            execution.Report($"checking {Path.GetFileName(file.Name)}", Math.Min(1, file.Position / (double)length));
        }

        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(bytes))
        {
            throw new N2DException(
                "HashMismatch",
                ErrorKind.InvalidData,
                $"'{file.Name}' has another content than its hash '{expected}' says: it is incomplete, damaged or changed. Download "
                    + "it again.",
                file.Name);
        }

        file.Position = 0;
    }

    /// <summary>Reads a hash.</summary>
    /// <param name="text">A SHA-256 or SHA-512, hexadecimal or base64.</param>
    /// <exception cref="N2DException">It is neither (<c>HashNotReadable</c>).</exception>
    public static byte[] Parse(string text)
    {
        var trimmed = text.Trim();
        var bytes = new byte[SHA512.HashSizeInBytes];
        return trimmed.Length is 2 * SHA256.HashSizeInBytes or 2 * SHA512.HashSizeInBytes && trimmed.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(trimmed)
            : Convert.TryFromBase64String(trimmed, bytes, out var length) && length is SHA256.HashSizeInBytes or SHA512.HashSizeInBytes
            ? bytes[..length]
            : throw new N2DException(
                "HashNotReadable",
                ErrorKind.InvalidArgument,
                $"'{text}' is neither a SHA-256 nor a SHA-512: 64 or 128 hexadecimal digits, or base64.",
                text)
            { Options = [nameof(LibtorchInstallOptions.Hashes)] };
    }
}
