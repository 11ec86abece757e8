using System.Globalization;
using N2D.Neighbors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// UMAP's first phase: the fuzzy simplicial set of the rows, intersected with that of their labels or targets if the fit is supervised
/// (McInnes et al. 2018, section 4.1).
/// </summary>
internal static class GraphConstruction
{
    /// <summary>Builds the graph.</summary>
    /// <param name="neighbors">The nearest other rows of each row; those at infinite distance do not count.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">The labels or the targets, if any.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>Memberships, n x n, symmetric, with at least one edge.</returns>
    /// <exception cref="N2DException">The graph has no edge (<c>NoNeighbors</c>).</exception>
    public static SparseMatrix Build(NeighborGraph neighbors, UmapOptions options, ManifoldContext context, Execution execution)
    {
        var graph = Intersect(FuzzySimplicialSet.Build(neighbors, options, execution), options, context, execution);
        return graph.Values.Length > 0
            ? graph
            : throw new N2DException(
                "NoNeighbors",
                ErrorKind.InvalidData,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"No two rows are neighbors: their distances are all {options.DisconnectionLimit} or more, ")
                    + "their memberships are 0, or their labels differ. "
                    + $"Use a larger {nameof(UmapOptions.DisconnectionDistance)} or "
                    + $"{nameof(UmapOptions.SetOperationMixRatio)}, or a smaller {nameof(UmapOptions.TargetWeight)}.")
            {
                Options =
                [
                    nameof(UmapOptions.DisconnectionDistance), nameof(UmapOptions.SetOperationMixRatio), nameof(UmapOptions.TargetWeight),
                ],
            };
    }

    /// <summary>Describes the graph, and warns of rows without edges.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="components">Its connected components.</param>
    /// <param name="execution">Gets the messages.</param>
    public static void Explain(SparseMatrix graph, List<int[]> components, Execution execution)
    {
        var isolated = components.Count(members => graph.RowColumns(members[0]).IsEmpty);
        execution.Explain?.Invoke(
            $"Graph: {graph.Values.Length / 2} edges between {Quantity.Of(graph.RowCount, "row")}, "
            + $"{Quantity.Of(components.Count, "connected component")}; "
            + isolated switch
            {
                0 => "every row has an edge.",
                1 => "1 row has no edge and stays where the layout starts.",
                _ => $"{isolated} rows have no edge and stay where the layout starts.",
            });
        if (isolated > 0)
        {
            execution.Advise(
                $"{isolated} of {Quantity.Of(graph.RowCount, "row")} {(isolated == 1 ? "has" : "have")} no neighbor and "
                    + $"{(isolated == 1 ? "stays" : "stay")} where the layout starts. "
                    + $"{(isolated == 1 ? "Its position has" : "Their positions have")} no "
                    + $"meaning. A larger {nameof(UmapOptions.DisconnectionDistance)} finds neighbors for rows that are far from all "
                    + "others.",
                nameof(UmapOptions.DisconnectionDistance));
        }
    }

    private static SparseMatrix Intersect(SparseMatrix graph, UmapOptions options, ManifoldContext context, Execution execution)
    {
        if (context.Labels is { } labels)
        {
            execution.Explain?.Invoke(
                $"Supervised by the labels of {labels.KnownCount} of {Quantity.Of(labels.RowCount, "row")}: scores against these labels "
                    + "say nothing about other rows.");
            return CategoricalIntersection.Apply(graph, labels, options.TargetWeight, execution);
        }

        if (context.Targets is { } targets)
        {
            execution.Explain?.Invoke(
                $"Supervised by the numbers of {targets.KnownCount} of {Quantity.Of(targets.RowCount, "row")}: how well the layout follows "
                + "these numbers says nothing about other rows.");
            return TargetIntersection.Apply(
                graph, targets, options.TargetNeighborCount ?? options.NeighborCount, options.TargetWeight, execution);
        }

        return graph;
    }
}
