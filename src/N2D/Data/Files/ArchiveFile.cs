using System.IO.Compression;

namespace N2D.Data;

/// <summary>An open zip archive, on disk or in another archive.</summary>
internal sealed class ArchiveFile : IDisposable
{
    /// <summary>The number of bytes that identify an archive.</summary>
    public const int MagicLength = 4;

    private readonly ZipArchive _zip;
    private readonly FileLocation _location;
    private readonly Execution _execution;

    private ArchiveFile(Stream stream, FileLocation location, Execution execution) =>
        (_zip, _location, _execution) = (new ZipArchive(stream, ZipArchiveMode.Read), location, execution);

    /// <summary>The paths of the files in the archive, with <c>/</c> between folders.</summary>
    public IEnumerable<string> Names => _zip.Entries.Where(entry => entry.Name.Length > 0).Select(entry => entry.FullName);

    /// <summary>Whether a file is a zip archive that is not empty (APPNOTE.TXT, 4.3.7).</summary>
    /// <param name="head">Its first bytes.</param>
    public static bool IsArchive(ReadOnlySpan<byte> head) => head is [(byte)'P', (byte)'K', 3, 4, ..];

    /// <summary>Whether a file has the extension of an archive.</summary>
    /// <param name="name">The file name.</param>
    public static bool HasArchiveExtension(string name) => name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens an archive.</summary>
    /// <param name="location">The location of the archive.</param>
    /// <param name="execution">Cancellation, and the limit for the expansion of compressed files.</param>
    /// <exception cref="InvalidDataException">The file is not a zip archive, or is damaged.</exception>
    public static ArchiveFile Open(FileLocation location, Execution? execution = null)
    {
        // Zip needs random access, so an archive within an archive or gzip file is decompressed into memory.
        var stream = location.Archive is null && !IsGzip(location) ? InputFile.OpenOnDisk(location.Path) : Copy(location, execution);
        try
        {
            return new ArchiveFile(stream, location, execution ?? Execution.Default);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file in the archive.</summary>
    /// <param name="name">Its path, one of <see cref="Names"/>.</param>
    /// <exception cref="N2DException">
    /// The file is encrypted (<c>EncryptedArchive</c>), or expands too much (<c>ExpandsTooMuch</c>).
    /// </exception>
    public MemberStream OpenMember(string name)
    {
        var entry = _zip.GetEntry(name) ?? throw new FileNotFoundException($"The archive does not contain '{name}'.");
        var path = new FileLocation(name, _location).ToString();
        if (entry.IsEncrypted)
        {
            throw new N2DException(
                "EncryptedArchive",
                ErrorKind.InvalidData,
                $"'{path}' is protected by a password. Extract the archive with its password, and read the extracted file.",
                path);
        }

        _execution.Expansion.ThrowIfExceeded(entry.Length, entry.CompressedLength, path);
        return new MemberStream(entry.Open(), entry.Length, entry.Crc32);
    }

    /// <summary>
    /// Returns the upper bound of a file's length. It uses the compressed length, because the listed length can be wrong.
    /// </summary>
    /// <param name="name">Its path, one of <see cref="Names"/>.</param>
    public long LargestLengthOf(string name)
    {
        // The maximum expansion of a deflate stream (RFC 1951: 258 bytes from 2 bits).
        const long MaxExpansion = 1032;
        return _zip.GetEntry(name) is { } entry ? Math.Min(entry.Length, entry.CompressedLength * MaxExpansion) : 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private static bool IsGzip(FileLocation location)
    {
        using var file = InputFile.OpenOnDisk(location.Path);
        return file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
    }

    private static Stream Copy(FileLocation location, Execution? execution) =>
        InputFile.Read(location, file => file.ToSeekable(), execution);
}
