using System.Numerics.Tensors;

namespace N2D.Numerics;

/// <summary>
/// The first principal components of rows: the leading eigenvectors of their scatter matrix. A matrix of few columns is computed and
/// decomposed as a whole. Otherwise, the components are found by subspace iteration, with the scatter matrix if it takes less time and is
/// not large (see <see cref="MaxScatterBytes"/>), and without if not.
/// </summary>
/// <remarks>
/// The result of the whole decomposition is exact. Components with nearly equal variances can be rotations of each other.
/// </remarks>
internal static class PrincipalComponents
{
    /// <summary>Up to this number of columns, the decomposition of the whole matrix takes less time than the iteration.</summary>
    private const int MaxColumnsOfDecomposition = 64;

    private const int RowsPerBlock = 1024;

    /// <summary>
    /// Up to this size, the scatter matrix may be larger than the rows and the sums of a product without it. While it is computed, it takes
    /// twice its size.
    /// </summary>
    private const long MaxScatterBytes = 64L << 20;

    /// <summary>The accuracy of the components.</summary>
    internal enum Accuracy
    {
        /// <summary>All but about 1e-6 of the variance: enough for initial layouts, plots and the scale of distances.</summary>
        Rough,

        /// <summary>All but about 1e-10 of the variance, for PCA itself.</summary>
        Full,
    }

    /// <summary>Projects rows onto their first principal components, with <see cref="Accuracy.Rough"/>.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="count">The number of components, c, 1 to d.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x c centered coordinates, in order of descending variance.</returns>
    public static Matrix Project(Matrix rows, int count, Execution execution) =>
        Find(rows, count, Accuracy.Rough, execution).Project(rows, execution);

    /// <summary>Computes the first principal components of rows.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="count">The number of components, c, 1 to d.</param>
    /// <param name="accuracy">The accuracy.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public static PrincipalAxes Find(Matrix rows, int count, Accuracy accuracy, Execution execution)
    {
        var dimension = rows.ColumnCount;
        var effort = accuracy == Accuracy.Full ? Effort.Full(count) : Effort.Rough();
        var width = Math.Min(PrincipalAxes.StrideOf(count + effort.Oversampling), dimension);
        var centered = new CenteredRows(rows, RowsPerBlock, execution);
        if (dimension <= Math.Max(2 * width, MaxColumnsOfDecomposition))
        {
            var scatter = new ScatterMatrix(rows, centered.ExactMeans, execution);
            var (values, vectors) = SymmetricEigen.Decompose(scatter.ToArray(), dimension, execution.CancellationToken);
            return Axes(centered, values.AsSpan(0, count), FirstColumns(vectors, dimension, count), scatter.Trace);
        }

        if (HasRoomForScatter(rows, width) && IsFasterWithScatter(rows, effort.ExpectedProducts * (double)width))
        {
            var scatter = new ScatterMatrix(rows, centered.ExactMeans, execution);
            var (values, vectors) = Iterate(scatter);
            return Axes(centered, values, vectors, scatter.Trace);
        }
        else
        {
            var scatter = new ScatterProduct(centered, execution);
            var (values, vectors) = Iterate(scatter);
            var unit = (double)centered.Scale * centered.Scale;
            return Axes(centered, Array.ConvertAll(values, value => value * unit), vectors, scatter.Trace() * unit);
        }

        (double[] Values, double[] Vectors) Iterate(ISymmetricOperator scatter) =>
            SubspaceIteration.Find(scatter, count, width, effort.Tolerance, effort.MaxRounds, execution);
    }

    private static bool HasRoomForScatter(Matrix rows, int width)
    {
        var scatterBytes = (long)rows.ColumnCount * rows.ColumnCount * sizeof(double);
        var otherBytes = (rows.RowCount + (long)ScatterProduct.SumsPerColumn(rows.RowCount, width)) * rows.ColumnCount * sizeof(float);
        return scatterBytes <= Math.Max(otherBytes, MaxScatterBytes);
    }

    /// <summary>
    /// In units of d multiply-adds: the scatter matrix takes n d / 2, and each product with a vector d with it, or 2 n without. The latter
    /// take twice as long each.
    /// </summary>
    private static bool IsFasterWithScatter(Matrix rows, double products) =>
        rows.ColumnCount * ((rows.RowCount / 2.0) + products) < 4 * products * rows.RowCount;

    /// <summary>Axes along directions, c rows of d components, given the eigenvalues and the trace of the scatter matrix.</summary>
    private static PrincipalAxes Axes(CenteredRows rows, ReadOnlySpan<double> values, double[] directions, double total)
    {
        var shares = new double[values.Length];
        for (var axis = 0; axis < shares.Length; axis++)
        {
            shares[axis] = total > 0 ? Math.Max(values[axis], 0) / total : 0;

            // The sign of a direction is arbitrary: make its largest component positive.
            var direction = directions.AsSpan(axis * rows.Means.Length, rows.Means.Length);
            if (TensorPrimitives.MaxMagnitude<double>(direction) < 0)
            {
                TensorPrimitives.Negate(direction, direction);
            }
        }

        return new PrincipalAxes(rows.Means, rows.Scale, directions, shares, total / Math.Max(rows.RowCount - 1, 1));
    }

    /// <summary>The first columns of a square matrix, as rows.</summary>
    private static double[] FirstColumns(double[] matrix, int size, int count)
    {
        var columns = new double[count * size];
        for (var column = 0; column < count; column++)
        {
            for (var row = 0; row < size; row++)
            {
                columns[(column * size) + row] = matrix[(row * size) + column];
            }
        }

        return columns;
    }

    /// <summary>The effort of an iteration.</summary>
    /// <param name="Oversampling">Directions in addition to the wanted ones. More of them speed up convergence.</param>
    /// <param name="Tolerance">The share of the variance at which the iteration converges.</param>
    /// <param name="MaxRounds">The largest number of rounds.</param>
    /// <param name="ExpectedProducts">About the number of products with the block.</param>
    private readonly record struct Effort(int Oversampling, double Tolerance, int MaxRounds, int ExpectedProducts)
    {
        public static Effort Rough() => new(6, 1e-6, 10, 12);

        public static Effort Full(int count) => new(Math.Max(count, 6), 1e-10, 50, 32);
    }
}
