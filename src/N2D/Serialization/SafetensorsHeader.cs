using System.Text.Json;

namespace N2D.Serialization;

/// <summary>
/// The header of a safetensors file. Every type, size and position is checked against the file before memory is allocated.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The header field with the metadata.</summary>
    public const string MetadataName = "__metadata__";

    /// <summary>The nesting of the header, an array and its sizes.</summary>
    private const int MaxDepth = 3;

    /// <summary>The maximum number of dimensions.</summary>
    private const int MaxRank = 8;

    private readonly Dictionary<string, string> _metadata = [];
    private readonly Dictionary<string, ArrayEntry> _arrays = [];

    private SafetensorsHeader()
    {
    }

    /// <summary>The metadata texts by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>The arrays by name.</summary>
    public IReadOnlyDictionary<string, ArrayEntry> Arrays => _arrays;

    /// <summary>Parses and validates a header.</summary>
    /// <param name="source">The source of the header, for errors.</param>
    /// <param name="json">The header.</param>
    /// <param name="firstByte">The position of the first byte after the header.</param>
    /// <param name="byteCount">The number of bytes from there to the end of the file.</param>
    /// <exception cref="N2DException">The header is not valid (<c>CorruptSafetensors</c>).</exception>
    public static SafetensorsHeader Parse(SafetensorsSource source, ReadOnlyMemory<byte> json, long firstByte, long byteCount)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
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
                    throw source.Corrupt("the header contains the metadata twice");
                }
                else
                {
                    header.AddMetadata(source, property.Value);
                    hasMetadata = true;
                }
            }

            header.ThrowIfNotContiguous(source, firstByte, byteCount);
            return SafetensorsDigests.IsIntact(json.Span, header._metadata) ? header : throw source.Changed("the header");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw source.Corrupt($"the header is not valid{PlaceOf(error)}", error);
        }
    }

    private static string PlaceOf(Exception error) =>
        error is JsonException { BytePositionInLine: { } place, LineNumber: { } line } ? $" (line {line + 1}, byte {place + 1})" : "";

    private void AddMetadata(SafetensorsSource source, JsonElement metadata)
    {
        foreach (var text in metadata.EnumerateObject())
        {
            if (!_metadata.TryAdd(text.Name, text.Value.GetString() ?? throw source.Corrupt($"the metadata '{text.Name}' is not text")))
            {
                throw source.Corrupt($"the header contains the metadata '{text.Name}' twice");
            }
        }
    }

    private void AddArray(SafetensorsSource source, JsonProperty property, long firstByte, long byteCount)
    {
        var typeName = property.Value.GetProperty("dtype").GetString();
        var type = ElementType.Find(typeName)
            ?? throw source.Corrupt($"array '{property.Name}' has type {typeName}; only {ElementType.Names} are supported");
        var sizes = NumbersOf(source, property, "shape", MaxRank);
        var offsets = NumbersOf(source, property, "data_offsets", MaxRank);
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] > byteCount)
        {
            throw source.Corrupt($"array '{property.Name}' has the invalid position {string.Join(" to ", offsets)} in {byteCount} bytes");
        }

        var length = offsets[1] - offsets[0];
        if (sizes.Any(size => size < 0) || !TryCountBytes(sizes, type, out var expected) || expected != length)
        {
            throw source.Corrupt($"array '{property.Name}' has sizes {string.Join(" x ", sizes)}, which do not match its {length} bytes");
        }

        if (length / type.Size > Array.MaxLength)
        {
            throw source.Corrupt($"array '{property.Name}' has {length} bytes, which is more than an array can hold");
        }

        if (!_arrays.TryAdd(property.Name, new ArrayEntry(type, sizes, firstByte + offsets[0], length)))
        {
            throw source.Corrupt($"the header contains array '{property.Name}' twice");
        }
    }

    private static long[] NumbersOf(SafetensorsSource source, JsonProperty array, string name, int most)
    {
        var numbers = array.Value.GetProperty(name);
        return numbers.GetArrayLength() <= most
            ? [.. numbers.EnumerateArray().Select(number => number.GetInt64())]
            : throw source.Corrupt($"the {name} of array '{array.Name}' has {numbers.GetArrayLength()} numbers; the limit is {most}");
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

    /// <summary>
    /// Checks that the arrays fill the file without gaps and overlaps, as the format requires. Hidden data is not possible.
    /// </summary>
    private void ThrowIfNotContiguous(SafetensorsSource source, long firstByte, long byteCount)
    {
        var end = firstByte;
        foreach (var entry in _arrays.Values.OrderBy(entry => entry.Position).ThenBy(entry => entry.Length))
        {
            if (entry.Position != end)
            {
                throw source.Corrupt($"the arrays overlap or leave a gap at byte {end}");
            }

            end += entry.Length;
        }

        if (end != firstByte + byteCount)
        {
            throw source.Corrupt($"the arrays have {end - firstByte} bytes, but the file has {byteCount} for them");
        }
    }
}

/// <summary>The type, sizes and position of an array in a file.</summary>
/// <param name="Type">The element type.</param>
/// <param name="Sizes">The size of each dimension.</param>
/// <param name="Position">The position of the first byte in the file.</param>
/// <param name="Length">The length in bytes.</param>
internal sealed record ArrayEntry(ElementType Type, long[] Sizes, long Position, long Length);
