using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The rows as a connected graph: an undirected edge between each row and each of its neighbors, of the length of their distance.
/// </summary>
internal static class NeighborhoodGraph
{
    /// <summary>The length of edges between duplicates: 0 would be no edge.</summary>
    private const float LeastLength = 1e-38f;

    /// <summary>Builds the graph. Separate components are connected by their shortest edges, with a warning.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="neighbors">Their neighbors.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n x n, symmetric.</returns>
    public static SparseMatrix Build(Matrix rows, NeighborGraph neighbors, RowDistance distance, Execution execution)
    {
        var forward = neighbors.ToMatrix((row, values) => CopyLengths(neighbors.Distances(row), values), execution);
        var graph = forward.CombineWithTranspose(MathF.Max, execution);
        var components = ConnectedComponents.Find(graph);
        if (components.Count == 1)
        {
            return graph;
        }

        execution.Advise(
            $"The neighbor graph has {components.Count} separate parts. Each was connected to the others by its shortest distance only, "
                + $"which determines their relative positions. A larger {nameof(IsomapOptions.NeighborCount)} may connect them.",
            nameof(IsomapOptions.NeighborCount));
        return WithEdges(graph, Bridges(rows, components, distance, execution), execution);
    }

    private static void CopyLengths(ReadOnlySpan<float> distances, Span<float> lengths)
    {
        for (var place = 0; place < lengths.Length; place++)
        {
            lengths[place] = MathF.Max(distances[place], LeastLength);
        }
    }

    /// <summary>The shortest edge from each component to the larger ones. Components of equal size keep their order.</summary>
    private static List<(int From, int To, float Length)> Bridges(
        Matrix rows, List<int[]> components, RowDistance distance, Execution execution)
    {
        var quiet = execution with { Explain = null, Progress = null };
        var bySize = components.OrderByDescending(members => members.Length).ToArray();
        var joined = bySize[0].ToList();
        var bridges = new List<(int From, int To, float Length)>();
        foreach (var members in bySize.Skip(1))
        {
            var nearest = NeighborSearch.FindAmong(rows.Select(members), rows.Select([.. joined]), 1, distance, quiet);
            var best = Enumerable.Range(0, members.Length).MinBy(member => nearest.Distances(member)[0]);
            bridges.Add((members[best], joined[nearest.Neighbors(best)[0]], MathF.Max(nearest.Distances(best)[0], LeastLength)));
            joined.AddRange(members);
        }

        return bridges;
    }

    private static SparseMatrix WithEdges(SparseMatrix graph, List<(int From, int To, float Length)> edges, Execution execution)
    {
        var added = edges.ToLookup(edge => edge.From);
        var rowStarts = new int[graph.RowCount + 1];
        var (columns, values) = (new List<int>(graph.Columns.Length + edges.Count), new List<float>(graph.Columns.Length + edges.Count));
        for (var row = 0; row < graph.RowCount; row++)
        {
            var rowEdges = graph.RowColumns(row).ToArray().Zip(graph.RowValues(row).ToArray())
                .Concat(added[row].Select(edge => (edge.To, edge.Length))).OrderBy(edge => edge.Item1).ToArray();
            columns.AddRange(rowEdges.Select(edge => edge.Item1));
            values.AddRange(rowEdges.Select(edge => edge.Item2));
            rowStarts[row + 1] = columns.Count;
        }

        return new SparseMatrix(rowStarts, [.. columns], [.. values]).CombineWithTranspose(MathF.Max, execution);
    }
}
