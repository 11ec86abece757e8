using System.Buffers.Binary;

namespace N2D.Data;

/// <summary>Decodes the values of a column's pages, in whatever way they are written.</summary>
/// <typeparam name="T">What is made of them.</typeparam>
/// <param name="type">The values.</param>
/// <param name="conversion">Makes it.</param>
internal sealed class ParquetValues<T>(ParquetValueType type, ParquetConversion<T> conversion)
{
    private const int BlockSize = 1024;

    private T[]? _dictionary;

    /// <summary>Takes the dictionary of a part of the column.</summary>
    /// <param name="count">The number of its values.</param>
    /// <param name="data">Its values.</param>
    public void TakeDictionary(int count, ReadOnlySpan<byte> data)
    {
        // Before memory is taken for them: each of those of no fixed length has one in front of it.
        if (count > data.Length / (type.Width > 0 ? type.Width : sizeof(int)))
        {
            throw TooFew();
        }

        _dictionary = new T[count];
        DecodePlain(data, _dictionary);
    }

    /// <summary>Forgets the dictionary: each part of the column has its own.</summary>
    public void Restart() => _dictionary = null;

    /// <summary>Decodes values.</summary>
    /// <param name="encoding">How they are written.</param>
    /// <param name="data">Their bytes.</param>
    /// <param name="target">Takes as many as it holds.</param>
    /// <exception cref="InvalidDataException">There are fewer, or they are not valid.</exception>
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
                DecodePlaces(data, target);
                break;
            case ParquetEncoding.Rle when type.Physical == ParquetPhysicalType.Boolean:
                DecodeTruths(data, target);
                break;
            case ParquetEncoding.DeltaBinaryPacked when type.Physical is ParquetPhysicalType.Int32 or ParquetPhysicalType.Int64:
                DecodeDifferences(data, target);
                break;
            case ParquetEncoding.DeltaLengthByteArray when type.Physical == ParquetPhysicalType.ByteArray:
                DecodeLengths(data, target);
                break;
            case ParquetEncoding.DeltaByteArray when type.Physical is ParquetPhysicalType.ByteArray or ParquetPhysicalType.FixedLengthByteArray:
                DecodeSuffixes(data, target);
                break;
            case ParquetEncoding.ByteStreamSplit when type.Width > 0:
                DecodeStreams(data, target);
                break;
            default:
                throw new InvalidDataException($"values are written in the encoding {encoding}, which is not supported for {type.Physical}");
        }
    }

    private static InvalidDataException TooFew() => new("a page has fewer values than it says");

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

    private void DecodeTruths(ReadOnlySpan<byte> data, Span<T> target)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(DeltaReader.Take(ref data, sizeof(uint)));
        var truths = new byte[target.Length];
        HybridReader.ReadLevels(DeltaReader.Take(ref data, length), 1, truths);
        conversion.Convert(truths, 1, target);
    }

    private void DecodePlaces(ReadOnlySpan<byte> data, Span<T> target)
    {
        var dictionary = _dictionary ?? throw new InvalidDataException("a column lacks its dictionary");
        var width = DeltaReader.Take(ref data, 1)[0];
        var reader = new HybridReader(data, width);
        Span<int> places = stackalloc int[BlockSize];
        while (!target.IsEmpty)
        {
            var block = places[..Math.Min(BlockSize, target.Length)];
            reader.Read(block);
            for (var place = 0; place < block.Length; place++)
            {
                target[place] = (uint)block[place] < (uint)dictionary.Length ? dictionary[block[place]] : throw new InvalidDataException("a value is not in its dictionary");
            }

            target = target[block.Length..];
        }
    }

    private void DecodeDifferences(ReadOnlySpan<byte> data, Span<T> target)
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

    private void DecodeLengths(ReadOnlySpan<byte> data, Span<T> target)
    {
        var lengths = DeltaReader.ReadLengths(ref data, target.Length);
        for (var place = 0; place < target.Length; place++)
        {
            target[place] = conversion.One(DeltaReader.Take(ref data, lengths[place]));
        }
    }

    private void DecodeSuffixes(ReadOnlySpan<byte> data, Span<T> target)
    {
        var prefixes = DeltaReader.ReadLengths(ref data, target.Length);
        var suffixes = DeltaReader.ReadLengths(ref data, target.Length);
        var (value, length) = (new byte[256], 0);
        for (var place = 0; place < target.Length; place++)
        {
            var suffix = DeltaReader.Take(ref data, suffixes[place]);
            if (prefixes[place] > length || (type.Width > 0 && prefixes[place] + suffix.Length != type.Width))
            {
                throw new InvalidDataException("a page has values that are not valid");
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

    private void DecodeStreams(ReadOnlySpan<byte> data, Span<T> target)
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
