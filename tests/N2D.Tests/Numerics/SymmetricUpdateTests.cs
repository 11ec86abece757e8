using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed unsafe class SymmetricUpdateTests
{
    // Fewer columns than a panel, whole panels, and panels with a remainder; in one strip, and in two.
    [Theory]
    [InlineData(5, 1, 1, 1)]
    [InlineData(24, 64, -1, 1)]
    [InlineData(38, 7, 1, 3)]
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
}
