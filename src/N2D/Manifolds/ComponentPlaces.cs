using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>Places for the many parts of a disconnected graph, by how their centroids lie to each other.</summary>
internal static class ComponentPlaces
{
    /// <summary>The largest number of parts whose distances are decomposed; the rest are put with the nearest of those.</summary>
    private const int MostDecomposed = 200;

    /// <summary>Classical scaling of the centroids' distances (Torgerson, 1952), largest coordinate 1.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="components">The rows of each part.</param>
    /// <param name="dimension">The dimensions of a place, c.</param>
    /// <returns>A place of c coordinates for each part.</returns>
    public static float[] FromCentroids(Matrix rows, List<int[]> components, int dimension)
    {
        var centroids = components.ConvertAll(members => Centroid(rows, members));
        var largest = Enumerable.Range(0, components.Count)
            .OrderByDescending(component => components[component].Length)
            .Take(MostDecomposed)
            .ToArray();
        var scaled = ClassicalScaling([.. largest.Select(component => centroids[component])], dimension);
        var places = new float[components.Count * dimension];
        for (var component = 0; component < components.Count; component++)
        {
            var anchor = Enumerable.Range(0, largest.Length)
                .MinBy(candidate => TensorPrimitives.Distance<float>(centroids[component], centroids[largest[candidate]]));
            scaled.AsSpan(anchor * dimension, dimension).CopyTo(places.AsSpan(component * dimension));
        }

        return places;
    }

    private static float[] Centroid(Matrix rows, int[] members)
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

        return [.. sums.Select(sum => (float)(sum / members.Length))];
    }

    private static float[] ClassicalScaling(float[][] points, int dimension)
    {
        var count = points.Length;
        var squares = new double[count * count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                var distance = TensorPrimitives.Distance<float>(points[i], points[j]);
                squares[(i * count) + j] = (double)distance * distance;
            }
        }

        var (values, vectors) = SymmetricEigen.Decompose(DoublyCentred(squares, count), count);
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
    private static double[] DoublyCentred(double[] squares, int count)
    {
        var means = new double[count];
        for (var i = 0; i < count; i++)
        {
            means[i] = squares.AsSpan(i * count, count).ToArray().Average();
        }

        var mean = means.Average();
        var centred = new double[squares.Length];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                centred[(i * count) + j] = -0.5 * (squares[(i * count) + j] - means[i] - means[j] + mean);
            }
        }

        return centred;
    }
}
