using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Manifolds;

/// <summary>
/// The weights, which sum to 1, of the combination of a row's neighbors that is nearest to the row (Roweis and Saul, 2000).
/// </summary>
/// <param name="neighborCount">k.</param>
/// <param name="dimension">d.</param>
/// <param name="regularization">The number that is added to the diagonal of the neighbors' inner products, relative to its sum.</param>
internal sealed class BarycentricWeights(int neighborCount, int dimension, double regularization)
{
    private readonly double[] _differences = new double[neighborCount * dimension];
    private readonly double[] _gram = new double[neighborCount * neighborCount];
    private readonly double[] _factor = new double[neighborCount * neighborCount];

    /// <summary>The inner products of the neighbors relative to the row, k x k, from the last call.</summary>
    public ReadOnlySpan<double> Gram => _gram;

    /// <summary>Computes the inner products of a row's neighbors, <see cref="Gram"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="rows">The rows that contain the neighbors.</param>
    /// <param name="neighbors">The row numbers of the neighbors.</param>
    public void Measure(ReadOnlySpan<float> row, Matrix rows, ReadOnlySpan<int> neighbors)
    {
        for (var place = 0; place < neighborCount; place++)
        {
            var neighbor = rows.Row(neighbors[place]);
            var difference = Difference(place);
            for (var column = 0; column < dimension; column++)
            {
                difference[column] = (double)neighbor[column] - row[column];
            }

            for (var other = 0; other <= place; other++)
            {
                var product = FixedOrder.Dot<double>(difference, Difference(other));
                (_gram[(place * neighborCount) + other], _gram[(other * neighborCount) + place]) = (product, product);
            }
        }
    }

    /// <summary>Computes the weights for the last inner products.</summary>
    /// <param name="weights">The destination, k weights.</param>
    public void Solve(Span<double> weights)
    {
        var trace = 0.0;
        for (var place = 0; place < neighborCount; place++)
        {
            trace += _gram[(place * neighborCount) + place];
        }

        var added = trace > 0 ? regularization * trace : regularization;
        for (var place = 0; place < neighborCount; place++)
        {
            _gram[(place * neighborCount) + place] += added;
        }

        // The regularization makes the matrix positive definite.
        Cholesky.TryFactor(_gram, neighborCount, _factor, neighborCount, CancellationToken.None);
        for (var place = 0; place < neighborCount; place++)
        {
            var own = _factor.AsSpan(place * neighborCount, place);
            weights[place] = (1 - FixedOrder.Dot<double>(own, weights[..place])) / _factor[(place * neighborCount) + place];
        }

        for (var place = neighborCount - 1; place >= 0; place--)
        {
            weights[place] /= _factor[(place * neighborCount) + place];
            TensorPrimitives.MultiplyAdd(_factor.AsSpan(place * neighborCount, place), -weights[place], weights[..place], weights[..place]);
        }

        TensorPrimitives.Divide(weights, FixedOrder.Sum<double>(weights), weights);
    }

    private Span<double> Difference(int place) => _differences.AsSpan(place * dimension, dimension);
}
