using System.Runtime.InteropServices;

namespace N2D.Serialization;

/// <summary>An array to write into a safetensors file.</summary>
internal sealed class NamedArray
{
    /// <summary>The maximum number of values in one write, because a span of bytes is limited to the range of <see cref="int"/>.</summary>
    private const int ValuesPerWrite = 1 << 20;

    private readonly Action<Stream> _write;

    private NamedArray(string name, long[] sizes, ElementType type, long count, Action<Stream> write)
    {
        Name = name;
        Sizes = sizes;
        Type = type;
        ByteCount = count * type.Size;
        _write = write;
    }

    /// <summary>Creates an array of float32.</summary>
    /// <param name="name">The name.</param>
    /// <param name="sizes">The size of each dimension.</param>
    /// <param name="values">The values in row-major order.</param>
    public NamedArray(string name, long[] sizes, ReadOnlyMemory<float> values)
        : this(name, sizes, ElementType.Of<float>(), values.Length, stream => Write(stream, values))
    {
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The size of each dimension.</summary>
    public long[] Sizes { get; }

    /// <summary>The element type.</summary>
    public ElementType Type { get; }

    /// <summary>The length of the values in bytes.</summary>
    public long ByteCount { get; }

    /// <summary>Creates an array of a supported element type.</summary>
    /// <param name="name">The name.</param>
    /// <param name="sizes">The size of each dimension.</param>
    /// <param name="values">The values in row-major order.</param>
    /// <typeparam name="T">A supported element type (see <see cref="ElementType"/>).</typeparam>
    public static NamedArray Of<T>(string name, long[] sizes, ReadOnlyMemory<T> values)
        where T : unmanaged => new(name, sizes, ElementType.Of<T>(), values.Length, stream => Write(stream, values));

    /// <summary>Writes the values.</summary>
    public void WriteTo(Stream stream) => _write(stream);

    private static void Write<T>(Stream stream, ReadOnlyMemory<T> values)
        where T : unmanaged
    {
        for (var left = values.Span; !left.IsEmpty; left = left[Math.Min(ValuesPerWrite, left.Length)..])
        {
            // The file is little-endian, as are all supported systems.
            stream.Write(MemoryMarshal.AsBytes(left[..Math.Min(ValuesPerWrite, left.Length)]));
        }
    }
}
