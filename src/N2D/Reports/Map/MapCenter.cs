using N2D.Plotting;

namespace N2D.Reports;

/// <summary>The place of a cluster's name on the map, 0 to 1 from the left and the bottom.</summary>
/// <param name="X">Where the cluster is densest, across.</param>
/// <param name="Y">Where the cluster is densest, up.</param>
/// <param name="Top">The upper end of the cluster.</param>
/// <param name="RowCount">The number of rows of the cluster.</param>
internal readonly record struct MapCenter(double X, double Y, double Top, int RowCount)
{
    // Near the highest row, without the few that lie apart from their cluster.
    private const double HighShare = 0.95;

    /// <summary>Finds the place of a cluster's name: the middle of its rows in their densest cell.</summary>
    /// <param name="members">The positions of the rows of the cluster, from 0 to <see cref="Quantization.Largest"/>.</param>
    public static MapCenter Of(IReadOnlyList<(ushort X, ushort Y)> members)
    {
        if (members.Count == 0)
        {
            return new MapCenter(0.5, 0.5, 0.5, 0);
        }

        var densest = DensestCell.Of(members.Select(CellOf));
        var inside = members.Where(member => CellOf(member) == densest).ToArray();
        ushort[] heights = [.. members.Select(member => member.Y).Order()];
        return new MapCenter(
            inside.Average(member => (double)member.X) / Quantization.Largest,
            inside.Average(member => (double)member.Y) / Quantization.Largest,
            heights[(int)(HighShare * (heights.Length - 1))] / (double)Quantization.Largest,
            members.Count);
    }

    private static (int X, int Y) CellOf((ushort X, ushort Y) member) => (CellOf(member.X), CellOf(member.Y));

    private static int CellOf(ushort position) => position * DensestCell.CellsAcross / (Quantization.Largest + 1);
}
