namespace N2D.Numerics;

/// <summary>An immutable dense matrix of float32 in row-major order: n rows (samples) in d columns (features).</summary>
public sealed class Matrix : IDataMatrix
{
    private readonly float[] _values;

    private Matrix(float[] values, int rowCount, int columnCount)
    {
        _values = values;
        RowCount = rowCount;
        ColumnCount = columnCount;
    }

    /// <summary>The number of rows, n.</summary>
    public int RowCount { get; }

    /// <summary>The number of columns, d.</summary>
    public int ColumnCount { get; }

    /// <summary>All n x d values, row after row.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>One value.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="column">Column, from 0.</param>
    public float this[int row, int column] => Row(row)[column];

    /// <summary>One row, d values.</summary>
    /// <param name="row">Row, from 0.</param>
    public ReadOnlySpan<float> Row(int row) => _values.AsSpan(row * ColumnCount, ColumnCount);

    /// <summary>Some rows next to each other, without copying.</summary>
    /// <param name="start">First row, from 0.</param>
    /// <param name="count">Number of rows.</param>
    public ReadOnlySpan<float> RowRange(int start, int count) => _values.AsSpan(start * ColumnCount, count * ColumnCount);

    /// <summary>Makes a matrix of an array, which it owns from then on: the caller must not write to it again.</summary>
    /// <param name="values">rowCount x columnCount values, row after row.</param>
    /// <param name="columnCount">The number of columns, 1 or more.</param>
    /// <exception cref="ArgumentException">The length of the array is no multiple of the number of columns.</exception>
    public static Matrix Own(float[] values, int columnCount)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(columnCount, 1);
        if (values.Length % columnCount != 0)
        {
            throw new ArgumentException($"{values.Length} values do not fill rows of {columnCount}.", nameof(values));
        }

        return new Matrix(values, values.Length / columnCount, columnCount);
    }

    /// <inheritdoc/>
    public void CopyRows(int start, Span<float> target) => _values.AsSpan(start * ColumnCount, target.Length).CopyTo(target);

    /// <inheritdoc/>
    public void CopyRows(ReadOnlySpan<int> numbers, Span<float> target)
    {
        for (var place = 0; place < numbers.Length; place++)
        {
            Row(numbers[place]).CopyTo(target[(place * ColumnCount)..]);
        }
    }

    /// <summary>Copies some rows.</summary>
    /// <param name="rows">Their numbers, in the order of the copy.</param>
    internal Matrix Select(ReadOnlySpan<int> rows)
    {
        var values = new float[rows.Length * ColumnCount];
        CopyRows(rows, values);
        return new Matrix(values, rows.Length, ColumnCount);
    }

    /// <summary>Refuses a matrix that holds NaN or infinity.</summary>
    /// <exception cref="N2DException">It does (<c>NotFinite</c>).</exception>
    internal void ThrowIfNotFinite() => this.ThrowIfNotFinite(Execution.Default);

    /// <summary>The values themselves, for kernels and native calls that take an array or a pinned pointer. Read only.</summary>
    internal float[] UnsafeValues => _values;
}
