using System.Diagnostics;

namespace N2D.Numerics;

/// <summary>A view of a float32 matrix in pinned or native memory, with strides. The caller keeps the memory alive.</summary>
/// <param name="Values">The first value.</param>
/// <param name="RowCount">The number of rows.</param>
/// <param name="ColumnCount">The number of columns.</param>
/// <param name="RowStride">The number of values from one row to the next.</param>
/// <param name="ColumnStride">The number of values from one column to the next.</param>
internal readonly unsafe record struct MatrixView(nint Values, int RowCount, int ColumnCount, int RowStride, int ColumnStride)
{
    /// <summary>A row-major matrix.</summary>
    public static MatrixView Of(float* values, int rowCount, int columnCount) => new((nint)values, rowCount, columnCount, columnCount, 1);

    /// <summary>The transposed matrix, without copying.</summary>
    public MatrixView Transposed => new(Values, ColumnCount, RowCount, ColumnStride, RowStride);

    /// <summary>The first value of a row.</summary>
    public float* Row(int row)
    {
        Debug.Assert((uint)row < (uint)RowCount, "The row must be a row of the matrix.");
        return (float*)Values + ((long)row * RowStride);
    }

    /// <summary>The first value of a column.</summary>
    public float* Column(int column)
    {
        Debug.Assert((uint)column <= (uint)ColumnCount, "The column must be a column of the matrix, or the one after the last.");
        return (float*)Values + ((long)column * ColumnStride);
    }
}
