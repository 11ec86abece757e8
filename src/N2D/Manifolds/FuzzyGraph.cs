using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The fuzzy simplicial set of the data as a symmetric weighted graph: each row's memberships of its neighbourhood, combined with
/// those that its neighbours give it (McInnes et al. 2018, algorithms 1 and 2).
/// </summary>
internal static class FuzzyGraph
{
    private const int RowsPerBlock = 512;

    /// <summary>Builds the graph: n x n, symmetric, weights above 0 up to 1, an empty diagonal.</summary>
    /// <param name="neighbors">The nearest other rows of each row; those at infinite distance are left out.</param>
    /// <param name="options">Local connectivity and the mix of union and intersection.</param>
    /// <param name="execution">Threads and cancellation.</param>
    public static SparseMatrix Build(NeighborGraph neighbors, UmapOptions options, Execution execution) =>
        Combine(Memberships(neighbors, options.LocalConnectivity, execution), options.SetOperationMixRatio, execution);

    /// <summary>Combines the membership that each row gives another with the one that the other gives it.</summary>
    /// <param name="forward">The membership of the column in the neighbourhood of the row, n x n.</param>
    /// <param name="unionShare">From 0, the fuzzy intersection p q, to 1, the fuzzy union p + q - p q.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x n, symmetric to the last bit, without entries of weight 0.</returns>
    public static SparseMatrix Combine(SparseMatrix forward, float unionShare, Execution execution)
    {
        var backward = Transpose(forward);
        var rowStarts = new int[forward.RowCount + 1];
        ParallelRows.For(forward.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                rowStarts[row + 1] = CombineRow(forward, backward, unionShare, row, [], []);
            }
        });
        for (var row = 0; row < forward.RowCount; row++)
        {
            rowStarts[row + 1] += rowStarts[row];
        }

        var columns = new int[rowStarts[^1]];
        var values = new float[rowStarts[^1]];
        ParallelRows.For(forward.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var part = rowStarts[row]..rowStarts[row + 1];
                CombineRow(forward, backward, unionShare, row, columns.AsSpan(part), values.AsSpan(part));
            }
        });
        return new SparseMatrix(rowStarts, columns, values);
    }

    /// <summary>The membership that each row gives its neighbours, columns ascending.</summary>
    private static SparseMatrix Memberships(NeighborGraph neighbors, float localConnectivity, Execution execution)
    {
        var (rho, sigma) = SmoothNeighborDistances.Compute(neighbors, localConnectivity, execution);
        var count = neighbors.NeighborCount;
        var rowStarts = new int[neighbors.RowCount + 1];
        var columns = new int[neighbors.RowCount * count];
        var values = new float[neighbors.RowCount * count];
        ParallelRows.For(neighbors.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                rowStarts[row + 1] = (row + 1) * count;
                var distances = neighbors.Distances(row);
                var rowColumns = columns.AsSpan(row * count, count);
                var rowValues = values.AsSpan(row * count, count);
                neighbors.Neighbors(row).CopyTo(rowColumns);
                for (var place = 0; place < count; place++)
                {
                    var beyond = distances[place] - rho[row];
                    rowValues[place] = beyond > 0 ? MathF.Exp(-beyond / sigma[row]) : 1;
                }

                rowColumns.Sort(rowValues);
            }
        });
        return new SparseMatrix(rowStarts, columns, values);
    }

    private static SparseMatrix Transpose(SparseMatrix matrix)
    {
        var rowStarts = new int[matrix.RowCount + 1];
        foreach (var column in matrix.Columns)
        {
            rowStarts[column + 1]++;
        }

        for (var row = 0; row < matrix.RowCount; row++)
        {
            rowStarts[row + 1] += rowStarts[row];
        }

        var places = rowStarts.ToArray();
        var columns = new int[matrix.Columns.Length];
        var values = new float[matrix.Values.Length];
        for (var row = 0; row < matrix.RowCount; row++)
        {
            for (var entry = matrix.RowStarts[row]; entry < matrix.RowStarts[row + 1]; entry++)
            {
                var place = places[matrix.Columns[entry]]++;
                columns[place] = row;
                values[place] = matrix.Values[entry];
            }
        }

        return new SparseMatrix(rowStarts, columns, values);
    }

    /// <summary>Combines what a row gives with what it is given. Writes nothing where the targets are empty.</summary>
    /// <returns>The number of entries of the combined row.</returns>
    private static int CombineRow(SparseMatrix forward, SparseMatrix backward, float unionShare, int row, Span<int> columns, Span<float> values)
    {
        var givenColumns = forward.RowColumns(row);
        var givenValues = forward.RowValues(row);
        var takenColumns = backward.RowColumns(row);
        var takenValues = backward.RowValues(row);
        var (given, taken, count) = (0, 0, 0);
        while (given < givenColumns.Length || taken < takenColumns.Length)
        {
            var givenColumn = given < givenColumns.Length ? givenColumns[given] : int.MaxValue;
            var takenColumn = taken < takenColumns.Length ? takenColumns[taken] : int.MaxValue;
            var p = givenColumn <= takenColumn ? givenValues[given++] : 0;
            var q = takenColumn <= givenColumn ? takenValues[taken++] : 0;

            // In an order that does not depend on which of the two is the row, so that the graph is symmetric to the last bit.
            var both = p * q;
            var weight = (unionShare * (p + q - both)) + ((1 - unionShare) * both);
            if (weight > 0)
            {
                if (!columns.IsEmpty)
                {
                    columns[count] = Math.Min(givenColumn, takenColumn);
                    values[count] = weight;
                }

                count++;
            }
        }

        return count;
    }
}
