using System.Buffers.Binary;

namespace N2D.Data;

/// <summary>Decodes the values of pages in all supported encodings.</summary>
/// <typeparam name="T">The type of the results.</typeparam>
/// <param name="type">The type of the values.</param>
/// <param name="conversion">Converts the values.</param>
internal sealed class ParquetValues<T>(ParquetValueType type, ParquetConversion<T> conversion)
{
    private const int BlockSize = 1024;

    private T[]? _dictionary;

    /// <summary>Decodes the dictionary of a column chunk.</summary>
    /// <param name="count">The number of values.</param>
    /// <param name="data">The values in plain encoding.</param>
    public void TakeDictionary(int count, ReadOnlySpan<byte> data)
    {
        // Checked before memory is allocated. A value of variable length has at least its length field.
        if (count > data.Length / (type.Width > 0 ? type.Width : sizeof(int)))
        {
            throw TooFew();
        }

        _dictionary = new T[count];
        DecodePlain(data, _dictionary);
    }

    /// <summary>Discards the dictionary at the start of a column chunk.</summary>
    public void Restart() => _dictionary = null;

    /// <summary>Decodes values.</summary>
    /// <param name="encoding">The encoding.</param>
    /// <param name="data">The encoded values.</param>
    /// <param name="target">Receives values until it is full.</param>
    /// <exception cref="InvalidDataException">The data is not valid, or has too few values.</exception>
    public void Decode(ParquetEncoding encoding, ReadOnlySpan<byte> data, Span<T> target)
    {
        if (target.IsEmpty)
        {
            return;
        }

        switch (encoding)
        {
            case ParquetEncoding.Plain:
                DecodePlain(data, target);
                break;
            case ParquetEncoding.PlainDictionary or ParquetEncoding.RleDictionary:
                DecodeIndices(data, target);
                break;
            case ParquetEncoding.Rle when type.Physical == ParquetPhysicalType.Boolean:
                DecodeBooleans(data, target);
                break;
            case ParquetEncoding.DeltaBinaryPacked when type.Physical is ParquetPhysicalType.Int32 or ParquetPhysicalType.Int64:
                DecodeDeltas(data, target);
                break;
            case ParquetEncoding.DeltaLengthByteArray when type.Physical == ParquetPhysicalType.ByteArray:
                DecodeDeltaLengthByteArray(data, target);
                break;
            case ParquetEncoding.DeltaByteArray when type.Physical is ParquetPhysicalType.ByteArray
                or ParquetPhysicalType.FixedLengthByteArray:
                DecodeDeltaByteArray(data, target);
                break;
            case ParquetEncoding.ByteStreamSplit when type.Width > 0:
                DecodeByteStreamSplit(data, target);
                break;
            default:
                throw new InvalidDataException($"its values use the encoding {encoding}, which is not supported for {type.Physical}");
        }
    }

    private static InvalidDataException TooFew() => new("a page has fewer values than its header specifies");

    private void DecodePlain(ReadOnlySpan<byte> data, Span<T> target)
    {
        if (type.Physical == ParquetPhysicalType.Boolean)
        {
            DecodeBits(data, target);
            return;
        }

        if (type.Width > 0)
        {
            conversion.Convert(DeltaReader.Take(ref data, (long)type.Width * target.Length), type.Width, target);
            return;
        }

        foreach (ref var value in target)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(DeltaReader.Take(ref data, sizeof(uint)));
            value = conversion.One(DeltaReader.Take(ref data, length));
        }
    }

    private void DecodeBits(ReadOnlySpan<byte> data, Span<T> target)
    {
        if (target.Length > 8L * data.Length)
        {
            throw TooFew();
        }

        Span<byte> truth = stackalloc byte[1];
        for (var place = 0; place < target.Length; place++)
        {
            truth[0] = (byte)((data[place >> 3] >> (place & 7)) & 1);
            target[place] = conversion.One(truth);
        }
    }

    private void DecodeBooleans(ReadOnlySpan<byte> data, Span<T> target)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(DeltaReader.Take(ref data, sizeof(uint)));
        var truths = new byte[target.Length];
        RleBitPackingReader.ReadLevels(DeltaReader.Take(ref data, length), 1, truths);
        conversion.Convert(truths, 1, target);
    }

    private void DecodeIndices(ReadOnlySpan<byte> data, Span<T> target)
    {
        var dictionary = _dictionary ?? throw new InvalidDataException("a column has no dictionary");
        var width = DeltaReader.Take(ref data, 1)[0];
        var reader = new RleBitPackingReader(data, width);
        Span<int> places = stackalloc int[BlockSize];
        while (!target.IsEmpty)
        {
            var block = places[..Math.Min(BlockSize, target.Length)];
            reader.Read(block);
            for (var place = 0; place < block.Length; place++)
            {
                target[place] = (uint)block[place] < (uint)dictionary.Length
                    ? dictionary[block[place]]
                    : throw new InvalidDataException("a dictionary index is out of range");
            }

            target = target[block.Length..];
        }
    }

    private void DecodeDeltas(ReadOnlySpan<byte> data, Span<T> target)
    {
        var values = new long[target.Length];
        DeltaReader.Read(ref data, values);
        var bytes = new byte[(long)type.Width * values.Length];
        for (var place = 0; place < values.Length; place++)
        {
            if (type.Width == sizeof(int))
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(place * sizeof(int)), unchecked((int)values[place]));
            }
            else
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(place * sizeof(long)), values[place]);
            }
        }

        conversion.Convert(bytes, type.Width, target);
    }

    private void DecodeDeltaLengthByteArray(ReadOnlySpan<byte> data, Span<T> target)
    {
        var lengths = DeltaReader.ReadLengths(ref data, target.Length);
        for (var place = 0; place < target.Length; place++)
        {
            target[place] = conversion.One(DeltaReader.Take(ref data, lengths[place]));
        }
    }

    private void DecodeDeltaByteArray(ReadOnlySpan<byte> data, Span<T> target)
    {
        var prefixes = DeltaReader.ReadLengths(ref data, target.Length);
        var suffixes = DeltaReader.ReadLengths(ref data, target.Length);
        var (value, length) = (new byte[256], 0);
        for (var place = 0; place < target.Length; place++)
        {
            var suffix = DeltaReader.Take(ref data, suffixes[place]);
            if (prefixes[place] > length || (type.Width > 0 && prefixes[place] + suffix.Length != type.Width))
            {
                throw new InvalidDataException("a page has invalid delta-encoded values");
            }

            length = checked((int)prefixes[place] + suffix.Length);
            if (value.Length < length)
            {
                Array.Resize(ref value, Math.Max(length, 2 * value.Length));
            }

            suffix.CopyTo(value.AsSpan((int)prefixes[place]));
            target[place] = conversion.One(value.AsSpan(0, length));
        }
    }

    private void DecodeByteStreamSplit(ReadOnlySpan<byte> data, Span<T> target)
    {
        var (width, count) = (type.Width, target.Length);
        if (data.Length != (long)width * count)
        {
            throw TooFew();
        }

        var bytes = new byte[data.Length];
        for (var stream = 0; stream < width; stream++)
        {
            var part = data.Slice(stream * count, count);
            for (var place = 0; place < count; place++)
            {
                bytes[(place * width) + stream] = part[place];
            }
        }

        conversion.Convert(bytes, width, target);
    }
}
