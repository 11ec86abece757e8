namespace N2D.Data;

/// <summary>A column chunk: the values of a column in a row group.</summary>
/// <param name="Physical">The physical type.</param>
/// <param name="Codec">The compression codec.</param>
/// <param name="ValueCount">The number of values, including nulls. An empty list counts as one value.</param>
/// <param name="Start">The position of the first page in the file.</param>
/// <param name="Length">The length of the pages in bytes.</param>
internal sealed record ParquetChunk(ParquetPhysicalType Physical, ParquetCodec Codec, long ValueCount, long Start, long Length)
{
    /// <summary>Reads a column chunk from the footer.</summary>
    /// <param name="thrift">The footer, at the column chunk.</param>
    public static ParquetChunk Read(ref ThriftReader thrift)
    {
        ParquetChunk? chunk = null;
        for (var field = 0; thrift.NextField(ref field, out var type);)
        {
            switch (field)
            {
                case 1 when thrift.ReadText(type).Length > 0:
                    throw new InvalidDataException("its columns are in other files");
                case 1:
                    break;
                case 3 when type == ThriftType.Struct:
                    chunk = ReadDescription(ref thrift);
                    break;
                case 8 or 9:
                    throw new InvalidDataException("it is encrypted");
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        return chunk ?? throw new InvalidDataException("its footer has no metadata for a column");
    }

    /// <summary>Checks the chunk against the schema and the file length.</summary>
    /// <param name="values">The type of the column's values.</param>
    /// <param name="rowCount">The number of rows in the row group.</param>
    /// <param name="end">The end of the data in the file.</param>
    /// <exception cref="InvalidDataException">The chunk is not valid.</exception>
    public void ThrowIfNotValid(ParquetValueType values, long rowCount, long end)
    {
        if (Physical != values.Physical || ValueCount < rowCount || ValueCount > int.MaxValue)
        {
            throw new InvalidDataException("its footer has a column that does not match its schema");
        }

        if (ValueCount > 0 && (Start < ParquetFooter.Magic.Length || Length is < 1 or > int.MaxValue || Start > end - Length))
        {
            throw new InvalidDataException("its footer has a column outside of the file");
        }
    }

    private static ParquetChunk ReadDescription(ref ThriftReader thrift)
    {
        var (physical, codec, count, length) = (-1, -1, -1L, -1L);
        var start = long.MaxValue;
        for (var field = 0; thrift.NextField(ref field, out var type);)
        {
            switch (field)
            {
                case 1:
                    physical = thrift.ReadInt32(type);
                    break;
                case 4:
                    codec = thrift.ReadInt32(type);
                    break;
                case 5:
                    count = thrift.ReadInteger(type);
                    break;
                case 7:
                    length = thrift.ReadInteger(type);
                    break;
                case 9 or 11:
                    // Some writers store 0 if there is no dictionary.
                    start = thrift.ReadInteger(type) is > 0 and var offset ? Math.Min(start, offset) : start;
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        return new ParquetChunk((ParquetPhysicalType)physical, (ParquetCodec)codec, count, start, length);
    }
}
