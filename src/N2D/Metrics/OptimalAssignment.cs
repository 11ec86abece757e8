namespace N2D.Metrics;

/// <summary>
/// The linear assignment problem (Kuhn, 1955): pairs rows and columns of a table, each at most once, to maximize the sum of the values.
/// Solved by shortest augmenting paths (Jonker and Volgenant, 1987) in O(r² c) for r rows and c columns, r ≤ c.
/// </summary>
internal static class OptimalAssignment
{
    /// <summary>Finds the best pairs.</summary>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="columnCount">The number of columns, which can differ.</param>
    /// <param name="value">The value of pairing a row with a column.</param>
    /// <param name="token">Cancels the work.</param>
    /// <returns>The column of each row; -1 for unpaired rows if there are more rows than columns.</returns>
    public static int[] Maximize(int rowCount, int columnCount, Func<int, int, double> value, CancellationToken token = default)
    {
        if (rowCount <= columnCount)
        {
            return Minimize(rowCount, columnCount, (row, column) => -value(row, column), token);
        }

        var columnOf = new int[rowCount];
        Array.Fill(columnOf, -1);
        var rowOf = Minimize(columnCount, rowCount, (column, row) => -value(row, column), token);
        for (var column = 0; column < columnCount; column++)
        {
            columnOf[rowOf[column]] = column;
        }

        return columnOf;
    }

    private static int[] Minimize(int rowCount, int columnCount, Func<int, int, double> cost, CancellationToken token)
    {
        var rowPrice = new double[rowCount];
        var columnPrice = new double[columnCount];
        var rowOf = new int[columnCount];
        Array.Fill(rowOf, -1);
        for (var row = 0; row < rowCount; row++)
        {
            Augment(row, rowOf, rowPrice, columnPrice, cost, token);
        }

        var columnOf = new int[rowCount];
        for (var column = 0; column < columnCount; column++)
        {
            if (rowOf[column] >= 0)
            {
                columnOf[rowOf[column]] = column;
            }
        }

        return columnOf;
    }

    /// <summary>Assigns one more row, along the shortest augmenting path (Dijkstra's algorithm on reduced costs).</summary>
    private static void Augment(
        int firstRow, int[] rowOf, double[] rowPrice, double[] columnPrice, Func<int, int, double> cost, CancellationToken token)
    {
        var distance = new double[rowOf.Length];
        var previous = new int[rowOf.Length];
        var done = new bool[rowOf.Length];
        Array.Fill(distance, double.PositiveInfinity);
        Array.Fill(previous, -1);
        var (row, column, length) = (firstRow, -1, 0.0);
        do
        {
            token.ThrowIfCancellationRequested();
            var nearest = -1;
            for (var other = 0; other < rowOf.Length; other++)
            {
                if (done[other])
                {
                    continue;
                }

                var through = length + cost(row, other) - rowPrice[row] - columnPrice[other];
                if (through < distance[other])
                {
                    (distance[other], previous[other]) = (through, column);
                }

                nearest = nearest < 0 || distance[other] < distance[nearest] ? other : nearest;
            }

            (column, length) = (nearest, distance[nearest]);
            done[column] = true;
            row = rowOf[column];
        }
        while (row >= 0);

        rowPrice[firstRow] += length;
        for (var other = 0; other < rowOf.Length; other++)
        {
            if (done[other] && other != column)
            {
                rowPrice[rowOf[other]] += length - distance[other];
                columnPrice[other] -= length - distance[other];
            }
        }

        while (column >= 0)
        {
            var from = previous[column];
            rowOf[column] = from < 0 ? firstRow : rowOf[from];
            column = from;
        }
    }
}
