namespace N2D.Data;

/// <summary>A group of rows of a Parquet file.</summary>
/// <param name="RowCount">The number of rows.</param>
/// <param name="Chunks">A part of each column of values, in the order of the schema.</param>
internal sealed record ParquetRowGroup(long RowCount, IReadOnlyList<ParquetChunk> Chunks)
{
    /// <summary>Reads a group in a footer.</summary>
    /// <param name="thrift">The footer, at the group.</param>
    public static ParquetRowGroup Read(ref ThriftReader thrift)
    {
        var (rowCount, chunks) = (-1L, new List<ParquetChunk>());
        for (var field = 0; thrift.NextField(ref field, out var type);)
        {
            switch (field)
            {
                case 1:
                    for (var left = thrift.ReadList(type, out var element); left > 0; left--)
                    {
                        chunks.Add(element == ThriftType.Struct ? ParquetChunk.Read(ref thrift) : throw new InvalidDataException("its footer is not valid"));
                    }

                    break;
                case 3:
                    rowCount = thrift.ReadInteger(type);
                    break;
                default:
                    thrift.Skip(type);
                    break;
            }
        }

        return new ParquetRowGroup(rowCount, chunks);
    }

    /// <summary>Holds a group against the schema and the size of the file.</summary>
    /// <param name="leaves">The columns of values of the schema.</param>
    /// <param name="end">Where the data ends in the file.</param>
    /// <exception cref="InvalidDataException">It does not fit.</exception>
    public void ThrowIfNotValid(List<ParquetValueType> leaves, long end)
    {
        if (RowCount is < 0 or > int.MaxValue || Chunks.Count != leaves.Count)
        {
            throw new InvalidDataException("its footer has a group of rows that is not valid");
        }

        for (var column = 0; column < leaves.Count; column++)
        {
            Chunks[column].ThrowIfNotValid(leaves[column], RowCount, end);
        }
    }
}
