using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace N2D.Serialization;

/// <summary>
/// Arrays of float32 in the safetensors format: eight bytes that tell the length of a JSON header, the header with each array's type, sizes and place, and
/// the arrays, row-major and little-endian. Nothing in such a file can run.
/// </summary>
internal sealed class SafetensorsFile
{
    private const string MetadataName = "__metadata__";
    private const string FloatType = "F32";
    private const int LengthBytes = 8;
    private const int Alignment = 8;

    /// <summary>What the format's own implementation allows.</summary>
    private const int LongestHeader = 100_000_000;

    private readonly Dictionary<string, Entry> _entries;

    private SafetensorsFile(string path, IReadOnlyDictionary<string, string> metadata, Dictionary<string, Entry> entries)
    {
        Path = path;
        Metadata = metadata;
        _entries = entries;
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Texts by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The sizes of each array.</summary>
    public IReadOnlyDictionary<string, long[]> Sizes => _entries.ToDictionary(entry => entry.Key, entry => entry.Value.Sizes);

    /// <summary>Writes a file.</summary>
    /// <param name="path">Full path; one that is there is replaced.</param>
    /// <param name="metadata">Texts by name.</param>
    /// <param name="arrays">The arrays.</param>
    /// <exception cref="N2DException">It cannot be written (<c>FileNotWritten</c>).</exception>
    public static void Write(string path, IReadOnlyDictionary<string, string> metadata, IReadOnlyList<NamedArray> arrays) =>
        OutputFile.Write(path, stream =>
        {
            var header = HeaderOf(metadata, arrays);
            Span<byte> length = stackalloc byte[LengthBytes];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var array in arrays)
            {
                // Bytes lie in memory as in the file: .NET runs on no big-endian processor that libtorch runs on.
                stream.Write(MemoryMarshal.AsBytes(array.Values.Span));
            }
        });

    /// <summary>Reads the header of a file and checks all that it says.</summary>
    /// <param name="path">Full path.</param>
    /// <exception cref="N2DException">
    /// There is no such file (<c>FileNotFound</c>), it cannot be read (<c>ReadFailed</c>, <c>AccessDenied</c>), or it is no safetensors file or a damaged one
    /// (<c>CorruptSafetensors</c>).
    /// </exception>
    public static SafetensorsFile Open(string path) => Reading(path, stream =>
    {
        var data = ReadHeader(path, stream, out var header);
        try
        {
            using var document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8 });
            return Parse(path, document.RootElement, data, stream.Length - data);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw Corrupt(path, $"its header is not what it should be: {error.Message}", error);
        }
    });

    /// <summary>Reads an array.</summary>
    /// <param name="name">Its name, one of <see cref="Sizes"/>.</param>
    /// <exception cref="N2DException">The file cannot be read (<c>ReadFailed</c>).</exception>
    public float[] Read(string name)
    {
        var entry = _entries[name];
        return Reading(Path, stream =>
        {
            var values = new float[entry.Length / sizeof(float)];
            stream.Position = entry.Position;
            stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        });
    }

    private static byte[] HeaderOf(IReadOnlyDictionary<string, string> metadata, IReadOnlyList<NamedArray> arrays)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataName);
            foreach (var (name, text) in metadata)
            {
                json.WriteString(name, text);
            }

            json.WriteEndObject();
            var offset = 0L;
            foreach (var array in arrays)
            {
                json.WriteStartObject(array.Name);
                json.WriteString("dtype", FloatType);
                WriteNumbers(json, "shape", array.Sizes);
                WriteNumbers(json, "data_offsets", [offset, offset += sizeof(float) * (long)array.Values.Length]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Spaces up to a multiple of eight, so that arrays are aligned where the file is mapped.
        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
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

    /// <summary>Reads the header's bytes; the first of the arrays' is where it ends.</summary>
    private static long ReadHeader(string path, FileStream stream, out byte[] header)
    {
        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        if (stream.Length < LengthBytes)
        {
            throw Corrupt(path, $"it has only {stream.Length} bytes");
        }

        stream.ReadExactly(lengthBytes);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > LongestHeader || length > (ulong)(stream.Length - LengthBytes))
        {
            throw Corrupt(path, $"its header is said to have {length} bytes, and the file has {stream.Length}");
        }

        header = new byte[length];
        stream.ReadExactly(header);
        return LengthBytes + (long)length;
    }

    private static SafetensorsFile Parse(string path, JsonElement root, long firstByte, long byteCount)
    {
        var metadata = new Dictionary<string, string>();
        var entries = new Dictionary<string, Entry>();
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == MetadataName)
            {
                foreach (var text in property.Value.EnumerateObject())
                {
                    metadata[text.Name] = text.Value.GetString() ?? throw Corrupt(path, $"its metadata '{text.Name}' is no text");
                }
            }
            else if (!entries.TryAdd(property.Name, ParseEntry(path, property, firstByte, byteCount)))
            {
                throw Corrupt(path, $"array '{property.Name}' is in it twice");
            }
        }

        ThrowIfNotWhole(path, entries, firstByte, byteCount);
        return new SafetensorsFile(path, metadata, entries);
    }

    private static Entry ParseEntry(string path, JsonProperty property, long firstByte, long byteCount)
    {
        var type = property.Value.GetProperty("dtype").GetString();
        if (type != FloatType)
        {
            throw Corrupt(path, $"array '{property.Name}' is of type {type}; only {FloatType} is read here");
        }

        long[] sizes = [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        long[] offsets = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] > byteCount)
        {
            throw Corrupt(path, $"array '{property.Name}' is said to lie at bytes {string.Join(" to ", offsets)} of {byteCount}");
        }

        var length = offsets[1] - offsets[0];
        if (sizes.Any(size => size < 0) || !TryCountBytes(sizes, out var expected) || expected != length)
        {
            throw Corrupt(path, $"array '{property.Name}' of sizes {string.Join(" x ", sizes)} is said to have {length} bytes");
        }

        return length / sizeof(float) <= Array.MaxLength
            ? new Entry(sizes, firstByte + offsets[0], length)
            : throw Corrupt(path, $"array '{property.Name}' has {length} bytes, more than are read here");
    }

    private static bool TryCountBytes(long[] sizes, out long bytes)
    {
        try
        {
            bytes = sizes.Aggregate((long)sizeof(float), (product, size) => checked(product * size));
            return true;
        }
        catch (OverflowException)
        {
            bytes = 0;
            return false;
        }
    }

    /// <summary>The format wants the arrays to fill the file: no hole to hide something in, no bytes of two arrays.</summary>
    private static void ThrowIfNotWhole(string path, Dictionary<string, Entry> entries, long firstByte, long byteCount)
    {
        var end = firstByte;
        foreach (var entry in entries.Values.OrderBy(entry => entry.Position).ThenBy(entry => entry.Length))
        {
            if (entry.Position != end)
            {
                throw Corrupt(path, $"its arrays overlap or leave a hole at byte {end}");
            }

            end += entry.Length;
        }

        if (end != firstByte + byteCount)
        {
            throw Corrupt(path, $"its arrays have {end - firstByte} bytes, and the file has {byteCount} for them");
        }
    }

    private static T Reading<T>(string path, Func<FileStream, T> read)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return read(stream);
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

    private static N2DException Corrupt(string path, string reason, Exception? inner = null) =>
        new("CorruptSafetensors", ErrorKind.InvalidData, $"'{path}' is no safetensors file, or a damaged one: {reason}.", path, inner);

    private sealed record Entry(long[] Sizes, long Position, long Length);
}

/// <summary>An array to write.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sizes">Its sizes.</param>
/// <param name="Values">Its values, row-major.</param>
internal sealed record NamedArray(string Name, long[] Sizes, ReadOnlyMemory<float> Values);
