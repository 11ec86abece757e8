using N2D.Data;
using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed class PrincipalComponentsTests
{
    [Theory]
    [InlineData(2, 12)]
    [InlineData(2, 4)]
    [InlineData(5, 5)]
    [InlineData(1, 1)]
    [InlineData(10, 40)]
    public void Components_HaveTheVariancesOfTheCovariance(int count, int dimension)
    {
        var rows = Stretched(403, dimension);
        var points = PrincipalComponents.Project(rows, count, Execution.Default);
        var (eigenvalues, _) = SymmetricEigen.Decompose(Covariance(rows), dimension, CancellationToken.None);
        var found = Covariance(points);
        for (var axis = 0; axis < count; axis++)
        {
            // The iteration ends when a round adds a millionth of the variance; the last component is the least certain one.
            Assert.Equal(1, found[(axis * count) + axis] / eigenvalues[axis], 1e-3);
            for (var other = 0; other < axis; other++)
            {
                Assert.Equal(0, found[(axis * count) + other] / eigenvalues[other], 1e-5);
            }
        }
    }

    // Few columns, many columns with many rows, and more columns than half of the rows: decomposition, iteration with the scatter matrix, and
    // iteration without.
    [Theory]
    [InlineData(500, 30, 3)]
    [InlineData(3000, 120, 10)]
    [InlineData(120, 900, 5)]
    public void EachWay_FindsTheVariancesAndDirectionsOfTheCovariance(int rowCount, int dimension, int count)
    {
        var rows = RandomRows.Uniform(rowCount, dimension);
        var axes = PrincipalComponents.Find(rows, count, PrincipalComponents.Accuracy.Full, Execution.Default);
        var covariance = Covariance(rows);
        var (eigenvalues, _) = SymmetricEigen.Decompose(covariance, dimension, CancellationToken.None);
        var total = eigenvalues.Sum();
        Assert.Equal(1, axes.TotalVariance!.Value / (total * rowCount / (rowCount - 1)), 1e-5);
        for (var axis = 0; axis < count; axis++)
        {
            Assert.Equal(1, axes.VarianceShares[axis] * total / eigenvalues[axis], 1e-5);
            var direction = axes.Directions.AsSpan(axis * dimension, dimension);
            Assert.Equal(1, FixedOrder.Norm<double>(direction), 1e-9);
            for (var row = 0; row < dimension; row++)
            {
                var product = FixedOrder.Dot<double>(covariance.AsSpan(row * dimension, dimension), direction);
                Assert.Equal(product, eigenvalues[axis] * direction[row], 1e-3 * eigenvalues[axis]);
            }
        }
    }

    // The rows span fewer directions than are wanted.
    [Theory]
    [InlineData(3, 10, 6)]
    [InlineData(4, 300, 10)]
    public void MoreComponentsThanTheRowsSpan_AreOrthonormal_AndHaveNoVariance(int rowCount, int dimension, int count)
    {
        var axes = PrincipalComponents.Find(
            RandomRows.Uniform(rowCount, dimension), count, PrincipalComponents.Accuracy.Full, Execution.Default);
        Assert.Equal(1, axes.VarianceShares.Take(rowCount - 1).Sum(), 1e-6);
        for (var axis = 0; axis < count; axis++)
        {
            for (var other = 0; other <= axis; other++)
            {
                var product = FixedOrder.Dot<double>(
                    axes.Directions.AsSpan(axis * dimension, dimension), axes.Directions.AsSpan(other * dimension, dimension));
                Assert.Equal(axis == other ? 1 : 0, product, 1e-9);
            }
        }
    }

    // The mean is far from 0: rounded to a float, it is as far off as the rows are from each other.
    [Theory]
    [InlineData(1000, 6, 1e-9)]
    [InlineData(3000, 120, 1e-9)]
    [InlineData(120, 900, 1e-5)]
    public void ColumnsFarFromZero_HaveTheirOwnVariance(int rowCount, int dimension, double tolerance)
    {
        var values = RandomRows.Uniform(rowCount, dimension).Values.ToArray();
        for (var place = 0; place < values.Length; place++)
        {
            values[place] = 1e7f + MathF.Round(3 * values[place]);
        }

        var rows = Matrix.Own(values, dimension);
        var axes = PrincipalComponents.Find(rows, 5, PrincipalComponents.Accuracy.Full, Execution.Default);
        var (eigenvalues, _) = SymmetricEigen.Decompose(Covariance(rows), dimension, CancellationToken.None);
        var total = eigenvalues.Sum();
        Assert.Equal(1, axes.TotalVariance!.Value * (rowCount - 1) / rowCount / total, tolerance);
        Assert.Equal(1, axes.VarianceShares[0] * total / eigenvalues[0], 1e-5);
        Assert.Equal(1, axes.VarianceShares[4] * total / eigenvalues[4], 1e-4);
    }

    [Fact]
    public void OfDigits_TheFirstTen_HoldTheVarianceThatTheyCan()
    {
        var digits = DatasetCatalog.Find("Digits")!.Read().GetRows();
        var found = Covariance(PrincipalComponents.Project(digits, 10, Execution.Default));
        var (eigenvalues, _) = SymmetricEigen.Decompose(Covariance(digits), digits.ColumnCount, CancellationToken.None);
        Assert.Equal(1, Enumerable.Range(0, 10).Sum(axis => found[11 * axis]) / eigenvalues.Take(10).Sum(), 1e-5);
    }

    [Fact]
    public void SameBytes_ForAnyThreadCount()
    {
        var rows = Stretched(2001, 50);
        var runs = new[] { 1, 2, 5 }.Select(threads =>
            PrincipalComponents.Project(rows, 3, new Execution { ThreadCount = threads }).Values.ToArray()).ToArray();
        Assert.Equal(runs[0], runs[1]);
        Assert.Equal(runs[0], runs[2]);
        var wide = Stretched(500, 400);
        Assert.Equal(
            PrincipalComponents.Project(wide, 3, new Execution { ThreadCount = 1 }).Values,
            PrincipalComponents.Project(wide, 3, new Execution { ThreadCount = 4 }).Values);

        // So many components that there are several blocks of vectors.
        var many = new[] { 1, 3 }.Select(threads =>
            PrincipalComponents.Find(wide, 64, PrincipalComponents.Accuracy.Full, new Execution { ThreadCount = threads }).Directions);
        Assert.Equal(many.First(), many.Last());
    }

    [Fact]
    public void Canceled_NoProductIsComputed()
    {
        var scatter = new CountingIdentity(200);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            SubspaceIteration.Find(scatter, 20, 40, 1e-10, 50, new Execution { CancellationToken = new CancellationToken(canceled: true) }));
        Assert.Equal(0, scatter.Products);
    }

    [Theory]
    [InlineData(1e-30f)]
    [InlineData(1e30f)]
    public void ConstantColumns_AndHugeOrTinyValues_StayFinite(float scale)
    {
        var values = Stretched(300, 20).Values.ToArray();
        for (var place = 0; place < values.Length; place++)
        {
            values[place] = place % 20 < 17 ? 7 : values[place] * scale;
        }

        Assert.All(
            PrincipalComponents.Project(Matrix.Own(values, 20), 5, Execution.Default).Values.ToArray(),
            value => Assert.True(float.IsFinite(value)));
        Assert.All(
            PrincipalComponents.Project(Matrix.Own(new float[400], 20), 5, Execution.Default).Values.ToArray(),
            value => Assert.Equal(0, value));
    }

    /// <summary>Uniform rows far from the origin, each column shorter than the one before.</summary>
    private static Matrix Stretched(int rowCount, int dimension)
    {
        var values = RandomRows.Uniform(rowCount, dimension).Values.ToArray();
        for (var place = 0; place < values.Length; place++)
        {
            values[place] = 100 + (values[place] * (dimension - (place % dimension)));
        }

        return Matrix.Own(values, dimension);
    }

    private static double[] Covariance(Matrix rows)
    {
        var dimension = rows.ColumnCount;
        var means = Enumerable.Range(0, dimension)
            .Select(column => Enumerable.Range(0, rows.RowCount).Average(row => (double)rows[row, column])).ToArray();
        var covariance = new double[dimension * dimension];
        for (var row = 0; row < rows.RowCount; row++)
        {
            for (var i = 0; i < dimension; i++)
            {
                for (var j = 0; j < dimension; j++)
                {
                    covariance[(i * dimension) + j] += (rows[row, i] - means[i]) * (rows[row, j] - means[j]) / rows.RowCount;
                }
            }
        }

        return covariance;
    }

    /// <summary>An identity matrix that counts its products.</summary>
    private sealed class CountingIdentity(int dimension) : ISymmetricOperator
    {
        public int Dimension => dimension;

        public int Products { get; private set; }

        public void Multiply(double[] vectors, double[] products)
        {
            Products++;
            vectors.CopyTo(products, 0);
        }
    }
}
