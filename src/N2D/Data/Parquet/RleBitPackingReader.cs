using System.Buffers.Binary;
using System.Diagnostics;

namespace N2D.Data;

/// <summary>
/// Decodes the RLE/bit-packing hybrid encoding, which alternates runs of one number and groups of eight packed numbers. It is used for
/// levels, dictionary indices and Booleans.
/// </summary>
/// <remarks>https://github.com/apache/parquet-format/blob/master/Encodings.md, "Run Length Encoding / Bit-Packing Hybrid".</remarks>
internal ref struct RleBitPackingReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _width;
    private int _position;
    private uint _repeated;
    private long _repeatedLeft;
    private long _packedLeft;
    private long _packedBit;

    /// <summary>Starts decoding.</summary>
    /// <param name="bytes">The encoded bytes.</param>
    /// <param name="width">The bit width of the numbers, 0 to 32.</param>
    public RleBitPackingReader(ReadOnlySpan<byte> bytes, int width)
    {
        _bytes = bytes;
        _width = width is >= 0 and <= 32 ? width : throw new InvalidDataException("a page has numbers with more than 32 bits");
        _repeatedLeft = width == 0 ? long.MaxValue : 0;
    }

    /// <summary>Returns the bit width for numbers up to a maximum.</summary>
    /// <param name="largest">The maximum.</param>
    public static int WidthOf(int largest) => 32 - int.LeadingZeroCount(largest);

    /// <summary>Decodes levels.</summary>
    /// <param name="bytes">The encoded bytes.</param>
    /// <param name="largest">The maximum level.</param>
    /// <param name="levels">Receives the levels.</param>
    public static void ReadLevels(ReadOnlySpan<byte> bytes, int largest, Span<byte> levels)
    {
        var reader = new RleBitPackingReader(bytes, WidthOf(largest));
        for (var done = 0; done < levels.Length;)
        {
            done += reader.TryReadRun(levels.Length - done, out var value, out var count)
                ? Fill(levels.Slice(done, count), value)
                : reader.ReadPacked(levels[done..]);
        }

        if (levels.ContainsAnyExceptInRange((byte)0, (byte)largest))
        {
            throw new InvalidDataException("a page has invalid levels");
        }
    }

    /// <summary>Decodes numbers.</summary>
    /// <param name="target">Receives numbers until it is full.</param>
    public void Read(scoped Span<int> target)
    {
        while (!target.IsEmpty)
        {
            if (TryReadRun(target.Length, out var value, out var count))
            {
                target[..count].Fill((int)value);
            }
            else
            {
                count = ReadPacked(target);
            }

            target = target[count..];
        }
    }

    private static int Fill(Span<byte> levels, uint value)
    {
        levels.Fill((byte)Math.Min(value, byte.MaxValue));
        return levels.Length;
    }

    /// <summary>Reads from a run of one number, unless packed numbers come next.</summary>
    private bool TryReadRun(int most, out uint value, out int count)
    {
        if (_repeatedLeft == 0 && _packedLeft == 0)
        {
            ReadRunHeader();
        }

        value = _repeated;
        count = (int)Math.Min(most, _repeatedLeft);
        _repeatedLeft -= count;
        return _packedLeft == 0;
    }

    private void ReadRunHeader()
    {
        var header = ReadVariable();
        if ((header & 1) == 0)
        {
            _repeatedLeft = header >> 1;
            _repeated = 0;
            for (var place = 0; place < (_width + 7) / 8; place++)
            {
                _repeated |= (uint)ReadByte() << (8 * place);
            }

            return;
        }

        // Some writers omit the padding of the last group.
        var bits = Math.Min((header >> 1) * 8L * _width, 8L * (_bytes.Length - _position));
        (_packedLeft, _packedBit) = (bits / _width, 8L * _position);
        _position += (int)((bits + 7) / 8);
    }

    private int ReadPacked(scoped Span<byte> target)
    {
        var count = (int)Math.Min(target.Length, _packedLeft);
        for (var place = 0; place < count; place++)
        {
            target[place] = (byte)Math.Min(NextPacked(), byte.MaxValue);
        }

        _packedLeft -= count;
        return count;
    }

    private int ReadPacked(scoped Span<int> target)
    {
        var count = (int)Math.Min(target.Length, _packedLeft);
        for (var place = 0; place < count; place++)
        {
            target[place] = (int)NextPacked();
        }

        _packedLeft -= count;
        return count;
    }

    private uint NextPacked()
    {
        var value = BitReader.Read(_bytes, _packedBit, _width);
        _packedBit += _width;
        return (uint)value;
    }

    private uint ReadVariable()
    {
        var value = 0u;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var part = ReadByte();
            value |= (uint)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a page has an invalid run");
    }

    private byte ReadByte() => _position < _bytes.Length
        ? _bytes[_position++]
        : throw new InvalidDataException("a page has fewer values than its header specifies");
}

/// <summary>Reads bit-packed numbers.</summary>
internal static class BitReader
{
    /// <summary>Reads a number, least significant bit first.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="bit">The position of the first bit.</param>
    /// <param name="width">The bit width, 0 to 64.</param>
    public static ulong Read(ReadOnlySpan<byte> bytes, long bit, int width)
    {
        Debug.Assert(bit >= 0 && width is >= 0 and <= 64, "A number of at most 64 bits.");
        var (first, shift) = ((int)(bit >> 3), (int)(bit & 7));
        if (first + 16 <= bytes.Length)
        {
            var low = BinaryPrimitives.ReadUInt64LittleEndian(bytes[first..]) >> shift;
            if (shift + width <= 64)
            {
                return low & MaskOf(width);
            }

            return (low | (ulong)bytes[first + 8] << (64 - shift)) & MaskOf(width);
        }

        Span<byte> padded = stackalloc byte[16];
        padded.Clear();
        bytes[Math.Min(first, bytes.Length)..].CopyTo(padded);
        return Read(padded, shift, width);
    }

    private static ulong MaskOf(int width) => width == 64 ? ulong.MaxValue : (1ul << width) - 1;
}
