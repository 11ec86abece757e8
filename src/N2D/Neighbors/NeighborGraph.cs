using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>
/// The k nearest rows of each row, by ascending distance, then by ascending row number. A row is not its own neighbor.
/// </summary>
public sealed class NeighborGraph
{
    private const int RowsPerBlock = 512;

    private readonly int[] _indices;
    private readonly float[] _distances;

    /// <summary>Creates a graph that owns its arrays.</summary>
    /// <param name="indices">n x k row numbers of the neighbors.</param>
    /// <param name="distances">n x k distances, ascending in each row.</param>
    /// <param name="neighborCount">k, the number of neighbors of each row.</param>
    internal NeighborGraph(int[] indices, float[] distances, int neighborCount)
    {
        _indices = indices;
        _distances = distances;
        NeighborCount = neighborCount;
    }

    /// <summary>The number of rows, n.</summary>
    public int RowCount => _indices.Length / NeighborCount;

    /// <summary>The number of neighbors of each row, k, without the row itself.</summary>
    public int NeighborCount { get; }

    /// <summary>The neighbors of all rows, n x k.</summary>
    internal ReadOnlyMemory<int> Indices => _indices;

    /// <summary>The distances of all rows, n x k.</summary>
    internal ReadOnlyMemory<float> AllDistances => _distances;

    /// <summary>The neighbors of a row, nearest first.</summary>
    /// <param name="row">Row, from 0.</param>
    public ReadOnlySpan<int> Neighbors(int row) => _indices.AsSpan(row * NeighborCount, NeighborCount);

    /// <summary>The distances to the neighbors of a row, ascending.</summary>
    /// <param name="row">Row, from 0.</param>
    public ReadOnlySpan<float> Distances(int row) => _distances.AsSpan(row * NeighborCount, NeighborCount);

    /// <summary>
    /// The distance of each row from the rows of a fit, among which its neighbors were searched: the distance to the last neighbor but one.
    /// If a neighbor is at distance 0, it counts as the row itself, and the distance is that of the last neighbor. So a row of the fit has
    /// the distance that it would have if it were not part of the fit, and the distances of new rows are comparable.
    /// </summary>
    internal float[] DistancesFromOthers() => [.. Enumerable.Range(0, RowCount).Select(row => DistanceFromOthers(Distances(row)))];

    /// <summary>
    /// The same graph, with neighbors at or beyond a distance set to infinity, so that they no longer count as neighbors.
    /// </summary>
    /// <param name="distance">The distance, above 0.</param>
    internal NeighborGraph CutAt(float distance) => float.IsPositiveInfinity(distance)
        ? this
        : new NeighborGraph(
            _indices, Array.ConvertAll(_distances, value => value >= distance ? float.PositiveInfinity : value), NeighborCount);

    /// <summary>The same graph, with the distances of the rows before they were scaled by a power of two.</summary>
    /// <param name="distance">The distance.</param>
    /// <param name="exponent">The exponent of the scale.</param>
    internal NeighborGraph InUnit(RowDistance distance, int exponent)
    {
        var back = distance.Metric == DistanceMetric.SquaredEuclidean ? -2 * exponent : -exponent;
        return exponent == 0
            ? this
            : new NeighborGraph(_indices, Array.ConvertAll(_distances, value => MathF.ScaleB(value, back)), NeighborCount);
    }

    /// <summary>The graph of the same rows in another order.</summary>
    /// <param name="order">The number in the other order of each row of this graph.</param>
    internal NeighborGraph Reordered(ReadOnlySpan<int> order)
    {
        var (indices, distances) = (new int[_indices.Length], new float[_distances.Length]);
        for (var row = 0; row < RowCount; row++)
        {
            var target = indices.AsSpan(order[row] * NeighborCount, NeighborCount);
            var targetDistances = distances.AsSpan(order[row] * NeighborCount, NeighborCount);
            Distances(row).CopyTo(targetDistances);
            for (var place = 0; place < NeighborCount; place++)
            {
                target[place] = order[Neighbors(row)[place]];
            }

            SortEqual(targetDistances, target);
        }

        return new NeighborGraph(indices, distances, NeighborCount);
    }

    /// <summary>The graph of the nearest of these neighbors.</summary>
    /// <param name="neighborCount">The number of neighbors to keep, 1 to k.</param>
    internal NeighborGraph First(int neighborCount)
    {
        if (neighborCount == NeighborCount)
        {
            return this;
        }

        var indices = new int[ArraySize.Of(RowCount, neighborCount)];
        var distances = new float[ArraySize.Of(RowCount, neighborCount)];
        for (var row = 0; row < RowCount; row++)
        {
            Neighbors(row)[..neighborCount].CopyTo(indices.AsSpan(row * neighborCount));
            Distances(row)[..neighborCount].CopyTo(distances.AsSpan(row * neighborCount));
        }

        return new NeighborGraph(indices, distances, neighborCount);
    }

    /// <summary>Computes the values of the neighbors of a row, nearest first.</summary>
    /// <param name="row">The row.</param>
    /// <param name="values">The destination, k values.</param>
    internal delegate void FillValues(int row, Span<float> values);

    /// <summary>The graph as a matrix with an entry for each neighbor of a row.</summary>
    /// <param name="fill">Computes the values of a row's entries.</param>
    /// <param name="execution">Threads and cancellation.</param>
    internal SparseMatrix ToMatrix(FillValues fill, Execution execution)
    {
        var count = NeighborCount;
        var rowStarts = new int[RowCount + 1];
        var columns = new int[_indices.Length];
        var values = new float[_indices.Length];
        ParallelRows.For(RowCount, RowsPerBlock, execution, (start, end) =>
        {
            for (var row = start; row < end; row++)
            {
                rowStarts[row + 1] = (row + 1) * count;
                var rowColumns = columns.AsSpan(row * count, count);
                var rowValues = values.AsSpan(row * count, count);
                Neighbors(row).CopyTo(rowColumns);
                fill(row, rowValues);
                rowColumns.Sort(rowValues);
            }
        });
        return new SparseMatrix(rowStarts, columns, values);
    }

    /// <summary>Recall: the fraction of an exact graph's neighbors that are in this graph, 0 to 1.</summary>
    /// <param name="exact">The true neighbors of the same rows.</param>
    public double RecallOf(NeighborGraph exact)
    {
        ArgumentNullException.ThrowIfNull(exact);
        var found = 0L;
        for (var row = 0; row < exact.RowCount; row++)
        {
            var candidates = Neighbors(row);
            foreach (var neighbor in exact.Neighbors(row))
            {
                if (candidates.Contains(neighbor))
                {
                    found++;
                }
            }
        }

        return (double)found / exact._indices.Length;
    }

    private static float DistanceFromOthers(ReadOnlySpan<float> distances) => distances.Length == 1 || distances[0] == 0
        ? distances[^1]
        : distances[^2];

    /// <summary>Sorts neighbors at equal distances by their number.</summary>
    private static void SortEqual(ReadOnlySpan<float> distances, Span<int> neighbors)
    {
        for (var start = 0; start < distances.Length;)
        {
            var end = start + 1;
            while (end < distances.Length && distances[end] == distances[start])
            {
                end++;
            }

            neighbors[start..end].Sort();
            start = end;
        }
    }
}
