namespace N2D.Plotting;

/// <summary>
/// Finds where rows are densest: in the cell of a grid that has, with its neighbors, the most. The mean of a cluster that is curved or in
/// several parts can lie where it has no rows.
/// </summary>
internal static class DensestCell
{
    /// <summary>The number of cells along the longer side of the grid.</summary>
    public const int CellsAcross = 40;

    /// <summary>Finds the densest cell.</summary>
    /// <param name="places">The cell of each row, at least one.</param>
    /// <returns>A cell with rows. Of equally dense ones, the first by its place, not by the order of the rows.</returns>
    public static (int X, int Y) Of(IEnumerable<(int X, int Y)> places)
    {
        var counts = new Dictionary<(int X, int Y), int>();
        foreach (var cell in places)
        {
            counts[cell] = counts.GetValueOrDefault(cell) + 1;
        }

        return counts.Keys.OrderByDescending(Weight).ThenBy(cell => cell.Y).ThenBy(cell => cell.X).First();

        // The cell counts four times, those beside it twice, those at its corners once. So the middle of a cluster wins over a lump at
        // its edge.
        int Weight((int X, int Y) cell)
        {
            var weight = 0;
            for (var down = -1; down <= 1; down++)
            {
                for (var right = -1; right <= 1; right++)
                {
                    weight += counts.GetValueOrDefault((cell.X + right, cell.Y + down)) * (2 - Math.Abs(right)) * (2 - Math.Abs(down));
                }
            }

            return weight;
        }
    }
}
