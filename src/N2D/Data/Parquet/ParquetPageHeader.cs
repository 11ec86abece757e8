namespace N2D.Data;

/// <summary>The types of pages.</summary>
internal enum ParquetPageType
{
    /// <summary>Values.</summary>
    Data = 0,

    /// <summary>An index, which writers do not use.</summary>
    Index = 1,

    /// <summary>The dictionary of a column chunk.</summary>
    Dictionary = 2,

    /// <summary>Values, with levels that are not compressed.</summary>
    DataV2 = 3,
}

/// <summary>The header of a page.</summary>
/// <param name="Type">The page type.</param>
/// <param name="Size">The decompressed size in bytes.</param>
/// <param name="StoredSize">The size in the file in bytes, after the header.</param>
/// <param name="ValueCount">The number of values, including nulls.</param>
/// <param name="Encoding">The encoding of the values.</param>
/// <param name="RepetitionLength">The length of the repetition levels in bytes (<see cref="ParquetPageType.DataV2"/> only).</param>
/// <param name="DefinitionLength">The length of the definition levels in bytes (<see cref="ParquetPageType.DataV2"/> only).</param>
/// <param name="IsCompressed">Whether the values are compressed if the column chunk is (<see cref="ParquetPageType.DataV2"/> only).</param>
/// <param name="HasPackedLevels">Whether the levels use the BIT_PACKED encoding, which has been deprecated since 2013.</param>
internal readonly record struct ParquetPageHeader(
    ParquetPageType Type, int Size, int StoredSize, int ValueCount, ParquetEncoding Encoding, int RepetitionLength, int DefinitionLength,
    bool IsCompressed, bool HasPackedLevels)
{
    /// <summary>Reads a header.</summary>
    /// <param name="bytes">The bytes of the header, and any that follow.</param>
    /// <param name="length">The length of the header in bytes.</param>
    /// <exception cref="InvalidDataException">The header is not valid.</exception>
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
            && header.RepetitionLength >= 0
                && header.DefinitionLength >= 0
                && (long)header.RepetitionLength + header.DefinitionLength <= Math.Min(header.Size, header.StoredSize)
            ? header
            : throw new InvalidDataException("a page has an invalid header");
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
