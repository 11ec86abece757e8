using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The centers of the components of a disconnected graph in the initial layout, and their radii: half the distance to the nearest other
/// center (umap-learn's component_layout).
/// </summary>
internal static class ComponentLayout
{
    /// <summary>
    /// The largest number of components whose distances are decomposed. The others get the center of the nearest of these.
    /// </summary>
    private const int MostDecomposed = 200;

    private const int ComponentsPerBlock = 64;

    /// <summary>Centers at the ends of the axes, with nearly equal distances.</summary>
    /// <param name="count">The number of components, at most 2 c.</param>
    /// <param name="dimension">The dimension of the layout, c.</param>
    public static (float[] Centers, float[] Radii) OnAxes(int count, int dimension)
    {
        var centers = new float[count * dimension];
        for (var component = 0; component < count; component++)
        {
            centers[(component * dimension) + (component / 2)] = component % 2 == 0 ? 1 : -1;
        }

        return (centers, Radii(centers, dimension));
    }

    /// <summary>
    /// Centers by classical scaling of the distances of the components' centroids (Torgerson, 1952), with a largest coordinate of 1.
    /// </summary>
    /// <param name="rows">n x d.</param>
    /// <param name="components">The rows of each component.</param>
    /// <param name="dimension">The dimension of the layout, c.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>The center, c coordinates, and the radius of each component.</returns>
    public static (float[] Centers, float[] Radii) FromCentroids(Matrix rows, List<int[]> components, int dimension, Execution execution)
    {
        var centroids = components.ConvertAll(members => Centroid(rows, members));
        var largest = Enumerable.Range(0, components.Count)
            .OrderByDescending(component => components[component].Length)
            .Take(MostDecomposed)
            .ToArray();
        var anchorCenters =
            ClassicalScaling([.. largest.Select(component => centroids[component])], dimension, execution.CancellationToken);
        var anchorRadii = Radii(anchorCenters, dimension);
        var centers = new float[components.Count * dimension];
        var radii = new float[components.Count];
        ParallelRows.For(components.Count, ComponentsPerBlock, execution, (start, end) =>
        {
            for (var component = start; component < end; component++)
            {
                var anchor = Enumerable.Range(0, largest.Length)
                    .MinBy(candidate => FixedOrder.Distance<double>(centroids[component], centroids[largest[candidate]]));
                anchorCenters.AsSpan(anchor * dimension, dimension).CopyTo(centers.AsSpan(component * dimension));
                radii[component] = anchorRadii[anchor];
            }
        });
        return (centers, radii);
    }

    private static float[] Radii(float[] centers, int dimension)
    {
        var radii = new float[centers.Length / dimension];
        for (var component = 0; component < radii.Length; component++)
        {
            var place = centers.AsSpan(component * dimension, dimension);
            var nearest = float.PositiveInfinity;
            for (var other = 0; other < radii.Length; other++)
            {
                var distance = FixedOrder.Distance<float>(place, centers.AsSpan(other * dimension, dimension));
                nearest = distance > 0 ? MathF.Min(nearest, distance) : nearest;
            }

            radii[component] = (float.IsFinite(nearest) ? nearest : 1) / 2;
        }

        return radii;
    }

    /// <summary>The mean of some rows; in double, as squared distances between the parts may overflow where those within do not.</summary>
    private static double[] Centroid(Matrix rows, int[] members)
    {
        var sums = new double[rows.ColumnCount];
        foreach (var member in members)
        {
            var row = rows.Row(member);
            for (var column = 0; column < sums.Length; column++)
            {
                sums[column] += row[column];
            }
        }

        return Array.ConvertAll(sums, sum => sum / members.Length);
    }

    private static float[] ClassicalScaling(double[][] points, int dimension, CancellationToken cancellationToken)
    {
        var count = points.Length;
        var squares = new double[count * count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                var distance = FixedOrder.Distance<double>(points[i], points[j]);
                squares[(i * count) + j] = distance * distance;
            }
        }

        var (values, vectors) = SymmetricEigen.Decompose(DoublyCentered(squares, count), count, cancellationToken);
        var centers = new float[count * dimension];
        for (var i = 0; i < count; i++)
        {
            for (var axis = 0; axis < Math.Min(dimension, count); axis++)
            {
                centers[(i * dimension) + axis] = (float)(vectors[(i * count) + axis] * Math.Sqrt(Math.Max(values[axis], 0)));
            }
        }

        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(centers));
        TensorPrimitives.Divide(centers, largest > 0 ? largest : 1, centers);
        return centers;
    }

    /// <summary>-1/2 of the squared distances, means of rows and columns taken off.</summary>
    private static double[] DoublyCentered(double[] squares, int count)
    {
        var means = new double[count];
        for (var i = 0; i < count; i++)
        {
            means[i] = squares.AsSpan(i * count, count).ToArray().Average();
        }

        var mean = means.Average();
        var centered = new double[squares.Length];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                centered[(i * count) + j] = -0.5 * (squares[(i * count) + j] - means[i] - means[j] + mean);
            }
        }

        return centered;
    }
}
