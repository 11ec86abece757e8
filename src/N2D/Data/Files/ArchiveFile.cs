using System.IO.Compression;

namespace N2D.Data;

/// <summary>A zip archive open for reading, on disk or in another one.</summary>
internal sealed class ArchiveFile : IDisposable
{
    /// <summary>The number of bytes by which an archive is recognized.</summary>
    public const int MagicLength = 4;

    private readonly ZipArchive _zip;
    private readonly FileLocation _location;
    private readonly Execution _execution;

    private ArchiveFile(Stream stream, FileLocation location, Execution execution) =>
        (_zip, _location, _execution) = (new ZipArchive(stream, ZipArchiveMode.Read), location, execution);

    /// <summary>The paths of the files in it, with <c>/</c> between folders.</summary>
    public IEnumerable<string> Names => _zip.Entries.Where(entry => entry.Name.Length > 0).Select(entry => entry.FullName);

    /// <summary>Whether a file begins as a zip archive does that has anything in it (APPNOTE.TXT, 4.3.7).</summary>
    /// <param name="head">Its first bytes.</param>
    public static bool IsArchive(ReadOnlySpan<byte> head) => head is [(byte)'P', (byte)'K', 3, 4, ..];

    /// <summary>Whether a file is called like an archive.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsCalledArchive(string name) => name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens an archive.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="execution">Cancellation, and how far compressed files may expand.</param>
    /// <exception cref="InvalidDataException">It is no zip archive, or damaged.</exception>
    public static ArchiveFile Open(FileLocation location, Execution? execution = null)
    {
        // An archive in another one, or compressed by gzip, is read back and forth and therefore unpacked into memory.
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

    /// <summary>Opens a file in it.</summary>
    /// <param name="name">Its path, one of <see cref="Names"/>.</param>
    /// <exception cref="N2DException">It is encrypted (<c>EncryptedArchive</c>), or expands too far (<c>ExpandsTooMuch</c>).</exception>
    public MemberStream OpenMember(string name)
    {
        var entry = _zip.GetEntry(name) ?? throw new FileNotFoundException($"The archive holds no '{name}'.");
        var path = new FileLocation(name, _location).ToString();
        if (entry.IsEncrypted)
        {
            throw new N2DException("EncryptedArchive", ErrorKind.InvalidData, $"'{path}' is protected by a password. Unpack the archive with its password, and give the file that comes out of it.", path);
        }

        _execution.Expansion.ThrowIfExceeded(entry.Length, entry.CompressedLength, path);
        return new MemberStream(entry.Open(), entry.Length, entry.Crc32);
    }

    /// <summary>The most bytes that a file in it can hold, by the bytes that it takes in the archive: the size that is listed may be wrong.</summary>
    /// <param name="name">Its path, one of <see cref="Names"/>.</param>
    public long LargestLengthOf(string name)
    {
        // No deflate stream expands more (RFC 1951: 258 bytes of 2 bits).
        const long LargestExpansion = 1032;
        return _zip.GetEntry(name) is { } entry ? Math.Min(entry.Length, entry.CompressedLength * LargestExpansion) : 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private static bool IsGzip(FileLocation location)
    {
        using var file = InputFile.OpenOnDisk(location.Path);
        return file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
    }

    private static Stream Copy(FileLocation location, Execution? execution) => InputFile.Read(location, file => file.ToSeekable(), execution);
}
