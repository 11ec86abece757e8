using System.Runtime.CompilerServices;

namespace N2D.Numerics;

/// <summary>A square sparse float32 matrix in compressed sparse row format (CSR). Columns ascend within a row.</summary>
internal sealed class SparseMatrix
{
    private const int RowsPerBlock = 512;

    /// <summary>Creates a matrix from its arrays.</summary>
    /// <param name="rowStarts">The index of each row's first entry, and the number of entries: n + 1 values.</param>
    /// <param name="columns">The column of each entry.</param>
    /// <param name="values">The value of each entry.</param>
    public SparseMatrix(int[] rowStarts, int[] columns, float[] values)
    {
        RowStarts = rowStarts;
        Columns = columns;
        Values = values;
    }

    /// <summary>The number of rows, n.</summary>
    public int RowCount => RowStarts.Length - 1;

    /// <summary>The index of each row's first entry, and the number of entries: n + 1 values.</summary>
    public int[] RowStarts { get; }

    /// <summary>The column of each entry.</summary>
    public int[] Columns { get; }

    /// <summary>The value of each entry.</summary>
    public float[] Values { get; }

    /// <summary>The columns of a row's entries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> RowColumns(int row) => Columns.AsSpan(RowStarts[row], RowStarts[row + 1] - RowStarts[row]);

    /// <summary>The values of a row's entries.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> RowValues(int row) => Values.AsSpan(RowStarts[row], RowStarts[row + 1] - RowStarts[row]);

    /// <summary>The sum of each row's entries.</summary>
    public double[] RowSums()
    {
        var sums = new double[RowCount];
        for (var row = 0; row < sums.Length; row++)
        {
            foreach (var value in RowValues(row))
            {
                sums[row] += value;
            }
        }

        return sums;
    }

    /// <summary>Combines each entry with the one across the diagonal, or with 0 if there is none.</summary>
    /// <param name="combine">Computes the combined entry from both, which it can receive in either order.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x n, exactly symmetric if the combination does not depend on the order. Entries of 0 or less are left out.</returns>
    public SparseMatrix CombineWithTranspose(Func<float, float, float> combine, Execution execution)
    {
        using var transpose = new Transposed(this);
        var rowStarts = new int[RowCount + 1];
        ParallelRows.For(RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                rowStarts[row + 1] = CombineRow(transpose, combine, row, [], []);
            }
        });
        for (var row = 0; row < RowCount; row++)
        {
            rowStarts[row + 1] += rowStarts[row];
        }

        var columns = new int[rowStarts[^1]];
        var values = new float[rowStarts[^1]];
        ParallelRows.For(RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var part = rowStarts[row]..rowStarts[row + 1];
                CombineRow(transpose, combine, row, columns.AsSpan(part), values.AsSpan(part));
            }
        });
        return new SparseMatrix(rowStarts, columns, values);
    }

    /// <summary>Combines the entries of a row and a column. With empty targets, only counts the entries.</summary>
    /// <returns>The number of entries in the combined row.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CombineRow(Transposed transpose, Func<float, float, float> combine, int row, Span<int> columns, Span<float> values)
    {
        var ownColumns = RowColumns(row);
        var ownValues = RowValues(row);
        var otherColumns = transpose.RowColumns(row);
        var otherValues = transpose.RowValues(row);
        var (own, other, count) = (0, 0, 0);
        while (own < ownColumns.Length || other < otherColumns.Length)
        {
            var ownColumn = own < ownColumns.Length ? ownColumns[own] : int.MaxValue;
            var otherColumn = other < otherColumns.Length ? otherColumns[other] : int.MaxValue;
            var p = ownColumn <= otherColumn ? ownValues[own++] : 0;
            var q = otherColumn <= ownColumn ? otherValues[other++] : 0;
            var value = combine(p, q);
            if (value > 0)
            {
                if (!columns.IsEmpty)
                {
                    columns[count] = Math.Min(ownColumn, otherColumn);
                    values[count] = value;
                }

                count++;
            }
        }

        return count;
    }

    /// <summary>The entries of a matrix by column.</summary>
    private sealed class Transposed : IDisposable
    {
        private readonly int[] _starts;
        private readonly NativeArray<int> _columns;
        private readonly NativeArray<float> _values;

        public Transposed(SparseMatrix matrix)
        {
            _starts = new int[matrix.RowCount + 1];
            foreach (var column in matrix.Columns)
            {
                _starts[column + 1]++;
            }

            for (var row = 0; row < matrix.RowCount; row++)
            {
                _starts[row + 1] += _starts[row];
            }

            _columns = new NativeArray<int>(matrix.Columns.Length);
            _values = new NativeArray<float>(matrix.Columns.Length);
            var places = _starts.ToArray();
            var columns = _columns.Span;
            var values = _values.Span;
            for (var row = 0; row < matrix.RowCount; row++)
            {
                for (var entry = matrix.RowStarts[row]; entry < matrix.RowStarts[row + 1]; entry++)
                {
                    var place = places[matrix.Columns[entry]]++;
                    columns[place] = row;
                    values[place] = matrix.Values[entry];
                }
            }
        }

        public ReadOnlySpan<int> RowColumns(int row) => _columns.Span[_starts[row].._starts[row + 1]];

        public ReadOnlySpan<float> RowValues(int row) => _values.Span[_starts[row].._starts[row + 1]];

        public void Dispose()
        {
            _columns.Dispose();
            _values.Dispose();
        }
    }
}
