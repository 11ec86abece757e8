using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>The lengths of the shortest paths through a graph (Dijkstra, 1959).</summary>
internal static class GeodesicDistances
{
    /// <summary>The number of sources that share working memory.</summary>
    private const int SourcesPerBlock = 4;

    /// <summary>Computes the distances of all rows to sources.</summary>
    /// <param name="graph">n x n, symmetric, connected; entries are lengths.</param>
    /// <param name="sources">L rows.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    /// <returns>n x L, symmetric for the rows that are sources.</returns>
    public static Matrix Find(SparseMatrix graph, int[] sources, Execution execution)
    {
        var distances = new float[ArraySize.Of(graph.RowCount, sources.Length)];
        var done = 0;
        ParallelRows.For(sources.Length, SourcesPerBlock, execution, (start, end) =>
        {
            var paths = new ShortestPaths(graph);
            for (var place = start; place < end; place++)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                var lengths = paths.From(sources[place]);
                for (var row = 0; row < lengths.Length; row++)
                {
                    distances[(row * sources.Length) + place] = lengths[row];
                }
            }

            var finished = Interlocked.Add(ref done, end - start);
            execution.Report($"paths from {finished} of {sources.Length} rows", (double)finished / sources.Length);
        });
        MakeSymmetric(distances, sources);
        return Matrix.Own(distances, sources.Length);
    }

    /// <summary>
    /// Gives a path between two sources the same length in both directions. Sums from either end differ in the last digit, and the
    /// eigensolver does not converge on a matrix that is not symmetric if its eigenvalues differ much.
    /// </summary>
    private static void MakeSymmetric(float[] distances, int[] sources)
    {
        for (var from = 0; from < sources.Length; from++)
        {
            for (var to = from + 1; to < sources.Length; to++)
            {
                distances[(sources[to] * sources.Length) + from] = distances[(sources[from] * sources.Length) + to];
            }
        }
    }

    private sealed class ShortestPaths(SparseMatrix graph)
    {
        private readonly float[] _lengths = new float[graph.RowCount];
        private readonly PriorityQueue<int, float> _reached = new();

        public ReadOnlySpan<float> From(int source)
        {
            Array.Fill(_lengths, float.PositiveInfinity);
            _lengths[source] = 0;
            _reached.Enqueue(source, 0);
            while (_reached.TryDequeue(out var row, out var length))
            {
                // A row is queued again for each shorter path. Earlier entries are then obsolete.
                if (length > _lengths[row])
                {
                    continue;
                }

                var columns = graph.RowColumns(row);
                var values = graph.RowValues(row);
                for (var edge = 0; edge < columns.Length; edge++)
                {
                    var reach = length + values[edge];
                    if (reach < _lengths[columns[edge]])
                    {
                        _lengths[columns[edge]] = reach;
                        _reached.Enqueue(columns[edge], reach);
                    }
                }
            }

            return _lengths;
        }
    }
}
