using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed unsafe class SymmetricUpdateTests
{
    // Fewer columns than a panel, whole panels, and panels with a remainder; in one strip, and in two.
    [Theory]
    [InlineData(5, 1, 1, 1)]
    [InlineData(24, 64, -1, 1)]
    [InlineData(38, 7, 1, 1)]
    [InlineData(75, 9, 1, 2)]
    public void LowerTriangle_IsThatOfPlainLoops(int columnCount, int depth, int sign, int middlePanel)
    {
        var random = new RandomSequence(0, RandomPurpose.Sampling);
        var rows = new double[depth, columnCount];
        var panelCount = SymmetricUpdate.PanelCount(columnCount);
        var panels = new double[panelCount * depth * SymmetricUpdate.PanelWidth];
        for (var row = 0; row < depth; row++)
        {
            for (var column = 0; column < columnCount; column++)
            {
                rows[row, column] = random.NextGaussian();
                var (panel, lane) = Math.DivRem(column, SymmetricUpdate.PanelWidth);
                panels[(((panel * depth) + row) * SymmetricUpdate.PanelWidth) + lane] = rows[row, column];
            }
        }

        // Exactly as long as the rows, so that a write after the last value would be found.
        double[] matrix = [.. Enumerable.Repeat(0.5, columnCount * columnCount)];
        fixed (double* packed = panels, c = matrix)
        {
            SymmetricUpdate.Add(packed, depth, columnCount, 0, middlePanel, sign, c, columnCount);
            SymmetricUpdate.Add(packed, depth, columnCount, middlePanel, panelCount, sign, c, columnCount);
        }

        for (var i = 0; i < columnCount; i++)
        {
            for (var j = 0; j < columnCount; j++)
            {
                var expected = j > i ? 0.5 : 0.5 + (sign * Enumerable.Range(0, depth).Sum(row => rows[row, i] * rows[row, j]));
                Assert.Equal(expected, matrix[(i * columnCount) + j], 1e-12);
            }
        }
    }

    // One, two and three vectors of columns with 512 bits; k = 0 terms; both layouts of A. Widths that the processor does not have are
    // emulated.
    [Theory]
    [InlineData(24, 500)]
    [InlineData(13, 7)]
    [InlineData(8, 33)]
    [InlineData(5, 0)]
    public void EveryVectorWidth_GivesTheSameBytes(int columnCount, int depth)
    {
        var random = new RandomSequence(0, RandomPurpose.Sampling);
        var left = new double[DoubleMicroKernel.NR * (depth + 1)];
        var right = new double[DoubleMicroKernel.NR * (depth + 1)];
        for (var place = 0; place < left.Length; place++)
        {
            (left[place], right[place]) = (random.NextGaussian(), random.NextGaussian());
        }

        fixed (double* a = left, b = right)
        {
            var (x, y) = ((nint)a, (nint)b);
            var rows = Tile(tile => DoubleMicroKernel.Multiply<DoubleMicroKernel.Rows>(
                (double*)x, depth + 1, (double*)y, depth, columnCount, (double*)tile));
            Assert.Equal(rows, Tile(tile => Narrow<DoubleMicroKernel.Rows>(depth + 1, tile)));
            Assert.Equal(rows, Tile(tile => Middle<DoubleMicroKernel.Rows>(depth + 1, tile)));
            Assert.Equal(rows, Tile(tile => Wide<DoubleMicroKernel.Rows>(depth + 1, tile)));
            var columns = Tile(tile => Narrow<DoubleMicroKernel.Columns>(1, tile));
            Assert.Equal(columns, Tile(tile => Middle<DoubleMicroKernel.Columns>(1, tile)));
            Assert.Equal(columns, Tile(tile => Wide<DoubleMicroKernel.Columns>(1, tile)));

            void Narrow<TLayout>(nint stride, nint tile)
                where TLayout : struct, IPanelLayout => DoubleMicroKernel.Multiply<Width128<double>, Vector128<double>, TLayout>(
                (double*)x, stride, (double*)y, depth, columnCount, (double*)tile);

            void Middle<TLayout>(nint stride, nint tile)
                where TLayout : struct, IPanelLayout => DoubleMicroKernel.Multiply<Width256<double>, Vector256<double>, TLayout>(
                (double*)x, stride, (double*)y, depth, columnCount, (double*)tile);

            void Wide<TLayout>(nint stride, nint tile)
                where TLayout : struct, IPanelLayout => DoubleMicroKernel.Multiply<Width512<double>, Vector512<double>, TLayout>(
                (double*)x, stride, (double*)y, depth, columnCount, (double*)tile);
        }

        double[] Tile(Action<nint> multiply)
        {
            var values = new double[DoubleMicroKernel.TileSize];
            fixed (double* tile = values)
            {
                multiply((nint)tile);
            }

            return [.. Enumerable.Range(0, DoubleMicroKernel.MR).SelectMany(row => values[(row * DoubleMicroKernel.NR)..][..columnCount])];
        }
    }
}
