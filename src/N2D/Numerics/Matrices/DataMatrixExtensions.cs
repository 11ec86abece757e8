using System.Buffers;
using System.Globalization;
using System.Numerics.Tensors;

namespace N2D.Numerics;

/// <summary>What is done to data matrices as a whole, in one pass over their rows.</summary>
internal static class DataMatrixExtensions
{
    /// <summary>Enough for a disk to read at its full speed, and little enough for a cache.</summary>
    private const int ValuesPerBlock = 1 << 16;

    /// <summary>Does something to all rows, some at a time, in their order.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="what">What is done, for the progress.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <param name="body">Given the first row of a block and its values; says whether to go on.</param>
    public static void ForEachBlock(this IDataMatrix rows, string what, Execution execution, Func<int, ReadOnlyMemory<float>, bool> body)
    {
        var rowsPerBlock = Math.Max(1, ValuesPerBlock / rows.ColumnCount);
        var buffer = ArrayPool<float>.Shared.Rent(rowsPerBlock * rows.ColumnCount);
        try
        {
            for (var start = 0L; start < rows.RowCount; start += rowsPerBlock)
            {
                execution.CancellationToken.ThrowIfCancellationRequested();
                var count = (int)Math.Min(rowsPerBlock, rows.RowCount - start);
                var block = buffer.AsMemory(0, count * rows.ColumnCount);
                rows.CopyRows((int)start, block.Span);
                if (!body((int)start, block))
                {
                    return;
                }

                execution.Report(what, (double)start / rows.RowCount);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    /// <summary>Finds the first value that is NaN or infinite.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <returns>Its row and column, from 0, and the value; null if all are finite.</returns>
    public static (int Row, int Column, float Value)? FindNotFinite(this IDataMatrix rows, Execution execution)
    {
        if (rows.IsFinite)
        {
            return null;
        }

        (int, int, float)? found = null;
        rows.ForEachBlock("checking the values", execution, (start, block) =>
        {
            if (TensorPrimitives.IsFiniteAll(block.Span))
            {
                return true;
            }

            var place = 0;
            while (float.IsFinite(block.Span[place]))
            {
                place++;
            }

            found = (start + (place / rows.ColumnCount), place % rows.ColumnCount, block.Span[place]);
            return false;
        });
        return found;
    }

    /// <summary>Refuses rows that hold NaN or infinity.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <exception cref="N2DException">They do (<c>NotFinite</c>).</exception>
    public static void ThrowIfNotFinite(this IDataMatrix rows, Execution execution)
    {
        if (rows.FindNotFinite(execution) is var (row, column, value))
        {
            throw new N2DException(
                "NotFinite",
                ErrorKind.InvalidData,
                $"Row {row + 1} holds {value} in column {column + 1}; every value must be a finite number. Remove such rows, or fill the gaps.",
                row);
        }
    }

    /// <summary>Some of the rows, one drawn of each of so many stretches of about equal length: no list of all rows to shuffle.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="count">How many, 1 to n; of all, the rows as they are.</param>
    public static Matrix Sample(this IDataMatrix rows, int count)
    {
        if (rows is Matrix all && count == rows.RowCount)
        {
            return all;
        }

        var numbers = new int[count];
        for (var place = 0; place < count; place++)
        {
            var (first, next) = ((long)rows.RowCount * place / count, (long)rows.RowCount * (place + 1) / count);
            numbers[place] = (int)first + new RandomSequence(0, RandomPurpose.Sampling, place).NextInt32((int)(next - first));
        }

        return rows.Select(numbers);
    }

    /// <summary>Some of the rows, in the order that is asked for.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="numbers">The rows' numbers, from 0.</param>
    public static Matrix Select(this IDataMatrix rows, int[] numbers)
    {
        var values = new float[(long)numbers.Length * rows.ColumnCount];
        rows.CopyRows(numbers, values);
        return Matrix.Own(values, rows.ColumnCount);
    }

    /// <summary>All rows in memory: the matrix itself where they are there already.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="name">The data set, for errors.</param>
    /// <param name="freeBytes">How much memory may be taken.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <exception cref="N2DException">They do not fit (<c>DoesNotFitInMemory</c>).</exception>
    public static Matrix InMemory(this IDataMatrix rows, string name, long freeBytes, Execution execution)
    {
        if (rows is Matrix matrix)
        {
            return matrix;
        }

        var valueCount = (long)rows.RowCount * rows.ColumnCount;
        if (valueCount > Array.MaxLength || sizeof(float) * valueCount > freeBytes)
        {
            throw DoesNotFit(rows, name, freeBytes);
        }

        execution.Explain?.Invoke($"{name}: all {rows.RowCount} x {rows.ColumnCount} values are read into memory, since they are needed there at once.");
        var values = GC.AllocateUninitializedArray<float>((int)valueCount);
        rows.ForEachBlock("reading the rows into memory", execution, (start, block) =>
        {
            block.CopyTo(values.AsMemory(start * rows.ColumnCount));
            return true;
        });
        return Matrix.Own(values, rows.ColumnCount);
    }

    private static N2DException DoesNotFit(IDataMatrix rows, string name, long freeBytes) => new(
        "DoesNotFitInMemory",
        ErrorKind.OutOfResources,
        string.Create(
            CultureInfo.InvariantCulture,
            $"All {rows.RowCount} x {rows.ColumnCount} values of '{name}' are needed in memory at once: {sizeof(float) * (double)rows.RowCount * rows.ColumnCount / (1 << 20):F0} MiB, and no more than ")
            + string.Create(CultureInfo.InvariantCulture, $"{Math.Min(freeBytes, sizeof(float) * (double)Array.MaxLength) / (1 << 20):F0} MiB can be had. ")
            + "Train an autoencoder on it first, which reads the file as it goes (New-N2DAutoencoder), and go on with its codes; or take fewer rows.",
        name);
}
