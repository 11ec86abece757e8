using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The local radius of each row, which is small where the density is high: the mean squared distance of its neighbors, weighted by their
/// memberships (Narayan, Berger and Cho, 2021).
/// </summary>
internal static class LocalRadii
{
    /// <summary>A number that keeps the logarithm finite for rows among duplicates.</summary>
    public const double Softening = 1e-8;

    private const int RowsPerBlock = 512;

    /// <summary>Computes the logarithms of the radii.</summary>
    /// <param name="neighbors">The distances of neighbors.</param>
    /// <param name="graph">The memberships: the fuzzy graph of these neighbors, n x n, symmetric.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n values; NaN for a row without edges.</returns>
    public static double[] Logarithms(NeighborGraph neighbors, SparseMatrix graph, Execution execution)
    {
        var radii = new double[graph.RowCount];
        ParallelRows.For(graph.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                var (sum, total) = (0.0, 0.0);
                var columns = graph.RowColumns(row);
                var weights = graph.RowValues(row);
                for (var entry = 0; entry < columns.Length; entry++)
                {
                    var distance = Distance(neighbors, row, columns[entry]);
                    sum += weights[entry] * distance * distance;
                    total += weights[entry];
                }

                radii[row] = PortableMath.Log(Softening + (sum / total));
            }
        });
        return radii;
    }

    /// <summary>The distance of two rows, at least one of which is a neighbor of the other at a finite distance.</summary>
    private static double Distance(NeighborGraph neighbors, int row, int other)
    {
        var place = neighbors.Neighbors(row).IndexOf(other);
        return place >= 0 && float.IsFinite(neighbors.Distances(row)[place])
            ? neighbors.Distances(row)[place]
            : neighbors.Distances(other)[neighbors.Neighbors(other).IndexOf(row)];
    }
}
