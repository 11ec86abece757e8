namespace N2D.Data;

/// <summary>What a page of a Parquet file holds.</summary>
internal enum ParquetPageType
{
    /// <summary>Values.</summary>
    Data = 0,

    /// <summary>An index; no writer makes it.</summary>
    Index = 1,

    /// <summary>The values that others are places of.</summary>
    Dictionary = 2,

    /// <summary>Values, with their levels not compressed.</summary>
    DataV2 = 3,
}

/// <summary>The header of a page.</summary>
/// <param name="Type">What the page holds.</param>
/// <param name="Size">The bytes after it is decompressed.</param>
/// <param name="StoredSize">The bytes in the file, after the header.</param>
/// <param name="ValueCount">The number of values, with nulls.</param>
/// <param name="Encoding">How the values are written.</param>
/// <param name="RepetitionLength">The bytes of the repetition levels; of <see cref="ParquetPageType.DataV2"/>.</param>
/// <param name="DefinitionLength">The bytes of the definition levels; of the same.</param>
/// <param name="IsCompressed">Whether the values are compressed, where the column is; of the same.</param>
/// <param name="HasPackedLevels">Whether levels are written in a way that has not been in use since 2013.</param>
internal readonly record struct ParquetPageHeader(
    ParquetPageType Type, int Size, int StoredSize, int ValueCount, ParquetEncoding Encoding, int RepetitionLength, int DefinitionLength, bool IsCompressed, bool HasPackedLevels)
{
    /// <summary>Reads a header.</summary>
    /// <param name="bytes">Its bytes, and more.</param>
    /// <param name="length">The bytes of the header.</param>
    /// <exception cref="InvalidDataException">It is not valid.</exception>
    public static ParquetPageHeader Read(ReadOnlySpan<byte> bytes, out int length)
    {
        var thrift = new ThriftReader(bytes);
        var header = new ParquetPageHeader((ParquetPageType)(-1), -1, -1, -1, (ParquetEncoding)(-1), 0, 0, true, false);
        for (var field = 0; thrift.NextField(ref field, out var type);)
        {
            header = field switch
            {
                1 => header with { Type = (ParquetPageType)thrift.ReadInt32(type) },
                2 => header with { Size = thrift.ReadInt32(type) },
                3 => header with { StoredSize = thrift.ReadInt32(type) },
                5 or 7 or 8 when type == ThriftType.Struct => header.ReadCounts(ref thrift, field),
                _ => Skipped(ref thrift, type, header),
            };
        }

        length = thrift.Position;
        return header.Size >= 0 && header.StoredSize >= 0
            && (header.ValueCount >= 0 || header.Type == ParquetPageType.Index)
            && header.RepetitionLength >= 0 && header.DefinitionLength >= 0 && (long)header.RepetitionLength + header.DefinitionLength <= Math.Min(header.Size, header.StoredSize)
            ? header
            : throw new InvalidDataException("a page has a header that is not valid");
    }

    private ParquetPageHeader ReadCounts(ref ThriftReader thrift, int kind)
    {
        const int Rle = (int)ParquetEncoding.Rle;
        var header = this;
        for (var field = 0; thrift.NextField(ref field, out var type);)
        {
            header = (kind, field) switch
            {
                (_, 1) => header with { ValueCount = thrift.ReadInt32(type) },
                (5 or 7, 2) or (8, 4) => header with { Encoding = (ParquetEncoding)thrift.ReadInt32(type) },
                (5, 3 or 4) => header with { HasPackedLevels = (thrift.ReadInt32(type) != Rle) | header.HasPackedLevels },
                (8, 5) => header with { DefinitionLength = thrift.ReadInt32(type) },
                (8, 6) => header with { RepetitionLength = thrift.ReadInt32(type) },
                (8, 7) => header with { IsCompressed = ThriftReader.Boolean(type) },
                _ => Skipped(ref thrift, type, header),
            };
        }

        return header;
    }

    private static ParquetPageHeader Skipped(ref ThriftReader thrift, ThriftType type, ParquetPageHeader header)
    {
        thrift.Skip(type);
        return header;
    }
}
