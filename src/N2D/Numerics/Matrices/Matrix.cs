namespace N2D.Numerics;

/// <summary>An immutable, dense, row-major float32 matrix: n rows (samples) by d columns (features).</summary>
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

    /// <summary>All n x d values, row-major.</summary>
    internal ReadOnlySpan<float> Values => _values;

    /// <summary>A value.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <param name="column">Column, from 0.</param>
    public float this[int row, int column] => Row(row)[column];

    /// <summary>A row, d values.</summary>
    /// <param name="row">Row, from 0.</param>
    internal ReadOnlySpan<float> Row(int row) => _values.AsSpan(row * ColumnCount, ColumnCount);

    /// <summary>Consecutive rows, without copying.</summary>
    /// <param name="start">The first row, from 0.</param>
    /// <param name="count">The number of rows.</param>
    internal ReadOnlySpan<float> RowRange(int start, int count) => _values.AsSpan(start * ColumnCount, count * ColumnCount);

    /// <summary>Creates a matrix that takes ownership of an array. The caller must not write to the array afterwards.</summary>
    /// <param name="values">n x d values, row-major.</param>
    /// <param name="columnCount">The number of columns, 1 or more.</param>
    /// <exception cref="ArgumentException">The length of the array is not a multiple of the number of columns.</exception>
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
    public float[] GetRow(int row) => Row(row).ToArray();

    /// <summary>Returns all n x d values, row-major.</summary>
    public IReadOnlyList<float> GetValues() => Array.AsReadOnly(_values);

    /// <inheritdoc cref="IDataMatrix.CopyRows(int, Span{float})"/>
    internal void CopyRows(int start, Span<float> target) => _values.AsSpan(start * ColumnCount, target.Length).CopyTo(target);

    void IDataMatrix.CopyRows(int start, Span<float> target) => CopyRows(start, target);

    void IDataMatrix.CopyRows(ReadOnlySpan<int> numbers, Span<float> target) => CopyRows(numbers, target);

    /// <inheritdoc cref="IDataMatrix.CopyRows(ReadOnlySpan{int}, Span{float})"/>
    internal void CopyRows(ReadOnlySpan<int> numbers, Span<float> target)
    {
        for (var place = 0; place < numbers.Length; place++)
        {
            Row(numbers[place]).CopyTo(target[(place * ColumnCount)..]);
        }
    }

    /// <summary>Copies selected rows.</summary>
    /// <param name="rows">The row numbers, from 0, in the order of the copy.</param>
    internal Matrix Select(ReadOnlySpan<int> rows)
    {
        var values = new float[rows.Length * ColumnCount];
        CopyRows(rows, values);
        return new Matrix(values, rows.Length, ColumnCount);
    }

    /// <summary>Throws if a value is NaN or infinite.</summary>
    /// <exception cref="N2DException">A value is NaN or infinite (<c>NotFinite</c>).</exception>
    internal void ThrowIfNotFinite() => this.ThrowIfNotFinite(Execution.Default);

    /// <summary>
    /// The array of values itself, for kernels and native calls that need an array or a pinned pointer. Do not write to it.
    /// </summary>
    internal float[] UnsafeValues => _values;
}
