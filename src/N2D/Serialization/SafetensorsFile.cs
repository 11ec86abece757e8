using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using N2D.Files;

namespace N2D.Serialization;

/// <summary>
/// Reads and writes safetensors files: the length of the header in eight bytes, a JSON header with the type, sizes and position of each
/// array, and the arrays in row-major order and little-endian. Such a file cannot contain code.
/// </summary>
/// <remarks>
/// An open file uses a single handle. If another process replaces the file, the header and the arrays still come from the same content.
/// </remarks>
internal sealed class SafetensorsFile : IDisposable
{
    private const int LengthBytes = 8;
    private const int Alignment = 8;

    /// <summary>The limit of the reference implementation.</summary>
    private const int MaxHeaderLength = 100_000_000;

    /// <summary>The maximum number of values in one read, because a span of bytes is limited to the range of <see cref="int"/>.</summary>
    private const int ValuesPerRead = 1 << 20;

    private readonly SafetensorsSource _source;
    private readonly SafeFileHandle _handle;
    private readonly SafetensorsHeader _header;

    private SafetensorsFile(SafetensorsSource source, SafeFileHandle handle, long length, SafetensorsHeader header)
    {
        _source = source;
        _handle = handle;
        Length = length;
        _header = header;
        Metadata = header.Metadata.Where(text => !SafetensorsDigests.IsDigestName(text.Key)).ToDictionary();
        Sizes = header.Arrays.ToDictionary(entry => entry.Key, entry => entry.Value.Sizes);
    }

    /// <summary>The full path.</summary>
    public string Path => _source.Path;

    /// <summary>The length in bytes.</summary>
    public long Length { get; }

    /// <summary>The metadata texts by name, without the digests.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The sizes of each array by name.</summary>
    public IReadOnlyDictionary<string, long[]> Sizes { get; }

    /// <summary>Writes a file with digests.</summary>
    /// <param name="path">Full path. An existing file is replaced.</param>
    /// <param name="metadata">The metadata texts by name.</param>
    /// <param name="arrays">The arrays. They are written by decreasing element size, so that all are aligned.</param>
    /// <exception cref="N2DException">The file cannot be written (<c>FileNotWritten</c>).</exception>
    public static void Write(string path, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<NamedArray> arrays)
    {
        NamedArray[] ordered = [.. arrays.OrderByDescending(array => array.Type.Size)];
        var header = HeaderOf(metadata, ordered);
        OutputFile.Write(
            path,
            stream =>
            {
                Span<byte> length = stackalloc byte[LengthBytes];
                BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
                stream.Write(length);
                stream.Write(header);
                foreach (var array in ordered)
                {
                    array.WriteTo(stream);
                }
            },
            LengthBytes + header.Length + ordered.Sum(array => array.ByteCount));
    }

    /// <summary>Opens a file, and reads and validates its header.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="remedy">What the user can do if the file is damaged, as a sentence for errors.</param>
    /// <param name="options">The options that the remedy names.</param>
    /// <exception cref="N2DException">
    /// The file does not exist (<c>FileNotFound</c>), cannot be read (<c>ReadFailed</c>, <c>AccessDenied</c>), or is not a safetensors file
    /// or damaged (<c>CorruptSafetensors</c>).
    /// </exception>
    public static SafetensorsFile Open(string path, string remedy, params string[] options) => Reading(path, () =>
    {
        var source = new SafetensorsSource(path, remedy, options);
        var handle = SharedFile.OpenHandle(path);
        try
        {
            var fileLength = RandomAccess.GetLength(handle);
            var header = ReadHeader(source, handle, fileLength);
            var firstByte = LengthBytes + header.Length;
            return new SafetensorsFile(
                source, handle, fileLength, SafetensorsHeader.Parse(source, header, firstByte, fileLength - firstByte));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    });

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    /// <summary>Creates the error for invalid content.</summary>
    /// <param name="reason">What is wrong.</param>
    /// <param name="inner">The cause.</param>
    public N2DException Corrupt(string reason, Exception? inner = null) => _source.Corrupt(reason, inner);

    /// <summary>Reads an array of float32.</summary>
    /// <param name="name">The name, one of <see cref="Sizes"/>.</param>
    /// <exception cref="N2DException">
    /// The file cannot be read (<c>ReadFailed</c>), or the array has another type or does not match its digest (<c>CorruptSafetensors</c>).
    /// </exception>
    public float[] Read(string name) => Read<float>(name);

    /// <summary>Reads an array.</summary>
    /// <param name="name">The name, one of <see cref="Sizes"/>.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <exception cref="N2DException">
    /// The file cannot be read (<c>ReadFailed</c>), or the array has another type or does not match its digest (<c>CorruptSafetensors</c>).
    /// </exception>
    public T[] Read<T>(string name)
        where T : unmanaged
    {
        var values = new T[EntryOf<T>(name).Length / ElementType.Of<T>().Size];
        ReadInto<T>(name, values);
        return values;
    }

    /// <summary>Reads an array into existing memory.</summary>
    /// <param name="name">The name, one of <see cref="Sizes"/>.</param>
    /// <param name="values">Receives all values of the array.</param>
    /// <typeparam name="T">The element type.</typeparam>
    /// <exception cref="N2DException">
    /// The file cannot be read (<c>ReadFailed</c>), or the array has another type or does not match its digest (<c>CorruptSafetensors</c>).
    /// </exception>
    public void ReadInto<T>(string name, Memory<T> values)
        where T : unmanaged
    {
        var entry = EntryOf<T>(name);
        Debug.Assert(values.Length == entry.Length / ElementType.Of<T>().Size, "The memory has the length of the array.");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var digest = _header.Metadata.GetValueOrDefault(SafetensorsDigests.NameOf(name));
        Reading(Path, () =>
        {
            var position = entry.Position;
            for (var left = values.Span; !left.IsEmpty; left = left[Math.Min(ValuesPerRead, left.Length)..])
            {
                var bytes = MemoryMarshal.AsBytes(left[..Math.Min(ValuesPerRead, left.Length)]);
                ReadExactly(_handle, bytes, position);
                position += bytes.Length;
                if (digest is not null)
                {
                    hash.AppendData(bytes);
                }
            }

            return values.Length;
        });
        if (digest is not null && SafetensorsDigests.TextOf(hash.GetHashAndReset()) != digest)
        {
            throw _source.Changed($"array '{name}'");
        }
    }

    private ArrayEntry EntryOf<T>(string name)
        where T : unmanaged
    {
        var entry = _header.Arrays[name];
        return entry.Type == ElementType.Of<T>()
            ? entry
            : throw _source.Corrupt($"array '{name}' has type {entry.Type.Name} instead of {ElementType.Of<T>().Name}");
    }

    private static byte[] HeaderOf(IReadOnlyDictionary<string, string> metadata, NamedArray[] arrays)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsHeader.MetadataName);
            json.WriteString(SafetensorsDigests.HeaderName, SafetensorsDigests.Blank);
            foreach (var (name, text) in metadata.Concat(
                arrays.Select(array => KeyValuePair.Create(SafetensorsDigests.NameOf(array.Name), SafetensorsDigests.Of(array)))))
            {
                json.WriteString(name, text);
            }

            json.WriteEndObject();
            var offset = 0L;
            foreach (var array in arrays)
            {
                json.WriteStartObject(array.Name);
                json.WriteString("dtype", array.Type.Name);
                WriteNumbers(json, "shape", array.Sizes);
                WriteNumbers(json, "data_offsets", [offset, offset += array.ByteCount]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Padding aligns the arrays, also in a memory-mapped file.
        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        var header = buffer.ToArray();
        SafetensorsDigests.Seal(header);
        return header;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static byte[] ReadHeader(SafetensorsSource source, SafeFileHandle handle, long fileLength)
    {
        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        if (fileLength < LengthBytes)
        {
            throw source.Corrupt($"it has only {fileLength} bytes");
        }

        ReadExactly(handle, lengthBytes, 0);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > MaxHeaderLength || length > (ulong)(fileLength - LengthBytes))
        {
            throw source.Corrupt($"the header should have {length} bytes, but the file has {fileLength}");
        }

        var header = new byte[length];
        ReadExactly(handle, header, LengthBytes);
        return header;
    }

    private static void ReadExactly(SafeFileHandle handle, Span<byte> bytes, long position)
    {
        while (!bytes.IsEmpty)
        {
            var count = RandomAccess.Read(handle, bytes, position);
            bytes = count > 0 ? bytes[count..] : throw new EndOfStreamException($"The file ends at byte {position}.");
            position += count;
        }
    }

    private static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new N2DException(
                "FileNotFound", ErrorKind.NotFound, $"There is no file '{path}'. Check the spelling and the current folder.", path, error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new N2DException("AccessDenied", ErrorKind.AccessDenied, $"'{path}' cannot be read: {error.Message}", path, error);
        }
        catch (IOException error)
        {
            throw new N2DException("ReadFailed", ErrorKind.InvalidData, $"'{path}' cannot be read: {error.Message}", path, error);
        }
    }
}
