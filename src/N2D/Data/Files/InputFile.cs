using System.Buffers.Binary;
using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.GZip;
using N2D.Files;

namespace N2D.Data;

/// <summary>
/// An open input file. Gzip files are decompressed, whatever their names. Exceptions of the system are converted to
/// <see cref="N2DException"/>.
/// </summary>
internal sealed class InputFile : IDisposable
{
    private const int DecompressionBufferSize = 1 << 16;

    /// <summary>
    /// The maximum expansion of a deflate stream (RFC 1951: 258 bytes from 2 bits). A header that specifies more content is wrong.
    /// </summary>
    private const long MaxExpansion = 1032;

    private readonly Stream _raw;
    private readonly FileLocation _location;
    private readonly bool _isGzip;

    private InputFile(Stream raw, FileLocation location, bool isGzip, Execution? execution)
    {
        _raw = raw;
        _location = location;
        _isGzip = isGzip;

        // GZipStream treats a truncated file as complete, so rows would be missing without an error. GZipInputStream is slower (60 MB/s)
        // and reports it.
        Content = isGzip
            ? new BoundedStream(
                new GZipInputStream(raw, DecompressionBufferSize), raw.Length, location.ToString(), execution ?? Execution.Default)
            : raw is MemberStream ? new BoundedStream(raw, long.MaxValue, location.ToString(), execution ?? Execution.Default)
            : raw;
    }

    /// <summary>The decompressed content.</summary>
    public Stream Content { get; }

    /// <summary>The location of the file, on disk or in an archive.</summary>
    public FileLocation Location => _location;

    /// <summary>The location as text, which is the target of errors.</summary>
    public string FullPath => _location.ToString();

    /// <summary>The name of the file in messages.</summary>
    public string Name => _location.Name;

    /// <summary>
    /// Whether the bytes on disk differ from <see cref="Content"/>: the file is compressed with gzip, or in a zip archive.
    /// </summary>
    public bool IsCompressed => _isGzip || IsUnwrapped;

    /// <summary>Whether the file is the only data file of a zip archive and was opened instead of the archive.</summary>
    public bool IsUnwrapped { get; private init; }

    /// <summary>The length on disk or in the archive, in bytes.</summary>
    public long LengthOnDisk => _raw.Length;

    /// <summary>The upper bound of the decompressed length in bytes. Headers are checked against it before memory is allocated.</summary>
    public long LargestContent => _isGzip ? LengthOnDisk * MaxExpansion : LengthOnDisk;

    /// <summary>The fraction of the file that has been read, 0 to 1.</summary>
    public double Fraction => (double)_raw.Position / Math.Max(1, _raw.Length);

    /// <summary>The length and the CRC-32 of the content as listed in the archive; null for a file that is not in an archive.</summary>
    public (long Size, uint Crc32)? Listed => _raw is MemberStream member ? (member.Length, member.Crc32) : null;

    /// <summary>
    /// The length and the CRC-32 in the trailer of a gzip file (RFC 1952, 2.3.1), of the last member if there are several; null if they are
    /// not available. The position does not change.
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

    /// <summary>Opens a file, reads it and closes it. For a zip archive with a single data file, reads that file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="read">Reads from the open file.</param>
    /// <param name="execution">Cancellation, and the limit for the expansion of compressed files.</param>
    /// <exception cref="N2DException">
    /// The file is missing (<c>FileNotFound</c>), a folder (<c>FolderGiven</c>), a pipe or a device (<c>NotAFile</c>), empty
    /// (<c>EmptyFile</c>), not readable (<c>AccessDenied</c>, <c>ReadFailed</c>, <c>UnreadableFile</c>), damaged (<c>CorruptGzip</c>,
    /// <c>CorruptArchive</c>), encrypted (<c>EncryptedArchive</c>), or expands too much (<c>ExpandsTooMuch</c>).
    /// </exception>
    public static TResult Read<TResult>(string path, Func<InputFile, TResult> read, Execution? execution = null) =>
        Read(Unwrap(path, execution), read, execution, isUnwrapped: true);

    /// <summary>Opens a file on disk or in an archive, reads it and closes it.</summary>
    /// <param name="location">The location of the file.</param>
    /// <param name="read">Reads from the open file.</param>
    /// <param name="execution">Cancellation, and the limit for the expansion of compressed files.</param>
    /// <exception cref="N2DException">The file cannot be read. The ids are the same as for a path.</exception>
    public static TResult Read<TResult>(FileLocation location, Func<InputFile, TResult> read, Execution? execution = null) =>
        Read(location, read, execution, isUnwrapped: false);

    /// <summary>Returns the location of the only data file in a zip archive; for any other file, its own location.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="execution">Cancellation, and the limit for the expansion of compressed files.</param>
    public static FileLocation Unwrap(string path, Execution? execution = null)
    {
        const int MaxArchiveDepth = 2;
        var location = new FileLocation(path);
        for (var depth = 0; depth < MaxArchiveDepth
            && ArchiveFile.IsArchive(ReadHead(location, ArchiveFile.MagicLength, execution)); depth++)
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

    /// <summary>Opens a file on disk for reading (see <see cref="SharedFile"/>).</summary>
    /// <param name="path">Full path.</param>
    public static FileStream OpenOnDisk(string path)
    {
        SpecialFile.ThrowIfSpecial(path);
        return SharedFile.Open(path);
    }

    /// <summary>Opens a file on disk that is read more than once (see <see cref="SharedFile.OpenForRereading"/>).</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="IOException">On Windows: another program has the file open for writing.</exception>
    public static FileStream OpenForRereading(string path)
    {
        SpecialFile.ThrowIfSpecial(path);
        return SharedFile.OpenForRereading(path);
    }

    /// <summary>Reads a resource of this assembly like a file.</summary>
    /// <param name="name">The name of the resource.</param>
    /// <param name="read">Reads from the resource.</param>
    public static TResult ReadResource<TResult>(string name, Func<InputFile, TResult> read)
    {
        using var file = Open(typeof(InputFile).Assembly.GetManifestResourceStream(name)!, new FileLocation(name), null);
        return read(file);
    }

    /// <summary>Reads the first decompressed bytes of a file; fewer if the file is shorter.</summary>
    public static byte[] ReadHead(string path, int count) => Read(path, file => file.ReadHead(count));

    /// <summary>Reads the first decompressed bytes of a file; fewer if the file is shorter.</summary>
    public static byte[] ReadHead(FileLocation location, int count, Execution? execution = null) =>
        Read(location, file => file.ReadHead(count), execution);

    /// <summary>Runs work on a file and converts exceptions of the system to errors of this library.</summary>
    internal static TResult Translating<TResult>(string path, Func<TResult> work)
    {
        try
        {
            return work();
        }
        catch (UnauthorizedAccessException error)
        {
            throw new N2DException(
                "AccessDenied",
                ErrorKind.AccessDenied,
                $"You do not have permission to read '{path}'. Ask its owner for permission or for a copy.",
                path,
                error);
        }
        catch (Exception error) when (error is SharpZipBaseException or EndOfStreamException)
        {
            throw new N2DException(
                "CorruptGzip",
                ErrorKind.InvalidData,
                $"'{path}' is damaged: it starts like a gzip file, but cannot be decompressed to its end. Download or copy it again.",
                path,
                error);
        }
        catch (InvalidDataException error)
        {
            throw new N2DException(
                "CorruptArchive",
                ErrorKind.InvalidData,
                $"'{path}' is damaged: {error.Message} Download or copy the archive again.",
                path,
                error);
        }
        catch (IOException error)
        {
            throw new N2DException("ReadFailed", ErrorKind.InvalidData, $"'{path}' cannot be read: {error.Message}", path, error);
        }
        catch (Exception error) when (error is not N2DException and not OperationCanceledException and not OutOfMemoryException)
        {
            // For damaged files, libraries throw unspecific exceptions such as IndexOutOfRangeException and NullReferenceException.
            throw new N2DException(
                "UnreadableFile",
                ErrorKind.InvalidData,
                $"'{path}' cannot be read: it is damaged, or uses an unsupported feature of its format. "
                    + $"Download or copy it again, or save it in another format. ({error.GetType().Name}: {error.Message})",
                path,
                error);
        }
    }

    /// <summary>
    /// Returns a seekable stream of the decompressed content, for formats that need random access. Compressed and archived files are
    /// decompressed into memory.
    /// </summary>
    /// <exception cref="N2DException">The content exceeds the maximum length of an array (<c>DoesNotFitInMemory</c>).</exception>
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
                    "DoesNotFitInMemory",
                    ErrorKind.OutOfResources,
                    $"'{Name}' has more than {MachineMemory.TextOf(Array.MaxLength)} decompressed, which cannot be held in memory. "
                        + "Decompress the file first.",
                    FullPath);
            }

            copy.Write(block, 0, read);
        }

        copy.Position = 0;
        return copy;
    }

    /// <summary>Reads the first decompressed bytes; fewer if the file is shorter.</summary>
    /// <param name="count">The number of bytes.</param>
    public byte[] ReadHead(int count)
    {
        var head = new byte[count];
        return head[..Content.ReadAtLeast(head, count, throwOnEndOfStream: false)];
    }

    /// <summary>Creates an error about the content of the file.</summary>
    /// <param name="id">The error's id.</param>
    /// <param name="message">What is wrong, where, and what to do. The file name is prepended.</param>
    /// <param name="options">The names of the options in the message.</param>
    public N2DException Invalid(string id, InvariantText message, params string[] options) =>
        new(id, ErrorKind.InvalidData, $"'{Name}'{message.ToStringAndClear()}", FullPath) { Options = options };

    /// <inheritdoc/>
    public void Dispose()
    {
        Content.Dispose();
        _raw.Dispose();
    }

    /// <summary>Creates the error for a folder in place of a file.</summary>
    /// <param name="path">Full path.</param>
    public static N2DException FolderGiven(string path) =>
        new(
            "FolderGiven",
            ErrorKind.InvalidArgument,
            $"'{path}' is a folder. Use a file in it, such as '{Path.Combine(path, "*.csv")}'.",
            path);

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
            throw new N2DException(
                "FileNotFound", ErrorKind.NotFound, $"There is no file '{path}'. Check the spelling and the current folder.", path);
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

    /// <summary>Opens a file in an archive. It is opened twice, because it cannot be rewound after the first bytes.</summary>
    private static InputFile Open(ArchiveFile archive, FileLocation location, Execution? execution, bool isUnwrapped)
    {
        using var peeked = archive.OpenMember(location.Path);
        return new InputFile(archive.OpenMember(location.Path), location, IsGzip(peeked, location), execution)
        { IsUnwrapped = isUnwrapped };
    }

    /// <summary>
    /// Checks the magic number of gzip (RFC 1952, 2.3.1) instead of the extension, which browsers and scripts often drop.
    /// </summary>
    private static bool IsGzip(Stream raw, FileLocation location) => raw.Length == 0
        ? throw new N2DException(
            "EmptyFile",
            ErrorKind.InvalidData,
            $"'{location}' is empty (0 bytes). Download or copy it again.",
            location.ToString())
        : raw.ReadByte() == 0x1f && raw.ReadByte() == 0x8b;
}
