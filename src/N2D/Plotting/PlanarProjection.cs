using N2D.Numerics;

namespace N2D.Plotting;

/// <summary>The first two principal components of rows, for a picture of what has more than two dimensions.</summary>
/// <remarks>Found by subspace iteration on the rows themselves (Halko, Martinsson and Tropp, 2011), exactly up to eight columns.</remarks>
internal static class PlanarProjection
{
    private const int Width = 8;
    private const int Iterations = 20;
    private const int RowsPerBlock = 512;

    /// <summary>Projects rows of two or more columns.</summary>
    /// <param name="rows">n x d, d at least 2.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x 2 centred coordinates.</returns>
    public static Matrix Project(Matrix rows, Execution execution)
    {
        var dimension = rows.ColumnCount;
        var width = Math.Min(Width, dimension);
        var means = Means(rows, execution);
        var basis = new double[dimension * width];
        var random = new RandomSequence(0, RandomPurpose.Initialization);
        foreach (ref var value in basis.AsSpan())
        {
            value = random.NextGaussian();
        }

        Orthonormalise(basis, width);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            basis = Scatter(rows, means, basis, width, execution);
            Orthonormalise(basis, width);
        }

        return Coordinates(rows, means, Leading(basis, Scatter(rows, means, basis, width, execution), width), execution);
    }

    private static double[] Means(Matrix rows, Execution execution)
    {
        var means = ParallelRows.Sums(rows.RowCount, RowsPerBlock, rows.ColumnCount, execution, (row, sums) =>
        {
            var values = rows.Row(row);
            for (var column = 0; column < values.Length; column++)
            {
                sums[column] += values[column];
            }
        });
        for (var column = 0; column < means.Length; column++)
        {
            means[column] /= rows.RowCount;
        }

        return means;
    }

    /// <summary>X'X basis of the centred rows X.</summary>
    private static double[] Scatter(Matrix rows, double[] means, double[] basis, int width, Execution execution) =>
        ParallelRows.Sums(rows.RowCount, RowsPerBlock, basis.Length, execution, (row, sums) =>
        {
            Span<double> projected = stackalloc double[width];
            var values = rows.Row(row);
            ProjectRow(values, means, basis, projected);
            for (var column = 0; column < values.Length; column++)
            {
                var centred = values[column] - means[column];
                var target = sums.AsSpan(column * projected.Length, projected.Length);
                for (var k = 0; k < projected.Length; k++)
                {
                    target[k] += centred * projected[k];
                }
            }
        });

    private static void ProjectRow(ReadOnlySpan<float> values, double[] means, double[] basis, Span<double> projected)
    {
        projected.Clear();
        for (var column = 0; column < values.Length; column++)
        {
            var centred = values[column] - means[column];
            var source = basis.AsSpan(column * projected.Length, projected.Length);
            for (var k = 0; k < projected.Length; k++)
            {
                projected[k] += centred * source[k];
            }
        }
    }

    /// <summary>Gram and Schmidt, column by column, twice for rounding. A column that the others span becomes zero.</summary>
    private static void Orthonormalise(double[] basis, int width)
    {
        var dimension = basis.Length / width;
        for (var column = 0; column < width; column++)
        {
            for (var pass = 0; pass < 2; pass++)
            {
                for (var other = 0; other < column; other++)
                {
                    var share = 0.0;
                    for (var row = 0; row < dimension; row++)
                    {
                        share += basis[(row * width) + column] * basis[(row * width) + other];
                    }

                    for (var row = 0; row < dimension; row++)
                    {
                        basis[(row * width) + column] -= share * basis[(row * width) + other];
                    }
                }
            }

            var square = 0.0;
            for (var row = 0; row < dimension; row++)
            {
                square += basis[(row * width) + column] * basis[(row * width) + column];
            }

            for (var row = 0; row < dimension; row++)
            {
                basis[(row * width) + column] *= square > 0 ? 1 / Math.Sqrt(square) : 0;
            }
        }
    }

    /// <summary>The two directions of largest variance within the span of the basis (Rayleigh and Ritz), d x 2.</summary>
    private static double[] Leading(double[] basis, double[] scattered, int width)
    {
        var dimension = basis.Length / width;
        var inner = new double[width * width];
        for (var row = 0; row < dimension; row++)
        {
            for (var i = 0; i < width; i++)
            {
                for (var j = 0; j < width; j++)
                {
                    inner[(i * width) + j] += (basis[(row * width) + i] * scattered[(row * width) + j] / 2)
                        + (basis[(row * width) + j] * scattered[(row * width) + i] / 2);
                }
            }
        }

        var (_, vectors) = SymmetricEigen.Decompose(inner, width);
        var directions = new double[dimension * 2];
        for (var row = 0; row < dimension; row++)
        {
            for (var axis = 0; axis < 2; axis++)
            {
                for (var i = 0; i < width; i++)
                {
                    directions[(row * 2) + axis] += basis[(row * width) + i] * vectors[(i * width) + axis];
                }
            }
        }

        return directions;
    }

    private static Matrix Coordinates(Matrix rows, double[] means, double[] directions, Execution execution)
    {
        var points = new float[rows.RowCount * 2];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            Span<double> projected = stackalloc double[2];
            for (var row = start; row < end; row++)
            {
                ProjectRow(rows.Row(row), means, directions, projected);
                points[row * 2] = (float)projected[0];
                points[(row * 2) + 1] = (float)projected[1];
            }
        });
        return Matrix.Own(points, 2);
    }
}
