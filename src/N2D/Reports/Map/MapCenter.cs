namespace N2D.Reports;

/// <summary>The place of a cluster's name on the map, 0 to 1 from the left and the bottom.</summary>
/// <param name="X">Where the cluster is densest, across.</param>
/// <param name="Y">Where the cluster is densest, up.</param>
/// <param name="Top">The upper end of the cluster.</param>
/// <param name="RowCount">The number of rows of the cluster.</param>
internal readonly record struct MapCenter(double X, double Y, double Top, int RowCount)
{
    /// <summary>The number of cells of the map in each direction, of which the densest has the name.</summary>
    private const int Side = 40;

    // Near the highest row, without the few that lie apart from their cluster.
    private const double HighShare = 0.95;

    /// <summary>Finds the place of a cluster's name: the middle of its rows in the cell that has, with its neighbors, the most.</summary>
    /// <param name="members">The positions of the rows of the cluster, from 0 to <see cref="Quantization.Largest"/>.</param>
    public static MapCenter Of(IReadOnlyList<(ushort X, ushort Y)> members)
    {
        if (members.Count == 0)
        {
            return new MapCenter(0.5, 0.5, 0.5, 0);
        }

        // The cell is counted four times, those beside it twice, those at its corners once.
        var density = new Dictionary<(int X, int Y), int>();
        foreach (var cell in members.GroupBy(CellOf))
        {
            for (var down = -1; down <= 1; down++)
            {
                for (var right = -1; right <= 1; right++)
                {
                    var place = (cell.Key.X + right, cell.Key.Y + down);
                    var weight = (2 - Math.Abs(right)) * (2 - Math.Abs(down));
                    density[place] = density.GetValueOrDefault(place) + (weight * cell.Count());
                }
            }
        }

        var (densest, _) = members.Select(CellOf).Distinct().Select(cell => (cell, density[cell]))
            .OrderByDescending(one => one.Item2).ThenBy(one => one.cell).First();
        var inside = members.Where(member => CellOf(member) == densest).ToArray();
        ushort[] heights = [.. members.Select(member => member.Y).Order()];
        return new MapCenter(
            inside.Average(member => (double)member.X) / Quantization.Largest,
            inside.Average(member => (double)member.Y) / Quantization.Largest,
            heights[(int)(HighShare * (heights.Length - 1))] / (double)Quantization.Largest,
            members.Count);
    }

    private static (int X, int Y) CellOf((ushort X, ushort Y) member) =>
        (member.X * Side / (Quantization.Largest + 1), member.Y * Side / (Quantization.Largest + 1));
}
