namespace N2D.Numerics;

/// <summary>
/// A symmetric sparse matrix of doubles in compressed sparse row format (CSR), with both triangles and the whole diagonal stored. Columns
/// ascend within a row.
/// </summary>
/// <param name="rowStarts">The index of each row's first entry, and the number of entries: n + 1 values.</param>
/// <param name="columns">The column of each entry.</param>
/// <param name="values">The value of each entry.</param>
internal sealed class SymmetricSparseMatrix(int[] rowStarts, int[] columns, double[] values)
{
    private const int RowsPerBlock = 64;

    /// <summary>The number of rows, n.</summary>
    public int RowCount => rowStarts.Length - 1;

    /// <summary>The columns of a row's entries.</summary>
    public ReadOnlySpan<int> RowColumns(int row) => columns.AsSpan(rowStarts[row]..rowStarts[row + 1]);

    /// <summary>The values of a row's entries.</summary>
    public ReadOnlySpan<double> RowValues(int row) => values.AsSpan(rowStarts[row]..rowStarts[row + 1]);

    /// <summary>Assembles the sum of small symmetric matrices, one for each row (as elements in the finite element method).</summary>
    /// <param name="members">The rows and columns of each small matrix, n x m, the row itself first.</param>
    /// <param name="memberCount">m.</param>
    /// <param name="parts">n matrices of m x m values.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static SymmetricSparseMatrix Sum(int[] members, int memberCount, double[] parts, Execution execution)
    {
        var rowCount = members.Length / memberCount;
        var (starts, occurrences) = OccurrencesOf(members, rowCount);
        var rows = new (int[] Columns, double[] Values)[rowCount];
        ParallelRows.For(rowCount, RowsPerBlock, execution, (start, end) =>
        {
            var sums = new double[rowCount];
            var isTouched = new bool[rowCount];
            var touched = new List<int>();
            for (var row = start; row < end; row++)
            {
                touched.Clear();
                foreach (var occurrence in occurrences.AsSpan(starts[row]..starts[row + 1]))
                {
                    var part = parts.AsSpan(occurrence * memberCount, memberCount);
                    var others = members.AsSpan(occurrence / memberCount * memberCount, memberCount);
                    for (var other = 0; other < memberCount; other++)
                    {
                        if (!isTouched[others[other]])
                        {
                            isTouched[others[other]] = true;
                            touched.Add(others[other]);
                        }

                        sums[others[other]] += part[other];
                    }
                }

                touched.Sort();
                rows[row] = ([.. touched], [.. touched.Select(column => sums[column])]);
                foreach (var column in touched)
                {
                    (sums[column], isTouched[column]) = (0, false);
                }
            }
        });
        var rowStarts = new int[rowCount + 1];
        for (var row = 0; row < rowCount; row++)
        {
            rowStarts[row + 1] = checked(rowStarts[row] + rows[row].Columns.Length);
        }

        return new SymmetricSparseMatrix(rowStarts, [.. rows.SelectMany(row => row.Columns)], [.. rows.SelectMany(row => row.Values)]);
    }

    /// <summary>x' A x.</summary>
    public double QuadraticForm(double[] vector, Execution execution) => ParallelRows.Sum(RowCount, RowsPerBlock, execution, (start, end) =>
    {
        var sum = 0.0;
        for (var row = start; row < end; row++)
        {
            var rowColumns = RowColumns(row);
            var rowValues = RowValues(row);
            var product = 0.0;
            for (var entry = 0; entry < rowColumns.Length; entry++)
            {
                product += rowValues[entry] * vector[rowColumns[entry]];
            }

            sum += vector[row] * product;
        }

        return sum;
    });

    /// <summary>The mean of the diagonal.</summary>
    public double MeanDiagonal()
    {
        var sum = 0.0;
        for (var row = 0; row < RowCount; row++)
        {
            sum += RowValues(row)[RowColumns(row).BinarySearch(row)];
        }

        return sum / RowCount;
    }

    /// <summary>The indices in <paramref name="members"/> at which each row occurs, ascending.</summary>
    private static (int[] Starts, int[] Places) OccurrencesOf(int[] members, int rowCount)
    {
        var starts = new int[rowCount + 1];
        foreach (var member in members)
        {
            starts[member + 1]++;
        }

        for (var row = 0; row < rowCount; row++)
        {
            starts[row + 1] += starts[row];
        }

        var (next, occurrences) = (starts.ToArray(), new int[members.Length]);
        for (var occurrence = 0; occurrence < members.Length; occurrence++)
        {
            occurrences[next[members[occurrence]]++] = occurrence;
        }

        return (starts, occurrences);
    }
}
