using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Clustering;

/// <summary>Distances of rows from Gaussians, in standard deviations (Mahalanobis, 1936): the root of (x - μ)ᵀ Σ⁻¹ (x - μ).</summary>
internal static class MahalanobisDistances
{
    private const int RowsPerBlock = 64;

    /// <summary>Finds how far rows are from the Gaussian that each is least from.</summary>
    /// <param name="rows">n x d finite values.</param>
    /// <param name="mixture">The Gaussians, with their densities prepared.</param>
    /// <param name="execution">Threads and cancellation.</param>
    /// <returns>n distances.</returns>
    public static float[] Nearest(Matrix rows, MixtureParameters mixture, Execution execution)
    {
        var distances = new float[rows.RowCount];
        ParallelRows.For(rows.RowCount, RowsPerBlock, execution, (start, end) =>
        {
            var (values, centred) = (new double[mixture.Dimension], new double[mixture.Dimension]);
            for (var row = start; row < end; row++)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                TensorPrimitives.ConvertTruncating<float, double>(rows.Row(row), values);
                var least = double.PositiveInfinity;
                for (var cluster = 0; cluster < mixture.ClusterCount; cluster++)
                {
                    TensorPrimitives.Subtract(values, mixture.Mean(cluster), centred);
                    least = Math.Min(least, SquaredNorm(centred, mixture, cluster));
                }

                distances[row] = (float)Math.Min(Math.Sqrt(least), float.MaxValue);
            }
        });
        return distances;
    }

    /// <summary>|P y|² of a precision factor P, lower triangular or diagonal.</summary>
    private static double SquaredNorm(Span<double> centred, MixtureParameters mixture, int cluster)
    {
        var factor = mixture.PrecisionFactors[cluster].AsSpan();
        if (mixture.IsAxisAligned)
        {
            TensorPrimitives.Multiply(factor, centred, centred);
            return FixedOrder.Dot<double>(centred, centred);
        }

        var sum = 0.0;
        for (var i = 0; i < centred.Length; i++)
        {
            var coordinate = FixedOrder.Dot<double>(factor.Slice(i * mixture.FactorStride, i + 1), centred[..(i + 1)]);
            sum += coordinate * coordinate;
        }

        return sum;
    }
}
