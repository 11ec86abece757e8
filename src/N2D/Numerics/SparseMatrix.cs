namespace N2D.Numerics;

/// <summary>A square sparse matrix of float32 in compressed rows; columns ascend within a row.</summary>
internal sealed class SparseMatrix
{
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
    public ReadOnlySpan<int> RowColumns(int row) => Columns.AsSpan(RowStarts[row]..RowStarts[row + 1]);

    /// <summary>The values of a row's entries.</summary>
    public ReadOnlySpan<float> RowValues(int row) => Values.AsSpan(RowStarts[row]..RowStarts[row + 1]);

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
}
