using System.Buffers.Binary;

namespace N2D.Data;

/// <summary>Takes the pages of a column.</summary>
internal interface IParquetPageTarget
{
    /// <summary>Takes the dictionary, which comes first if there is one.</summary>
    /// <param name="count">The number of its values.</param>
    /// <param name="data">Its values, one after the other.</param>
    void TakeDictionary(int count, ReadOnlySpan<byte> data);

    /// <summary>Takes a page of values.</summary>
    /// <param name="count">Their number, with nulls.</param>
    /// <param name="repetition">The repetition levels, packed.</param>
    /// <param name="definition">The definition levels, packed.</param>
    /// <param name="encoding">How the values are written.</param>
    /// <param name="data">The values.</param>
    void TakePage(int count, ReadOnlySpan<byte> repetition, ReadOnlySpan<byte> definition, ParquetEncoding encoding, ReadOnlySpan<byte> data);
}

/// <summary>Reads the pages of columns out of a file and decompresses them.</summary>
/// <param name="content">The file.</param>
/// <param name="cancellationToken">Ends the reading, after a page.</param>
internal sealed class ParquetPages(Stream content, CancellationToken cancellationToken)
{
    /// <summary>What some writers leave out of the length of a column: the header of its dictionary (PARQUET-816).</summary>
    private const int LengthSlack = 100;

    private byte[] _stored = [];
    private byte[] _page = [];

    /// <summary>Reads all pages of a column's part.</summary>
    /// <param name="chunk">The part.</param>
    /// <param name="column">Its column.</param>
    /// <param name="target">Takes the pages.</param>
    /// <exception cref="InvalidDataException">A page is damaged, or they hold fewer or more values than the footer says.</exception>
    public void Read(ParquetChunk chunk, ParquetLeaf column, IParquetPageTarget target)
    {
        var bytes = chunk.ValueCount == 0 ? [] : ReadStored(chunk);
        var isFirst = true;
        for (var left = chunk.ValueCount; left > 0; isFirst = false)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var header = ParquetPageHeader.Read(bytes, out var headerLength);
            var stored = bytes.Slice(headerLength, header.StoredSize);
            bytes = bytes[(headerLength + header.StoredSize)..];
            switch (header.Type)
            {
                case ParquetPageType.Dictionary when isFirst:
                    target.TakeDictionary(header.ValueCount, Decompress(chunk.Codec, stored, header.Size));
                    break;
                case ParquetPageType.Data or ParquetPageType.DataV2 when header.ValueCount <= left:
                    ThrowIfNotPlausible(header, column);
                    TakeData(header, chunk.Codec, stored, column, target);
                    left -= header.ValueCount;
                    break;
                case ParquetPageType.Index:
                    break;
                default:
                    throw new InvalidDataException("a column has pages that do not fit its footer");
            }
        }
    }

    private static void ThrowIfNotPlausible(ParquetPageHeader header, ParquetLeaf column)
    {
        // Levels, and runs that are all of one value, take some more bytes than the values themselves.
        const int MostPerValue = 16;
        const int MostPerPage = 1 << 17;
        if (column.Values.Width > 0 && header.Size > ((long)header.ValueCount * (column.Values.Width + MostPerValue)) + MostPerPage)
        {
            throw new InvalidDataException("a page is said to be larger than its values can be");
        }

        if (header.HasPackedLevels)
        {
            throw new InvalidDataException("its levels are written in the deprecated encoding BIT_PACKED, which is not supported");
        }
    }

    private void TakeData(ParquetPageHeader header, ParquetCodec codec, ReadOnlySpan<byte> stored, ParquetLeaf column, IParquetPageTarget target)
    {
        ReadOnlySpan<byte> repetition, definition, data;
        if (header.Type == ParquetPageType.DataV2)
        {
            var levels = header.RepetitionLength + header.DefinitionLength;
            repetition = stored[..header.RepetitionLength];
            definition = stored[header.RepetitionLength..levels];
            data = Decompress(header.IsCompressed ? codec : ParquetCodec.None, stored[levels..], header.Size - levels);
        }
        else
        {
            data = Decompress(codec, stored, header.Size);
            repetition = column.MaxRepetition > 0 ? TakeLevels(ref data) : [];
            definition = column.MaxDefinition > 0 ? TakeLevels(ref data) : [];
        }

        target.TakePage(header.ValueCount, repetition, definition, header.Encoding, data);
    }

    private static ReadOnlySpan<byte> TakeLevels(scoped ref ReadOnlySpan<byte> data) =>
        DeltaReader.Take(ref data, BinaryPrimitives.ReadUInt32LittleEndian(DeltaReader.Take(ref data, sizeof(uint))));

    private ReadOnlySpan<byte> ReadStored(ParquetChunk chunk)
    {
        var length = (int)Math.Min(Math.Min(chunk.Length + LengthSlack, content.Length - chunk.Start), Array.MaxLength);
        if (_stored.Length < length)
        {
            _stored = GC.AllocateUninitializedArray<byte>(length);
        }

        content.Position = chunk.Start;
        var bytes = _stored.AsSpan(0, length);
        const int BlockSize = 1 << 22;
        for (var done = 0; done < length; done += BlockSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            content.ReadExactly(bytes.Slice(done, Math.Min(BlockSize, length - done)));
        }

        return bytes;
    }

    private ReadOnlySpan<byte> Decompress(ParquetCodec codec, ReadOnlySpan<byte> stored, int size)
    {
        if (codec == ParquetCodec.None)
        {
            return stored;
        }

        ParquetCompression.ThrowIfNotPlausible(codec, stored.Length, size);
        if (_page.Length < size)
        {
            _page = GC.AllocateUninitializedArray<byte>(size);
        }

        var page = _page.AsSpan(0, size);
        ParquetCompression.Decompress(codec, stored, page);
        return page;
    }
}
