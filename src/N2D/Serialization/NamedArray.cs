using System.Runtime.InteropServices;

namespace N2D.Serialization;

/// <summary>An array to write into a safetensors file.</summary>
internal sealed class NamedArray
{
    /// <summary>Values that are handed to the stream at once: bytes of more than an <see cref="int"/> tells do not go into one span.</summary>
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

    /// <summary>Makes an array of float32.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="sizes">Its sizes.</param>
    /// <param name="values">Its values, row-major.</param>
    public NamedArray(string name, long[] sizes, ReadOnlyMemory<float> values)
        : this(name, sizes, ElementType.Of<float>(), values.Length, stream => Write(stream, values))
    {
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its sizes.</summary>
    public long[] Sizes { get; }

    /// <summary>The type of its values.</summary>
    public ElementType Type { get; }

    /// <summary>Bytes of all values.</summary>
    public long ByteCount { get; }

    /// <summary>Makes an array of any type that is known.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="sizes">Its sizes.</param>
    /// <param name="values">Its values, row-major.</param>
    /// <typeparam name="T">One of <see cref="ElementType"/>'s.</typeparam>
    public static NamedArray Of<T>(string name, long[] sizes, ReadOnlyMemory<T> values)
        where T : unmanaged => new(name, sizes, ElementType.Of<T>(), values.Length, stream => Write(stream, values));

    /// <summary>Writes the values.</summary>
    public void WriteTo(Stream stream) => _write(stream);

    private static void Write<T>(Stream stream, ReadOnlyMemory<T> values)
        where T : unmanaged
    {
        for (var left = values.Span; !left.IsEmpty; left = left[Math.Min(ValuesPerWrite, left.Length)..])
        {
            // Bytes lie in memory as in the file: .NET runs on no big-endian processor that libtorch runs on.
            stream.Write(MemoryMarshal.AsBytes(left[..Math.Min(ValuesPerWrite, left.Length)]));
        }
    }
}
