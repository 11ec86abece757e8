using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed class SparseCholeskyTests
{
    [Theory]
    [InlineData(20, 40)]
    [InlineData(1, 500)]
    [InlineData(3, 3)]
    public void OfAGrid_TheSolution_SolvesTheEquations(int height, int width)
    {
        var matrix = Grid(height, width, isCut: false);
        AssertSolves(matrix, SparseCholesky.Analysis.Run(matrix, CancellationToken.None).TryFactor(matrix, 0.01, Execution.Default)!, 0.01);
    }

    [Fact]
    public void OfAGridInTwoPieces_TheSolution_SolvesTheEquations()
    {
        var matrix = Grid(20, 40, isCut: true);
        AssertSolves(matrix, SparseCholesky.Analysis.Run(matrix, CancellationToken.None).TryFactor(matrix, 0.01, Execution.Default)!, 0.01);
    }

    [Fact]
    public void OfADenseMatrix_TheSolution_SolvesTheEquations()
    {
        const int Size = 333;
        // The diagonal outweighs each row's others together.
        var values = Enumerable.Range(
            0, Size * Size).Select(place => place / Size == place % Size ? Size : Math.Sin((place / Size) * (place % Size)));
        var matrix = new SymmetricSparseMatrix(
            [.. Enumerable.Range(0, Size + 1).Select(row => row * Size)],
            [.. Enumerable.Range(0, Size * Size).Select(place => place % Size)], [.. values]);
        AssertSolves(matrix, SparseCholesky.Analysis.Run(matrix, CancellationToken.None).TryFactor(matrix, 0, Execution.Default)!, 0);
    }

    [Fact]
    public void OfAGrid_TheFactorStaysSparse()
    {
        var matrix = Grid(100, 100, isCut: false);

        // Dense, it would be 10000 rows of 8 bytes each by 10000; a dissected grid has some 8 n log n.
        Assert.InRange(SparseCholesky.Analysis.Run(matrix, CancellationToken.None).Bytes, 0, 2e7);
    }

    [Fact]
    public void NotPositiveDefinite_IsNoFactor()
    {
        var matrix = Grid(10, 10, isCut: false);
        Assert.Null(SparseCholesky.Analysis.Run(matrix, CancellationToken.None).TryFactor(matrix, -0.5, Execution.Default));
    }

    [Fact]
    public void BlockKrylov_FindsEigenvaluesThatOccurTwice()
    {
        // A ring's adjacency has eigenvalues 2 cos(2 pi k / n), each but the first twice.
        const int Size = 150;
        var (values, vectors) = BlockKrylov.Find(Size, 5, 1e-7, seed: 0, Ring, Execution.Default);
        for (var place = 0; place < 5; place++)
        {
            Assert.Equal(2 * Math.Cos(2 * Math.PI * ((place + 1) / 2) / Size), values[place], 1e-9);
            for (var other = 0; other <= place; other++)
            {
                Assert.Equal(place == other ? 1 : 0, FixedOrder.Dot<double>(vectors[place], vectors[other]), 1e-10);
            }
        }

        static void Ring(IReadOnlyList<double[]> sources, IReadOnlyList<double[]> targets)
        {
            for (var place = 0; place < sources.Count; place++)
            {
                for (var row = 0; row < Size; row++)
                {
                    targets[place][row] = sources[place][(row + 1) % Size] + sources[place][(row + Size - 1) % Size];
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 4)]
    public void BlockKrylov_OfASmallMatrix_SpansItAll(int size, int count)
    {
        var (values, _) = BlockKrylov.Find(
            size,
            count,
            1e-9,
            seed: 0,
            (sources, targets) =>
            {
                foreach (var (source, target) in sources.Zip(targets))
                {
                    for (var row = 0; row < size; row++)
                    {
                        target[row] = (row + 1) * source[row];
                    }
                }
            },
            Execution.Default);
        Assert.Equal(Enumerable.Range(0, count).Select(place => (double)(size - place)), values.Select(value => Math.Round(value, 9)));
    }

    private static void AssertSolves(SymmetricSparseMatrix matrix, SparseCholesky factor, double shift)
    {
        var sides = Enumerable.Range(0, 3)
            .Select(side => Enumerable.Range(0, matrix.RowCount).Select(row => Math.Sin((row * (side + 1)) + 1)).ToArray())
            .ToArray();
        var solutions = sides.Select(side => new double[side.Length]).ToArray();
        factor.Solve(sides, solutions, CancellationToken.None);
        for (var side = 0; side < sides.Length; side++)
        {
            for (var row = 0; row < matrix.RowCount; row++)
            {
                var product = shift * solutions[side][row];
                for (var entry = 0; entry < matrix.RowColumns(row).Length; entry++)
                {
                    product += matrix.RowValues(row)[entry] * solutions[side][matrix.RowColumns(row)[entry]];
                }

                Assert.Equal(sides[side][row], product, 1e-9);
            }
        }
    }

    /// <summary>The Laplacian of a grid: of each pair of neighbors, the square of their difference.</summary>
    private static SymmetricSparseMatrix Grid(int height, int width, bool isCut)
    {
        var (members, parts) = (new List<int>(), new List<double>());
        for (var row = 0; row < height * width; row++)
        {
            var right = (row % width) + 1 < width && !(isCut && row % width == width / 2) ? row + 1 : row;
            var below = row + width < height * width ? row + width : row;
            members.AddRange([row, right, below]);
            var (toRight, toBelow) = (right == row ? 0 : 1, below == row ? 0 : 1);
            parts.AddRange([toRight + toBelow, -toRight, -toBelow, -toRight, toRight, 0, -toBelow, 0, toBelow]);
        }

        return SymmetricSparseMatrix.Sum([.. members], 3, [.. parts], Execution.Default);
    }
}
