using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>
/// Supervision by labels: the fuzzy graph of the rows, intersected with that of their classes, in which rows of one class are at distance 0 and
/// rows of different classes far apart. Distances and their weight are umap-learn's.
/// </summary>
internal static class CategoricalIntersection
{
    private const int RowsPerBlock = 512;

    /// <summary>The distance between classes where labels and rows count the same, without its factor for the weight of the labels.</summary>
    private const double FarDistance = 2.5;

    /// <summary>The distance of a row of unknown class from any other: less than between classes, as it may be of the same one.</summary>
    private const double UnknownDistance = 1;

    /// <summary>Weakens edges between rows that do not share a known class, then gives every row a neighbor in full again.</summary>
    /// <param name="graph">The fuzzy graph of the rows, n x n, symmetric.</param>
    /// <param name="labels">The class of each row, or that it is unknown.</param>
    /// <param name="targetWeight">
    /// What the labels count, 0 to 1: the distance between classes is 2.5 / (1 - it). At 1 no edge between them is left, so that rows without a
    /// neighbor of their class have no edge at all.
    /// </param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>The intersection, n x n, symmetric.</returns>
    public static SparseMatrix Apply(SparseMatrix graph, Labels labels, float targetWeight, Execution execution)
    {
        var unknown = Math.Exp(-UnknownDistance);
        var far = targetWeight < 1 ? Math.Exp(-FarDistance / (1 - targetWeight)) : 0;
        var values = new float[graph.Values.Length];
        ParallelRows.For(graph.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var codes = labels.Codes;
            for (var row = start; row < end; row++)
            {
                for (var entry = graph.RowStarts[row]; entry < graph.RowStarts[row + 1]; entry++)
                {
                    var (own, other) = (codes[row], codes[graph.Columns[entry]]);
                    var factor = own == Labels.Unknown || other == Labels.Unknown ? unknown : own == other ? 1 : far;
                    values[entry] = (float)(graph.Values[entry] * factor);
                }
            }
        });
        return FuzzySimplicialSet.Reconnect(new SparseMatrix(graph.RowStarts, graph.Columns, values), execution);
    }
}
