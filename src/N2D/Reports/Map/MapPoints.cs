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
        // Near the highest row, without the few that lie apart from their cluster.
        const double Top = 0.95;
        const double Middle = 0.5;
        List<ushort>[] xs = [.. Enumerable.Range(0, clusterCount).Select(_ => new List<ushort>())];
        List<ushort>[] ys = [.. Enumerable.Range(0, clusterCount).Select(_ => new List<ushort>())];
        for (var row = 0; row < clusters.Length; row++)
        {
            if (clusters[row] >= 0)
            {
                xs[clusters[row]].Add(across[row]);
                ys[clusters[row]].Add(up[row]);
            }
        }

        return [.. xs.Zip(ys, (x, y) =>
        {
            x.Sort();
            y.Sort();
            return new MapCenter(At(x, Middle), At(y, Middle), At(y, Top));
        })];
    }

    private static double At(List<ushort> sorted, double share) =>
        sorted.Count == 0 ? 0.5 : sorted[(int)(share * (sorted.Count - 1))] / (double)Quantization.Largest;
}

/// <summary>The place of a cluster's name on the map, 0 to 1 from the left and the bottom.</summary>
/// <param name="X">The median position across.</param>
/// <param name="Y">The median position up.</param>
/// <param name="Top">The upper end of the cluster.</param>
internal readonly record struct MapCenter(double X, double Y, double Top);
