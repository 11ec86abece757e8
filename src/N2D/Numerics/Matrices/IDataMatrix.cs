namespace N2D.Numerics;

/// <summary>
/// A data matrix: n rows (samples) in d columns (features) of float32, wherever its values lie. A <see cref="Matrix"/> has them in memory; others leave them
/// in a file, and only those at hand are ever copied. May be read by many threads at once.
/// </summary>
public interface IDataMatrix
{
    /// <summary>The number of rows, n.</summary>
    int RowCount { get; }

    /// <summary>The number of columns, d.</summary>
    int ColumnCount { get; }

    /// <summary>Whether no value can be NaN or infinite, so that nobody need look.</summary>
    bool IsFinite => false;

    /// <summary>Copies rows that lie next to each other.</summary>
    /// <param name="start">The first row, from 0.</param>
    /// <param name="target">Takes as many rows as it has room for, a multiple of d.</param>
    /// <exception cref="N2DException">The file that the rows are in is no longer what it was (<c>FileChanged</c>).</exception>
    void CopyRows(int start, Span<float> target);

    /// <summary>Copies chosen rows.</summary>
    /// <param name="numbers">The rows, from 0, in the order in which they are wanted.</param>
    /// <param name="target">Takes them, d values each.</param>
    /// <exception cref="N2DException">The file that the rows are in is no longer what it was (<c>FileChanged</c>).</exception>
    void CopyRows(ReadOnlySpan<int> numbers, Span<float> target);
}
