using System.Text;

namespace N2D.Data;

/// <summary>
/// Reads structures in Thrift's compact protocol, which Parquet uses for its headers. Lengths and counts are checked against the available
/// bytes, and each step consumes bytes, so reading ends for any data.
/// </summary>
/// <remarks>https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md.</remarks>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>The maximum nesting, more than any Parquet structure has.</summary>
    private const int MaxNesting = 32;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The number of bytes read.</summary>
    public int Position { get; private set; }

    /// <summary>The number of remaining bytes.</summary>
    private readonly int Left => _bytes.Length - Position;

    /// <summary>Reads the header of the next field.</summary>
    /// <param name="field">The field number; before the call, that of the previous field, or 0 at the start of a structure.</param>
    /// <param name="type">The type of the field.</param>
    /// <returns>Whether there is a field.</returns>
    public bool NextField(ref int field, out ThriftType type)
    {
        var header = ReadByte();
        type = (ThriftType)(header & 0x0f);
        if (header == 0)
        {
            return false;
        }

        var step = header >> 4;
        field = step == 0 ? ReadInt32() : field + step;
        return true;
    }

    /// <summary>Reads a Boolean, which is encoded in the type of its field.</summary>
    /// <param name="type">The type of the field.</param>
    public static bool Boolean(ThriftType type) => type switch
    {
        ThriftType.True => true,
        ThriftType.False => false,
        _ => throw Wrong(),
    };

    /// <summary>Reads an integer field.</summary>
    /// <param name="type">The type of the field.</param>
    public long ReadInteger(ThriftType type) => type switch
    {
        ThriftType.Byte => (sbyte)ReadByte(),
        ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64 => ReadZigZag(),
        _ => throw Wrong(),
    };

    /// <summary>Reads an integer field with 32 bits.</summary>
    /// <param name="type">The type of the field.</param>
    public int ReadInt32(ThriftType type) => ReadInteger(type) is >= int.MinValue and <= int.MaxValue and var value
        ? (int)value
        : throw Wrong();

    /// <summary>Reads a text field.</summary>
    /// <param name="type">The type of the field.</param>
    public string ReadText(ThriftType type) => type == ThriftType.Binary ? ReadText() : throw Wrong();

    /// <summary>Reads a text element of a list.</summary>
    public string ReadText() => Encoding.UTF8.GetString(ReadBinary());

    /// <summary>Reads the header of a list.</summary>
    /// <param name="type">The type of the field.</param>
    /// <param name="elements">The type of the elements.</param>
    /// <returns>The number of elements, at most the number of remaining bytes.</returns>
    public int ReadList(ThriftType type, out ThriftType elements)
    {
        if (type is not (ThriftType.List or ThriftType.Set))
        {
            throw Wrong();
        }

        var header = ReadByte();
        elements = (ThriftType)(header & 0x0f);
        var count = header >> 4 == 15 ? ReadVariable() : (ulong)(header >> 4);
        return count <= (ulong)Left ? (int)count : throw new EndOfStreamException("a list has more elements than there are bytes");
    }

    /// <summary>Skips a field.</summary>
    /// <param name="type">The type of the field.</param>
    public void Skip(ThriftType type) => Skip(type, MaxNesting);

    private void Skip(ThriftType type, int depth)
    {
        if (depth == 0)
        {
            throw new InvalidDataException("its header is nested too deeply");
        }

        switch (type)
        {
            case ThriftType.True or ThriftType.False:
                break;
            case ThriftType.Byte:
                ReadByte();
                break;
            case ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64:
                ReadVariable();
                break;
            case ThriftType.Double:
                Take(sizeof(double));
                break;
            case ThriftType.Binary:
                ReadBinary();
                break;
            case ThriftType.Struct:
                for (var field = 0; NextField(ref field, out var inner);)
                {
                    Skip(inner, depth - 1);
                }

                break;
            case ThriftType.List or ThriftType.Set:
                for (var left = ReadList(type, out var element); left > 0; left--)
                {
                    SkipElement(element, depth - 1);
                }

                break;
            case ThriftType.Map:
                SkipMap(depth - 1);
                break;
            default:
                throw Wrong();
        }
    }

    private void SkipMap(int depth)
    {
        var count = ReadVariable();
        if (count > (ulong)Left)
        {
            throw Wrong();
        }

        var types = count == 0 ? 0 : ReadByte();
        for (; count > 0; count--)
        {
            SkipElement((ThriftType)(types >> 4), depth);
            SkipElement((ThriftType)(types & 0x0f), depth);
        }
    }

    /// <summary>Skips a list element. A Boolean in a list is a byte.</summary>
    private void SkipElement(ThriftType type, int depth) =>
        Skip(type is ThriftType.True or ThriftType.False ? ThriftType.Byte : type, depth);

    private ReadOnlySpan<byte> ReadBinary() => ReadVariable() is var length && length <= (ulong)Left
        ? Take((int)length)
        : throw new EndOfStreamException("a text is longer than its header");

    private int ReadInt32() => ReadZigZag() is >= 0 and <= short.MaxValue and var value ? (int)value : throw Wrong();

    private long ReadZigZag()
    {
        var value = ReadVariable();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong ReadVariable()
    {
        var value = 0ul;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = ReadByte();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Wrong();
    }

    private byte ReadByte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left)
        {
            throw new EndOfStreamException("a header is incomplete");
        }

        Position += count;
        return _bytes.Slice(Position - count, count);
    }

    private static InvalidDataException Wrong() => new("its header is not valid");
}
