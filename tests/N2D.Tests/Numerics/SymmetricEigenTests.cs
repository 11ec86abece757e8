using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed class SymmetricEigenTests
{
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

    [Fact]
    public void Vectors_AreOrthonormalAndRebuildTheMatrix()
    {
        const int Size = 20;
        var random = new RandomSequence(0, RandomPurpose.Sampling);
        var matrix = new double[Size * Size];
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                matrix[(i * Size) + j] = matrix[(j * Size) + i] = random.NextGaussian();
            }
        }

        var (values, vectors) = SymmetricEigen.Decompose(matrix, Size, CancellationToken.None);
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < Size; j++)
            {
                var (rebuilt, product) = (0.0, 0.0);
                for (var k = 0; k < Size; k++)
                {
                    rebuilt += vectors[(i * Size) + k] * values[k] * vectors[(j * Size) + k];
                    product += vectors[(k * Size) + i] * vectors[(k * Size) + j];
                }

                Assert.Equal(matrix[(i * Size) + j], rebuilt, 1e-11);
                Assert.Equal(i == j ? 1 : 0, product, 1e-11);
            }
        }
    }

    [Fact]
    public void Canceled_Ends()
    {
        // The block of vectors of a spectral start in 512 dimensions has this width. Decomposing it takes sixteen seconds.
        const int Size = 520;
        var random = new RandomSequence(0, RandomPurpose.Sampling);
        var matrix = new double[Size * Size];
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                matrix[(i * Size) + j] = matrix[(j * Size) + i] = random.NextGaussian();
            }
        }

        var begun = 0.0;
        Cancellation.CancelOnceBegun(
            token =>
            {
                Volatile.Write(ref begun, 1);
                SymmetricEigen.Decompose(matrix, Size, token);
            },
            () => Volatile.Read(ref begun));
    }
}
