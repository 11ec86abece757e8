namespace N2D.Data;

/// <summary>The part of a column that is in one group of rows: where it lies in the file, and how it is compressed.</summary>
/// <param name="Physical">How its values are stored.</param>
/// <param name="Codec">How it is compressed.</param>
/// <param name="ValueCount">The number of its values, with nulls and with one for each empty list.</param>
/// <param name="Start">Where its first page is in the file.</param>
/// <param name="Length">The bytes of its pages.</param>
internal sealed record ParquetChunk(ParquetPhysicalType Physical, ParquetCodec Codec, long ValueCount, long Start, long Length)
{
    /// <summary>Reads a part in a footer.</summary>
    /// <param name="thrift">The footer, at the part.</param>
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

        return chunk ?? throw new InvalidDataException("its footer lacks the description of a column");
    }

    /// <summary>Holds the part against the schema and the size of the file.</summary>
    /// <param name="values">The values of its column.</param>
    /// <param name="rowCount">The rows of the group.</param>
    /// <param name="end">Where the data ends in the file.</param>
    /// <exception cref="InvalidDataException">It does not fit.</exception>
    public void ThrowIfNotValid(ParquetValueType values, long rowCount, long end)
    {
        if (Physical != values.Physical || ValueCount < rowCount || ValueCount > int.MaxValue)
        {
            throw new InvalidDataException("its footer has a column that does not fit its schema");
        }

        if (ValueCount > 0 && (Start < ParquetFooter.Magic.Length || Length is < 1 or > int.MaxValue || Start > end - Length))
        {
            throw new InvalidDataException("its footer has a column that is not within the file");
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
                    // Some writers say 0 for a dictionary that is not there.
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
