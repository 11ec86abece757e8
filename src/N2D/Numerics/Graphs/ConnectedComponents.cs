namespace N2D.Numerics;

/// <summary>The connected components of a symmetric graph.</summary>
internal static class ConnectedComponents
{
    /// <summary>Finds the components by breadth-first search.</summary>
    /// <param name="graph">Symmetric; entries are edges.</param>
    /// <returns>The rows of each component, ascending. The components are ordered by their first rows.</returns>
    public static List<int[]> Find(SparseMatrix graph)
    {
        var components = new List<int[]>();
        var isSeen = new bool[graph.RowCount];
        var queue = new int[graph.RowCount];
        for (var first = 0; first < graph.RowCount; first++)
        {
            if (isSeen[first])
            {
                continue;
            }

            isSeen[first] = true;
            queue[0] = first;
            var found = 1;
            for (var next = 0; next < found; next++)
            {
                foreach (var neighbor in graph.RowColumns(queue[next]))
                {
                    if (!isSeen[neighbor])
                    {
                        isSeen[neighbor] = true;
                        queue[found++] = neighbor;
                    }
                }
            }

            var component = queue[..found];
            Array.Sort(component);
            components.Add(component);
        }

        return components;
    }
}
