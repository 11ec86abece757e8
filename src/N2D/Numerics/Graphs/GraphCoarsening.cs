using System.Runtime.InteropServices;

namespace N2D.Numerics;

/// <summary>
/// Coarsens a graph by aggregation, as algebraic multigrid does (Vanek, Mandel and Brezina, 1996): a row and its neighbors become one row.
/// Each edge of the coarse graph has the sum of the weights of the edges between its groups, and edges within a group become a loop.
/// </summary>
internal sealed class GraphCoarsening
{
    private const int None = -1;

    private readonly int[] _groups;

    /// <summary>Coarsens a graph.</summary>
    /// <param name="graph">n x n, symmetric.</param>
    public GraphCoarsening(SparseMatrix graph)
    {
        _groups = new int[graph.RowCount];
        Graph = SumOfEdges(graph, Aggregate(graph));
    }

    /// <summary>The coarse graph.</summary>
    public SparseMatrix Graph { get; }

    /// <summary>The row of the coarse graph that each row became a part of.</summary>
    public ReadOnlySpan<int> Groups => _groups;

    /// <summary>Assigns each row to a group.</summary>
    /// <returns>The number of groups.</returns>
    private int Aggregate(SparseMatrix graph)
    {
        _groups.AsSpan().Fill(None);
        var count = 0;
        for (var row = 0; row < graph.RowCount; row++)
        {
            // A row whose neighbors all have groups would be alone in its own. It joins that of its nearest neighbor.
            if (_groups[row] == None && !TryJoin(graph, row))
            {
                _groups[row] = count;
                foreach (var neighbor in graph.RowColumns(row))
                {
                    _groups[neighbor] = _groups[neighbor] == None ? count : _groups[neighbor];
                }

                count++;
            }
        }

        return count;
    }

    private bool TryJoin(SparseMatrix graph, int row)
    {
        var columns = graph.RowColumns(row);
        var values = graph.RowValues(row);
        var nearest = None;
        for (var entry = 0; entry < columns.Length; entry++)
        {
            if (_groups[columns[entry]] == None)
            {
                return false;
            }

            nearest = nearest == None || values[entry] > values[nearest] ? entry : nearest;
        }

        _groups[row] = nearest == None ? None : _groups[columns[nearest]];
        return nearest != None;
    }

    private SparseMatrix SumOfEdges(SparseMatrix graph, int groupCount)
    {
        var (starts, members) = Members(groupCount);
        var rowStarts = new int[groupCount + 1];
        var columns = new List<int>();
        var values = new List<float>();

        // The entry of each group in the current row of the coarse graph, if it is not before the row's first.
        var entries = new int[groupCount];
        entries.AsSpan().Fill(None);
        for (var group = 0; group < groupCount; group++)
        {
            foreach (var row in members.AsSpan(starts[group]..starts[group + 1]))
            {
                for (var entry = graph.RowStarts[row]; entry < graph.RowStarts[row + 1]; entry++)
                {
                    ref var place = ref entries[_groups[graph.Columns[entry]]];
                    if (place < rowStarts[group])
                    {
                        place = columns.Count;
                        columns.Add(_groups[graph.Columns[entry]]);
                        values.Add(0);
                    }

                    values[place] += graph.Values[entry];
                }
            }

            CollectionsMarshal.AsSpan(columns)[rowStarts[group]..].Sort(CollectionsMarshal.AsSpan(values)[rowStarts[group]..]);
            rowStarts[group + 1] = columns.Count;
        }

        return new SparseMatrix(rowStarts, [.. columns], [.. values]);
    }

    /// <summary>The rows by group.</summary>
    private (int[] Starts, int[] Members) Members(int groupCount)
    {
        var starts = new int[groupCount + 1];
        foreach (var group in _groups)
        {
            starts[group + 1]++;
        }

        for (var group = 0; group < groupCount; group++)
        {
            starts[group + 1] += starts[group];
        }

        var places = starts.AsSpan(0, groupCount).ToArray();
        var members = new int[_groups.Length];
        for (var row = 0; row < _groups.Length; row++)
        {
            members[places[_groups[row]]++] = row;
        }

        return (starts, members);
    }
}
