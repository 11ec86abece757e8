using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed class CholeskyTests
{
    // One row, fewer rows than a block, and blocks with a remainder; with and without padding.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 8)]
    [InlineData(64, 64)]
    [InlineData(77, 80)]
    [InlineData(160, 161)]
    public void FactorAndInverse_GiveBackTheMatrixAndTheIdentity(int dimension, int stride)
    {
        var matrix = PositiveDefinite(dimension);
        var factor = new double[dimension * stride];
        Assert.True(Cholesky.TryFactor(matrix, dimension, factor, stride, CancellationToken.None));
        Assert.All(
            Indexes(dimension),
            place => Assert.Equal(
                matrix[(place.I * dimension) + place.J], Product(factor, factor, transposed: true, place, stride, dimension), 1e-9));

        var inverse = factor.ToArray();
        Cholesky.InvertFactor(inverse, dimension, stride, CancellationToken.None);
        Assert.All(
            Indexes(dimension),
            place => Assert.Equal(
                place.I == place.J ? 1 : 0, Product(inverse, factor, transposed: false, place, stride, dimension), 1e-12));
        Assert.All(Indexes(dimension).Where(place => place.J > place.I), place => Assert.Equal(0, inverse[(place.I * stride) + place.J]));
    }

    [Fact]
    public void IndefiniteMatrix_IsToldApart()
    {
        var matrix = PositiveDefinite(50);
        matrix[(40 * 50) + 40] = -1;
        Assert.False(Cholesky.TryFactor(matrix, 50, new double[50 * 50], 50, CancellationToken.None));
    }

    [Fact]
    public void Canceled_EndsWithTheBlockOfRows()
    {
        // 4 I = L L^T for L = 2 I, whose inverse is I / 2: the diagonal shows how far the work is.
        const int Dimension = 2500;
        const int RowsPerBlock = 32;
        var matrix = new double[Dimension * Dimension];
        for (var i = 0; i < Dimension; i++)
        {
            matrix[(i * Dimension) + i] = 4;
        }

        var factor = new double[matrix.Length];
        var (canceled, ended) = Cancellation.CancelOnceBegun(
            token => Cholesky.TryFactor(matrix, Dimension, factor, Dimension, token), () => CountOnDiagonal(2));
        Assert.InRange(ended - canceled, 0, RowsPerBlock);

        Cholesky.TryFactor(matrix, Dimension, factor, Dimension, CancellationToken.None);
        (canceled, ended) = Cancellation.CancelOnceBegun(
            token => Cholesky.InvertFactor(factor, Dimension, Dimension, token), () => CountOnDiagonal(0.5));
        Assert.InRange(ended - canceled, 0, RowsPerBlock);

        double CountOnDiagonal(double value)
        {
            var count = 0;
            while (count < Dimension && Volatile.Read(ref factor[count * (Dimension + 1)]).Equals(value))
            {
                count++;
            }

            return count;
        }
    }

    private static double[] PositiveDefinite(int dimension)
    {
        var random = new RandomSequence(0, RandomPurpose.Sampling);
        var matrix = new double[dimension * dimension];
        for (var i = 0; i < dimension; i++)
        {
            for (var j = 0; j < i; j++)
            {
                matrix[(i * dimension) + j] = matrix[(j * dimension) + i] = random.NextDouble() - 0.5;
            }

            matrix[(i * dimension) + i] = dimension;
        }

        return matrix;
    }

    private static IEnumerable<(int I, int J)> Indexes(int dimension) =>
        Enumerable.Range(0, dimension * dimension).Select(index => (index / dimension, index % dimension));

    /// <summary>A value of the product of two matrices, the second transposed or not.</summary>
    private static double Product(double[] first, double[] second, bool transposed, (int I, int J) place, int stride, int dimension) =>
        Enumerable.Range(
            0, dimension).Sum(k => first[(place.I * stride) + k] * second[transposed ? (place.J * stride) + k : (k * stride) + place.J]);
}
