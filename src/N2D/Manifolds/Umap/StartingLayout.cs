using System.Numerics.Tensors;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Where the rows of a layout start. All starts are scaled alike, as in umap-learn: to a largest coordinate of 10, a little noise added, and each
/// dimension then stretched to the whole of 0 to 10, which makes one's scale count as little as its place.
/// </summary>
internal static class StartingLayout
{
    /// <summary>The box that the start fills in each dimension, 0 to this (umap-learn's scale, to which the learning rate is tuned).</summary>
    private const float BoxSize = 10;

    /// <summary>The noise parts rows that coincide, which nothing could part later.</summary>
    private const float NoiseScale = 1e-4f;

    /// <summary>Coordinates all nearer to 0 than that are taken for 0: what would stretch them is infinite.</summary>
    private const float SmallestScale = 1e-30f;

    /// <summary>Finds starting coordinates.</summary>
    /// <param name="rows">n x d raw rows.</param>
    /// <param name="graph">The fuzzy graph, n x n.</param>
    /// <param name="components">Its connected components.</param>
    /// <param name="options">The kind of start, dimension and seed.</param>
    /// <param name="given">n x c coordinates to start at instead of the kind of start that the options name, or null.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x c coordinates in [0, 10].</returns>
    public static float[] Find(
        Matrix rows, SparseMatrix graph, List<int[]> components, UmapOptions options, Matrix? given, Execution execution)
    {
        var coordinates = given is not null ? Centerd(given) : options.Initialization switch
        {
            UmapInitialization.Spectral => SpectralInitialization.Compute(RowUnit.Scale(rows, RowUnit.ExponentOf(rows)), graph, components, options.Dimension, options.Seed, execution),
            UmapInitialization.Random => Random(rows.RowCount, options.Dimension, options.Seed),
            UmapInitialization.Pca => PrincipalComponents.Project(RowUnit.Scale(rows, RowUnit.ExponentOf(rows)), options.Dimension, execution).Values.ToArray(),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Initialization, null),
        };
        Rescale(coordinates, options.Dimension, options.Seed);
        return coordinates;
    }

    /// <summary>Refuses coordinates that a layout cannot start at.</summary>
    /// <param name="layout">The coordinates, to be n x c.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="dimension">c.</param>
    /// <exception cref="N2DException">They are of other rows or dimensions (<c>InitialLayoutMismatch</c>), or not finite (<c>NotFinite</c>).</exception>
    public static void ThrowIfMismatched(Matrix layout, int rowCount, int dimension)
    {
        if (layout.RowCount != rowCount || layout.ColumnCount != dimension)
        {
            throw new N2DException(
                "InitialLayoutMismatch",
                ErrorKind.InvalidArgument,
                $"The initial embedding is {layout.RowCount} x {layout.ColumnCount}; for {Quantity.Of(rowCount, "row")} in {Quantity.Of(dimension, "dimension")} it must be "
                    + $"{rowCount} x {dimension}. Give coordinates of the same rows, and ask for as many dimensions as they have.",
                layout);
        }

        if (!TensorPrimitives.IsFiniteAll(layout.Values))
        {
            throw new N2DException("NotFinite", ErrorKind.InvalidData, "The initial embedding has coordinates that are not finite numbers.", layout);
        }
    }

    /// <summary>Coordinates uniform in [-10, 10].</summary>
    public static float[] Random(int rowCount, int dimension, int seed)
    {
        var coordinates = new float[rowCount * dimension];
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

    /// <summary>Places with a little noise, which parts rows that coincide.</summary>
    /// <param name="places">n x c coordinates.</param>
    /// <param name="firstRow">The number of the first of them among all rows.</param>
    /// <param name="seed">The seed of the noise.</param>
    public static float[] Parted(Matrix places, int firstRow, int seed)
    {
        var coordinates = places.Values.ToArray();
        var first = firstRow * places.ColumnCount;
        for (var place = 0; place < coordinates.Length; place++)
        {
            var random = new RandomSequence(seed, RandomPurpose.Initialization, first + place, epoch: 1);
            coordinates[place] += NoiseScale * (float)random.NextGaussian();
        }

        return coordinates;
    }

    /// <summary>Takes off the middle of each dimension's range, so that the noise is small beside the range wherever the layout lies.</summary>
    public static float[] Centerd(Matrix layout)
    {
        var coordinates = layout.Values.ToArray();
        for (var column = 0; column < layout.ColumnCount; column++)
        {
            var (low, high) = Range(coordinates, column, layout.ColumnCount);
            var middle = (low / 2) + (high / 2);
            for (var place = column; place < coordinates.Length; place += layout.ColumnCount)
            {
                coordinates[place] -= middle;
            }
        }

        return coordinates;
    }

    private static void Rescale(float[] coordinates, int dimension, int seed)
    {
        var expansion = BoxSize / MathF.Max(MathF.Abs(TensorPrimitives.MaxMagnitude<float>(coordinates)), SmallestScale);
        for (var place = 0; place < coordinates.Length; place++)
        {
            var random = new RandomSequence(seed, RandomPurpose.Initialization, place, epoch: 1);
            coordinates[place] = (coordinates[place] * expansion) + (NoiseScale * (float)random.NextGaussian());
        }

        for (var column = 0; column < dimension; column++)
        {
            var (low, high) = Range(coordinates, column, dimension);
            var scale = high > low ? BoxSize / (high - low) : 0;
            for (var place = column; place < coordinates.Length; place += dimension)
            {
                coordinates[place] = (coordinates[place] - low) * scale;
            }
        }
    }

    private static (float Low, float High) Range(float[] coordinates, int column, int dimension)
    {
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        for (var place = column; place < coordinates.Length; place += dimension)
        {
            low = MathF.Min(low, coordinates[place]);
            high = MathF.Max(high, coordinates[place]);
        }

        return (low, high);
    }
}
