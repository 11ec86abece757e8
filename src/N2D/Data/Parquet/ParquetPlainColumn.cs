namespace N2D.Data;

/// <summary>A column with a value or null for each row.</summary>
/// <typeparam name="T">The type of the cells.</typeparam>
/// <param name="leaf">The Parquet column.</param>
/// <param name="place">The table column, from 0.</param>
/// <param name="conversion">Converts the values to cells.</param>
/// <param name="missing">The cell for null.</param>
internal abstract class ParquetPlainColumn<T>(ParquetLeaf leaf, int place, ParquetConversion<T> conversion, T missing)
    : ParquetColumn(leaf, place), IParquetPageTarget
{
    /// <summary>The number of rows for which memory is reserved at once. Most row groups are not larger.</summary>
    private const int RowsAtOnce = 1 << 20;

    private readonly ParquetValues<T> _values = new(leaf.Values, conversion);
    private T[] _cells = [];
    private byte[] _levels = [];
    private int _count;

    /// <summary>The cells of the row group.</summary>
    protected T[] Cells => _cells;

    /// <inheritdoc/>
    public override bool Read(ParquetPages pages, ParquetRowGroup group)
    {
        var chunk = group.Chunks[Leaf.Chunk];
        if (chunk.ValueCount != group.RowCount)
        {
            throw new InvalidDataException($"column '{Leaf.Name}' does not have a value for each row");
        }

        _count = 0;
        Reserve(ref _cells, 0, (int)Math.Min(chunk.ValueCount, RowsAtOnce));
        _values.Restart();
        pages.Read(chunk, Leaf, this);
        return _count > 0;
    }

    /// <inheritdoc/>
    public void TakeDictionary(int count, ReadOnlySpan<byte> data) => _values.TakeDictionary(count, data);

    /// <inheritdoc/>
    public void TakePage(
        int count, ReadOnlySpan<byte> repetition, ReadOnlySpan<byte> definition, ParquetEncoding encoding, ReadOnlySpan<byte> data)
    {
        Reserve(ref _cells, _count, count);
        var cells = _cells.AsSpan(_count, count);
        _count += count;
        if (Leaf.MaxDefinition == 0)
        {
            _values.Decode(encoding, data, cells);
            return;
        }

        Reserve(ref _levels, 0, count);
        var levels = _levels.AsSpan(0, count);
        RleBitPackingReader.ReadLevels(definition, Leaf.MaxDefinition, levels);
        var known = levels.Count((byte)Leaf.MaxDefinition);
        _values.Decode(encoding, data, cells[..known]);
        for (var cell = count - 1; known < cell + 1; cell--)
        {
            cells[cell] = levels[cell] == Leaf.MaxDefinition ? cells[--known] : missing;
        }
    }

    /// <summary>
    /// Enlarges an array to twice its size if needed. It grows with the pages that are read, because the footer is not trusted.
    /// </summary>
    internal static void Reserve<TValue>(ref TValue[] values, int used, int more)
    {
        var needed = checked(used + more);
        if (values.Length < needed)
        {
            var larger = GC.AllocateUninitializedArray<TValue>((int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * values.Length)));
            values.AsSpan(0, used).CopyTo(larger);
            values = larger;
        }
    }
}

/// <summary>A column of numeric features.</summary>
/// <param name="leaf">The Parquet column.</param>
/// <param name="place">The table column, from 0.</param>
internal sealed class ParquetNumberColumn(ParquetLeaf leaf, int place)
    : ParquetPlainColumn<double>(leaf, place, ParquetNumber.AsDouble(leaf.Values), double.NaN)
{
    /// <inheritdoc/>
    public override void AddTo(TableBuilder table, int row, int number) => table.Add(Place, Cells[row]);

    /// <inheritdoc/>
    public override void AddTo(TableBuilder table, int start, int count, int number) =>
        table.Add(Place, number, Cells.AsSpan(start, count));
}

/// <summary>A column of labels, ids or categories, or of text features that may be numbers.</summary>
/// <param name="leaf">The Parquet column.</param>
/// <param name="place">The table column, from 0.</param>
/// <param name="conversion">Converts the values to text.</param>
internal sealed class ParquetTextColumn(ParquetLeaf leaf, int place, ParquetConversion<string?> conversion)
    : ParquetPlainColumn<string?>(leaf, place, conversion, null)
{
    /// <inheritdoc/>
    public override void AddTo(TableBuilder table, int row, int number)
    {
        if (Cells[row] is { } text)
        {
            table.Add(Place, text);
        }
        else
        {
            table.Add(Place, TableCell.Missing);
        }
    }
}

/// <summary>A feature column of an unsupported type, such as dates. The table reports it with a sample.</summary>
/// <param name="leaf">The Parquet column.</param>
/// <param name="place">The table column, from 0.</param>
/// <param name="conversion">Converts the sample to text.</param>
internal sealed class ParquetRefusedColumn(ParquetLeaf leaf, int place, ParquetConversion<string?> conversion)
    : ParquetPlainColumn<string?>(leaf, place, conversion, null)
{
    /// <inheritdoc/>
    public override void AddTo(TableBuilder table, int row, int number) =>
        table.Add(Place, Cells[row] is { } text ? TableCell.Of(new UnusableValue(Leaf.KindName, text)) : TableCell.Missing);
}

/// <summary>A column of lists of text, maps and the like, which is not decoded.</summary>
/// <param name="leaf">The Parquet column.</param>
/// <param name="place">The table column, from 0.</param>
internal sealed class ParquetNestedColumn(ParquetLeaf leaf, int place) : ParquetColumn(leaf, place)
{
    private readonly TableCell _cell = TableCell.Of(new UnusableValue(leaf.KindName, null));

    /// <inheritdoc/>
    public override bool Read(ParquetPages pages, ParquetRowGroup group) => false;

    /// <inheritdoc/>
    public override void AddTo(TableBuilder table, int row, int number) => table.Add(Place, _cell);
}
