namespace N2D.Data;

/// <summary>A row group of a Parquet file.</summary>
/// <param name="RowCount">The number of rows.</param>
/// <param name="Chunks">The column chunks, in schema order.</param>
internal sealed record ParquetRowGroup(long RowCount, IReadOnlyList<ParquetChunk> Chunks)
{
    /// <summary>Reads a row group from the footer.</summary>
    /// <param name="thrift">The footer, at the row group.</param>
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
                        chunks.Add(element == ThriftType.Struct
                            ? ParquetChunk.Read(ref thrift)
                            : throw new InvalidDataException("its footer is not valid"));
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

    /// <summary>Checks the row group against the schema and the file length.</summary>
    /// <param name="leaves">The types of the schema's columns.</param>
    /// <param name="end">The end of the data in the file.</param>
    /// <exception cref="InvalidDataException">The row group is not valid.</exception>
    public void ThrowIfNotValid(List<ParquetValueType> leaves, long end)
    {
        if (RowCount is < 0 or > int.MaxValue || Chunks.Count != leaves.Count)
        {
            throw new InvalidDataException("its footer has an invalid row group");
        }

        for (var column = 0; column < leaves.Count; column++)
        {
            Chunks[column].ThrowIfNotValid(leaves[column], RowCount, end);
        }
    }
}
