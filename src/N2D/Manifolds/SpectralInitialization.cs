using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Starting coordinates from the graph's spectrum. A graph in several parts has no common eigenvectors worth having, so each part gets its
/// own, around a place of its own.
/// </summary>
internal static class SpectralInitialization
{
    /// <summary>The box that the start fills in each dimension, 0 to this (umap-learn's scale, to which the learning rate is tuned).</summary>
    private const float BoxSize = 10;

    private const float NoiseScale = 1e-4f;

    /// <summary>Computes starting coordinates.</summary>
    /// <param name="rows">n x d raw rows; they tell how the parts of a disconnected graph lie to each other.</param>
    /// <param name="graph">The fuzzy graph, n x n.</param>
    /// <param name="dimension">The dimensions of the layout, c.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x c coordinates in [0, 10].</returns>
    public static float[] Compute(Matrix rows, SparseMatrix graph, int dimension, int seed, Execution execution)
    {
        var components = ConnectedComponents.Find(graph);
        var coordinates = components.Count == 1
            ? LayOutConnected(graph, dimension, seed, execution)
            : LayOutComponents(rows, graph, components, dimension, seed, execution);
        if (components.Count > 1)
        {
            execution.Explain?.Invoke($"Spectral start: the graph falls into {components.Count} parts, each laid out on its own.");
        }

        Rescale(coordinates, dimension, seed);
        return coordinates;
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
                coordinate = 20 * (random.NextSingle() - 0.5f);
            }
        }

        return coordinates;
    }

    private static float[] LayOutConnected(SparseMatrix graph, int dimension, int seed, Execution execution) =>
        graph.RowCount >= 2 * dimension && graph.RowCount > dimension + 2
            ? LaplacianEigenmap.Compute(graph, dimension, seed, execution)
            : Random(graph.RowCount, dimension, seed);

    private static float[] LayOutComponents(
        Matrix rows, SparseMatrix graph, List<int[]> components, int dimension, int seed, Execution execution)
    {
        var places = components.Count <= 2 * dimension
            ? AxisPlaces(components.Count, dimension)
            : ComponentPlaces.FromCentroids(rows, components, dimension);
        var coordinates = new float[graph.RowCount * dimension];
        for (var component = 0; component < components.Count; component++)
        {
            var members = components[component];
            var place = places.AsSpan(component * dimension, dimension);
            var part = LayOutConnected(Subgraph(graph, members), dimension, seed + component, execution);
            var reach = DistanceToNearest(places, component, dimension) / 2;
            var largest = MathF.Max(MathF.Abs(TensorPrimitives.MaxMagnitude<float>(part)), float.Epsilon);
            TensorPrimitives.Multiply(part, reach / largest, part);
            for (var member = 0; member < members.Length; member++)
            {
                TensorPrimitives.Add(part.AsSpan(member * dimension, dimension), place, coordinates.AsSpan(members[member] * dimension, dimension));
            }
        }

        return coordinates;
    }

    /// <summary>Few parts go to the ends of the axes, all equally far from each other or nearly so.</summary>
    private static float[] AxisPlaces(int count, int dimension)
    {
        var places = new float[count * dimension];
        for (var component = 0; component < count; component++)
        {
            places[(component * dimension) + (component / 2)] = component % 2 == 0 ? 1 : -1;
        }

        return places;
    }

    private static float DistanceToNearest(float[] places, int component, int dimension)
    {
        var place = places.AsSpan(component * dimension, dimension);
        var nearest = float.PositiveInfinity;
        for (var other = 0; other < places.Length / dimension; other++)
        {
            if (other != component)
            {
                var distance = TensorPrimitives.Distance<float>(place, places.AsSpan(other * dimension, dimension));
                nearest = distance > 0 ? MathF.Min(nearest, distance) : nearest;
            }
        }

        return float.IsFinite(nearest) ? nearest : 1;
    }

    private static SparseMatrix Subgraph(SparseMatrix graph, int[] members)
    {
        var rowStarts = new int[members.Length + 1];
        var columns = new List<int>();
        var values = new List<float>();
        for (var member = 0; member < members.Length; member++)
        {
            foreach (var column in graph.RowColumns(members[member]))
            {
                columns.Add(Array.BinarySearch(members, column));
            }

            values.AddRange(graph.RowValues(members[member]));
            rowStarts[member + 1] = columns.Count;
        }

        return new SparseMatrix(rowStarts, [.. columns], [.. values]);
    }

    /// <summary>Adds a little noise, which parts coincident rows, and stretches each dimension to the box.</summary>
    private static void Rescale(float[] coordinates, int dimension, int seed)
    {
        var expansion = BoxSize / MathF.Max(MathF.Abs(TensorPrimitives.MaxMagnitude<float>(coordinates)), float.Epsilon);
        for (var place = 0; place < coordinates.Length; place++)
        {
            var random = new RandomSequence(seed, RandomPurpose.Initialization, place, epoch: 1);
            coordinates[place] = (coordinates[place] * expansion) + (NoiseScale * (float)random.NextGaussian());
        }

        for (var column = 0; column < dimension; column++)
        {
            var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
            for (var place = column; place < coordinates.Length; place += dimension)
            {
                low = MathF.Min(low, coordinates[place]);
                high = MathF.Max(high, coordinates[place]);
            }

            var scale = high > low ? BoxSize / (high - low) : 0;
            for (var place = column; place < coordinates.Length; place += dimension)
            {
                coordinates[place] = (coordinates[place] - low) * scale;
            }
        }
    }
}
