using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// Places for the parts of a disconnected graph, and how far from its place each may reach: half the way to the nearest other place.
/// </summary>
internal static class ComponentLayout
{
    /// <summary>The largest number of parts whose distances are decomposed; the rest are put with the nearest of those.</summary>
    private const int MostDecomposed = 200;

    private const int ComponentsPerBlock = 64;

    /// <summary>The ends of the axes, all equally far from each other or nearly so.</summary>
    /// <param name="count">The number of parts, at most 2 c.</param>
    /// <param name="dimension">The dimensions of a place, c.</param>
    public static (float[] Places, float[] Reaches) OnAxes(int count, int dimension)
    {
        var places = new float[count * dimension];
        for (var component = 0; component < count; component++)
        {
            places[(component * dimension) + (component / 2)] = component % 2 == 0 ? 1 : -1;
        }

        return (places, Reaches(places, dimension));
    }

    /// <summary>
    /// Places by how the parts' centroids lie to each other: classical scaling of their distances (Torgerson, 1952), largest coordinate 1.
    /// </summary>
    /// <param name="rows">n x d.</param>
    /// <param name="components">The rows of each part.</param>
    /// <param name="dimension">The dimensions of a place, c.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>A place of c coordinates and a reach for each part.</returns>
    public static (float[] Places, float[] Reaches) FromCentroids(Matrix rows, List<int[]> components, int dimension, Execution execution)
    {
        var centroids = components.ConvertAll(members => Centroid(rows, members));
        var largest = Enumerable.Range(0, components.Count)
            .OrderByDescending(component => components[component].Length)
            .Take(MostDecomposed)
            .ToArray();
        var anchorPlaces = ClassicalScaling([.. largest.Select(component => centroids[component])], dimension, execution.CancellationToken);
        var anchorReaches = Reaches(anchorPlaces, dimension);
        var places = new float[components.Count * dimension];
        var reaches = new float[components.Count];
        ParallelRows.For(components.Count, ComponentsPerBlock, execution, (start, end) =>
        {
            for (var component = start; component < end; component++)
            {
                var anchor = Enumerable.Range(0, largest.Length)
                    .MinBy(candidate => FixedOrder.Distance<double>(centroids[component], centroids[largest[candidate]]));
                anchorPlaces.AsSpan(anchor * dimension, dimension).CopyTo(places.AsSpan(component * dimension));
                reaches[component] = anchorReaches[anchor];
            }
        });
        return (places, reaches);
    }

    private static float[] Reaches(float[] places, int dimension)
    {
        var reaches = new float[places.Length / dimension];
        for (var component = 0; component < reaches.Length; component++)
        {
            var place = places.AsSpan(component * dimension, dimension);
            var nearest = float.PositiveInfinity;
            for (var other = 0; other < reaches.Length; other++)
            {
                var distance = FixedOrder.Distance<float>(place, places.AsSpan(other * dimension, dimension));
                nearest = distance > 0 ? MathF.Min(nearest, distance) : nearest;
            }

            reaches[component] = (float.IsFinite(nearest) ? nearest : 1) / 2;
        }

        return reaches;
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
        var places = new float[count * dimension];
        for (var i = 0; i < count; i++)
        {
            for (var axis = 0; axis < Math.Min(dimension, count); axis++)
            {
                places[(i * dimension) + axis] = (float)(vectors[(i * count) + axis] * Math.Sqrt(Math.Max(values[axis], 0)));
            }
        }

        var largest = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(places));
        TensorPrimitives.Divide(places, largest > 0 ? largest : 1, places);
        return places;
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
        var centerd = new double[squares.Length];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                centerd[(i * count) + j] = -0.5 * (squares[(i * count) + j] - means[i] - means[j] + mean);
            }
        }

        return centerd;
    }
}
