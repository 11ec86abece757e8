namespace N2D.Numerics;

/// <summary>A matrix of float32 values somewhere in memory that does not move, by rows or by columns.</summary>
/// <param name="Values">The first value.</param>
/// <param name="RowCount">The number of rows.</param>
/// <param name="ColumnCount">The number of columns.</param>
/// <param name="RowStep">Values from one row to the next.</param>
/// <param name="ColumnStep">Values from one column to the next.</param>
internal readonly unsafe record struct MatrixView(nint Values, int RowCount, int ColumnCount, int RowStep, int ColumnStep)
{
    /// <summary>A matrix that lies row after row.</summary>
    public static MatrixView Of(float* values, int rowCount, int columnCount) => new((nint)values, rowCount, columnCount, columnCount, 1);

    /// <summary>The same values, rows for columns.</summary>
    public MatrixView Transposed => new(Values, ColumnCount, RowCount, ColumnStep, RowStep);

    /// <summary>The first value of a row.</summary>
    public float* Row(int row) => (float*)Values + ((long)row * RowStep);

    /// <summary>The first value of a column.</summary>
    public float* Column(int column) => (float*)Values + ((long)column * ColumnStep);
}
