using System.Numerics.Tensors;
using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed class SymmetricEigenTests
{
    // Rounding errors of a decomposition are a few times the size times 2e-16, relative to the largest eigenvalue.
    private const double Tolerance = 1e-12;

    [Fact]
    public void PathGraph_HasItsKnownEigenvalues()
    {
        // The adjacency of a path of n rows has eigenvalues 2 cos(k pi / (n + 1)).
        const int Size = 12;
        var matrix = new double[Size * Size];
        for (var i = 0; i + 1 < Size; i++)
        {
            matrix[(i * Size) + i + 1] = matrix[((i + 1) * Size) + i] = 1;
        }

        var (values, _) = SymmetricEigen.Decompose(matrix, Size, CancellationToken.None);
        for (var k = 0; k < Size; k++)
        {
            Assert.Equal(2 * Math.Cos((k + 1) * Math.PI / (Size + 1)), values[k], 1e-12);
        }
    }

    [Theory]
    [InlineData("Random")]
    [InlineData("Clustered")]
    [InlineData("RankDeficient")]
    [InlineData("GradedUp")]
    [InlineData("GradedDown")]
    [InlineData("Huge")]
    [InlineData("Tiny")]
    [InlineData("Zero")]
    public void Vectors_AreOrthonormalAndSolveTheEigenproblem(string kind)
    {
        foreach (var size in (int[])[1, 2, 3, 50, 200])
        {
            AssertSolves(kind, size);
        }
    }

    [Fact]
    public void ClusteredMatrix_HasItsKnownEigenvalues()
    {
        const int Size = 50;
        var (values, _) = SymmetricEigen.Decompose(Draw("Clustered", Size), Size, CancellationToken.None);
        Assert.All(values.Zip(Enumerable.Range(0, Size).Select(ClusteredValue).OrderDescending()), pair =>
            Assert.Equal(pair.Second, pair.First, Tolerance));
    }

    [Fact]
    public void Diagonal_ReturnsUnitVectors()
    {
        var (values, vectors) = SymmetricEigen.Decompose([2, 0, 0, 0, 5, 0, 0, 0, -1], 3, CancellationToken.None);
        Assert.Equal((double[])[5, 2, -1], values);
        Assert.Equal((double[])[0, 1, 0, 1, 0, 0, 0, 0, 1], vectors);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void NotFinite_IsAnError(double value)
    {
        var error = Assert.Throws<ArithmeticException>(() =>
            SymmetricEigen.Decompose([1, value, value, 1], 2, CancellationToken.None));
        Assert.Contains("not finite", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Canceled_Ends()
    {
        // Decomposing it takes seconds.
        const int Size = 1000;
        var matrix = Draw("Random", Size);
        var begun = 0.0;
        Cancellation.CancelOnceBegun(
            token =>
            {
                Volatile.Write(ref begun, 1);
                SymmetricEigen.Decompose(matrix, Size, token);
            },
            () => Volatile.Read(ref begun));
    }

    private static void AssertSolves(string kind, int size)
    {
        var matrix = Draw(kind, size);

        var (values, vectors) = SymmetricEigen.Decompose(matrix, size, CancellationToken.None);

        var scale = Math.Abs(values.MaxBy(Math.Abs));
        var columns = Transposed(vectors, size);
        Assert.Equal(values.OrderDescending(), values);
        for (var i = 0; i < size; i++)
        {
            var own = columns.AsSpan(i * size, size);
            Assert.True(TensorPrimitives.MaxMagnitude<double>(own) > 0);
            for (var j = 0; j < size; j++)
            {
                var product = TensorPrimitives.Dot(own, columns.AsSpan(j * size, size));
                Assert.Equal(i == j ? 1 : 0, product, Tolerance);
                var image = TensorPrimitives.Dot<double>(matrix.AsSpan(j * size, size), own);
                Assert.InRange(Math.Abs(image - (values[i] * own[j])), 0, Tolerance * scale);
            }
        }
    }

    private static double[] Draw(string kind, int size)
    {
        var random = new RandomSequence(0, RandomPurpose.Sampling);
        var normal = new double[size * size];
        foreach (ref var value in normal.AsSpan())
        {
            value = random.NextGaussian();
        }

        return kind switch
        {
            "Random" => Symmetric(size, (i, j) => normal[(i * size) + j]),
            "Clustered" => Clustered(normal.AsSpan(0, size).ToArray()),
            "RankDeficient" => RankDeficient(normal, size, rank: Math.Max(1, size / 4)),
            "GradedUp" => Symmetric(size, (i, j) => normal[(i * size) + j] * Grade(i, size) * Grade(j, size)),
            "GradedDown" => Symmetric(
                size, (i, j) => normal[(i * size) + j] * Grade(size - 1 - i, size) * Grade(size - 1 - j, size)),

            // Their squares overflow or underflow.
            "Huge" => Symmetric(size, (i, j) => 1e300 * normal[(i * size) + j]),
            "Tiny" => Symmetric(size, (i, j) => 1e-290 * normal[(i * size) + j]),
            _ => new double[size * size],
        };
    }

    private static double[] Symmetric(int size, Func<int, int, double> valueOf)
    {
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                matrix[(i * size) + j] = matrix[(j * size) + i] = valueOf(i, j);
            }
        }

        return matrix;
    }

    /// <summary>Factors from 1e-6 to 1: their products have twelve orders of magnitude.</summary>
    private static double Grade(int place, int size) => Math.Pow(10, 6.0 * ((place + 1.0) / size) - 6);

    /// <summary>H D H for a reflection H and a diagonal D with three clusters.</summary>
    private static double[] Clustered(double[] vector)
    {
        var square = TensorPrimitives.Dot<double>(vector, vector);
        double Reflection(int i, int j) => (i == j ? 1 : 0) - (2 * vector[i] * vector[j] / square);
        return Symmetric(vector.Length, (i, j) =>
            Enumerable.Range(0, vector.Length).Sum(k => Reflection(i, k) * ClusteredValue(k) * Reflection(k, j)));
    }

    private static double ClusteredValue(int place) => (place % 3) switch
    {
        0 => 1,
        1 => 1 + (1e-10 * place),
        _ => -2,
    };

    private static double[] RankDeficient(double[] normal, int size, int rank) => Symmetric(size, (i, j) =>
        TensorPrimitives.Dot<double>(normal.AsSpan(i * rank, rank), normal.AsSpan(j * rank, rank)));

    private static double[] Transposed(double[] matrix, int size)
    {
        var transposed = new double[matrix.Length];
        for (var i = 0; i < matrix.Length; i++)
        {
            transposed[(i % size * size) + (i / size)] = matrix[i];
        }

        return transposed;
    }
}
