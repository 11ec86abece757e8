using System.Security.Cryptography;
using N2D.Data;

namespace N2D.Autoencoders;

/// <summary>Compares files with hashes that their publisher states.</summary>
internal static class FileHash
{
    private const int BufferLength = 1 << 20;

    /// <summary>The extension of the file with the hash of the file beside it.</summary>
    private const string Extension = ".sha512";

    /// <summary>More than a hash has, also in UTF-16.</summary>
    private const int MaxTextLength = 1 << 10;

    /// <summary>Rejects a file whose content has another hash. Afterward, the file can be read again from its start.</summary>
    /// <param name="file">The file, at its start.</param>
    /// <param name="expected">Its SHA-256 or SHA-512, hexadecimal or base64.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// The hash is neither a SHA-256 nor a SHA-512 (<c>HashNotReadable</c>), or differs from that of the file (<c>HashMismatch</c>).
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
                $"'{file.Name}' does not match its hash '{expected}': it is incomplete, damaged or changed. Download it again.",
                file.Name);
        }

        file.Position = 0;
    }

    /// <summary>Reads the hash in the file beside another one: NuGet's cache, <c>sha512sum</c> and some publishers write it.</summary>
    /// <param name="path">Full path of the other file.</param>
    /// <returns>The first word of <c>PATH.sha512</c>; null if there is no such file.</returns>
    /// <exception cref="N2DException">
    /// It does not start with a hash (<c>HashNotReadable</c>), is empty (<c>EmptyFile</c>), or cannot be read.
    /// </exception>
    public static string? Beside(string path)
    {
        var file = path + Extension;
        if (!File.Exists(file))
        {
            return null;
        }

        using var content = new MemoryStream(InputFile.ReadHead(file, MaxTextLength));
        using var reader = new StreamReader(content);
        var word = reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("");
        return TryParse(word) is not null ? word : throw new N2DException(
            "HashNotReadable",
            ErrorKind.InvalidData,
            $"'{file}' does not start with the SHA-512 of '{Path.GetFileName(path)}'. Download it again, or delete it to skip this check.",
            file);
    }

    /// <summary>Reads a hash.</summary>
    /// <param name="text">A SHA-256 or SHA-512, hexadecimal or base64.</param>
    /// <exception cref="N2DException">It is neither (<c>HashNotReadable</c>).</exception>
    public static byte[] Parse(string text) => TryParse(text) ?? throw new N2DException(
        "HashNotReadable",
        ErrorKind.InvalidArgument,
        $"'{text}' is neither a SHA-256 nor a SHA-512: 64 or 128 hexadecimal digits, or base64.",
        text)
    { Options = [nameof(LibtorchInstallOptions.Hashes)] };

    private static byte[]? TryParse(string text)
    {
        var trimmed = text.Trim();
        var bytes = new byte[SHA512.HashSizeInBytes];
        return trimmed.Length is 2 * SHA256.HashSizeInBytes or 2 * SHA512.HashSizeInBytes && trimmed.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(trimmed)
            : Convert.TryFromBase64String(trimmed, bytes, out var length) && length is SHA256.HashSizeInBytes or SHA512.HashSizeInBytes
            ? bytes[..length]
            : null;
    }
}
