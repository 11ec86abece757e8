using System.Text.Json;

namespace N2D.Serialization;

/// <summary>
/// What a safetensors file says of itself. Nothing of it is believed: every type, size and place is checked against the file before memory is taken for anything.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The member of the header that is no array.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>The header, an array, its sizes: nothing lies deeper.</summary>
    private const int DeepestLevel = 3;

    /// <summary>More sizes than any array has.</summary>
    private const int HighestRank = 8;

    private readonly Dictionary<string, string> _metadata = [];
    private readonly Dictionary<string, ArrayEntry> _arrays = [];

    private SafetensorsHeader()
    {
    }

    /// <summary>Texts by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>The arrays by name.</summary>
    public IReadOnlyDictionary<string, ArrayEntry> Arrays => _arrays;

    /// <summary>Reads a header and checks all that it says.</summary>
    /// <param name="source">Where it is from, for errors.</param>
    /// <param name="json">Its bytes.</param>
    /// <param name="firstByte">The file's first byte after it.</param>
    /// <param name="byteCount">The bytes from there to the file's end.</param>
    /// <exception cref="N2DException">Something in it cannot be (<c>CorruptSafetensors</c>).</exception>
    public static SafetensorsHeader Parse(SafetensorsSource source, ReadOnlyMemory<byte> json, long firstByte, long byteCount)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DeepestLevel });
            var header = new SafetensorsHeader();
            var hasMetadata = false;
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Name != MetadataName)
                {
                    header.AddArray(source, property, firstByte, byteCount);
                }
                else if (hasMetadata)
                {
                    throw source.Corrupt("its metadata are in it twice");
                }
                else
                {
                    header.AddMetadata(source, property.Value);
                    hasMetadata = true;
                }
            }

            header.ThrowIfNotWhole(source, firstByte, byteCount);
            return SafetensorsDigests.IsIntact(json.Span, header._metadata) ? header : throw source.Changed("its header");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw source.Corrupt($"its header is not what the format has there{PlaceOf(error)}", error);
        }
    }

    private static string PlaceOf(Exception error) =>
        error is JsonException { BytePositionInLine: { } place, LineNumber: { } line } ? $" (line {line + 1}, byte {place + 1})" : "";

    private void AddMetadata(SafetensorsSource source, JsonElement metadata)
    {
        foreach (var text in metadata.EnumerateObject())
        {
            if (!_metadata.TryAdd(text.Name, text.Value.GetString() ?? throw source.Corrupt($"its metadata '{text.Name}' is no text")))
            {
                throw source.Corrupt($"its metadata '{text.Name}' is in it twice");
            }
        }
    }

    private void AddArray(SafetensorsSource source, JsonProperty property, long firstByte, long byteCount)
    {
        var typeName = property.Value.GetProperty("dtype").GetString();
        var type = ElementType.Find(typeName)
            ?? throw source.Corrupt($"array '{property.Name}' is of type {typeName}; only {ElementType.Names} are read here");
        var sizes = NumbersOf(source, property, "shape", HighestRank);
        var offsets = NumbersOf(source, property, "data_offsets", HighestRank);
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] > byteCount)
        {
            throw source.Corrupt($"array '{property.Name}' is said to lie at bytes {string.Join(" to ", offsets)} of {byteCount}");
        }

        var length = offsets[1] - offsets[0];
        if (sizes.Any(size => size < 0) || !TryCountBytes(sizes, type, out var expected) || expected != length)
        {
            throw source.Corrupt($"array '{property.Name}' of sizes {string.Join(" x ", sizes)} is said to have {length} bytes");
        }

        if (length / type.Size > Array.MaxLength)
        {
            throw source.Corrupt($"array '{property.Name}' has {length} bytes, more than are read here");
        }

        if (!_arrays.TryAdd(property.Name, new ArrayEntry(type, sizes, firstByte + offsets[0], length)))
        {
            throw source.Corrupt($"array '{property.Name}' is in it twice");
        }
    }

    private static long[] NumbersOf(SafetensorsSource source, JsonProperty array, string name, int most)
    {
        var numbers = array.Value.GetProperty(name);
        return numbers.GetArrayLength() <= most
            ? [.. numbers.EnumerateArray().Select(number => number.GetInt64())]
            : throw source.Corrupt($"array '{array.Name}' has {numbers.GetArrayLength()} numbers as its {name}; at most {most} are read here");
    }

    private static bool TryCountBytes(long[] sizes, ElementType type, out long bytes)
    {
        try
        {
            bytes = sizes.Aggregate((long)type.Size, (product, size) => checked(product * size));
            return true;
        }
        catch (OverflowException)
        {
            bytes = 0;
            return false;
        }
    }

    /// <summary>The format wants the arrays to fill the file: no hole to hide something in, no bytes of two arrays.</summary>
    private void ThrowIfNotWhole(SafetensorsSource source, long firstByte, long byteCount)
    {
        var end = firstByte;
        foreach (var entry in _arrays.Values.OrderBy(entry => entry.Position).ThenBy(entry => entry.Length))
        {
            if (entry.Position != end)
            {
                throw source.Corrupt($"its arrays overlap or leave a hole at byte {end}");
            }

            end += entry.Length;
        }

        if (end != firstByte + byteCount)
        {
            throw source.Corrupt($"its arrays have {end - firstByte} bytes, and the file has {byteCount} for them");
        }
    }
}

/// <summary>Where an array lies in a file.</summary>
/// <param name="Type">The type of its values.</param>
/// <param name="Sizes">Its sizes.</param>
/// <param name="Position">Its first byte in the file.</param>
/// <param name="Length">Its bytes.</param>
internal sealed record ArrayEntry(ElementType Type, long[] Sizes, long Position, long Length);
