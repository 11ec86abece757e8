using System.Buffers.Binary;
using System.Globalization;
using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.GZip;

namespace N2D.Data;

/// <summary>
/// A file open for reading, decompressed if it is gzip, whatever it is called. What the system throws comes out as an
/// <see cref="N2DException"/>.
/// </summary>
internal sealed class InputFile : IDisposable
{
    private const int DecompressionBufferSize = 1 << 16;

    /// <summary>No deflate stream expands more (RFC 1951: 258 bytes of 2 bits), so that a header that promises more is wrong.</summary>
    private const long LargestExpansion = 1032;

    private readonly Stream _raw;
    private readonly FileLocation _location;

    private InputFile(Stream raw, FileLocation location, bool isCompressed)
    {
        _raw = raw;
        _location = location;
        IsCompressed = isCompressed;

        // Not the system's GZipStream: it takes a file that is cut short for one that ends there, and half the rows would go missing
        // without a word. This one is slower (60 MB/s) and tells.
        Content = isCompressed ? new GZipInputStream(raw, DecompressionBufferSize) : raw;
    }

    /// <summary>The bytes, decompressed.</summary>
    public Stream Content { get; }

    /// <summary>Where the file is; the target of errors.</summary>
    public string FullPath => _location.ToString();

    /// <summary>What errors call it.</summary>
    public string Name => _location.Name;

    /// <summary>Whether the file is gzip.</summary>
    public bool IsCompressed { get; }

    /// <summary>Bytes on disk, or in the archive that it was taken from.</summary>
    public long LengthOnDisk => _raw.Length;

    /// <summary>The most bytes that it can hold, decompressed: to hold against what its header promises before memory is taken for that.</summary>
    public long LargestContent => IsCompressed ? LengthOnDisk * LargestExpansion : LengthOnDisk;

    /// <summary>How much of the file has been read, 0 to 1.</summary>
    public double Fraction => (double)_raw.Position / Math.Max(1, _raw.Length);

    /// <summary>The size and CRC-32 of the content as the archive lists them that the file was taken from; null if it was from none.</summary>
    public (long Size, uint Crc32)? Listed => _raw is MemberStream member ? (member.Length, member.Crc32) : null;

    /// <summary>
    /// The size and CRC-32 of the content as they stand at the end of a gzip file (RFC 1952, 2.3.1), of the last member if it has several; null if that
    /// cannot be looked at. The position stays where it is.
    /// </summary>
    public (long Size, uint Crc32)? Trailer
    {
        get
        {
            Span<byte> trailer = stackalloc byte[8];
            if (!IsCompressed || _raw is not FileStream onDisk || onDisk.Length < trailer.Length)
            {
                return null;
            }

            RandomAccess.Read(onDisk.SafeFileHandle, trailer, onDisk.Length - trailer.Length);
            return (BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]), BinaryPrimitives.ReadUInt32LittleEndian(trailer));
        }
    }

    /// <summary>Opens a file, reads it and closes it.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="read">What to do with it.</param>
    /// <exception cref="N2DException">
    /// It is missing (<c>FileNotFound</c>), a folder (<c>FolderGiven</c>), empty (<c>EmptyFile</c>), not readable
    /// (<c>AccessDenied</c>, <c>ReadFailed</c>) or a damaged gzip file (<c>CorruptGzip</c>).
    /// </exception>
    public static TResult Read<TResult>(string path, Func<InputFile, TResult> read) => Read(new FileLocation(path), read);

    /// <summary>Opens a file on disk or in an archive, reads it and closes it.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="read">What to do with it.</param>
    /// <exception cref="N2DException">As above, or the archive is damaged (<c>CorruptArchive</c>).</exception>
    public static TResult Read<TResult>(FileLocation location, Func<InputFile, TResult> read)
    {
        ThrowIfNoFile(location);
        return Translating(location.ToString(), () =>
        {
            if (location.Archive is null)
            {
                using var file = Open(new FileStream(location.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 12, FileOptions.SequentialScan), location);
                return read(file);
            }

            using var archive = ArchiveFile.Open(location.Archive);
            using var member = Open(archive, location);
            return read(member);
        });
    }

    /// <summary>Reads a resource of this assembly as if it were a file.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="read">What to do with it.</param>
    public static TResult ReadResource<TResult>(string name, Func<InputFile, TResult> read)
    {
        using var file = Open(typeof(InputFile).Assembly.GetManifestResourceStream(name)!, new FileLocation(name));
        return read(file);
    }

    /// <summary>The first bytes of a file, decompressed; fewer if there are no more.</summary>
    public static byte[] ReadHead(string path, int count) => ReadHead(new FileLocation(path), count);

    /// <summary>The first bytes of a file, decompressed; fewer if there are no more.</summary>
    public static byte[] ReadHead(FileLocation location, int count) => Read(location, file =>
    {
        var head = new byte[count];
        return head[..file.Content.ReadAtLeast(head, count, throwOnEndOfStream: false)];
    });

    /// <summary>Runs work on a file; what the system throws comes out as the library's own errors.</summary>
    internal static TResult Translating<TResult>(string path, Func<TResult> work)
    {
        try
        {
            return work();
        }
        catch (UnauthorizedAccessException error)
        {
            throw new N2DException("AccessDenied", ErrorKind.AccessDenied, $"'{path}' may not be read by this user. Ask its owner for the permission, or copy it.", path, error);
        }
        catch (Exception error) when (error is SharpZipBaseException or EndOfStreamException)
        {
            throw new N2DException("CorruptGzip", ErrorKind.InvalidData, $"'{path}' is damaged: it starts as a gzip file but cannot be decompressed to its end. Download or copy it again.", path, error);
        }
        catch (InvalidDataException error)
        {
            throw new N2DException("CorruptArchive", ErrorKind.InvalidData, $"'{path}' is damaged: {error.Message} Download or copy the archive again.", path, error);
        }
        catch (IOException error)
        {
            throw new N2DException("ReadFailed", ErrorKind.InvalidData, $"'{path}' cannot be read: {error.Message}", path, error);
        }
    }

    /// <summary>
    /// The bytes, decompressed, for formats that are read back and forth: what is compressed or comes out of an archive is unpacked into memory.
    /// </summary>
    public Stream ToSeekable()
    {
        if (Content.CanSeek)
        {
            return Content;
        }

        var copy = new MemoryStream();
        Content.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    /// <summary>An error in what the file holds.</summary>
    /// <param name="id">The error's id.</param>
    /// <param name="message">What is wrong, where and what to do; the file's name is put before it.</param>
    public N2DException Invalid(string id, FormattableString message) =>
        new(id, ErrorKind.InvalidData, $"'{Name}'{message.ToString(CultureInfo.InvariantCulture)}", FullPath);

    /// <inheritdoc/>
    public void Dispose()
    {
        Content.Dispose();
        _raw.Dispose();
    }

    /// <summary>The error of a folder where a file is wanted.</summary>
    /// <param name="path">Full path.</param>
    public static N2DException FolderGiven(string path) =>
        new("FolderGiven", ErrorKind.InvalidArgument, $"'{path}' is a folder; give a file in it, such as '{Path.Combine(path, "*.csv")}'.", path);

    private static void ThrowIfNoFile(FileLocation location)
    {
        if (location.Archive is not null)
        {
            ThrowIfNoFile(location.Archive);
            return;
        }

        var path = location.Path;
        if (Directory.Exists(path))
        {
            throw FolderGiven(path);
        }

        if (!File.Exists(path))
        {
            throw new N2DException("FileNotFound", ErrorKind.NotFound, $"There is no file '{path}'. Check the spelling and the current folder.", path);
        }
    }

    private static InputFile Open(Stream raw, FileLocation location)
    {
        try
        {
            var isCompressed = IsGzip(raw, location);
            raw.Position = 0;
            return new InputFile(raw, location, isCompressed);
        }
        catch
        {
            raw.Dispose();
            throw;
        }
    }

    /// <summary>What comes out of an archive cannot be rewound, and is opened anew instead.</summary>
    private static InputFile Open(ArchiveFile archive, FileLocation location)
    {
        using var peeked = archive.OpenMember(location.Path);
        return new InputFile(archive.OpenMember(location.Path), location, IsGzip(peeked, location));
    }

    /// <summary>By the first two bytes of every gzip file (RFC 1952, 2.3.1); browsers and scripts often drop the extension.</summary>
    private static bool IsGzip(Stream raw, FileLocation location) => raw.Length == 0
        ? throw new N2DException("EmptyFile", ErrorKind.InvalidData, $"'{location}' is empty: 0 bytes.", location.ToString())
        : raw.ReadByte() == 0x1f && raw.ReadByte() == 0x8b;
}
