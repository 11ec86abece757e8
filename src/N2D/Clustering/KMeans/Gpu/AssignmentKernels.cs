using ILGPU;
using N2D.Devices;

namespace N2D.Clustering;

/// <summary>
/// The kernels of an iteration of k-means. Each value is written by one thread, and sums are added in a fixed order: by row within parts of
/// the rows, then by part.
/// </summary>
internal static class AssignmentKernels
{
    /// <summary>The sums of a cluster beside those of its columns: of weights, of rows, and of rows that changed their cluster.</summary>
    public const int ExtraSums = 3;

    /// <summary>Assigns a row to its nearest center, with the rounding of <see cref="SquaredDistances"/>.</summary>
    /// <param name="index">The index of the row in the launch.</param>
    /// <param name="views">The rows and clusters.</param>
    /// <param name="firstRow">The first row of the launch.</param>
    public static void Assign(Index1D index, AssignmentViews views, int firstRow)
    {
        var row = firstRow + index.X;
        var (nearest, cluster) = (float.PositiveInfinity, 0);
        for (var center = 0; center < views.ClusterCount; center++)
        {
            var square = 0f;
            for (var column = 0; column < views.Dimension; column++)
            {
                var difference = views.Centers[((long)center * views.Dimension) + column]
                    - views.Columns[((long)column * views.RowCount) + row];
                square = KernelMath.MultiplyAdd(difference, difference, square);
            }

            if (square < nearest)
            {
                nearest = square;
                cluster = center;
            }
        }

        views.Changes[row] = views.Clusters[row] == cluster ? 0 : 1;
        views.Clusters[row] = cluster;
    }

    /// <summary>Sums a column of the rows of a part, for all clusters.</summary>
    /// <param name="index">The part, then the column.</param>
    /// <param name="views">The rows and clusters.</param>
    public static void SumPart(Index1D index, AssignmentViews views)
    {
        var width = views.Dimension + ExtraSums;
        var part = index.X / width;
        var column = index.X % width;
        var first = (long)part * views.ClusterCount * width;
        for (var cluster = 0; cluster < views.ClusterCount; cluster++)
        {
            views.PartSums[first + ((long)cluster * width) + column] = 0;
        }

        var start = part * views.PartRows;
        var end = start + IntrinsicMath.Min(views.PartRows, views.RowCount - start);
        for (var row = start; row < end; row++)
        {
            views.PartSums[first + ((long)views.Clusters[row] * width) + column] += ValueOf(views, row, column);
        }
    }

    /// <summary>Adds the sums of all parts.</summary>
    /// <param name="index">The sum.</param>
    /// <param name="views">The sums.</param>
    public static void AddParts(Index1D index, AssignmentViews views)
    {
        var sum = 0.0;
        for (var part = 0; part < views.PartCount; part++)
        {
            sum += views.PartSums[((long)part * views.Sums.Length) + index.X];
        }

        views.Sums[index] = sum;
    }

    private static double ValueOf(AssignmentViews views, int row, int column)
    {
        if (column < views.Dimension)
        {
            return views.Weights[row] * views.Columns[((long)column * views.RowCount) + row];
        }

        return column == views.Dimension ? views.Weights[row] : column == views.Dimension + 1 ? 1 : views.Changes[row];
    }
}

/// <summary>The memory of the kernels of k-means.</summary>
internal readonly struct AssignmentViews(
    ArrayView<float> columns,
    ArrayView<double> weights,
    ArrayView<float> centers,
    ArrayView<int> clusters,
    ArrayView<int> changes,
    ArrayView<double> partSums,
    ArrayView<double> sums,
    int rowCount,
    int dimension,
    int clusterCount,
    int partRows,
    int partCount)
{
    public readonly ArrayView<float> Columns = columns;

    public readonly ArrayView<double> Weights = weights;

    public readonly ArrayView<float> Centers = centers;

    public readonly ArrayView<int> Clusters = clusters;

    public readonly ArrayView<int> Changes = changes;

    public readonly ArrayView<double> PartSums = partSums;

    public readonly ArrayView<double> Sums = sums;

    public readonly int RowCount = rowCount;

    public readonly int Dimension = dimension;

    public readonly int ClusterCount = clusterCount;

    public readonly int PartRows = partRows;

    public readonly int PartCount = partCount;
}
