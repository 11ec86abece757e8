using System.IO.Compression;

namespace N2D.Data;

/// <summary>A zip archive open for reading, on disk or in another one.</summary>
internal sealed class ArchiveFile : IDisposable
{
    private readonly ZipArchive _zip;

    private ArchiveFile(Stream stream) => _zip = new ZipArchive(stream, ZipArchiveMode.Read);

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
    /// <exception cref="InvalidDataException">It is no zip archive, or damaged.</exception>
    public static ArchiveFile Open(FileLocation location)
    {
        Stream stream = location.Archive is null ? File.OpenRead(location.Path) : Copy(location);
        try
        {
            return new ArchiveFile(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file in it.</summary>
    /// <param name="name">Its path, one of <see cref="Names"/>.</param>
    public MemberStream OpenMember(string name)
    {
        var entry = _zip.GetEntry(name) ?? throw new FileNotFoundException($"The archive holds no '{name}'.");
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

    /// <summary>An archive within an archive has to be searched back and forth, so that it is unpacked as a whole.</summary>
    private static MemoryStream Copy(FileLocation location)
    {
        using var outer = Open(location.Archive!);
        using var member = outer.OpenMember(location.Path);
        if (member.Length > Array.MaxLength)
        {
            throw new N2DException("ArchiveTooLarge", ErrorKind.OutOfResources, $"'{location}' is too large for an archive within an archive. Unpack the outer one, and give the inner.", location.ToString());
        }

        var copy = new MemoryStream((int)Math.Min(member.Length, 1 << 20));
        member.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }
}
