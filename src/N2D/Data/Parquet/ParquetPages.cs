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

    private const int UsualHeader = 1 << 10;
    private const int LongestHeader = 1 << 26;
    private const int ReadAhead = 1 << 16;
    private const int LargestRead = 1 << 22;

    private byte[] _stored = [];
    private byte[] _page = [];
    private long _position;
    private long _left;
    private int _start;
    private int _end;

    /// <summary>Reads all pages of a column's part.</summary>
    /// <param name="chunk">The part.</param>
    /// <param name="column">Its column.</param>
    /// <param name="target">Takes the pages.</param>
    /// <exception cref="InvalidDataException">A page is damaged, or they hold fewer or more values than the footer says.</exception>
    public void Read(ParquetChunk chunk, ParquetLeaf column, IParquetPageTarget target)
    {
        _position = chunk.Start;
        _left = Math.Min(chunk.Length + LengthSlack, content.Length - chunk.Start);
        (_start, _end) = (0, 0);
        var isFirst = true;
        for (var left = chunk.ValueCount; left > 0; isFirst = false)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var header = ReadHeader();
            var stored = Take(header.StoredSize);
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

    /// <summary>Headers have no length in front of them: some bytes are tried, and more if these are too few.</summary>
    private ParquetPageHeader ReadHeader()
    {
        for (var size = UsualHeader; ; size *= 8)
        {
            var bytes = Peek((int)Math.Min(size, _left + _end - _start));
            try
            {
                var header = ParquetPageHeader.Read(bytes, out var length);
                _start += length;
                return header.StoredSize <= _left + _end - _start ? header : throw new InvalidDataException("a page is longer than its column");
            }
            catch (EndOfStreamException) when (bytes.Length >= size && size < LongestHeader)
            {
            }
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var bytes = Peek(count);
        _start += count;
        return bytes;
    }

    /// <summary>The next bytes of the column, which it has.</summary>
    private ReadOnlySpan<byte> Peek(int count)
    {
        if (_end - _start < count)
        {
            var kept = _stored.AsSpan(_start, _end - _start);
            var wanted = (int)Math.Min(Math.Max(count, ReadAhead), _left + kept.Length);
            var target = _stored.Length < wanted ? GC.AllocateUninitializedArray<byte>(wanted) : _stored;
            kept.CopyTo(target);
            (_stored, _start, _end) = (target, 0, kept.Length);
            content.Position = _position;
            while (_end < wanted)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var part = _stored.AsSpan(_end, Math.Min(wanted - _end, LargestRead));
                content.ReadExactly(part);
                _end += part.Length;
                _position += part.Length;
                _left -= part.Length;
            }
        }

        return _stored.AsSpan(_start, count);
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
