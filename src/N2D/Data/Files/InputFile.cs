using System.Buffers.Binary;
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
    private readonly bool _isGzip;

    private InputFile(Stream raw, FileLocation location, bool isGzip, Execution? execution)
    {
        _raw = raw;
        _location = location;
        _isGzip = isGzip;

        // Not the system's GZipStream: it takes a file that is cut short for one that ends there, and half the rows would be missing
        // without an error. This one is slower (60 MB/s) and reports it.
        Content = isGzip ? new BoundedStream(new GZipInputStream(raw, DecompressionBufferSize), raw.Length, location.ToString(), execution ?? Execution.Default)
            : raw is MemberStream ? new BoundedStream(raw, long.MaxValue, location.ToString(), execution ?? Execution.Default)
            : raw;
    }

    /// <summary>The bytes, decompressed.</summary>
    public Stream Content { get; }

    /// <summary>Where the file is, on disk or in an archive.</summary>
    public FileLocation Location => _location;

    /// <summary>Where the file is, for people; the target of errors.</summary>
    public string FullPath => _location.ToString();

    /// <summary>What errors call it.</summary>
    public string Name => _location.Name;

    /// <summary>Whether the file on disk holds other bytes than <see cref="Content"/>: it is gzip, or a zip archive of this one file.</summary>
    public bool IsCompressed => _isGzip || IsUnwrapped;

    /// <summary>Whether the file comes out of a zip archive that holds nothing else, and that was given in its place.</summary>
    public bool IsUnwrapped { get; private init; }

    /// <summary>Bytes on disk, or in the archive that it was taken from.</summary>
    public long LengthOnDisk => _raw.Length;

    /// <summary>The most bytes that it can hold, decompressed: to compare with what its header promises before memory is allocated.</summary>
    public long LargestContent => _isGzip ? LengthOnDisk * LargestExpansion : LengthOnDisk;

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
            if (!_isGzip || _raw is not FileStream onDisk || onDisk.Length < trailer.Length)
            {
                return null;
            }

            RandomAccess.Read(onDisk.SafeFileHandle, trailer, onDisk.Length - trailer.Length);
            return (BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]), BinaryPrimitives.ReadUInt32LittleEndian(trailer));
        }
    }

    /// <summary>Opens a file, reads it and closes it. Of a zip archive that holds one data file, that file is read.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="read">What to do with it.</param>
    /// <param name="execution">Cancellation, and how far compressed files may expand.</param>
    /// <exception cref="N2DException">
    /// It is missing (<c>FileNotFound</c>), a folder (<c>FolderGiven</c>), a pipe or a device (<c>NotAFile</c>), empty (<c>EmptyFile</c>), not readable
    /// (<c>AccessDenied</c>, <c>ReadFailed</c>, <c>UnreadableFile</c>), damaged (<c>CorruptGzip</c>, <c>CorruptArchive</c>), encrypted (<c>EncryptedArchive</c>), or
    /// expands too far (<c>ExpandsTooMuch</c>).
    /// </exception>
    public static TResult Read<TResult>(string path, Func<InputFile, TResult> read, Execution? execution = null) => Read(Unwrap(path, execution), read, execution, isUnwrapped: true);

    /// <summary>Opens a file on disk or in an archive, reads it and closes it.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="read">What to do with it.</param>
    /// <param name="execution">Cancellation, and how far compressed files may expand.</param>
    /// <exception cref="N2DException">As above.</exception>
    public static TResult Read<TResult>(FileLocation location, Func<InputFile, TResult> read, Execution? execution = null) => Read(location, read, execution, isUnwrapped: false);

    /// <summary>
    /// The one data file in a zip archive, which is read in the archive's place; the location of the path itself for every other file.
    /// </summary>
    /// <param name="path">Full path.</param>
    /// <param name="execution">Cancellation, and how far compressed files may expand.</param>
    public static FileLocation Unwrap(string path, Execution? execution = null)
    {
        const int DeepestArchive = 2;
        var location = new FileLocation(path);
        for (var depth = 0; depth < DeepestArchive && ArchiveFile.IsArchive(ReadHead(location, ArchiveFile.MagicLength, execution)); depth++)
        {
            var names = Translating(location.ToString(), () =>
            {
                using var archive = ArchiveFile.Open(location, execution);
                return archive.Names.ToArray();
            });
            if (new ArchiveContent(names).OnlyDataFile is not { } name)
            {
                break;
            }

            location = new FileLocation(name, location);
        }

        return location;
    }

    /// <summary>Opens a file on disk for reading. Other programs may keep it open for writing, as spreadsheets and loggers do, and may rename or delete it.</summary>
    /// <param name="path">Full path.</param>
    public static FileStream OpenOnDisk(string path)
    {
        SpecialFile.ThrowIfSpecial(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 12, FileOptions.SequentialScan);
    }

    /// <summary>Reads a resource of this assembly as if it were a file.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="read">What to do with it.</param>
    public static TResult ReadResource<TResult>(string name, Func<InputFile, TResult> read)
    {
        using var file = Open(typeof(InputFile).Assembly.GetManifestResourceStream(name)!, new FileLocation(name), null);
        return read(file);
    }

    /// <summary>The first bytes of a file, decompressed; fewer if there are no more.</summary>
    public static byte[] ReadHead(string path, int count) => Read(path, file => file.ReadHead(count));

    /// <summary>The first bytes of a file, decompressed; fewer if there are no more.</summary>
    public static byte[] ReadHead(FileLocation location, int count, Execution? execution = null) => Read(location, file => file.ReadHead(count), execution);

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
        catch (Exception error) when (error is not N2DException and not OperationCanceledException and not OutOfMemoryException)
        {
            // Libraries throw plain exceptions at damaged files, IndexOutOfRangeException and NullReferenceException among them.
            throw new N2DException(
                "UnreadableFile",
                ErrorKind.InvalidData,
                $"'{path}' cannot be read: it is damaged, or uses a part of its format that is not supported. Download or copy it again, or save it in another format. ({error.GetType().Name}: {error.Message})",
                path,
                error);
        }
    }

    /// <summary>
    /// The bytes, decompressed, for formats that are read back and forth: what is compressed or comes out of an archive is unpacked into memory.
    /// </summary>
    /// <exception cref="N2DException">No array holds as many bytes (<c>DoesNotFitInMemory</c>).</exception>
    public Stream ToSeekable()
    {
        const int BlockLength = 1 << 20;
        if (Content.CanSeek)
        {
            return Content;
        }

        var copy = new MemoryStream();
        var block = new byte[BlockLength];
        for (int read; (read = Content.Read(block)) > 0;)
        {
            if (copy.Length + read > Array.MaxLength)
            {
                throw new N2DException(
                    "DoesNotFitInMemory", ErrorKind.OutOfResources, $"'{Name}' holds more than {MachineMemory.TextOf(Array.MaxLength)} decompressed, and its format has to be in memory as a whole. Decompress the file first.", FullPath);
            }

            copy.Write(block, 0, read);
        }

        copy.Position = 0;
        return copy;
    }

    /// <summary>The first bytes, decompressed; fewer if there are no more.</summary>
    /// <param name="count">How many.</param>
    public byte[] ReadHead(int count)
    {
        var head = new byte[count];
        return head[..Content.ReadAtLeast(head, count, throwOnEndOfStream: false)];
    }

    /// <summary>An error in what the file holds.</summary>
    /// <param name="id">The error's id.</param>
    /// <param name="message">What is wrong, where and what to do; the file's name is put before it.</param>
    /// <param name="options">The names of the options that the message names.</param>
    public N2DException Invalid(string id, InvariantText message, params string[] options) =>
        new(id, ErrorKind.InvalidData, $"'{Name}'{message.ToStringAndClear()}", FullPath) { Options = options };

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

    private static TResult Read<TResult>(FileLocation location, Func<InputFile, TResult> read, Execution? execution, bool isUnwrapped)
    {
        ThrowIfNoFile(location);
        return Translating(location.ToString(), () =>
        {
            if (location.Archive is null)
            {
                using var file = Open(OpenOnDisk(location.Path), location, execution);
                return read(file);
            }

            using var archive = ArchiveFile.Open(location.Archive, execution);
            using var member = Open(archive, location, execution, isUnwrapped);
            return read(member);
        });
    }

    private static InputFile Open(Stream raw, FileLocation location, Execution? execution)
    {
        try
        {
            var isGzip = IsGzip(raw, location);
            raw.Position = 0;
            return new InputFile(raw, location, isGzip, execution);
        }
        catch
        {
            raw.Dispose();
            throw;
        }
    }

    /// <summary>What comes out of an archive cannot be rewound, and is opened anew instead.</summary>
    private static InputFile Open(ArchiveFile archive, FileLocation location, Execution? execution, bool isUnwrapped)
    {
        using var peeked = archive.OpenMember(location.Path);
        return new InputFile(archive.OpenMember(location.Path), location, IsGzip(peeked, location), execution) { IsUnwrapped = isUnwrapped };
    }

    /// <summary>By the first two bytes of every gzip file (RFC 1952, 2.3.1); browsers and scripts often drop the extension.</summary>
    private static bool IsGzip(Stream raw, FileLocation location) => raw.Length == 0
        ? throw new N2DException("EmptyFile", ErrorKind.InvalidData, $"'{location}' is empty: 0 bytes.", location.ToString())
        : raw.ReadByte() == 0x1f && raw.ReadByte() == 0x8b;
}
