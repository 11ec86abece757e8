using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>
/// Supervision by labels: the fuzzy graph of the rows, intersected with that of their classes, in which rows of the same class are at
/// distance 0 and rows of different classes are far apart. Distances and their weight are those of umap-learn.
/// </summary>
internal static class CategoricalIntersection
{
    private const int RowsPerBlock = 512;

    /// <summary>
    /// The distance between classes if labels and rows have equal weights, without the factor for the weight of the labels.
    /// </summary>
    private const double FarDistance = 2.5;

    /// <summary>
    /// The distance of a row of unknown class from any other: less than that between classes, because the class may be the same.
    /// </summary>
    private const double UnknownDistance = 1;

    /// <summary>Reduces the weights of edges between rows that do not share a known class, and restores the local connectivity.</summary>
    /// <param name="graph">The fuzzy graph of the rows, n x n, symmetric.</param>
    /// <param name="labels">The class of each row; some may be unknown.</param>
    /// <param name="targetWeight">
    /// The weight of the labels, w, 0 to 1: the distance between classes is 2.5 / (1 - w). At 1 there are no edges between classes, so rows
    /// without a neighbor of their class have no edge.
    /// </param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>The intersection, n x n, symmetric.</returns>
    public static SparseMatrix Apply(SparseMatrix graph, Labels labels, float targetWeight, Execution execution)
    {
        var unknown = PortableMath.Exp(-UnknownDistance);
        var far = targetWeight < 1 ? PortableMath.Exp(-FarDistance / (1 - targetWeight)) : 0;
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
