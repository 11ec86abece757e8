using System.Numerics.Tensors;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Initial coordinates of a layout. All are scaled as in umap-learn: to a largest coordinate of 10, with a little noise, and then each
/// dimension to 0 to 10. So the offset and scale of given coordinates have no effect.
/// </summary>
internal static class LayoutInitialization
{
    /// <summary>
    /// The largest coordinate in each dimension; the least is 0. It is umap-learn's scale, to which the learning rate is tuned.
    /// </summary>
    private const float BoxSize = 10;

    /// <summary>The standard deviation of the noise. It separates coincident rows, which the optimization could not.</summary>
    private const float NoiseScale = 1e-4f;

    /// <summary>Coordinates that are all smaller than this count as 0: the factor that scales them would be infinite.</summary>
    private const float SmallestScale = 1e-30f;

    /// <summary>Computes initial coordinates.</summary>
    /// <param name="rows">n x d raw rows.</param>
    /// <param name="graph">The fuzzy graph, n x n.</param>
    /// <param name="components">Its connected components.</param>
    /// <param name="options">The initialization, dimension and seed.</param>
    /// <param name="given">n x c coordinates that replace the options' initialization; null if there are none.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x c coordinates in [0, 10].</returns>
    public static float[] Compute(
        Matrix rows, SparseMatrix graph, List<int[]> components, UmapOptions options, Matrix? given, Execution execution)
    {
        var coordinates = given is not null ? Center(given) : options.Initialization switch
        {
            UmapInitialization.Spectral => SpectralInitialization.Compute(
                RowUnit.Scale(rows, RowUnit.ExponentOf(rows)), graph, components, options.Dimension, options.Seed, execution),
            UmapInitialization.Random => Random(rows.RowCount, options.Dimension, options.Seed),
            UmapInitialization.Pca => PrincipalComponents
                .Project(RowUnit.Scale(rows, RowUnit.ExponentOf(rows)), options.Dimension, execution).Values.ToArray(),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Initialization, null),
        };
        Rescale(coordinates, options.Dimension, options.Seed);
        return coordinates;
    }

    /// <summary>Throws if rows have too few columns to start a layout at their principal components.</summary>
    /// <param name="columnCount">d.</param>
    /// <param name="dimension">c.</param>
    /// <exception cref="N2DException">There are fewer columns than dimensions (<c>TooFewColumns</c>).</exception>
    public static void ThrowIfTooFewColumns(int columnCount, int dimension)
    {
        if (columnCount < dimension)
        {
            throw new N2DException(
                "TooFewColumns",
                ErrorKind.InvalidArgument,
                $"A layout in {Quantity.Of(dimension, "dimension")} cannot start at the principal components of "
                    + $"{Quantity.Of(columnCount, "column")}. Use a smaller {nameof(UmapOptions.Dimension)}, or "
                    + $"{nameof(UmapOptions.Initialization)} {nameof(UmapInitialization.Random)}.",
                columnCount)
            {
                Options = [nameof(UmapOptions.Dimension), nameof(UmapOptions.Initialization)],
            };
        }
    }

    /// <summary>Throws if coordinates cannot be those of the rows in the layout.</summary>
    /// <param name="layout">The coordinates; valid ones are n x c.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="dimension">c.</param>
    /// <exception cref="N2DException">
    /// They have another number of rows or dimensions (<c>InitialLayoutMismatch</c>), or are not finite (<c>NotFinite</c>).
    /// </exception>
    public static void ThrowIfMismatched(Matrix layout, int rowCount, int dimension)
    {
        if (layout.RowCount != rowCount || layout.ColumnCount != dimension)
        {
            throw new N2DException(
                "InitialLayoutMismatch",
                ErrorKind.InvalidArgument,
                $"The initial layout is {layout.RowCount} x {layout.ColumnCount}; for {Quantity.Of(rowCount, "row")} in "
                    + $"{Quantity.Of(dimension, "dimension")} it must be {rowCount} x {dimension}. Give coordinates of the same rows, and "
                    + $"set {nameof(UmapOptions.Dimension)} to their number of columns.",
                layout)
            {
                Options = [nameof(UmapOptions.Dimension)],
            };
        }

        if (!TensorPrimitives.IsFiniteAll(layout.Values))
        {
            throw new N2DException(
                "NotFinite", ErrorKind.InvalidData, "The initial layout contains NaN or infinity. Give finite coordinates.", layout);
        }
    }

    /// <summary>Coordinates uniform in [-10, 10].</summary>
    public static float[] Random(int rowCount, int dimension, int seed)
    {
        var coordinates = new float[ArraySize.Of(rowCount, dimension)];
        for (var row = 0; row < rowCount; row++)
        {
            var random = new RandomSequence(seed, RandomPurpose.Initialization, row);
            foreach (ref var coordinate in coordinates.AsSpan(row * dimension, dimension))
            {
                coordinate = 2 * BoxSize * (random.NextSingle() - 0.5f);
            }
        }

        return coordinates;
    }

    /// <summary>Adds a little noise to coordinates, which separates coincident rows.</summary>
    /// <param name="layout">n x c coordinates.</param>
    /// <param name="firstRow">The index of the first of these rows among all rows.</param>
    /// <param name="seed">The seed of the noise.</param>
    public static float[] AddNoise(Matrix layout, int firstRow, int seed)
    {
        var coordinates = layout.Values.ToArray();
        var first = firstRow * layout.ColumnCount;
        for (var index = 0; index < coordinates.Length; index++)
        {
            var random = new RandomSequence(seed, RandomPurpose.Initialization, first + index, epoch: 1);
            coordinates[index] += NoiseScale * (float)random.NextGaussian();
        }

        return coordinates;
    }

    /// <summary>
    /// Centers the range of each dimension at 0, so that the noise is small relative to it whatever the offset of the layout.
    /// </summary>
    public static float[] Center(Matrix layout)
    {
        var coordinates = layout.Values.ToArray();
        for (var column = 0; column < layout.ColumnCount; column++)
        {
            var (low, high) = Range(coordinates, column, layout.ColumnCount);
            var middle = (low / 2) + (high / 2);
            for (var index = column; index < coordinates.Length; index += layout.ColumnCount)
            {
                coordinates[index] -= middle;
            }
        }

        return coordinates;
    }

    private static void Rescale(float[] coordinates, int dimension, int seed)
    {
        var expansion = BoxSize / MathF.Max(MathF.Abs(TensorPrimitives.MaxMagnitude<float>(coordinates)), SmallestScale);
        for (var index = 0; index < coordinates.Length; index++)
        {
            var random = new RandomSequence(seed, RandomPurpose.Initialization, index, epoch: 1);
            coordinates[index] = (coordinates[index] * expansion) + (NoiseScale * (float)random.NextGaussian());
        }

        for (var column = 0; column < dimension; column++)
        {
            var (low, high) = Range(coordinates, column, dimension);
            var scale = high > low ? BoxSize / (high - low) : 0;
            for (var index = column; index < coordinates.Length; index += dimension)
            {
                coordinates[index] = (coordinates[index] - low) * scale;
            }
        }
    }

    private static (float Low, float High) Range(float[] coordinates, int column, int dimension)
    {
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        for (var index = column; index < coordinates.Length; index += dimension)
        {
            low = MathF.Min(low, coordinates[index]);
            high = MathF.Max(high, coordinates[index]);
        }

        return (low, high);
    }
}
