using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using N2D.Files;

namespace N2D.Serialization;

/// <summary>
/// Arrays in the safetensors format: eight bytes that tell the length of a JSON header, the header with each array's type, sizes and place, and
/// the arrays, row-major and little-endian. Nothing in such a file can run.
/// </summary>
/// <remarks>
/// An open file is one handle: header and arrays are of the same content even if another process replaces the file meanwhile, which the handle does not prevent.
/// </remarks>
internal sealed class SafetensorsFile : IDisposable
{
    private const int LengthBytes = 8;
    private const int Alignment = 8;

    /// <summary>What the format's own implementation allows.</summary>
    private const int LongestHeader = 100_000_000;

    /// <summary>Values that are read at once: bytes of more than an <see cref="int"/> tells do not go into one span.</summary>
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
        Metadata = header.Metadata.Where(text => !SafetensorsDigests.IsOne(text.Key)).ToDictionary();
        Sizes = header.Arrays.ToDictionary(entry => entry.Key, entry => entry.Value.Sizes);
    }

    /// <summary>Where it lies.</summary>
    public string Path => _source.Path;

    /// <summary>Its bytes.</summary>
    public long Length { get; }

    /// <summary>Texts by name, but the digests that the file is checked by.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The sizes of each array.</summary>
    public IReadOnlyDictionary<string, long[]> Sizes { get; }

    /// <summary>Writes a file, with digests by which it is checked when it is read.</summary>
    /// <param name="path">Full path; one that is there is replaced.</param>
    /// <param name="metadata">Texts by name.</param>
    /// <param name="arrays">The arrays; those of the largest values come first in the file, for each to lie at a multiple of its value's size.</param>
    /// <exception cref="N2DException">It cannot be written (<c>FileNotWritten</c>).</exception>
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

    /// <summary>Reads the header of a file and checks all that it says.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="remedy">What its user can do if it is damaged, a sentence for the errors.</param>
    /// <param name="options">The options that the remedy names.</param>
    /// <exception cref="N2DException">
    /// There is no such file (<c>FileNotFound</c>), it cannot be read (<c>ReadFailed</c>, <c>AccessDenied</c>), or it is no safetensors file or a damaged one
    /// (<c>CorruptSafetensors</c>).
    /// </exception>
    public static SafetensorsFile Open(string path, string remedy, params string[] options) => Reading(path, () =>
    {
        var source = new SafetensorsSource(path, remedy, options);
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var fileLength = RandomAccess.GetLength(handle);
            var header = ReadHeader(source, handle, fileLength);
            var firstByte = LengthBytes + header.Length;
            return new SafetensorsFile(source, handle, fileLength, SafetensorsHeader.Parse(source, header, firstByte, fileLength - firstByte));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    });

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    /// <summary>The error of a file that does not hold what it should.</summary>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="inner">The cause.</param>
    public N2DException Corrupt(string reason, Exception? inner = null) => _source.Corrupt(reason, inner);

    /// <summary>Reads an array of float32.</summary>
    /// <param name="name">Its name, one of <see cref="Sizes"/>.</param>
    /// <exception cref="N2DException">The file cannot be read (<c>ReadFailed</c>), or the array is of another type or not as it was written (<c>CorruptSafetensors</c>).</exception>
    public float[] Read(string name) => Read<float>(name);

    /// <summary>Reads an array.</summary>
    /// <param name="name">Its name, one of <see cref="Sizes"/>.</param>
    /// <typeparam name="T">The type of its values.</typeparam>
    /// <exception cref="N2DException">The file cannot be read (<c>ReadFailed</c>), or the array is of another type or not as it was written (<c>CorruptSafetensors</c>).</exception>
    public T[] Read<T>(string name)
        where T : unmanaged
    {
        var values = new T[EntryOf<T>(name).Length / ElementType.Of<T>().Size];
        ReadInto<T>(name, values);
        return values;
    }

    /// <summary>Reads an array into memory that is there.</summary>
    /// <param name="name">Its name, one of <see cref="Sizes"/>.</param>
    /// <param name="values">Takes its values, as many as it has.</param>
    /// <typeparam name="T">The type of its values.</typeparam>
    /// <exception cref="N2DException">The file cannot be read (<c>ReadFailed</c>), or the array is of another type or not as it was written (<c>CorruptSafetensors</c>).</exception>
    public void ReadInto<T>(string name, Memory<T> values)
        where T : unmanaged
    {
        var entry = EntryOf<T>(name);
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
            : throw _source.Corrupt($"array '{name}' is of type {entry.Type.Name}, and {ElementType.Of<T>().Name} is wanted");
    }

    private static byte[] HeaderOf(IReadOnlyDictionary<string, string> metadata, NamedArray[] arrays)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsHeader.MetadataName);
            json.WriteString(SafetensorsDigests.HeaderName, SafetensorsDigests.Blank);
            foreach (var (name, text) in metadata.Concat(arrays.Select(array => KeyValuePair.Create(SafetensorsDigests.NameOf(array.Name), SafetensorsDigests.Of(array)))))
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

        // Spaces up to a multiple of eight, so that arrays are aligned where the file is mapped.
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
        if (length > LongestHeader || length > (ulong)(fileLength - LengthBytes))
        {
            throw source.Corrupt($"its header is said to have {length} bytes, and the file has {fileLength}");
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
            bytes = count > 0 ? bytes[count..] : throw new EndOfStreamException($"It ends at byte {position}.");
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
            throw new N2DException("FileNotFound", ErrorKind.NotFound, $"There is no file '{path}'.", path, error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new N2DException("AccessDenied", ErrorKind.AccessDenied, $"'{path}' may not be read: {error.Message}", path, error);
        }
        catch (IOException error)
        {
            throw new N2DException("ReadFailed", ErrorKind.InvalidData, $"'{path}' cannot be read: {error.Message}", path, error);
        }
    }
}
