using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Initial coordinates from the spectrum of the graph. A graph with several connected components has no useful common eigenvectors, so each
/// component gets its own, around a center of its own.
/// </summary>
internal static class SpectralInitialization
{
    /// <summary>Computes initial coordinates.</summary>
    /// <param name="rows">n x d raw rows. They determine the positions of components relative to each other.</param>
    /// <param name="graph">The fuzzy graph, n x n.</param>
    /// <param name="components">Its connected components.</param>
    /// <param name="dimension">The dimensions of the layout, c.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x c coordinates of any scale.</returns>
    public static float[] Compute(Matrix rows, SparseMatrix graph, List<int[]> components, int dimension, int seed, Execution execution)
    {
        var rounds = new List<(int Rounds, bool IsConverged)>();
        var coordinates = components.Count == 1
            ? LayOutConnected(graph, dimension, seed, rounds, execution)
            : LayOutComponents(rows, graph, components, dimension, seed, rounds, execution);
        Explain(components.Count, rounds, execution);
        return coordinates;
    }

    private static void Explain(int componentCount, List<(int Rounds, bool IsConverged)> rounds, Execution execution)
    {
        if (componentCount > 1)
        {
            execution.Explain?.Invoke($"Spectral initialization: each of the {componentCount} components is laid out separately.");
        }

        if (rounds.Count > 0)
        {
            var longest = Quantity.Of(rounds.Max(one => one.Rounds), "round");
            execution.Explain?.Invoke(
                $"Spectral initialization: eigenvectors after {longest} of filtering{(rounds.Count > 1 ? " or fewer" : "")}.");
        }

        var unfinished = rounds.Count(one => !one.IsConverged);
        if (unfinished > 0)
        {
            execution.Advise(
                $"The spectral initialization did not converge within {Quantity.Of(rounds.Max(one => one.Rounds), "round")}"
                    + $"{(rounds.Count > 1 ? $" for {unfinished} of {rounds.Count} components" : "")}: the rows lie nearly along a line. "
                    + "The layout is usable, but its global shape may differ between seeds. To avoid that, use a larger "
                    + $"{nameof(UmapOptions.NeighborCount)}, or {nameof(UmapOptions.Initialization)} {nameof(UmapInitialization.Pca)}.",
                nameof(UmapOptions.NeighborCount),
                nameof(UmapOptions.Initialization));
        }
    }

    private static float[] LayOutConnected(
        SparseMatrix graph, int dimension, int seed, List<(int Rounds, bool IsConverged)> rounds, Execution execution)
    {
        if (graph.RowCount < 2 * dimension || graph.RowCount <= dimension + 2)
        {
            return LayoutInitialization.Random(graph.RowCount, dimension, seed);
        }

        var (vectors, count, isConverged) = LaplacianEigenmap.Compute(graph, dimension, seed, execution);
        rounds.Add((count, isConverged));
        return vectors;
    }

    private static float[] LayOutComponents(
        Matrix rows, SparseMatrix graph, List<int[]> components, int dimension, int seed, List<(int Rounds, bool IsConverged)> rounds,
        Execution execution)
    {
        var (centers, radii) = components.Count <= 2 * dimension
            ? ComponentLayout.OnAxes(components.Count, dimension)
            : ComponentLayout.FromCentroids(rows, components, dimension, execution);
        var coordinates = new float[ArraySize.Of(graph.RowCount, dimension)];
        for (var component = 0; component < components.Count; component++)
        {
            execution.CancellationToken.ThrowIfCancellationRequested();
            var members = components[component];
            var center = centers.AsSpan(component * dimension, dimension);
            var part = LayOutConnected(Subgraph(graph, members), dimension, seed + component, rounds, execution);
            var largest = MathF.Max(MathF.Abs(TensorPrimitives.MaxMagnitude<float>(part)), float.Epsilon);
            TensorPrimitives.Multiply(part, radii[component] / largest, part);
            for (var member = 0; member < members.Length; member++)
            {
                TensorPrimitives.Add(
                    part.AsSpan(member * dimension, dimension), center, coordinates.AsSpan(members[member] * dimension, dimension));
            }
        }

        return coordinates;
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
}
