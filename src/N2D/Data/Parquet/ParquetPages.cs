using System.Buffers.Binary;

namespace N2D.Data;

/// <summary>Receives the pages of a column chunk.</summary>
internal interface IParquetPageTarget
{
    /// <summary>Receives the dictionary, which is the first page if there is one.</summary>
    /// <param name="count">The number of values.</param>
    /// <param name="data">The values in plain encoding.</param>
    void TakeDictionary(int count, ReadOnlySpan<byte> data);

    /// <summary>Receives a page of values.</summary>
    /// <param name="count">The number of values, including nulls.</param>
    /// <param name="repetition">The encoded repetition levels.</param>
    /// <param name="definition">The encoded definition levels.</param>
    /// <param name="encoding">The encoding of the values.</param>
    /// <param name="data">The encoded values.</param>
    void TakePage(
        int count, ReadOnlySpan<byte> repetition, ReadOnlySpan<byte> definition, ParquetEncoding encoding, ReadOnlySpan<byte> data);
}

/// <summary>Reads and decompresses the pages of column chunks.</summary>
/// <param name="content">The file.</param>
/// <param name="cancellationToken">Checked for each page.</param>
internal sealed class ParquetPages(Stream content, CancellationToken cancellationToken)
{
    /// <summary>
    /// The maximum length of a dictionary header, which some writers do not include in the length of a column chunk (PARQUET-816).
    /// </summary>
    private const int LengthSlack = 100;

    private const int FirstHeaderSize = 1 << 10;
    private const int MaxHeaderLength = 1 << 26;
    private const int ReadAhead = 1 << 16;
    private const int MaxReadSize = 1 << 22;

    private byte[] _stored = [];
    private byte[] _page = [];
    private long _position;
    private long _left;
    private int _start;
    private int _end;

    /// <summary>Reads all pages of a column chunk.</summary>
    /// <param name="chunk">The column chunk.</param>
    /// <param name="column">The column.</param>
    /// <param name="target">Receives the pages.</param>
    /// <exception cref="InvalidDataException">
    /// A page is damaged, or the pages have another number of values than the footer specifies.
    /// </exception>
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
                    throw new InvalidDataException("a column has pages that do not match its footer");
            }
        }
    }

    private static void ThrowIfNotPlausible(ParquetPageHeader header, ParquetLeaf column)
    {
        // Allows for levels and run headers in addition to the values.
        const int MaxOverheadPerValue = 16;
        const int MaxOverheadPerPage = 1 << 17;
        if (column.Values.Width > 0
            && header.Size > ((long)header.ValueCount * (column.Values.Width + MaxOverheadPerValue)) + MaxOverheadPerPage)
        {
            throw new InvalidDataException("a page header specifies more bytes than its values can need");
        }

        if (header.HasPackedLevels)
        {
            throw new InvalidDataException("its levels use the deprecated encoding BIT_PACKED, which is not supported");
        }
    }

    private void TakeData(
        ParquetPageHeader header, ParquetCodec codec, ReadOnlySpan<byte> stored, ParquetLeaf column, IParquetPageTarget target)
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
            repetition = column.MaxRepetition > 0 ? ReadLevels(ref data) : [];
            definition = column.MaxDefinition > 0 ? ReadLevels(ref data) : [];
        }

        target.TakePage(header.ValueCount, repetition, definition, header.Encoding, data);
    }

    private static ReadOnlySpan<byte> ReadLevels(scoped ref ReadOnlySpan<byte> data) =>
        DeltaReader.Take(ref data, BinaryPrimitives.ReadUInt32LittleEndian(DeltaReader.Take(ref data, sizeof(uint))));

    /// <summary>Reads a page header. Its length is unknown, so the number of bytes is increased until it is complete.</summary>
    private ParquetPageHeader ReadHeader()
    {
        for (var size = FirstHeaderSize; ; size *= 8)
        {
            var bytes = Peek((int)Math.Min(size, _left + _end - _start));
            try
            {
                var header = ParquetPageHeader.Read(bytes, out var length);
                _start += length;
                return header.StoredSize <= _left + _end - _start
                    ? header
                    : throw new InvalidDataException("a page is longer than its column");
            }
            catch (EndOfStreamException) when (bytes.Length >= size && size < MaxHeaderLength)
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

    /// <summary>Returns the next bytes of the column chunk without consuming them.</summary>
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
                var part = _stored.AsSpan(_end, Math.Min(wanted - _end, MaxReadSize));
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
