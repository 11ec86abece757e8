using System.Globalization;

namespace N2D.Data;

/// <summary>A column with a list of numbers or null for each row.</summary>
/// <param name="leaf">The Parquet column.</param>
/// <param name="place">The table column, from 0.</param>
/// <param name="terms">The terms for messages.</param>
internal sealed class ParquetVectorColumn(ParquetLeaf leaf, int place, TableTerms terms) : ParquetColumn(leaf, place), IParquetPageTarget
{
    private const int NoList = -1;

    /// <summary>The number of values for which memory is reserved at once.</summary>
    private const int ValuesAtOnce = 1 << 22;

    private readonly ParquetValues<float> _values = new(leaf.Values, ParquetNumber.AsFloat(leaf.Values));
    private readonly HashSet<int> _rowsWithNulls = [];
    private float[] _elements = [];
    private int[] _lengths = [];
    private byte[] _repetition = [];
    private byte[] _definition = [];
    private int _elementCount;
    private int _rowCount;
    private int _given;

    /// <inheritdoc/>
    protected override long CountValues(ParquetFooter footer) => footer.Groups.Sum(group => group.Chunks[Leaf.Chunk].ValueCount);

    /// <inheritdoc/>
    public override bool Read(ParquetPages pages, ParquetRowGroup group)
    {
        (_elementCount, _rowCount, _given) = (0, 0, 0);
        ParquetPlainColumn<float>.Reserve(ref _elements, 0, (int)Math.Min(group.Chunks[Leaf.Chunk].ValueCount, ValuesAtOnce));
        _rowsWithNulls.Clear();
        _values.Restart();
        pages.Read(group.Chunks[Leaf.Chunk], Leaf, this);
        if (_rowCount != group.RowCount)
        {
            throw new InvalidDataException($"column '{Leaf.Name}' does not have a list for each row");
        }

        return _rowCount > 0;
    }

    /// <inheritdoc/>
    public void TakeDictionary(int count, ReadOnlySpan<byte> data) => _values.TakeDictionary(count, data);

    /// <inheritdoc/>
    public void TakePage(
        int count, ReadOnlySpan<byte> repetition, ReadOnlySpan<byte> definition, ParquetEncoding encoding, ReadOnlySpan<byte> data)
    {
        ParquetPlainColumn<float>.Reserve(ref _repetition, 0, count);
        ParquetPlainColumn<float>.Reserve(ref _definition, 0, count);
        var isFurther = _repetition.AsSpan(0, count);
        var level = _definition.AsSpan(0, count);
        RleBitPackingReader.ReadLevels(repetition, Leaf.MaxRepetition, isFurther);
        RleBitPackingReader.ReadLevels(definition, Leaf.MaxDefinition, level);
        var known = level.Count((byte)Leaf.MaxDefinition);
        ParquetPlainColumn<float>.Reserve(ref _elements, _elementCount, count);
        _values.Decode(encoding, data, _elements.AsSpan(_elementCount, known));
        if (known == count)
        {
            AddWhole(isFurther);
        }
        else
        {
            AddWithGaps(isFurther, level, known);
        }
    }

    /// <inheritdoc/>
    public override void AddTo(TableBuilder table, int row, int number)
    {
        var length = _lengths[row];
        if (length == NoList)
        {
            table.Add(Place, TableCell.Missing);
            return;
        }

        var vector = _elements.AsSpan(_given, length);
        _given += length;
        if (length > 0 && !_rowsWithNulls.Contains(row))
        {
            table.Add(Place, vector);
            return;
        }

        var what = length == 0 ? "the list is empty" : "the list contains nulls";
        table.Problems.Add(
            length == 0 ? "RaggedVector" : "MissingValue",
            () => string.Create(CultureInfo.InvariantCulture, $"row {number}, {terms.Column} {Quotation.Of(Leaf.Name)}: {what}"),
            () => new Advice(
                $"Give all lists of the {terms.Column} the same number of values, and replace missing lists with null, or exclude the "
                    + $"{terms.Column} with {nameof(TableOptions.ExcludedColumns)} {Quotation.ArgumentOf(Leaf.Name)}.",
                nameof(TableOptions.ExcludedColumns)));
        table.Add(Place, TableCell.Missing);
    }

    /// <inheritdoc/>
    public override void AddTo(TableBuilder table, int start, int count, int number)
    {
        var width = count > 0 ? _lengths[start] : 0;
        if (width > 0 && _rowsWithNulls.Count == 0 && !_lengths.AsSpan(0, _rowCount).ContainsAnyExcept(width))
        {
            // If this is the only row group, the table takes over the array.
            if (start + count == _rowCount && table.TryAdoptVectors(Place, _elements, _elementCount, width))
            {
                _elements = [];
                return;
            }

            if (table.TryAddVectors(Place, _elements.AsSpan(_given, width * count), width))
            {
                _given += width * count;
                return;
            }
        }

        base.AddTo(table, start, count, number);
    }

    /// <summary>Adds a page without nulls, as most pages are.</summary>
    private void AddWhole(ReadOnlySpan<byte> isFurther)
    {
        _elementCount += isFurther.Length;
        while (!isFurther.IsEmpty)
        {
            var next = isFurther[1..].IndexOf((byte)0);
            var length = next < 0 ? isFurther.Length : next + 1;
            BeginOrContinue(isFurther[0]);
            _lengths[_rowCount - 1] += length;
            isFurther = isFurther[length..];
        }
    }

    private void AddWithGaps(ReadOnlySpan<byte> isFurther, ReadOnlySpan<byte> level, int known)
    {
        var values = _elements.AsSpan(_elementCount, known).ToArray();
        var next = 0;
        for (var place = 0; place < level.Length; place++)
        {
            BeginOrContinue(isFurther[place]);
            if (level[place] < Leaf.ElementDefinition)
            {
                if (isFurther[place] != 0)
                {
                    throw new InvalidDataException("a page has invalid levels");
                }

                // The level below that of an element means an empty list; lower levels mean null.
                _lengths[_rowCount - 1] = level[place] == Leaf.ElementDefinition - 1 ? 0 : NoList;
                continue;
            }

            var isKnown = level[place] == Leaf.MaxDefinition;
            _elements[_elementCount++] = isKnown ? values[next++] : float.NaN;
            _lengths[_rowCount - 1] = Math.Max(_lengths[_rowCount - 1], 0) + 1;
            if (!isKnown)
            {
                _rowsWithNulls.Add(_rowCount - 1);
            }
        }
    }

    private void BeginOrContinue(byte isFurther)
    {
        if (isFurther == 0)
        {
            ParquetPlainColumn<float>.Reserve(ref _lengths, _rowCount, 1);
            _lengths[_rowCount++] = 0;
        }
        else if (_rowCount == 0)
        {
            throw new InvalidDataException("a page has invalid levels");
        }
    }
}
