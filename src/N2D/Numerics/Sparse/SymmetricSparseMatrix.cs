namespace N2D.Numerics;

/// <summary>A symmetric sparse matrix of doubles in compressed rows, both halves stored; columns ascend within a row, and the diagonal is there.</summary>
/// <param name="rowStarts">n + 1 places where each row's entries start.</param>
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

    /// <summary>Adds up small symmetric matrices, one about each row.</summary>
    /// <param name="members">The rows and columns of the matrix about each row, n x m, the row itself first.</param>
    /// <param name="memberCount">m.</param>
    /// <param name="parts">n matrices of m x m values.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static SymmetricSparseMatrix Sum(int[] members, int memberCount, double[] parts, Execution execution)
    {
        var rowCount = members.Length / memberCount;
        var (starts, places) = PlacesOf(members, rowCount);
        var rows = new (int[] Columns, double[] Values)[rowCount];
        ParallelRows.For(rowCount, RowsPerBlock, execution, (start, end) =>
        {
            var sums = new double[rowCount];
            var isTouched = new bool[rowCount];
            var touched = new List<int>();
            for (var row = start; row < end; row++)
            {
                touched.Clear();
                foreach (var place in places.AsSpan(starts[row]..starts[row + 1]))
                {
                    var part = parts.AsSpan(place * memberCount, memberCount);
                    var others = members.AsSpan(place / memberCount * memberCount, memberCount);
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

    /// <summary>Where each row is a member, in ascending order.</summary>
    private static (int[] Starts, int[] Places) PlacesOf(int[] members, int rowCount)
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

        var (next, places) = (starts.ToArray(), new int[members.Length]);
        for (var place = 0; place < members.Length; place++)
        {
            places[next[members[place]]++] = place;
        }

        return (starts, places);
    }
}
