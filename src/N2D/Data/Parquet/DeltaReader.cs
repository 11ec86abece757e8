namespace N2D.Data;

/// <summary>Decodes DELTA_BINARY_PACKED integers, which are bit-packed differences.</summary>
/// <remarks>https://github.com/apache/parquet-format/blob/master/Encodings.md, "Delta Encoding".</remarks>
internal static class DeltaReader
{
    private const int MaxBlockSize = 1 << 16;

    /// <summary>Decodes integers.</summary>
    /// <param name="bytes">The encoded bytes. Afterward, the bytes that follow the integers.</param>
    /// <param name="target">Receives the integers.</param>
    /// <exception cref="InvalidDataException">The data is not valid, or has another number of integers.</exception>
    public static void Read(ref ReadOnlySpan<byte> bytes, Span<long> target)
    {
        var blockSize = ReadVariable(ref bytes);
        var partCount = ReadVariable(ref bytes);
        var count = ReadVariable(ref bytes);
        var value = ReadZigZag(ref bytes);
        if (blockSize is 0 or > MaxBlockSize
            || partCount == 0
            || partCount > blockSize
            || blockSize % partCount != 0
            || blockSize / partCount % 8 != 0
            || count != (ulong)target.Length)
        {
            throw NotValid();
        }

        if (target.IsEmpty)
        {
            return;
        }

        target[0] = value;
        var partSize = (int)(blockSize / partCount);
        for (var done = 1; done < target.Length;)
        {
            var smallest = ReadZigZag(ref bytes);
            var widths = Take(ref bytes, (long)partCount);
            for (var part = 0; part < widths.Length && done < target.Length; part++)
            {
                var width = widths[part] <= 64 ? widths[part] : throw NotValid();
                var left = Math.Min(partSize, target.Length - done);

                // Some writers omit the padding of the last miniblock.
                var packed = Take(ref bytes, Math.Min(partSize / 8 * width, Math.Max(bytes.Length, ((left * width) + 7) / 8)));
                for (var place = 0; place < left; place++)
                {
                    value = unchecked(value + smallest + (long)BitReader.Read(packed, (long)place * width, width));
                    target[done++] = value;
                }
            }
        }
    }

    /// <summary>Decodes lengths, which must not be negative.</summary>
    /// <param name="bytes">The encoded bytes. Afterward, the bytes that follow the lengths.</param>
    /// <param name="count">The number of lengths.</param>
    public static long[] ReadLengths(ref ReadOnlySpan<byte> bytes, int count)
    {
        var lengths = new long[count];
        Read(ref bytes, lengths);
        foreach (var length in lengths)
        {
            if (length is < 0 or > int.MaxValue)
            {
                throw NotValid();
            }
        }

        return lengths;
    }

    /// <summary>Takes bytes from the start of a span.</summary>
    /// <param name="bytes">The bytes. Afterward, the bytes that follow.</param>
    /// <param name="count">The number of bytes.</param>
    public static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> bytes, long count)
    {
        if (count < 0 || count > bytes.Length)
        {
            throw new InvalidDataException("a page has fewer values than its header specifies");
        }

        var taken = bytes[..(int)count];
        bytes = bytes[(int)count..];
        return taken;
    }

    private static long ReadZigZag(ref ReadOnlySpan<byte> bytes)
    {
        var value = ReadVariable(ref bytes);
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private static ulong ReadVariable(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0ul;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(ref bytes, 1)[0];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw NotValid();
    }

    private static InvalidDataException NotValid() => new("a page has invalid delta-encoded values");
}
