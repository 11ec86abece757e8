namespace N2D.Data;

/// <summary>A column of a value, or nothing, for each row.</summary>
/// <typeparam name="T">What is made of the values.</typeparam>
/// <param name="leaf">The field.</param>
/// <param name="place">Its column in the table, from 0.</param>
/// <param name="conversion">Makes it.</param>
/// <param name="missing">What stands for nothing.</param>
internal abstract class ParquetPlainColumn<T>(ParquetLeaf leaf, int place, ParquetConversion<T> conversion, T missing) : ParquetColumn(leaf, place), IParquetPageTarget
{
    /// <summary>The rows that are made room for at once; most files have no more in a group.</summary>
    private const int RowsAtOnce = 1 << 20;

    private readonly ParquetValues<T> _values = new(leaf.Values, conversion);
    private T[] _cells = [];
    private byte[] _levels = [];
    private int _count;

    /// <summary>The cells.</summary>
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
    public void TakePage(int count, ReadOnlySpan<byte> repetition, ReadOnlySpan<byte> definition, ParquetEncoding encoding, ReadOnlySpan<byte> data)
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
        HybridReader.ReadLevels(definition, Leaf.MaxDefinition, levels);
        var known = levels.Count((byte)Leaf.MaxDefinition);
        _values.Decode(encoding, data, cells[..known]);
        for (var cell = count - 1; known < cell + 1; cell--)
        {
            cells[cell] = levels[cell] == Leaf.MaxDefinition ? cells[--known] : missing;
        }
    }

    /// <summary>Makes room in an array that grows by as much as it has, page by page: what a footer says is not believed.</summary>
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

/// <summary>A column of numbers to cluster.</summary>
/// <param name="leaf">The field.</param>
/// <param name="place">Its column in the table, from 0.</param>
internal sealed class ParquetNumberColumn(ParquetLeaf leaf, int place) : ParquetPlainColumn<double>(leaf, place, ParquetNumber.AsDouble(leaf.Values), double.NaN)
{
    /// <inheritdoc/>
    public override void AddTo(TableBuilder table, int row, int number) => table.Add(Place, Cells[row]);

    /// <inheritdoc/>
    public override void AddTo(TableBuilder table, int start, int count, int number) => table.Add(Place, number, Cells.AsSpan(start, count));
}

/// <summary>A column of labels, ids or categories, or of text to cluster, which may be numbers.</summary>
/// <param name="leaf">The field.</param>
/// <param name="place">Its column in the table, from 0.</param>
/// <param name="conversion">Makes the text.</param>
internal sealed class ParquetTextColumn(ParquetLeaf leaf, int place, ParquetConversion<string?> conversion) : ParquetPlainColumn<string?>(leaf, place, conversion, null)
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

/// <summary>A column that is to be clustered and cannot be, such as one of dates: the table refuses it by its name and a sample.</summary>
/// <param name="leaf">The field.</param>
/// <param name="place">Its column in the table, from 0.</param>
/// <param name="conversion">Makes the text of the sample.</param>
internal sealed class ParquetRefusedColumn(ParquetLeaf leaf, int place, ParquetConversion<string?> conversion) : ParquetPlainColumn<string?>(leaf, place, conversion, null)
{
    /// <inheritdoc/>
    public override void AddTo(TableBuilder table, int row, int number) =>
        table.Add(Place, Cells[row] is { } text ? TableCell.Of(new UnusableValue(Leaf.KindName, text)) : TableCell.Missing);
}

/// <summary>A column of lists of text, of maps and the like, which is never decoded.</summary>
/// <param name="leaf">The field.</param>
/// <param name="place">Its column in the table, from 0.</param>
internal sealed class ParquetNestedColumn(ParquetLeaf leaf, int place) : ParquetColumn(leaf, place)
{
    private readonly TableCell _cell = TableCell.Of(new UnusableValue(leaf.KindName, null));

    /// <inheritdoc/>
    public override bool Read(ParquetPages pages, ParquetRowGroup group) => false;

    /// <inheritdoc/>
    public override void AddTo(TableBuilder table, int row, int number) => table.Add(Place, _cell);
}
