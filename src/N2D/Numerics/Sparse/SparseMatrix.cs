using System.Runtime.CompilerServices;

namespace N2D.Numerics;

/// <summary>A square sparse matrix of float32 in compressed rows; columns ascend within a row.</summary>
internal sealed class SparseMatrix
{
    private const int RowsPerBlock = 512;

    /// <summary>Makes a matrix of its arrays.</summary>
    /// <param name="rowStarts">n + 1 places where each row's entries start.</param>
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

    /// <summary>n + 1 places where each row's entries start.</summary>
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

    /// <summary>The matrix with rows and columns exchanged.</summary>
    public SparseMatrix Transpose()
    {
        var rowStarts = new int[RowCount + 1];
        foreach (var column in Columns)
        {
            rowStarts[column + 1]++;
        }

        for (var row = 0; row < RowCount; row++)
        {
            rowStarts[row + 1] += rowStarts[row];
        }

        var places = rowStarts.ToArray();
        var columns = new int[Columns.Length];
        var values = new float[Values.Length];
        for (var row = 0; row < RowCount; row++)
        {
            for (var entry = RowStarts[row]; entry < RowStarts[row + 1]; entry++)
            {
                var place = places[Columns[entry]]++;
                columns[place] = row;
                values[place] = Values[entry];
            }
        }

        return new SparseMatrix(rowStarts, columns, values);
    }

    /// <summary>Combines each entry with the one across the diagonal, 0 where there is none.</summary>
    /// <param name="combine">Makes an entry of both; the order in which it gets them tells nothing.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x n, symmetric to the last bit if the combination does not depend on the order, without entries of 0 or less.</returns>
    public SparseMatrix CombineWithTranspose(Func<float, float, float> combine, Execution execution)
    {
        var transpose = Transpose();
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

    /// <summary>Combines the entries of a row and a column. Writes nothing where the targets are empty.</summary>
    /// <returns>The number of entries of the combined row.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CombineRow(SparseMatrix transpose, Func<float, float, float> combine, int row, Span<int> columns, Span<float> values)
    {
        var givenColumns = RowColumns(row);
        var givenValues = RowValues(row);
        var takenColumns = transpose.RowColumns(row);
        var takenValues = transpose.RowValues(row);
        var (given, taken, count) = (0, 0, 0);
        while (given < givenColumns.Length || taken < takenColumns.Length)
        {
            var givenColumn = given < givenColumns.Length ? givenColumns[given] : int.MaxValue;
            var takenColumn = taken < takenColumns.Length ? takenColumns[taken] : int.MaxValue;
            var p = givenColumn <= takenColumn ? givenValues[given++] : 0;
            var q = takenColumn <= givenColumn ? takenValues[taken++] : 0;
            var value = combine(p, q);
            if (value > 0)
            {
                if (!columns.IsEmpty)
                {
                    columns[count] = Math.Min(givenColumn, takenColumn);
                    values[count] = value;
                }

                count++;
            }
        }

        return count;
    }
}
