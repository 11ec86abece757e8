using System.Runtime.Intrinsics;
using N2D.Numerics;

namespace N2D.Tests.Numerics;

public sealed unsafe class MatrixProductTests
{
    // One value, row or column; less than a tile, whole tiles, remainders; one block of terms and several; more rows than a unit of work.
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 },
        { 1, 700, 50 },
        { 50, 300, 1 },
        { 3, 5, 7 },
        { 8, 256, 48 },
        { 61, 257, 101 },
        { 130, 1030, 75 },
        { 300, 40, 500 },
        { 4101, 260, 26 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Product_EqualsItsSums_HoweverTheFactorsLie(int rowCount, int depth, int columnCount)
    {
        var left = RandomRows.Uniform(rowCount, depth, seed: 1);
        var right = RandomRows.Uniform(depth, columnCount, seed: 2);
        var expected = Multiply<float>(left, right, float.MultiplyAddEstimate);
        var exact = Multiply<double>(left, right, double.MultiplyAddEstimate);

        // The order of summation is documented, so all bits must be equal.
        Assert.Equal(expected, Product(left, right, leftLiesByColumns: false, rightLiesByColumns: false, threadCount: 1));
        Assert.Equal(expected, Product(left, right, leftLiesByColumns: true, rightLiesByColumns: false, threadCount: 2));
        Assert.Equal(expected, Product(left, right, leftLiesByColumns: false, rightLiesByColumns: true, threadCount: 2));
        Assert.Equal(expected, Product(left, right, leftLiesByColumns: true, rightLiesByColumns: true, threadCount: 5));

        // All terms are positive, so each addition loses at most half a unit in the last place of the sum.
        Assert.All(expected.Zip(exact), pair => Assert.Equal(pair.Second, pair.First, pair.Second * depth * 6e-8));
    }

    /// <summary>Widths that the processor does not have are emulated.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public void EveryVectorWidth_GivesTheSameBytes(int rowCount, int depth, int columnCount)
    {
        var left = RandomRows.Uniform(rowCount, depth, seed: 5);
        var right = RandomRows.Uniform(depth, columnCount, seed: 6);
        var expected = Product(left, right, leftLiesByColumns: false, rightLiesByColumns: false, threadCount: 2);
        foreach (var isTransposed in new[] { false, true })
        {
            var leftArray = isTransposed ? ByColumns(left) : left.Values.ToArray();
            var rightArray = right.Values.ToArray();
            fixed (float* leftValues = leftArray, rightValues = rightArray)
            {
                var (a, b) = (View(leftValues, left, isTransposed), View(rightValues, right, liesByColumns: false));
                Assert.Equal(expected, Run(product => new ProductJobs<Width128<float>, Vector128<float>, Output>(a, b, product, 2)));
                Assert.Equal(expected, Run(product => new ProductJobs<Width256<float>, Vector256<float>, Output>(a, b, product, 2)));
                Assert.Equal(expected, Run(product => new ProductJobs<Width512<float>, Vector512<float>, Output>(a, b, product, 2)));
            }
        }

        float[] Run(Func<Output, IJobSet> divide)
        {
            var product = new float[rowCount * columnCount];
            fixed (float* values = product)
            {
                ParallelPhases.Run([[divide(new Output(values, columnCount))]], new Execution { ThreadCount = 2 });
            }

            return product;
        }
    }

    [Fact]
    public void RowsAtADistance_AreRead_AndNothingBesideThem()
    {
        // A window of a larger matrix, whose other values would change any sum.
        const int RowCount = 9;
        const int Depth = 33;
        const int ColumnCount = 29;
        const int Around = 3;
        var left = RandomRows.Uniform(RowCount, Depth, seed: 3);
        var right = RandomRows.Uniform(Depth, ColumnCount, seed: 4);
        var leftWindow = Surround(left, Around);
        var rightWindow = Surround(right, Around);
        var product = new float[RowCount * ColumnCount];
        fixed (float* leftValues = leftWindow, rightValues = rightWindow, values = product)
        {
            Multiply(
                Window(leftValues, RowCount, Depth, Around), Window(rightValues, Depth, ColumnCount, Around),
                new Output(values, ColumnCount), Execution.Default);
        }

        Assert.Equal(Multiply<float>(left, right, float.MultiplyAddEstimate), product);
    }

    [Fact]
    public void FactorsThatDoNotFit_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        Multiply(new MatrixView(0, 2, 3, 3, 1), new MatrixView(0, 4, 2, 2, 1), new Output(null, 2), Execution.Default));

    [Fact]
    public void Canceled_ThrowsBeforeItMultiplies()
    {
        var execution = new Execution { CancellationToken = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Multiply(new MatrixView(0, 2, 3, 3, 1), new MatrixView(0, 3, 2, 2, 1), new Output(null, 2), execution));
    }

    private static void Multiply(MatrixView left, MatrixView right, Output product, Execution execution) =>
        ParallelPhases.Run([[MatrixProduct.Divide(left, right, product, execution.ThreadCount)]], execution);

    private static float[] Product(Matrix left, Matrix right, bool leftLiesByColumns, bool rightLiesByColumns, int threadCount)
    {
        var product = new float[left.RowCount * right.ColumnCount];
        var leftArray = leftLiesByColumns ? ByColumns(left) : left.Values.ToArray();
        var rightArray = rightLiesByColumns ? ByColumns(right) : right.Values.ToArray();
        fixed (float* leftValues = leftArray, rightValues = rightArray, values = product)
        {
            Multiply(
                View(leftValues, left, leftLiesByColumns),
                View(rightValues, right, rightLiesByColumns),
                new Output(values, right.ColumnCount),
                new Execution { ThreadCount = threadCount });
        }

        return product;
    }

    private static MatrixView View(float* values, Matrix matrix, bool liesByColumns) => liesByColumns
        ? MatrixView.Of(values, matrix.ColumnCount, matrix.RowCount).Transposed
        : MatrixView.Of(values, matrix.RowCount, matrix.ColumnCount);

    private static MatrixView Window(float* values, int rowCount, int columnCount, int around)
    {
        var step = columnCount + (2 * around);
        return new MatrixView((nint)(values + (around * step) + around), rowCount, columnCount, step, 1);
    }

    private static float[] Surround(Matrix matrix, int around)
    {
        var step = matrix.ColumnCount + (2 * around);
        var window = new float[(matrix.RowCount + (2 * around)) * step];
        Array.Fill(window, float.NaN);
        for (var row = 0; row < matrix.RowCount; row++)
        {
            matrix.Row(row).CopyTo(window.AsSpan(((row + around) * step) + around));
        }

        return window;
    }

    private static float[] ByColumns(Matrix matrix)
    {
        var values = new float[matrix.RowCount * matrix.ColumnCount];
        for (var place = 0; place < values.Length; place++)
        {
            values[place] = matrix[place % matrix.RowCount, place / matrix.RowCount];
        }

        return values;
    }

    private static T[] Multiply<T>(Matrix left, Matrix right, Func<T, T, T, T> addProduct)
        where T : System.Numerics.INumber<T>
    {
        var product = new T[left.RowCount * right.ColumnCount];
        for (var place = 0; place < product.Length; place++)
        {
            var (row, column) = Math.DivRem(place, right.ColumnCount);
            for (var term = 0; term < left.ColumnCount; term++)
            {
                product[place] = addProduct(T.CreateChecked(left[row, term]), T.CreateChecked(right[term, column]), product[place]);
            }
        }

        return product;
    }

    private readonly struct Output(float* values, int columnCount) : IProductTarget
    {
        public void Write(int row, int column, float* sums, int count) =>
            new ReadOnlySpan<float>(sums, count).CopyTo(new Span<float>(values + (row * columnCount) + column, count));

        public void Prefetch(int row, int rowCount, int column, int count)
        {
        }
    }
}
