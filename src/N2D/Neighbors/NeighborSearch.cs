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
