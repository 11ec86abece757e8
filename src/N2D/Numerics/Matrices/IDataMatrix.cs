namespace N2D.Numerics;

/// <summary>
/// A data matrix: n rows (samples) by d columns (features) of float32, in memory (<see cref="Matrix"/>) or in a file, of which only the
/// requested rows are read. Thread-safe for reading.
/// </summary>
public interface IDataMatrix
{
    /// <summary>The number of rows, n.</summary>
    int RowCount { get; }

    /// <summary>The number of columns, d.</summary>
    int ColumnCount { get; }

    /// <summary>Whether all values are known to be finite, so that they need no check.</summary>
    bool IsFinite => false;

    /// <summary>Returns a copy of a row, d values.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <exception cref="N2DException">The file that contains the rows has changed (<c>FileChanged</c>).</exception>
    float[] GetRow(int row);

    /// <summary>Copies consecutive rows.</summary>
    /// <param name="start">The first row, from 0.</param>
    /// <param name="target">Receives as many rows as it has room for. Its length is a multiple of d.</param>
    /// <exception cref="N2DException">The file that contains the rows has changed (<c>FileChanged</c>).</exception>
    internal void CopyRows(int start, Span<float> target);

    /// <summary>Copies selected rows.</summary>
    /// <param name="numbers">The row numbers, from 0, in the order of the copy.</param>
    /// <param name="target">Receives the rows, d values each.</param>
    /// <exception cref="N2DException">The file that contains the rows has changed (<c>FileChanged</c>).</exception>
    internal void CopyRows(ReadOnlySpan<int> numbers, Span<float> target);
}
