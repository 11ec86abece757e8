using System.Buffers;
using System.Globalization;
using System.Numerics.Tensors;

namespace N2D.Numerics;

/// <summary>Operations on data matrices that read the rows once, in blocks.</summary>
internal static class DataMatrixExtensions
{
    /// <summary>Large enough to read a disk at full speed, and small enough for a cache.</summary>
    private const int ValuesPerBlock = 1 << 16;

    /// <summary>Calls a function for each block of rows, in order.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="what">The status to report as progress.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <param name="body">Receives the first row of a block and its values; returns whether to continue.</param>
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
    /// <returns>Its row and column, from 0, and the value; null if all values are finite.</returns>
    public static (int Row, int Column, float Value)? FindNotFinite(this IDataMatrix rows, Execution execution)
    {
        if (rows.IsFinite)
        {
            return null;
        }

        (int, int, float)? found = null;
        rows.ForEachBlock("checking for missing and infinite values", execution, (start, block) =>
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

    /// <summary>Throws if a value is NaN or infinite.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <exception cref="N2DException">A value is NaN or infinite (<c>NotFinite</c>).</exception>
    public static void ThrowIfNotFinite(this IDataMatrix rows, Execution execution)
    {
        if (rows.FindNotFinite(execution) is var (row, column, value))
        {
            throw new N2DException(
                "NotFinite",
                ErrorKind.InvalidData,
                $"Row {row + 1}, column {column + 1} is {value}; every value must be a finite number. Remove such rows, or fill in "
                    + "the values.",
                row);
        }
    }

    /// <summary>
    /// A stratified sample: one random row from each of several ranges of about equal length. Needs no list of all rows to shuffle.
    /// </summary>
    /// <param name="rows">n x d.</param>
    /// <param name="count">The size of the sample, 1 to n. With n, returns the rows themselves.</param>
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

    /// <summary>Copies selected rows, in the given order.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="numbers">The row numbers, from 0.</param>
    public static Matrix Select(this IDataMatrix rows, int[] numbers)
    {
        var values = new float[ArraySize.Of(numbers.Length, rows.ColumnCount)];
        rows.CopyRows(numbers, values);
        return Matrix.Own(values, rows.ColumnCount);
    }

    /// <summary>Reads all rows into memory; returns the matrix itself if it is already there.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="name">The name of the data set, for errors.</param>
    /// <param name="freeBytes">The memory that may be used.</param>
    /// <param name="execution">Progress and cancellation.</param>
    /// <exception cref="N2DException">The rows do not fit (<c>DoesNotFitInMemory</c>).</exception>
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

        execution.Explain?.Invoke(
            $"{name}: reading all {rows.RowCount} x {rows.ColumnCount} values into memory, because this step needs all of them at once.");
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
            $"This step needs all {rows.RowCount} x {rows.ColumnCount} values of '{name}' in memory at once: "
                + $"{sizeof(float) * (double)rows.RowCount * rows.ColumnCount / (1 << 20):F0} MiB, but only "
                + $"{Math.Min(freeBytes, sizeof(float) * (double)Array.MaxLength) / (1 << 20):F0} MiB are available. "
                + $"Train an autoencoder first, which reads the file in parts, and continue with its codes; or use fewer rows."),
        name);
}
