using N2D.Numerics;
using N2D.Plotting;

namespace N2D.Reports;

/// <summary>The positions of the rows on the map, and the places of the cluster names.</summary>
/// <param name="Positions">Two codes for each row, from 0 at the left and the bottom.</param>
/// <param name="AxisNames">The names of the coordinates.</param>
/// <param name="Aspect">The width of the map as a multiple of its height.</param>
/// <param name="Centers">The place of each cluster's name.</param>
internal sealed record MapPoints(
    PackedArray Positions, (string Horizontal, string Vertical) AxisNames, double Aspect, IReadOnlyList<MapCenter> Centers)
{
    // Columns in different units would make a narrow strip.
    private const double MaxAspect = 2.5;

    /// <summary>Places rows on the map.</summary>
    /// <param name="rows">The rows in two dimensions.</param>
    /// <param name="clusters">The cluster of each row; negative for noise.</param>
    /// <param name="clusterCount">The number of clusters.</param>
    /// <param name="token">Cancels the compression.</param>
    public static MapPoints Of(PlanarRows rows, ReadOnlySpan<int> clusters, int clusterCount, CancellationToken token)
    {
        var (xs, ys) = (ColumnOf(rows.Points, 0), ColumnOf(rows.Points, 1));
        var ((left, right), (bottom, top)) = (Quantization.RangeOf(xs), Quantization.RangeOf(ys));
        var (across, up) = (Quantization.Of(xs, left, right), Quantization.Of(ys, bottom, top));
        var positions = new ushort[2 * xs.Length];
        for (var row = 0; row < xs.Length; row++)
        {
            (positions[2 * row], positions[(2 * row) + 1]) = (across[row], up[row]);
        }

        var (width, height) = ((double)right - left, (double)top - bottom);
        return new MapPoints(
            PackedArray.Of(positions, token),
            rows.AxisNames,
            width > 0 && height > 0 ? Math.Clamp(width / height, 1 / MaxAspect, MaxAspect) : 1,
            CentersOf(across, up, clusters, clusterCount));
    }

    private static float[] ColumnOf(Matrix points, int column)
    {
        var values = new float[points.RowCount];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = points[row, column];
        }

        return values;
    }

    private static MapCenter[] CentersOf(ushort[] across, ushort[] up, ReadOnlySpan<int> clusters, int clusterCount)
    {
        List<(ushort X, ushort Y)>[] members = [.. Enumerable.Range(0, clusterCount).Select(_ => new List<(ushort X, ushort Y)>())];
        for (var row = 0; row < clusters.Length; row++)
        {
            if (clusters[row] >= 0)
            {
                members[clusters[row]].Add((across[row], up[row]));
            }
        }

        return Array.ConvertAll(members, MapCenter.Of);
    }
}
