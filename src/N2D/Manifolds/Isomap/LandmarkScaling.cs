using System.Numerics.Tensors;
using N2D.Numerics;
using N2D.Pipeline;

namespace N2D.Manifolds;

/// <summary>
/// Classical scaling of the distances between landmarks (Torgerson, 1952), which then places any row by its distances to them (de Silva and
/// Tenenbaum, 2004). If all rows are landmarks, it is classical scaling itself.
/// </summary>
internal sealed class LandmarkScaling
{
    private const int RowsPerBlock = 64;
    private const double Tolerance = 1e-6;

    private readonly float[] _meanSquares;
    private readonly float[][] _projections;

    private LandmarkScaling(float[] meanSquares, float[][] projections) => (_meanSquares, _projections) = (meanSquares, projections);

    /// <summary>Fits the axes.</summary>
    /// <param name="distances">n x L distances.</param>
    /// <param name="landmarks">The L rows that are the landmarks.</param>
    /// <param name="dimension">c, below L.</param>
    /// <param name="execution">Threads, progress and cancellation.</param>
    public static LandmarkScaling Fit(Matrix distances, int[] landmarks, int dimension, Execution execution)
    {
        var means = MeanSquares(distances, landmarks, execution);
        var (values, vectors) = BlockKrylov.Find(
            landmarks.Length, dimension, Tolerance, seed: 0, (sources, targets) =>
                Multiply(distances, landmarks, sources, targets, execution), execution);
        var projections = vectors.Zip(values, (vector, value) =>
        {
            // A dimension without variance has coordinates of 0.
            var scale = value > 1e-12 * values[0] ? -0.5 / Math.Sqrt(value) : 0;
            return Array.ConvertAll(vector, component => (float)(scale * component));
        });
        return new LandmarkScaling(means, [.. projections]);
    }

    /// <summary>Writes the axes to a model file.</summary>
    public void Write(ModelPartWriter part)
    {
        part.Add<float>("meanSquares", _meanSquares, _meanSquares.Length);
        part.Add<float>("projections", (float[])[.. _projections.SelectMany(axis => axis)], _projections.Length, _meanSquares.Length);
    }

    /// <summary>Reads the axes from a model file.</summary>
    /// <param name="part">The model file.</param>
    /// <param name="landmarkCount">L.</param>
    /// <param name="dimension">c.</param>
    public static LandmarkScaling Read(ModelPartReader part, int landmarkCount, int dimension)
    {
        var projections = part.GetMatrix("projections", dimension, landmarkCount);
        return new LandmarkScaling(
            part.GetArray<float>("meanSquares", landmarkCount),
            [.. Enumerable.Range(0, dimension).Select(axis => projections.Row(axis).ToArray())]);
    }

    /// <summary>Computes the coordinates of rows.</summary>
    /// <param name="distances">n' x L distances to the landmarks.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n' x c.</returns>
    public Matrix Place(Matrix distances, Execution execution)
    {
        var places = new float[ArraySize.Of(distances.RowCount, _projections.Length)];
        ParallelRows.For(distances.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var squares = new float[distances.ColumnCount];
            for (var row = start; row < end; row++)
            {
                TensorPrimitives.Multiply(distances.Row(row), distances.Row(row), squares);
                TensorPrimitives.Subtract(squares, _meanSquares, squares);
                for (var axis = 0; axis < _projections.Length; axis++)
                {
                    places[(row * _projections.Length) + axis] = FixedOrder.Dot<float>(squares, _projections[axis]);
                }
            }
        });
        return Matrix.Own(places, _projections.Length);
    }

    /// <summary>The mean squared distance of each landmark to all landmarks.</summary>
    private static float[] MeanSquares(Matrix distances, int[] landmarks, Execution execution)
    {
        var means = new float[landmarks.Length];
        ParallelRows.For(landmarks.Length, RowsPerBlock, execution, (start, end) =>
        {
            for (var place = start; place < end; place++)
            {
                var sum = 0.0;
                foreach (var distance in distances.Row(landmarks[place]))
                {
                    sum += (double)distance * distance;
                }

                means[place] = (float)(sum / landmarks.Length);
            }
        });
        return means;
    }

    /// <summary>Multiplies vectors by -1/2 of the doubly centered squared distances.</summary>
    private static void Multiply(
        Matrix distances, int[] landmarks, IReadOnlyList<double[]> sources, IReadOnlyList<double[]> targets, Execution execution)
    {
        var centered = sources.Select(Centered).ToArray();
        ParallelRows.For(landmarks.Length, 8, execution, (start, end) =>
        {
            var squares = new double[landmarks.Length];
            for (var row = start; row < end; row++)
            {
                TensorPrimitives.ConvertTruncating<float, double>(distances.Row(landmarks[row]), squares);
                TensorPrimitives.Multiply(squares, squares, squares);
                for (var place = 0; place < centered.Length; place++)
                {
                    targets[place][row] = -0.5 * FixedOrder.Dot<double>(squares, centered[place]);
                }
            }
        });
        foreach (var target in targets)
        {
            Centered(target).CopyTo(target, 0);
        }
    }

    private static double[] Centered(double[] vector)
    {
        var mean = FixedOrder.Sum<double>(vector) / vector.Length;
        return Array.ConvertAll(vector, value => value - mean);
    }
}
