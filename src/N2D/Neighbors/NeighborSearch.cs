using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Neighbors;

/// <summary>Finds the k nearest neighbours of every row: exactly where that is cheap, by NN-descent where it is not.</summary>
public static class NeighborSearch
{
    /// <summary>
    /// Above this many coordinate differences, n^2 d, exact search gives way to NN-descent: some ten seconds on two cores, and
    /// about where NN-descent, whose cost grows with n^1.1 d or so, becomes the faster of the two.
    /// </summary>
    internal const double ExactLimit = 1.5e11;

    /// <summary>Finds the k nearest other rows of every row.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="neighborCount">k, 1 to n - 1; the row itself is not counted.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="seed">The seed of NN-descent's random starts.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <exception cref="N2DException">
    /// There are not more than k rows (<c>TooFewRows</c>), or the metric is not defined for a row (<c>UndefinedDistance</c>).
    /// </exception>
    public static NeighborGraph Find(Matrix rows, int neighborCount, DistanceMetric metric, int seed, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(execution);
        if (neighborCount < 1 || neighborCount >= rows.RowCount)
        {
            throw new N2DException(
                "TooFewRows",
                ErrorKind.InvalidArgument,
                $"{neighborCount} neighbours of each of {rows.RowCount} rows: the number of neighbours must be 1 or more, and below the number of rows.",
                neighborCount);
        }

        return metric switch
        {
            DistanceMetric.Euclidean => Find<EuclideanKernel>(rows, neighborCount, seed, execution),
            DistanceMetric.Manhattan => Find<ManhattanKernel>(rows, neighborCount, seed, execution),
            DistanceMetric.Chebyshev => Find<ChebyshevKernel>(rows, neighborCount, seed, execution),
            DistanceMetric.Cosine => Find<UnitRowKernel>(UnitRows(rows, centred: false), neighborCount, seed, execution),
            DistanceMetric.Correlation => Find<UnitRowKernel>(UnitRows(rows, centred: true), neighborCount, seed, execution),
            _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, null),
        };
    }

    /// <summary>
    /// Finds the k nearest of some rows for each of other ones. Every pair is looked at, whatever their number: what is found for a query is exact,
    /// and the same in any company.
    /// </summary>
    /// <remarks>
    /// A query costs n d coordinate differences. A call lays the rows out first, which takes as long as some fifty queries: ask for many at once.
    /// </remarks>
    /// <param name="queries">q x d.</param>
    /// <param name="rows">n x d, among which neighbours are looked for; one that equals the query counts.</param>
    /// <param name="neighborCount">k, 1 to n.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>For each query the row numbers of its neighbours and their distances.</returns>
    /// <exception cref="N2DException">
    /// There are fewer than k rows (<c>TooFewRows</c>), or the metric is not defined for a query or a row, or a query is at no finite distance from k
    /// of them (<c>UndefinedDistance</c>).
    /// </exception>
    /// <exception cref="ArgumentException">Queries and rows differ in their number of columns.</exception>
    public static NeighborGraph FindAmong(Matrix queries, Matrix rows, int neighborCount, DistanceMetric metric, Execution execution)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(execution);
        if (queries.ColumnCount != rows.ColumnCount)
        {
            throw new ArgumentException($"Queries of {queries.ColumnCount} columns have no distance to rows of {rows.ColumnCount}.", nameof(queries));
        }

        if (neighborCount < 1 || neighborCount > rows.RowCount)
        {
            throw new N2DException(
                "TooFewRows",
                ErrorKind.InvalidArgument,
                $"{neighborCount} neighbours among {rows.RowCount} rows: the number of neighbours must be 1 or more, and at most the number of rows.",
                neighborCount);
        }

        execution.Explain?.Invoke(
            $"Neighbours: exact search for {queries.RowCount} rows among {rows.RowCount} in {rows.ColumnCount} dimensions.");
        var found = metric switch
        {
            DistanceMetric.Euclidean => ExactNeighbors.FindAmong<EuclideanKernel>(queries, rows, neighborCount, execution),
            DistanceMetric.Manhattan => ExactNeighbors.FindAmong<ManhattanKernel>(queries, rows, neighborCount, execution),
            DistanceMetric.Chebyshev => ExactNeighbors.FindAmong<ChebyshevKernel>(queries, rows, neighborCount, execution),
            DistanceMetric.Cosine or DistanceMetric.Correlation => ExactNeighbors.FindAmong<UnitRowKernel>(
                UnitRows(queries, metric == DistanceMetric.Correlation),
                UnitRows(rows, metric == DistanceMetric.Correlation),
                neighborCount,
                execution),
            _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, null),
        };
        ThrowIfInfinite(found);
        return found;
    }

    private static void ThrowIfInfinite(NeighborGraph found)
    {
        for (var query = 0; query < found.RowCount; query++)
        {
            if (!float.IsFinite(found.Distances(query)[^1]))
            {
                throw new N2DException(
                    "UndefinedDistance",
                    ErrorKind.InvalidData,
                    $"Row {query + 1} is at no finite distance from {found.NeighborCount} of the rows: its values are too large. Remove it, or scale the data down.",
                    query);
            }
        }
    }

    private static NeighborGraph Find<TKernel>(Matrix rows, int neighborCount, int seed, Execution execution)
        where TKernel : struct, IDistanceKernel
    {
        var cost = (double)rows.RowCount * rows.RowCount * rows.ColumnCount;
        if (cost <= ExactLimit)
        {
            execution.Explain?.Invoke($"Neighbours: exact search over {rows.RowCount} rows in {rows.ColumnCount} dimensions.");
            return ExactNeighbors.Find<TKernel>(rows, neighborCount, execution);
        }

        execution.Explain?.Invoke($"Neighbours: NN-descent over {rows.RowCount} rows in {rows.ColumnCount} dimensions.");
        return NeighborDescent.Find<TKernel>(rows, neighborCount, new NeighborDescentOptions { Seed = seed }, execution);
    }

    /// <summary>The rows scaled to length one, after their means are taken off if asked.</summary>
    private static Matrix UnitRows(Matrix rows, bool centred)
    {
        var values = rows.Values.ToArray();
        for (var row = 0; row < rows.RowCount; row++)
        {
            var vector = values.AsSpan(row * rows.ColumnCount, rows.ColumnCount);
            if (centred)
            {
                TensorPrimitives.Subtract(vector, TensorPrimitives.Sum<float>(vector) / vector.Length, vector);
            }

            var norm = TensorPrimitives.Norm<float>(vector);
            if (norm == 0)
            {
                throw new N2DException(
                    "UndefinedDistance",
                    ErrorKind.InvalidData,
                    $"Row {row + 1} is {(centred ? "constant" : "all zeros")}, so it has no {(centred ? "correlation" : "angle")} with any other row. "
                        + "Remove such rows, or use the Euclidean metric.",
                    row);
            }

            TensorPrimitives.Divide(vector, norm, vector);
        }

        return Matrix.Own(values, rows.ColumnCount);
    }
}
